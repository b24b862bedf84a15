"""Working days and terms: which days are worked, when a term ends, how long a notice stood.

    >>> from guiju.calendar import end_of, load_calendar
    >>> end_of(dt.date(2024, 9, 27), 5, "workday", load_calendar()).date
    datetime.date(2024, 10, 10)

Nothing here depends on a policy. A result that needed a year which the table does not know counts that year on
weekends only, and names it in `unknown_years`.
"""

from guiju.calendar.loader import load_calendar
from guiju.calendar.model import Calendar, Count, Day, YearTable
from guiju.calendar.notices import NoticeCount, NoticeUnit, Outcome, earliest_close, judge
from guiju.calendar.terms import End, Unit, add_days, end_of

__all__ = ["Calendar", "Count", "Day", "End", "NoticeCount", "NoticeUnit", "Outcome", "Unit", "YearTable",
           "add_days", "earliest_close", "end_of", "judge", "load_calendar"]
