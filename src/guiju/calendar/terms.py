"""When a term ends: 民法典 200–203 条, as the project's conventions `date.period` and `date.roll` read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from guiju.calendar.model import LAST_ORDINAL, Calendar, Day
from guiju.values import add_months

Unit = Literal["day", "month", "year", "workday"]
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a term.

    `date`: the day that counts. `before_rolling`: the same day, or the day of rest from which it rolled on.
    `unknown_years`: the years whose holidays mattered and are not in the calendar; they were read on weekends only.
    """

    date: dt.date
    before_rolling: dt.date
    unknown_years: tuple[int, ...] = ()

    @property
    def rolled(self) -> bool:
        return self.date != self.before_rolling


def end_of(start: dt.date, length: int, unit: Unit, calendar: Calendar, *,
           backward: bool = False, rolls: bool = False) -> End:
    """The last day of a term that `start` sets going; `start` itself is not counted.

    `length`, 0 or more, is in units of `unit`. Months and years end on the corresponding day, or on the month's last
    day if there is none. Working days are counted one by one, so they end on a working day. `backward` counts into
    the past (“期满前三个月”).

    `rolls`: an end on a day of rest moves to the next working day. Say it for a term to *act* in (submit, report,
    rectify), not for how long a *state* lasts (a construction period, a term of office, a ban), nor for a fixed date.
    An end counted backward never rolls.

    Raises ValueError for a negative length: say `backward`.
    """
    if length < 0:
        raise ValueError(f"a term of {length} {unit}: lengths are not negative, say backward=True")
    end = _counted(start, -length if backward else length, unit, calendar)
    if backward or not rolls:
        return End(end.date, end.date, end.unknown_years)
    rolled = calendar.next_workday(end.date)
    return End(rolled.date, end.date, tuple(sorted({*end.unknown_years, *rolled.unknown_years})))


def _counted(start: dt.date, length: int, unit: Unit, calendar: Calendar) -> Day:
    if unit == "workday":
        return calendar.add_workdays(start, length)
    if unit == "day":
        return Day(add_days(start, length))
    return Day(add_months(start, length * _MONTHS[unit]))


def add_days(date: dt.date, days: int) -> dt.date:
    """Calendar days later, or earlier. Dates before year 1 or after 9999 stop there."""
    return dt.date.fromordinal(min(max(date.toordinal() + days, 1), LAST_ORDINAL))
