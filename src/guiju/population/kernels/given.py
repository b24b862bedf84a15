"""What is known of the columns that a kernel is given: enough to see, before any row is looked at, that its steps are
exact. Bounds are powers of two, so that populations of one kind share their kernels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import frexp, ldexp
from typing import Any

import numpy as np

from guiju.population.columns import EXACT, Column, Quantity, Status
from guiju.population.people import Stored
from guiju.values import FAIL, NOT_APPLICABLE, UNDECIDED, UNKNOWN

Bounds = tuple[float, float]
BYTE = 127.0  # the greatest number in one byte
# In which form numbers stand in memory, by the letter of their kind in a kernel's text; the most that each has room for
# (whether a greater int64 is exact as a double, its bounds as doubles can't tell).
ROOM = {"i": BYTE, "w": 2.0 ** 31 - 1, "l": EXACT / 2, "d": EXACT}
_LETTERS = {np.dtype(np.int8): "i", np.dtype(np.int32): "w", np.dtype(np.int64): "l", np.dtype(np.float64): "d"}


@dataclass(frozen=True, slots=True)
class Given:
    """`kind`: "yes" (where it holds), "status" (PASS or FAIL), "codes" (statuses of any kind; `bits`: which are set in
    some row), "whole" (whole numbers, from `low` to `high`, `times` so much over `scale`), "word" (codes of texts) or
    "between" (whole numbers over `scale` between two ends, or texts that may not be known, by `causes`). `alike`: one
    value for all, between the bounds; of a status its code. `form`: of whole numbers, how they stand in memory
    (`ROOM`). `parts`: what comes as columns, each with its value where it is alike for all."""

    kind: str
    low: float = 0.0
    high: float = 0.0
    scale: int = 1
    times: int = 1
    alike: bool = False
    form: str = "d"
    bits: int = 0
    parts: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What the finite ends of all rows lie between, and whether any is infinite, below or above."""

    least: float
    most: float
    bottomless: bool = False
    endless: bool = False

    @property
    def size(self) -> float:
        return max(abs(self.least), abs(self.most))


def given(stored: Stored, word: bool) -> Given | None:
    """What the column is to a kernel; none where a row is not exact."""
    column = stored.column
    if isinstance(column, Status):
        return _status(column)
    if not isinstance(column.error, float) or column.error:
        return None
    if column.point:
        return _known(column, word, stored)
    return _doubtful(column, word, stored.scale) if stored.times == 1 else None


def _status(column: Status) -> Given:
    if not isinstance(column.codes, np.ndarray):
        return Given("codes", column.codes, column.codes, alike=True)
    if column.codes.dtype == np.bool_:
        return Given("yes")
    return Given("status") if column.plain else Given("codes", bits=bits_of(column.codes) | FAIL)


def _known(column: Quantity, word: bool, stored: Stored) -> Given | None:
    low, scale, times = column.low, stored.scale, stored.times
    if not isinstance(low, np.ndarray):
        held = not word and abs(low) <= EXACT and low == round(low)
        return Given("whole", low, low, scale, times, True) if held else None
    if word:
        return Given("word")
    if not len(low):
        return None
    form = _LETTERS.get(low.dtype)
    return None if form is None else _whole(form, *(stored.bounds or bounds_of(low)), scale, times)


@lru_cache(256)  # what is read chunk by chunk is asked for in each
def _whole(form: str, least: float, most: float, scale: int, times: int) -> Given | None:
    room = ROOM[form]
    return Given("whole", max(_below(least), -room), min(_above(most), room), scale, times, form=form) \
        if least >= -room and most <= room else None


def _doubtful(column: Quantity, word: bool, scale: int) -> Given | None:
    """Of numbers, both ends are whole, or infinite, where there is no error."""
    bits = bits_of(column.cause) if isinstance(column.cause, np.ndarray) else int(column.cause)
    ends = (column.low,) if word else (column.low, column.high)
    if bits & NOT_APPLICABLE or any(isinstance(end, np.ndarray) and end.dtype != np.float64 for end in ends):
        return None
    parts = tuple(None if isinstance(part, np.ndarray) else float(part) for part in (*ends, column.cause))
    return Given("word" if word else "between", scale=scale, bits=bits, parts=parts)


def bits_of(codes: Any) -> int:
    """Which bits may be set in some row, in few kinds, so that populations share their kernels."""
    found = int(np.bitwise_or.reduce(codes)) if len(codes) else 0
    usual = UNKNOWN if not found & ~(UNKNOWN | FAIL | NOT_APPLICABLE) else UNDECIDED
    return usual | found & (FAIL | NOT_APPLICABLE)


def span_of(column: Column) -> Span | None:
    """What the ends lie between; none where they are not exact."""
    assert isinstance(column, Quantity)
    low, high = np.atleast_1d(column.low), np.atleast_1d(column.high)
    lows, highs = low[np.isfinite(low)], high[np.isfinite(high)]
    least = min(ends.min(initial=np.inf) for ends in (lows, highs))
    most = max(ends.max(initial=-np.inf) for ends in (lows, highs))
    least, most = (float(least), float(most)) if least <= most else (0.0, 0.0)
    return Span(_below(least), _above(most), len(lows) < len(low), len(highs) < len(high)) \
        if least >= -EXACT and most <= EXACT else None


def bounds_of(values: np.ndarray) -> Bounds:
    """The least and the greatest of a column's values."""
    return float(values.min()), float(values.max())


def _above(value: float) -> float:
    """The next power of two, or zero."""
    part, power = frexp(value)  # a part from a half to one
    return 0.0 if value <= 0 else ldexp(1.0, power - (part == 0.5))


def _below(value: float) -> float:
    return min(value, 1.0) if value in (0, 1) or value > 1 else -_above(-value)
