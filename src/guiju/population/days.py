"""Dates in columns, as ordinals: what has no arithmetic is worked out once for each different day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np

from guiju.evaluate import arithmetic as one
from guiju.population.columns import Quantity
from guiju.population.quantities import made

LAST_DAY = float(dt.date.max.toordinal())


def by_day(operation: Callable[..., Any], *columns: Any) -> Any:
    """A function of days, for each row; worked out once for equal arguments."""
    if not any(np.ndim(c) for c in columns):
        return float(operation(*map(float, columns)))
    stacked = np.stack(np.broadcast_arrays(*columns))
    if not stacked.size:
        return np.zeros(stacked.shape[1:])
    different, where = np.unique(stacked, axis=1, return_inverse=True)
    values = np.array([operation(*row) for row in different.T.tolist()], dtype=np.float64)
    return values[where.reshape(-1)]


def shift(a: Quantity, months: Quantity) -> Quantity:
    low = by_day(one._shifted, a.low, months.low)
    high = low if a.low is a.high and months.low is months.high else by_day(one._shifted, a.high, months.high)
    return made(low, high, a.cause | months.cause)


def shift_days(a: Quantity, days: Quantity) -> Quantity:
    low = _in_range(_in_range(a.low) + days.low)
    high = low if a.low is a.high and days.low is days.high else _in_range(_in_range(a.high) + days.high)
    return made(low, high, a.cause | days.cause)


def _in_range(days: Any) -> Any:
    return np.clip(days, 1.0, LAST_DAY)


def _calendar(days: Any) -> Any:
    """Years and months of days, as months since year 0."""
    stamps = (np.asarray(_in_range(days)).astype(np.int64) - 719163).astype("datetime64[D]")
    return stamps.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def year_of(days: Any) -> Any:
    return (_calendar(days) // 12).astype(np.float64)


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
    low = by_day(one._full_years, a.high, b.low)
    high = low if a.low is a.high and b.low is b.high else by_day(one._full_years, a.low, b.high)
    return made(low, high, a.cause | b.cause)
