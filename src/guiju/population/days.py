"""Dates in columns, as ordinals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from guiju.evaluate import arithmetic as one
from guiju.population.columns import Quantity
from guiju.population.quantities import made

LAST_DAY = float(dt.date.max.toordinal())
FIRST = 719163  # the ordinal of 1970-01-01, from which datetime64 counts


def shift(a: Quantity, months: Quantity) -> Quantity:
    low = _shifted(a.low, months.low)
    high = low if a.low is a.high and months.low is months.high else _shifted(a.high, months.high)
    return made(low, high, a.cause | months.cause)


def _shifted(days: Any, months: Any) -> Any:
    """The corresponding day some months later; the month's end where there is none. It stays within the calendar."""
    if not (np.ndim(days) or np.ndim(months)):
        return float(one._shifted(days, months))
    stamps = _stamps(days)
    month = stamps.astype("datetime64[M]")
    day = (stamps - month.astype("datetime64[D]")).astype(np.int64)
    number = month.astype(np.int64) + np.clip(np.trunc(months), -240_000, 240_000).astype(np.int64)
    target = number.astype("datetime64[M]")
    start = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - start
    moved = (start + np.minimum(day, length - 1) + FIRST).astype(np.float64)
    moved = np.where(number < -1969 * 12, 1.0, np.where(number >= 8030 * 12, LAST_DAY, moved))
    return np.where(np.isinf(months), np.where(months > 0, LAST_DAY, 1.0), moved) if np.any(np.isinf(months)) else moved


def _stamps(days: Any) -> Any:
    return (np.asarray(_in_range(days)).astype(np.int64) - FIRST).astype("datetime64[D]")


def shift_days(a: Quantity, days: Quantity) -> Quantity:
    low = _in_range(_in_range(a.low) + days.low)
    high = low if a.low is a.high and days.low is days.high else _in_range(_in_range(a.high) + days.high)
    return made(low, high, a.cause | days.cause)


def _in_range(days: Any) -> Any:
    return np.clip(days, 1.0, LAST_DAY)


def _calendar(days: Any) -> Any:
    """Years and months of days, as months since year 0."""
    return _stamps(days).astype("datetime64[M]").astype(np.int64) + 1970 * 12


def year_of(days: Any) -> Any:
    return (_stamps(days).astype("datetime64[Y]").astype(np.int64) + 1970).astype(np.float64)


def month_of(days: Any) -> Any:
    return (_calendar(days) % 12 + 1).astype(np.float64)


def year(a: Quantity) -> Quantity:
    low = year_of(a.low)
    return made(low, low if a.low is a.high else year_of(a.high), a.cause)


def month(a: Quantity) -> Quantity:
    """The month of a date; any month where the year is not known."""
    low = month_of(a.low)
    if a.low is a.high:
        return made(low, low, a.cause)
    known = year_of(a.low) == year_of(a.high)
    return made(np.where(known, low, 1.0), np.where(known, month_of(a.high), 12.0), a.cause)


def years_between(a: Quantity, b: Quantity) -> Quantity:
    """Full years from a to b, in months; 0 where b is not after a."""
    low = _full_years(a.high, b.low)
    high = low if a.low is a.high and b.low is b.high else _full_years(a.low, b.high)
    return made(low, high, a.cause | b.cause)


def _full_years(first: Any, last: Any) -> Any:
    if not (np.ndim(first) or np.ndim(last)):
        return float(one._full_years(first, last))
    years = np.maximum(year_of(last) - year_of(first), 0.0)
    early = _shifted(np.broadcast_to(first, np.shape(years)), 12 * years) > _in_range(last)
    return 12.0 * (years - (early & (years > 0)))
