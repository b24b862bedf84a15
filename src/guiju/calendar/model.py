"""The calendar: weekends, corrected by the free weekdays and the worked weekend days of the years in its table.

Everything rests on one count, the working days up to a date: weekdays by arithmetic, corrections by bisection. So a
term of a thousand days costs hardly more than one of five.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

SATURDAY = 5  # in the count of `weekday()`, where Monday is 0
ONE_DAY = dt.timedelta(days=1)
LAST_ORDINAL = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class YearTable:
    """What differs from weekends in one year, and where that is from.

    `off`: weekdays that are free. `worked`: Saturdays and Sundays that are worked. `notice`: the number of the State
    Council's notice, "" if we do not know it; `checked`: whether that number stands in a source of the project.
    """

    year: int
    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()
    notice: str = ""
    checked: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was reached. `unknown_years`: the years passed through that were counted on weekends only."""

    date: dt.date
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A number of working days. `unknown_years`: the years among them that were counted on weekends only."""

    days: int
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. `tables` holds one entry a year; every other year is unknown.

    Dates before year 1 or after 9999 stop there, as in `guiju.values.add_months`.
    """

    tables: tuple[YearTable, ...]
    _years: frozenset[int] = field(init=False, repr=False, compare=False)
    _off: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _worked: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_years", frozenset(t.year for t in self.tables))
        object.__setattr__(self, "_off", tuple(sorted(d.toordinal() for t in self.tables for d in t.off)))
        object.__setattr__(self, "_worked", tuple(sorted(d.toordinal() for t in self.tables for d in t.worked)))

    def known(self, when: dt.date | int) -> bool:
        """Whether the table covers the year, or the year of the date."""
        return (when.year if isinstance(when, dt.date) else when) in self._years

    def table(self, year: int) -> YearTable | None:
        """What the table says of a year, and by which notice; None for an unknown year."""
        return next((t for t in self.tables if t.year == year), None)

    def is_workday(self, date: dt.date) -> bool:
        """Whether the day is worked; in a year that is not `known`, whether it is a weekday."""
        ordinal = date.toordinal()
        return self._worked_up_to(ordinal) > self._worked_up_to(ordinal - 1)

    def next_workday(self, date: dt.date) -> Day:
        """The day itself if it is worked, else the first working day after it."""
        reached = self._nth(self._worked_up_to(date.toordinal() - 1) + 1)
        return Day(reached, self._unknown(date, reached))

    def add_workdays(self, start: dt.date, n: int) -> Day:
        """The n-th working day after `start`, or before it if n is negative; `start` itself is not counted.

        With n = 0 it is `start`, worked or not. Source: 民法典 201 条 (the day of the start is not counted).
        """
        if n == 0:
            return Day(start)
        ordinal = start.toordinal()
        if n > 0:
            reached = self._nth(self._worked_up_to(ordinal) + n)
            return Day(reached, self._unknown(start + ONE_DAY, reached) if reached > start else ())
        reached = self._nth(self._worked_up_to(ordinal - 1) + 1 + n)
        return Day(reached, self._unknown(reached, start - ONE_DAY) if reached < start else ())

    def count_workdays(self, start: dt.date, end: dt.date, both_ends: bool) -> Count:
        """Working days from `start` to `end`, with `end`; with `start` only if `both_ends`. 0 if `end` is earlier."""
        before = start.toordinal() - both_ends
        last = end.toordinal()
        if last <= before:
            return Count(0)
        return Count(self._worked_up_to(last) - self._worked_up_to(before),
                     self._unknown(dt.date.fromordinal(before + 1), end))

    def _worked_up_to(self, ordinal: int) -> int:
        """Working days from 0001-01-01, which is a Monday, to this day, with both."""
        weeks, days = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(days, 5)
        return weekdays + bisect_right(self._worked, ordinal) - bisect_right(self._off, ordinal)

    def _nth(self, n: int) -> dt.date:
        """The n-th working day since 0001-01-01: the first day up to which n days are worked."""
        low = min(max((n - len(self._worked) - 1) // 5 * 7 + 1, 1), LAST_ORDINAL)
        high = min((n + len(self._off)) // 5 * 7 + 7, LAST_ORDINAL)
        return dt.date.fromordinal(low + bisect_left(range(low, high), n, key=self._worked_up_to))

    def _unknown(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        return tuple(y for y in range(first.year, last.year + 1) if y not in self._years)
