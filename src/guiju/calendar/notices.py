"""How long a public notice stood: the project's convention `publicity.count`.

The law does not count the first day; offices often count both ends. So a notice that is long enough only when both
ends are counted is for a person to look at, and a notice is planned without its first day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from guiju.calendar.model import Calendar, Count
from guiju.calendar.terms import End, end_of

NoticeUnit = Literal["day", "workday"]
Outcome = Literal["pass", "review", "fail"]


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How long a notice stood, both ways of counting, and what follows."""

    outcome: Outcome
    without_first_day: int
    both_ends: int
    unknown_years: tuple[int, ...] = ()


def judge(published: dt.date, closes: dt.date, n: int, unit: NoticeUnit, calendar: Calendar) -> NoticeCount:
    """Whether a notice of at least `n` days or working days stood long enough.

    `closes` is the last day on which it stood, and counts. `pass`: at least `n` without the day of publication;
    `review`: only with it; `fail`: not even so. A notice that closes before it is published stood 0 days.
    """
    without, both = (_count(published, closes, unit, calendar, both_ends) for both_ends in (False, True))
    outcome: Outcome = "pass" if without.days >= n else "review" if both.days >= n else "fail"
    return NoticeCount(outcome, without.days, both.days, both.unknown_years)


def earliest_close(published: dt.date, n: int, unit: NoticeUnit, calendar: Calendar) -> End:
    """The first day on which a notice may close and `judge` passes it: the n-th counted day.

    The notice must stand through that whole day. So it may be closed *on* that day, at its end, and what waits for it
    may be done from the day after; but a rule that looks at dates only, as `judge` does, accepts the day itself.
    """
    return end_of(published, n, unit, calendar)


def _count(published: dt.date, closes: dt.date, unit: NoticeUnit, calendar: Calendar, both_ends: bool) -> Count:
    if unit == "workday":
        return calendar.count_workdays(published, closes, both_ends)
    return Count(max((closes - published).days + both_ends, 0) if closes >= published else 0)
