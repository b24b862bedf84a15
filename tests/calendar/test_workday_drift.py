"""The committed table says what the library says from which it was written, for every day."""

import datetime as dt

from chinese_calendar import is_workday

from guiju.calendar import Calendar

FIRST, LAST = dt.date(2004, 1, 1), dt.date(2026, 12, 31)


def test_every_day_is_as_in_the_library(calendar: Calendar) -> None:
    days = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

    assert [day for day in days if calendar.is_workday(day) != is_workday(day)] == []
    assert {day.year for day in days} == {table.year for table in calendar.tables}
