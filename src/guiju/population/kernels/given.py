"""What is known of the columns that a kernel is given: enough to see, before any row is looked at, that its steps are
exact. Bounds are powers of two, so that populations of one kind share their kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.population.columns import EXACT, Column, Quantity, Status
from guiju.values import FAIL, NOT_APPLICABLE, UNDECIDED, UNKNOWN

Bounds = tuple[float, float]
BYTE = 127.0  # the greatest number in one byte


@dataclass(frozen=True, slots=True)
class Given:
    """`kind`: "status" (PASS or FAIL), "codes" (statuses of any kind; `bits`: which are set in some row), "whole"
    (whole numbers over `scale`, from `low` to `high`), "word" (codes of texts) or "between" (whole numbers over
    `scale` between two ends, or texts that may not be known, by `causes`). `alike`: one value for all, between the
    bounds; of a status its code. `byte`: kept in one byte a row. `parts`: what comes as columns, each with its value
    where it is alike for all."""

    kind: str
    low: float = 0.0
    high: float = 0.0
    scale: int = 1
    alike: bool = False
    byte: bool = False
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


def given(column: Column, word: bool, scale: int = 1, bounds: Bounds | None = None) -> Given | None:
    """What the column is to a kernel; none where a row is not exact."""
    if isinstance(column, Status):
        return _status(column)
    if not isinstance(column.error, float) or column.error:
        return None
    return _known(column, word, scale, bounds) if column.point else _doubtful(column, word, scale)


def _status(column: Status) -> Given:
    if not isinstance(column.codes, np.ndarray):
        return Given("codes", column.codes, column.codes, alike=True)
    return Given("status") if column.plain else Given("codes", bits=bits_of(column.codes) | FAIL)


def _known(column: Quantity, word: bool, scale: int, bounds: Bounds | None) -> Given | None:
    low = column.low
    if not isinstance(low, np.ndarray):
        held = not word and abs(low) <= EXACT and low == round(low)
        return Given("whole", low, low, scale, True) if held else None
    if word:
        return Given("word")
    if not len(low):
        return None
    least, most = bounds or bounds_of(low)
    if low.dtype == np.int8:
        return Given("whole", max(_below(least), -BYTE), min(_above(most), BYTE), scale, byte=True) if least >= -BYTE \
            else None
    return Given("whole", _below(least), _above(most), scale) if least >= -EXACT and most <= EXACT else None


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
    return 0.0 if value <= 0 else float(2.0 ** np.ceil(np.log2(value)))


def _below(value: float) -> float:
    return min(value, 1.0) if value in (0, 1) or value > 1 else -_above(-value)
