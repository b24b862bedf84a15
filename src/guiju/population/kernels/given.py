"""What is known of the columns that a kernel is given: enough to see, before any row is looked at, that its steps are
exact. Bounds are powers of two, so that populations of one kind share their kernels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guiju.population.columns import EXACT, Column, Status

Bounds = tuple[float, float]
BYTE = 127.0  # the greatest number in one byte


@dataclass(frozen=True, slots=True)
class Given:
    """`kind`: "status" (PASS or FAIL), "whole" (whole numbers over `scale`, from `low` to `high`) or "word" (codes of
    texts). `alike`: one value for all, between the bounds; of a status 0 or 8. `byte`: kept in one byte a row."""

    kind: str
    low: float = 0.0
    high: float = 0.0
    scale: int = 1
    alike: bool = False
    byte: bool = False


def given(column: Column, word: bool, scale: int = 1, bounds: Bounds | None = None) -> Given | None:
    """What the column is to a kernel; none where a row is in doubt, or not exact."""
    if isinstance(column, Status):
        if not column.plain:
            return None
        return Given("status") if isinstance(column.codes, np.ndarray) else \
            Given("status", column.codes, column.codes, alike=True)
    if not column.point or not isinstance(column.error, float) or column.error:
        return None
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


def bounds_of(values: np.ndarray) -> Bounds:
    """The least and the greatest of a column's values."""
    return float(values.min()), float(values.max())


def _above(value: float) -> float:
    """The next power of two, or zero."""
    return 0.0 if value <= 0 else float(2.0 ** np.ceil(np.log2(value)))


def _below(value: float) -> float:
    return min(value, 1.0) if value in (0, 1) or value > 1 else -_above(-value)
