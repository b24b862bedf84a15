"""A notice's working-day clock: which days counted, how many are to go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.calendar import Calendar
from guiju.calendar.terms import add_days
from guiju.web.notices.models import PublicNotice

_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class DayShown:
    """`counts`: its number among the days that count, 0 for one that does not. `rest`: nobody works. `known`: the
    calendar has that year's table."""

    day: dt.date
    counts: int
    rest: bool
    past: bool
    today: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """`stood`: days that counted up to today; `left`: those to go. `days`: one by one, if they are not too many."""

    stood: int
    left: int
    over: bool
    days: tuple[DayShown, ...]


def clock_of(notice: PublicNotice, today: dt.date, calendar: Calendar) -> Clock:
    """How far a notice has come. The day of its publication does not count."""
    days, number, stood = [], 0, 0
    day = notice.begins
    while day <= notice.ends:
        works = notice.unit == "day" or calendar.is_workday(day)
        counted = works and day > notice.begins
        number += counted
        if counted and day <= today:
            stood = number
        days.append(DayShown(day, number if counted else 0, not works, day < today, day == today, calendar.known(day)))
        day = add_days(day, 1)
    return Clock(stood, number - stood, today > notice.ends, tuple(days) if len(days) <= _MOST_SHOWN else ())
