"""How values look in columns: the engine's own values, one array for many organisations, or one number for all alike.

A status column holds the codes of `guiju.values`; a quantity column the lowest and the highest value of each row and
the causes of doubt, which is the number 0 where no row is in doubt. Numbers stand as doubles. Up to 2⁵³ whole numbers
are exact there; everything else carries a bound of its error, and a row that the error could decide is *left over*:
the one-applicant evaluation answers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64] | float
Codes = NDArray[Any] | int
Mask = NDArray[np.bool_]
EXACT = 2.0 ** 53
NO_CAUSE, NO_ERROR = 0, 0.0
EPSILON = 2.0 ** -52  # of one operation, relative, generously


@dataclass(frozen=True, slots=True)
class Status:
    """`codes`: a status for each row. `plain`: only PASS and FAIL occur."""

    codes: Codes
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low`, `high`: the same object where every row has one value. `cause`: 0, or the causes of each row. `error`: how
    far a finite end may be from the true one, 0 where it is exact. `sided`: however far, no end is on another side of a
    whole number than the true one, and it is whole only where that is."""

    low: Floats
    high: Floats
    cause: Codes = NO_CAUSE
    error: Floats = NO_ERROR
    sided: bool = False

    @property
    def point(self) -> bool:
        """Every row has one value, and no cause."""
        return self.low is self.high and isinstance(self.cause, int) and self.cause == 0


Column = Status | Quantity


def settled(column: Column) -> Column:
    """The column with what is alike for all as plain numbers."""
    if isinstance(column, Status):
        return column if isinstance(column.codes, np.ndarray) and column.codes.ndim else \
            Status(int(column.codes), column.plain)
    low = _settled(column.low)
    high = low if column.high is column.low else _settled(column.high)
    if low is column.low and high is column.high and column.cause is NO_CAUSE and column.error is NO_ERROR:
        return column
    cause: Any = column.cause
    if isinstance(cause, np.ndarray) and cause.size:
        cause = cause if cause.max() else NO_CAUSE
    error = NO_ERROR if column.error is NO_ERROR or not np.any(column.error) else _settled(column.error)
    return Quantity(low, high, cause if np.ndim(cause) else int(cause), error, column.sided)


def _settled(values: Any) -> Any:
    if isinstance(values, np.ndarray) and values.ndim:
        return values
    return values if type(values) is float else float(values)


def constant(value: Any) -> Quantity:
    """One known value for all rows: a number, or the code of a text."""
    number = float(value)
    exact = (isinstance(value, int) and abs(value) <= EXACT) or value in (inf, -inf)
    return Quantity(number, number, 0, 0.0 if exact else abs(number) * EPSILON)


def taken(column: Column, rows: Any) -> Column:
    """The column at the given rows (or with a mask); what is alike for all stays so."""
    if isinstance(column, Status):
        return Status(_taken(column.codes, rows), column.plain)
    low = _taken(column.low, rows)
    high = low if column.high is column.low else _taken(column.high, rows)
    return Quantity(low, high, _taken(column.cause, rows), _taken(column.error, rows), column.sided)


def _taken(values: Any, rows: Any) -> Any:
    return values[rows] if isinstance(values, np.ndarray) and values.ndim else values


def merged(mask: Mask, one: Quantity, other: Quantity) -> Quantity:
    """`one` where the mask holds, else `other`."""
    point = one.low is one.high and other.low is other.high
    low = np.where(mask, one.low, other.low)
    return Quantity(low, low if point else np.where(mask, one.high, other.high),
                    _merged_codes(mask, one.cause, other.cause), _merged_errors(mask, one.error, other.error))


def _merged_codes(mask: Mask, one: Codes, other: Codes) -> Codes:
    if isinstance(one, int) and isinstance(other, int) and one == other:
        return one
    return np.where(mask, np.uint8(one) if isinstance(one, int) else one,
                    np.uint8(other) if isinstance(other, int) else other)


def _merged_errors(mask: Mask, one: Floats, other: Floats) -> Floats:
    if isinstance(one, float) and isinstance(other, float) and one == other:
        return one
    return np.where(mask, one, other)


def number_of(value: float, scale: int = 1) -> Any:
    """A stored whole number over its scale, as the one-applicant evaluation writes it."""
    if value in (inf, -inf):
        return value
    exact = Fraction(int(value), scale)
    return exact.numerator if exact.denominator == 1 else exact
