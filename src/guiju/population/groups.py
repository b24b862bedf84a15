"""Rows that belong together: an order in which equal ones stand side by side, where each group begins, and what the
statuses of a group come to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.population.columns import Mask

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


def grouped(columns: tuple[Any, ...]) -> Places:
    """An order by the columns, the first before the others; equal rows stay in their own."""
    return np.lexsort(columns[::-1])


def beginnings(order: Places, columns: tuple[Any, ...]) -> Mask:
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


def numbered(columns: tuple[Any, ...]) -> tuple[Places, int]:
    """To each row the number of its group of equal rows, and how many groups there are."""
    order = grouped(columns)
    first = beginnings(order, columns)
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(first) - 1
    return number, int(np.count_nonzero(first))


def bits(group: Places, codes: Any, count: int) -> Any:
    """The bits of each group's codes together."""
    result = np.zeros(count, np.uint8)
    for bit in (1, 2, 4, 8, 16):
        marked = group[codes & bit > 0]
        if len(marked):
            result[marked] |= bit
    return result


def marked(group: Places, rows: Any, count: int) -> Mask:
    """In which groups any of the rows is."""
    result = np.zeros(count, np.bool_)
    result[group[rows]] = True
    return result


def some(group: Places, codes: Any, count: int) -> Any:
    """Whether any of each group's statuses holds; 8 where none does or may."""
    doubt = bits(group, codes & 7, count)
    return np.where(marked(group, codes == 0, count), 0, np.where(doubt > 0, doubt, 8)).astype(np.uint8, copy=False)


def most(group: Places, values: Any, count: int) -> Numbers:
    """The highest of each group, 0 where none is higher."""
    result = np.zeros(count)
    np.maximum.at(result, group, values)
    return result


def total(group: Places, values: Any, count: int) -> Numbers:
    return np.asarray(np.bincount(group, weights=values, minlength=count), np.float64)
