"""Comparisons of columns: of numbers, which may be too near to tell, and of texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from guiju.population.columns import Quantity, Status
from guiju.population.quantities import Leftover, ends_of, is_exact, multiply, near
from guiju.population.statuses import decided, negated, select
from guiju.values import FAIL, NOT_APPLICABLE, PASS


def order(op: str, a: Quantity, b: Quantity, leftover: Leftover) -> Status:
    """lt, le, gt, ge."""
    if op in ("lt", "le"):
        a, b, op = b, a, "gt" if op == "lt" else "ge"
    _note_near(a, b, leftover)
    if a.point and b.point:
        return decided(a.low > b.low if op == "gt" else a.low >= b.low)
    cause = a.cause | b.cause
    yes = a.low > b.high if op == "gt" else a.low >= b.high
    no = a.high <= b.low if op == "gt" else a.high < b.low
    return _told(cause, yes, no)


def _told(cause: Any, yes: Any, no: Any) -> Status:
    """Whether it holds, by what surely does and what surely does not; nothing applies where a cause says so."""
    if not (isinstance(cause, np.ndarray) and isinstance(yes, np.ndarray) and isinstance(no, np.ndarray)):
        return Status(select((cause & NOT_APPLICABLE, NOT_APPLICABLE), (yes, PASS), (no, FAIL), otherwise=cause))
    codes = cause & ((yes | no).view(np.uint8) - np.uint8(1)) | no.view(np.uint8) << 3
    nowhere = cause & NOT_APPLICABLE
    return Status(np.where(nowhere, nowhere, codes) if nowhere.any() else codes)


def _note_near(a: Quantity, b: Quantity, leftover: Leftover) -> None:
    if is_exact(a) and is_exact(b):
        return
    error = a.error + b.error
    for x in ends_of(a):
        for y in ends_of(b):
            leftover.note(near(x, y, error))


def order_of_ratios(op: str, a: tuple[Quantity, Quantity], b: tuple[Quantity, Quantity]) -> tuple[Any, Any]:
    """Codes of lt, le, gt, ge of two ratios, multiplied out; and where that is right: one value each, divisors above
    zero. There they pass or fail."""
    (over, under), (above, below) = a, b
    right: Any = True
    for part in (over, under, above, below):
        right = right & (part.low == part.high) & ((part.cause & NOT_APPLICABLE) == 0) & (part.error == 0)
    right = right & (under.low > 0) & (below.low > 0)
    small = Leftover()
    left, other = multiply(_lows(over), _lows(below), small), multiply(_lows(above), _lows(under), small)
    status = order(op, left, other, small)
    return status.codes, right & np.logical_not(small.mask)


def _lows(a: Quantity) -> Quantity:
    return Quantity(a.low, a.low)


def equal(op: str, a: Quantity, b: Quantity, leftover: Leftover) -> Status:
    """eq, ne, over numbers."""
    _note_near(a, b, leftover)
    if a.point and b.point:
        holds = decided(a.low == b.low)
    else:
        cause = a.cause | b.cause
        same = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
        apart = (a.high < b.low) | (b.high < a.low)
        holds = _told(cause, same, apart)
    return holds if op == "eq" else negated(holds)


def same_text(op: str, a: Quantity, b: Quantity) -> Status:
    """eq, ne, over texts; -1 is a text that is not known."""
    if a.point and b.point:
        holds = decided(a.low == b.low)
    else:
        cause = a.cause | b.cause
        unsure = (a.low == -1.0) | (b.low == -1.0)
        holds = Status(select((cause & NOT_APPLICABLE, NOT_APPLICABLE), (unsure, cause), (a.low == b.low, PASS),
                              otherwise=FAIL))
    return holds if op == "eq" else negated(holds)


def member(a: Quantity, values: Sequence[float], leftover: Leftover) -> Status:
    """Whether a number is one of the values."""
    for value in values:
        _note_near(a, Quantity(value, value), leftover)
    inside: Any = False
    for value in values:
        inside = inside | (a.low == value)
    if a.point:
        return decided(inside)
    possible: Any = False
    for value in values:
        possible = possible | ((a.low <= value) & (a.high >= value))
    meet = a.low == a.high
    return Status(select((a.cause & NOT_APPLICABLE, NOT_APPLICABLE), (meet & inside, PASS), (meet, FAIL),
                         (possible, a.cause), otherwise=FAIL))


def member_text(a: Quantity, values: Sequence[float]) -> Status:
    """Whether a text is one of those with these codes; -1 is a text that is not known."""
    inside = np.isin(a.low, values)
    if a.point:
        return decided(inside if np.ndim(inside) else bool(inside))
    return Status(select((a.cause & NOT_APPLICABLE, NOT_APPLICABLE), (a.low == -1.0, a.cause), (inside, PASS),
                         otherwise=FAIL))


def matches(a: Quantity, pattern: str, text_of: Callable[[int], str]) -> Status:
    """Whether a text has the pattern somewhere."""
    codes = np.asarray(a.low).astype(np.int64)
    held = np.zeros(int(codes.max(initial=0)) + 1, np.bool_)
    held[codes[codes >= 0]] = True
    search = re.compile(pattern).search
    for code in np.flatnonzero(held).tolist():
        held[code] = search(text_of(code)) is not None
    holds = held[codes] & (codes >= 0)
    if a.point:
        return decided(holds if holds.ndim else bool(holds))
    unsure = (a.low == -1.0) | (a.cause > 0)
    return Status(select((unsure, a.cause), (holds, PASS), otherwise=FAIL))
