"""Rows that belong together: an order in which equal ones stand side by side, and where each group begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guiju.population.columns import Mask

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


def grouped(columns: tuple[Numbers, ...]) -> Places:
    """An order by the columns, the first before the others; equal rows stay in their own."""
    return np.lexsort(columns[::-1])


def beginnings(order: Places, columns: tuple[Numbers, ...]) -> Mask:
    """Where a group of equal rows begins, in an order in which they stand together."""
    first = np.zeros(len(order), np.bool_)
    first[:1] = True
    for column in columns:
        inside = column[order]
        first[1:] |= inside[1:] != inside[:-1]
    return first


def starts_of(first: Mask) -> Places:
    """To each place the one at which its group begins."""
    return np.maximum.accumulate(np.where(first, np.arange(len(first)), 0))
