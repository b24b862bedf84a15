"""Numbers in columns: intervals with causes, as `guiju.evaluate.arithmetic` has them.

What may round takes a `Leftover`, which notes the rows that doubles can't decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np

from guiju.population.columns import EPSILON, EXACT, Codes, Mask, Quantity, Status, taken
from guiju.population.statuses import select
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, UNKNOWN


class Leftover:
    """Rows that the one-applicant evaluation has to answer."""

    def __init__(self) -> None:
        self.mask: Mask | bool = False

    def note(self, rows: Any) -> None:
        """Add rows: a mask, or True for all."""
        if np.any(rows):
            self.mask = self.mask | rows


def made(low: Any, high: Any, cause: Codes, error: Any = 0.0) -> Quantity:
    """An interval; where both ends meet there is no doubt left."""
    if low is high and isinstance(cause, int) and not cause:
        return Quantity(low, low, 0, error)
    meet = low == high
    if not isinstance(meet, np.ndarray):
        return Quantity(low, low if meet else high, cause & NOT_APPLICABLE if meet else cause, error)
    if meet.all():
        left = cause & NOT_APPLICABLE
        return Quantity(low, low, left if np.any(left) else 0, error)
    return Quantity(low, high, np.where(meet, cause & NOT_APPLICABLE, cause).astype(np.uint8, copy=False), error)


def sound(quantity: Quantity, leftover: Leftover) -> Quantity:
    """What is too large to be exact, or no number, is left over."""
    for end in (quantity.low,) if quantity.low is quantity.high else (quantity.low, quantity.high):
        size = np.abs(end)
        if not np.all(size <= EXACT):
            leftover.note(((size > EXACT) & (size != inf)) | np.isnan(end))
    return quantity


def _rounded(end: Any, *errors: Any) -> Any:
    """The error of a result that comes of inexact parts."""
    total: Any = sum(errors)
    if isinstance(total, float) and total == 0.0:
        return 0.0
    size = np.abs(end)
    return total + np.where(size == inf, 0.0, size) * EPSILON


def add(a: Quantity, b: Quantity, leftover: Leftover) -> Quantity:
    low = a.low + b.low
    high = low if a.low is a.high and b.low is b.high else a.high + b.high
    return sound(made(low, high, a.cause | b.cause, _errors_of(low, high, a.error, b.error)), leftover)


def subtract(a: Quantity, b: Quantity, leftover: Leftover) -> Quantity:
    return add(a, negative(b), leftover)


def _errors_of(low: Any, high: Any, *errors: Any) -> Any:
    if all(isinstance(e, float) and e == 0.0 for e in errors):
        return 0.0
    return np.maximum(_rounded(low, *errors), _rounded(high, *errors))


def negative(a: Quantity) -> Quantity:
    low = -a.high
    return Quantity(low, low if a.low is a.high else -a.low, a.cause, a.error)


def scaled(a: Quantity, by: Fraction, leftover: Leftover) -> Quantity:
    """Times a fraction: whole where it comes out whole."""
    whole = float(by.numerator), float(by.denominator)
    return divide(multiply(a, Quantity(whole[0], whole[0]), leftover), Quantity(whole[1], whole[1]), leftover)


def multiply(a: Quantity, b: Quantity, leftover: Leftover) -> Quantity:
    ends = [_product(x, y) for x in ends_of(a) for y in ends_of(b)]
    low, high = _extremes(ends)
    error: Any = 0.0
    if not (is_exact(a) and is_exact(b)):
        error = _size(a) * b.error + _size(b) * a.error + a.error * b.error
        error = error + _finite(np.maximum(np.abs(low), np.abs(high))) * EPSILON
    return sound(made(low, high, a.cause | b.cause, error), leftover)


def ends_of(a: Quantity) -> tuple[Any, ...]:
    return (a.low,) if a.low is a.high else (a.low, a.high)


def is_exact(a: Quantity) -> bool:
    return isinstance(a.error, float) and a.error == 0.0


def _size(a: Quantity) -> Any:
    return _finite(np.maximum(np.abs(a.low), np.abs(a.high)))


def _finite(values: Any) -> Any:
    return np.where(np.isinf(values), 0.0, values)


def _extremes(ends: list[Any]) -> tuple[Any, Any]:
    if len(ends) == 1:
        return ends[0], ends[0]
    low, high = ends[0], ends[0]
    for end in ends[1:]:
        low, high = np.minimum(low, end), np.maximum(high, end)
    return low, high


def _product(x: Any, y: Any) -> Any:
    with np.errstate(invalid="ignore"):
        result = x * y
    return np.where((x == 0) | (y == 0), 0.0, result) if np.any(np.isnan(result)) else result


def divide(a: Quantity, b: Quantity, leftover: Leftover) -> Quantity:
    """Division; by what is or may be zero it has no value, which is unknown and not zero."""
    none = (b.low <= 0) & (b.high >= 0)
    if not is_exact(b):
        leftover.note(near(b.low, 0.0, b.error) | near(b.high, 0.0, b.error))
    # The quotient of whole numbers up to 2⁵² is a double that is whole only where it is whole itself.
    sided = is_exact(a) and is_exact(b) and all(np.all((np.abs(x) <= EXACT / 2) | np.isinf(x)) for x in ends_of(a))
    with np.errstate(all="ignore"):
        ends = [_quotient(x, y) for x in ends_of(a) for y in ends_of(b)]
        low, high = _extremes(ends)
        size = _finite(np.maximum(np.abs(low), np.abs(high)))
        least = np.minimum(np.abs(b.low), np.abs(b.high)) - b.error
        error = (a.error + size * b.error) / least + size * EPSILON
        if is_exact(a) and is_exact(b):
            # What comes out whole is exact.
            error = np.where(_comes_out_whole(a, b, low, high, sided), 0.0, error)
    error = np.where(np.isfinite(error), error, 0.0)
    error = error if np.any(error) else 0.0
    result = replace(made(low, high, a.cause | b.cause, error), sided=sided)
    if not np.any(none):
        return result
    return Quantity(np.where(none, -inf, result.low), np.where(none, inf, result.high),
                    np.where(none, a.cause | b.cause | UNKNOWN, result.cause).astype(np.uint8),
                    np.where(none, 0.0, error) if np.any(error) else 0.0, sided)


def _comes_out_whole(a: Quantity, b: Quantity, low: Any, high: Any, sided: bool) -> Any:
    """Where the quotients of whole numbers are exact."""
    if sided:
        return (low == np.rint(low)) & (high == np.rint(high))
    even = [(np.fmod(x, y) == 0) | np.isinf(x) | np.isinf(y) for x in ends_of(a) for y in ends_of(b)]
    return np.logical_and.reduce(np.broadcast_arrays(*even))


def _quotient(x: Any, y: Any) -> Any:
    return np.where((x == 0) | np.isinf(y), 0.0, x / np.where(y == 0, 1.0, y))


def floor(a: Quantity, leftover: Leftover) -> Quantity:
    if not is_exact(a):
        for end in () if a.sided else ends_of(a):
            leftover.note(near(end, np.round(end), a.error))
    low = np.floor(a.low)
    return made(low, low if a.low is a.high else np.floor(a.high), a.cause)


def absolute(a: Quantity) -> Quantity:
    """The size of a number; from nothing on where it may be of either sign."""
    if a.low is a.high:
        size = np.abs(a.low)
        return Quantity(size, size, a.cause, a.error)
    low, high = np.abs(a.low), np.abs(a.high)
    return made(np.where((a.low < 0) & (a.high > 0), 0.0, np.minimum(low, high)), np.maximum(low, high), a.cause,
                a.error)


def remainder(a: Quantity, n: int, leftover: Leftover) -> Quantity:
    """What is left over; of a value that need not be whole, anything up to n."""
    if not is_exact(a):
        leftover.note(True)
    if a.low is a.high:
        rest = np.mod(a.low, n)
        return made(rest, rest, a.cause)
    meet = a.low == a.high
    with np.errstate(invalid="ignore"):
        rest = np.mod(a.low, n)
    return made(np.where(meet, rest, 0.0), np.where(meet, rest, float(n)), a.cause)


def extreme(op: str, parts: Sequence[Quantity], leftover: Leftover) -> Quantity:
    """`min` or `max` of several."""
    pick = np.minimum if op == "min" else np.maximum
    low, high, cause, error = parts[0].low, parts[0].high, parts[0].cause, parts[0].error
    for part in parts[1:]:
        low, point = pick(low, part.low), low is high and part.low is part.high
        high = low if point else pick(high, part.high)
        cause, error = cause | part.cause, np.maximum(error, part.error)
    sided = all(part.sided or is_exact(part) for part in parts)
    return replace(made(low, high, cause, float(error) if np.ndim(error) == 0 else error), sided=sided)


def chosen(condition: Status, then: Quantity, otherwise: Quantity) -> Quantity:
    """`if` over values: the hull of both branches while undecided."""
    c = condition.codes
    if isinstance(c, int) and c in (PASS, FAIL):
        return then if c == PASS else otherwise
    if condition.plain:
        return _by_case(c, then, otherwise, otherwise)
    if isinstance(c, int):
        return _by_case(c, then, otherwise, hull(then, otherwise, c & UNDECIDED or c))
    if _alike(then) and _alike(otherwise):
        return _by_code(c, then, otherwise)
    decided = _by_case(c, then, otherwise, otherwise)
    rows = np.flatnonzero(c & (UNDECIDED | NOT_APPLICABLE))
    if not len(rows):
        return decided
    both = hull(at(then, rows), at(otherwise, rows), _open_for(c[rows]))
    return _replaced(decided, rows, both, len(c))


def _open_for(codes: Any) -> Any:
    """Why a condition does not choose: its doubts; where there are none, that it does not apply."""
    return codes & UNDECIDED | np.where(codes & UNDECIDED, 0, codes).astype(np.uint8)


def at(a: Quantity, rows: Any) -> Quantity:
    """The quantity in the given rows."""
    found = taken(a, rows)
    assert isinstance(found, Quantity)
    return found


def _alike(a: Quantity) -> bool:
    return not any(isinstance(part, np.ndarray) for part in (a.low, a.high, a.cause, a.error))


def _by_code(codes: Any, then: Quantity, otherwise: Quantity) -> Quantity:
    """Of two values that are alike for all, one for each status that there can be."""
    every = np.arange(32, dtype=np.uint8)
    return at(_by_case(every, then, otherwise, hull(then, otherwise, _open_for(every))), codes)


def _replaced(column: Quantity, rows: Any, by: Quantity, count: int) -> Quantity:
    """The column with other values in some rows."""

    def put(one: Any, other: Any, kind: Any) -> Any:
        if not isinstance(one, np.ndarray) and not isinstance(other, np.ndarray) and one == other:
            return one
        result = np.array(np.broadcast_to(one, count), kind)
        result[rows] = other
        return result

    low = put(column.low, by.low, np.float64)
    point = column.low is column.high and by.low is by.high
    return Quantity(low, low if point else put(column.high, by.high, np.float64), put(column.cause, by.cause, np.uint8),
                    put(column.error, by.error, np.float64), column.sided)


def _by_case(codes: Any, then: Quantity, otherwise: Quantity, both: Quantity) -> Quantity:
    point = all(part.low is part.high for part in (then, otherwise, both))
    first, second = codes == PASS, codes == FAIL

    def pick(name: str) -> Any:
        values = [getattr(part, name) for part in (then, otherwise, both)]
        if all(not isinstance(v, np.ndarray) and v == values[0] for v in values):
            return values[0]
        kind = np.uint8 if name == "cause" else np.float64
        rest = kind(values[1]) if both is otherwise else np.where(second, kind(values[1]), kind(values[2]))
        return np.where(first, kind(values[0]), rest)

    low = pick("low")
    return Quantity(low, low if point else pick("high"), pick("cause"), pick("error"),
                    all(part.sided or is_exact(part) for part in (then, otherwise)))


def hull(a: Quantity, b: Quantity, cause: Codes) -> Quantity:
    """The smallest interval that holds both."""
    surely = (cause & NOT_APPLICABLE) | (a.cause & b.cause & NOT_APPLICABLE)
    joined = cause | a.cause | b.cause
    joined = select((surely, joined), otherwise=joined & UNDECIDED) if np.any(surely) else joined & UNDECIDED
    low, high = np.minimum(a.low, b.low), np.maximum(a.high, b.high)
    return made(low, high, joined, np.maximum(a.error, b.error))


def hull_of_texts(condition: Status, a: Quantity, b: Quantity) -> Quantity:
    """Which text, while the condition is undecided: known only where both are the same. -1 is a text not known."""
    c = condition.codes
    cause = _open_for(c)
    surely = (cause & NOT_APPLICABLE) | (a.cause & b.cause & NOT_APPLICABLE)
    joined = select((surely, cause | a.cause | b.cause), otherwise=(cause | a.cause | b.cause) & UNDECIDED)
    same = a.low == b.low
    value = np.where(same, a.low, -1.0)
    both = Quantity(value, value, np.where(same & (value != -1.0), 0, joined).astype(np.uint8))
    return _by_case(c, a, b, both)


def near(x: Any, y: Any, error: Any) -> Any:
    """Whether two ends are nearer than the error can tell."""
    with np.errstate(invalid="ignore"):
        close = np.abs(x - y) <= error
    return close & (error > 0) & np.isfinite(x) & np.isfinite(y) if close.any() else False
