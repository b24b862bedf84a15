"""Arithmetic over intervals with causes: the reference meaning of every operation on values.

For any completion of the unknown facts, the completed result lies inside the interval result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping as Map
from fractions import Fraction
from math import inf
from typing import Any

from guiju.language.types import Type
from guiju.values import (
    FAIL,
    NOT_APPLICABLE,
    OPEN,
    PASS,
    REVIEW,
    UNDECIDED,
    UNKNOWN,
    Quantity,
    Status,
    Value,
    add_months,
    whole,
)

LAST_DAY = dt.date.max.toordinal()


def made(low: Any, high: Any, cause: int) -> Quantity:
    """An interval; where both ends meet there is no doubt left."""
    return (low, high, cause if low != high else cause & NOT_APPLICABLE)


def open_parameter(type_: Type, choice_sizes: Map[str, int]) -> Value:
    """Every value that a parameter of the type could be set to; `choice_sizes` by the id of the enumeration."""
    if type_.kind == "bool":
        return OPEN
    if type_.kind == "enum":
        return (0, max(choice_sizes.get(type_.enum, 1) - 1, 0), OPEN)
    return (1, LAST_DAY, OPEN) if type_.kind == "date" else (-inf, inf, OPEN)


# Statuses


def every(statuses: Iterable[Status]) -> Status:
    """All hold: one failure decides; else the causes of doubt together; what does not apply takes no part."""
    joined, applies = 0, False
    for status in statuses:
        if status == FAIL:
            return FAIL
        applies = applies or status != NOT_APPLICABLE
        joined |= status & UNDECIDED
    return joined or (PASS if applies else NOT_APPLICABLE)


def some(statuses: Iterable[Status]) -> Status:
    """One holds: one success decides; else the causes of doubt together."""
    joined, applies = 0, False
    for status in statuses:
        if status == PASS:
            return PASS
        applies = applies or status != NOT_APPLICABLE
        joined |= status & UNDECIDED
    return joined or (FAIL if applies else NOT_APPLICABLE)


def at_least(k: int, statuses: Iterable[Status]) -> Status:
    """k hold: decided as soon as enough do, or enough cannot."""
    passed = undecided = joined = 0
    for status in statuses:
        passed += status == PASS
        undecided += bool(status & UNDECIDED)
        joined |= status & UNDECIDED
    if passed >= k:
        return PASS
    return joined if passed + undecided >= k else FAIL


def negate(status: Status) -> Status:
    return FAIL if status == PASS else PASS if status == FAIL else status


def soften(status: Status) -> Status:
    """Unmet asks a person."""
    return REVIEW if status == FAIL else status


def guard(applies: Status, status: Status) -> Status:
    """The status where it applies; where it may not apply, a success stands and a failure is in doubt."""
    if applies == PASS:
        return status
    if applies in (FAIL, NOT_APPLICABLE):
        return NOT_APPLICABLE
    return PASS if status in (PASS, NOT_APPLICABLE) else (applies | status) & UNDECIDED


def presume(status: Status) -> Status:
    """未述即符合: what is not stated is taken as met; an open parameter is not."""
    return PASS if status & UNDECIDED and not status & OPEN else status


def choose(condition: Status, then: Status, otherwise: Status) -> Status:
    """`if` over conditions: the hull of both branches while undecided."""
    if condition == PASS:
        return then
    if condition == FAIL:
        return otherwise
    return then if then == otherwise else ((condition | then | otherwise) & UNDECIDED) or NOT_APPLICABLE


# Comparison


def compare(op: str, a: Quantity, b: Quantity) -> Status:
    cause = a[2] | b[2]
    if cause & NOT_APPLICABLE:
        return NOT_APPLICABLE
    if op in ("eq", "ne"):
        same = _equal(a, b, cause)
        return same if op == "eq" else negate(same)
    if op in ("lt", "le"):
        a, b, op = b, a, "gt" if op == "lt" else "ge"
    if a[0] > b[1] or (op == "ge" and a[0] == b[1]):
        return PASS
    if a[1] < b[0] or (op == "gt" and a[1] == b[0]):
        return FAIL
    return cause


def _equal(a: Quantity, b: Quantity, cause: int) -> Status:
    if a[0] is None or b[0] is None:
        return cause
    if a[0] == a[1] == b[0] == b[1]:
        return PASS
    return FAIL if a[1] < b[0] or b[1] < a[0] else cause


def member(a: Quantity, values: tuple[Any, ...]) -> Status:
    low, high, cause = a
    if cause & NOT_APPLICABLE:
        return NOT_APPLICABLE
    if low is None:
        return cause
    if low == high:
        return PASS if low in values else FAIL
    return cause if any(low <= value <= high for value in values) else FAIL


# Numbers


def add(a: Quantity, b: Quantity) -> Quantity:
    return made(whole(a[0] + b[0]), whole(a[1] + b[1]), a[2] | b[2])


def subtract(a: Quantity, b: Quantity) -> Quantity:
    return made(whole(a[0] - b[1]), whole(a[1] - b[0]), a[2] | b[2])


def negative(a: Quantity) -> Quantity:
    return (-a[1], -a[0], a[2])


def _product(x: Any, y: Any) -> Any:
    return 0 if x == 0 or y == 0 else x * y


def multiply(a: Quantity, b: Quantity) -> Quantity:
    ends = [_product(x, y) for x in a[:2] for y in b[:2]]
    return made(whole(min(ends)), whole(max(ends)), a[2] | b[2])


def divide(a: Quantity, b: Quantity) -> Quantity:
    """Division; by what is or may be zero it has no value, which is unknown and not zero."""
    if b[0] <= 0 <= b[1]:
        return (-inf, inf, a[2] | b[2] | UNKNOWN)
    ends = [_quotient(x, y) for x in a[:2] for y in b[:2]]
    return made(whole(min(ends)), whole(max(ends)), a[2] | b[2])


def _quotient(x: Any, y: Any) -> Any:
    if x == 0 or y in (inf, -inf):
        return 0
    if x in (inf, -inf):
        return x if y > 0 else -x
    return Fraction(x) / y


def floor(a: Quantity) -> Quantity:
    return made(_floor(a[0]), _floor(a[1]), a[2])


def _floor(x: Any) -> Any:
    return x if x in (inf, -inf) else x // 1


def absolute(a: Quantity) -> Quantity:
    low, high = abs(a[0]), abs(a[1])
    return made(0 if a[0] < 0 < a[1] else min(low, high), max(low, high), a[2])


def remainder(a: Quantity, n: int) -> Quantity:
    """What is left over; of a value that need not be whole, anything up to n."""
    return made(a[0] % n, a[0] % n, a[2]) if a[0] == a[1] else (0, n, a[2])


def extreme(op: str, values: list[Quantity]) -> Quantity:
    pick = min if op == "min" else max
    low, high = pick(v[0] for v in values), pick(v[1] for v in values)
    return made(low, high, _joined(values))


def _joined(values: Iterable[Quantity]) -> int:
    cause = 0
    for value in values:
        cause |= value[2]
    return cause


def choose_value(condition: Status, then: Quantity, otherwise: Quantity) -> Quantity:
    """`if` over values: the hull of both branches while undecided."""
    if condition == PASS:
        return then
    if condition == FAIL:
        return otherwise
    return hull([then, otherwise], condition & UNDECIDED or condition)


def hull(values: list[Quantity], cause: int = 0) -> Quantity:
    """The smallest interval that holds all; text that differs is unknown. It does not apply only where none does."""
    surely = cause & NOT_APPLICABLE or all(v[2] & NOT_APPLICABLE for v in values)
    cause = cause | _joined(values) if surely else (cause | _joined(values)) & UNDECIDED
    if any(isinstance(v[0], str) or v[0] is None for v in values):
        same = len({v[0] for v in values}) == 1
        return (values[0][0], values[0][1], cause if values[0][0] is None else 0) if same else (None, None, cause)
    return made(min(v[0] for v in values), max(v[1] for v in values), cause)


# Dates


def shift(a: Quantity, months: Quantity) -> Quantity:
    return made(shifted(a[0], months[0]), shifted(a[1], months[1]), a[2] | months[2])


def shifted(ordinal: Any, months: Any) -> int:
    """The corresponding day some months later, or the end of its month; it stays within the calendar."""
    if months in (inf, -inf):
        return LAST_DAY if months > 0 else 1
    return add_months(dt.date.fromordinal(_in_range(ordinal)), int(months)).toordinal()


def shift_days(a: Quantity, days: Quantity) -> Quantity:
    return made(_in_range(_in_range(a[0]) + days[0]), _in_range(_in_range(a[1]) + days[1]), a[2] | days[2])


def _in_range(ordinal: Any) -> int:
    return int(min(max(ordinal, 1), LAST_DAY))


def year(a: Quantity) -> Quantity:
    return made(_year(a[0]), _year(a[1]), a[2])


def _year(ordinal: Any) -> int:
    return dt.date.fromordinal(_in_range(ordinal)).year


def month(a: Quantity) -> Quantity:
    """The month of a date; any month where the year is not known."""
    if _year(a[0]) != _year(a[1]):
        return made(1, 12, a[2])
    return made(_month(a[0]), _month(a[1]), a[2])


def _month(ordinal: Any) -> int:
    return dt.date.fromordinal(_in_range(ordinal)).month


def years_between(a: Quantity, b: Quantity) -> Quantity:
    """Full years from a to b, in months; 0 where b is not after a."""
    return made(full_years(a[1], b[0]), full_years(a[0], b[1]), a[2] | b[2])


def full_years(first: Any, last: Any) -> int:
    """Full years between two days, in months; 0 where the last is not after the first."""
    start, end = dt.date.fromordinal(_in_range(first)), dt.date.fromordinal(_in_range(last))
    years = end.year - start.year
    if years > 0 and add_months(start, 12 * years) > end:
        years -= 1
    return 12 * max(years, 0)
