"""Dates in columns, as ordinals."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Any

import numpy as np

from guiju.evaluate import arithmetic as one
from guiju.population.columns import Quantity
from guiju.population.quantities import made

LAST_DAY = float(dt.date.max.toordinal())
MONTHS = 12 * dt.MAXYEAR
USUAL = dt.date(1900, 1, 1).toordinal(), dt.date(2100, 12, 31).toordinal()  # nearly all days that anybody states


@cache
def _calendar() -> tuple[Any, Any]:
    """The month of each day, counted from the first of the calendar, and the day on which each month begins."""
    first = np.arange("0001-01", "9999-12", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    since = np.int64(dt.date(1970, 1, 1).toordinal())
    begins = np.append(first + since, [dt.date(9999, 12, 1).toordinal(), dt.date.max.toordinal() + 1])
    return np.repeat(np.arange(-1, MONTHS, dtype=np.int32), np.diff(begins, prepend=0)), begins


def shift(a: Quantity, months: Quantity) -> Quantity:
    """Dates some months later: the corresponding day, or the end of its month."""
    low = _shifted(a.low, months.low)
    high = low if a.low is a.high and months.low is months.high else _shifted(a.high, months.high)
    return made(low, high, a.cause | months.cause)


def _shifted(days: Any, months: Any) -> Any:
    """The corresponding day some months later; the month's end where there is none. It stays within the calendar."""
    if not (np.ndim(days) or np.ndim(months)):
        return float(one.shifted(days, months))
    if not np.ndim(months) and np.isfinite(months):
        return _by_table(days, int(months))
    if np.ndim(days) and np.ndim(months) and np.size(months):
        least, most = months.min(), months.max()
        if np.isfinite(most - least) and np.all((months == least) | (months == most)):  # one of two by a condition
            return np.where(months == least, _by_table(days, int(least)), _by_table(days, int(most)))
    return _moved(days, months)


def _by_table(days: Any, months: int) -> Any:
    """All by the same months: a day of our time, or the first or last that there is, stands in a table."""
    first, last = USUAL[0] - 1, USUAL[1] + 1
    found = _table(months).take((np.clip(days, first, last) - first).astype(np.intp))
    rare = ((days > 1) & (days < USUAL[0])) | ((days > USUAL[1]) & (days < LAST_DAY))
    if rare.any():
        found[rare] = _moved(days[rare], months)
    return found


@lru_cache(maxsize=64)
def _table(months: int) -> Any:
    """Where each usual day is moved to, between the first day of all and the last."""
    return _moved(np.array([1.0, *range(USUAL[0], USUAL[1] + 1), LAST_DAY]), months)


def _moved(days: Any, months: Any) -> Any:
    months_of, begins = _calendar()
    day = _in_range(days).astype(np.int64)
    month = months_of[day]
    target = month + np.clip(np.trunc(months), -2 * MONTHS, 2 * MONTHS).astype(np.int64)
    start = np.clip(target, 0, MONTHS - 1)
    begin = begins[start]
    moved = begin + np.minimum(day - begins[month], begins[start + 1] - begin - 1)
    return np.where(target < 0, 1.0, np.where(target >= MONTHS, LAST_DAY, moved))


def shift_days(a: Quantity, days: Quantity) -> Quantity:
    """Dates some days later; they stay within the calendar."""
    low = _in_range(_in_range(a.low) + days.low)
    high = low if a.low is a.high and days.low is days.high else _in_range(_in_range(a.high) + days.high)
    return made(low, high, a.cause | days.cause)


def _in_range(days: Any) -> Any:
    return np.clip(days, 1.0, LAST_DAY)


def _calendar_month(days: Any) -> Any:
    """Counted from the first of the calendar."""
    return _calendar()[0][np.asarray(_in_range(days)).astype(np.int64)]


def _year_of(days: Any) -> Any:
    return (_calendar_month(days) // 12 + 1).astype(np.float64)


def _month_of_year(days: Any) -> Any:
    return (_calendar_month(days) % 12 + 1).astype(np.float64)


def year(a: Quantity) -> Quantity:
    low = _year_of(a.low)
    return made(low, low if a.low is a.high else _year_of(a.high), a.cause)


def month(a: Quantity) -> Quantity:
    """The month of a date; any month where the year is not known."""
    low = _month_of_year(a.low)
    if a.low is a.high:
        return made(low, low, a.cause)
    known = _year_of(a.low) == _year_of(a.high)
    return made(np.where(known, low, 1.0), np.where(known, _month_of_year(a.high), 12.0), a.cause)


def years_between(a: Quantity, b: Quantity) -> Quantity:
    """Full years from a to b, in months; 0 where b is not after a."""
    low = _full_years(a.high, b.low)
    high = low if a.low is a.high and b.low is b.high else _full_years(a.low, b.high)
    return made(low, high, a.cause | b.cause)


def _full_years(first: Any, last: Any) -> Any:
    if not (np.ndim(first) or np.ndim(last)):
        return float(one.full_years(first, last))
    years = np.maximum(_year_of(last) - _year_of(first), 0.0)
    early = _shifted(np.broadcast_to(first, np.shape(years)), 12 * years) > _in_range(last)
    return 12.0 * (years - (early & (years > 0)))
