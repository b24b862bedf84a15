"""Operations on status columns: the same truth tables as `guiju.evaluate.arithmetic`, on codes.

Statuses stand as the numbers of `guiju.values`; a truth that is shifted by 3 is a FAIL.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from guiju.evaluate import arithmetic as one
from guiju.population.columns import Codes, Mask, Status
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

_NEGATED, _SOFTENED, _PRESUMED = (np.array([of(code) for code in range(32)], np.uint8)
                                  for of in (one.negate, one.soften, one.presume))


def decided(holds: Mask | bool) -> Status:
    """PASS where it holds, else FAIL."""
    if isinstance(holds, np.ndarray):
        return Status(np.logical_not(holds).view(np.uint8) << 3, True)
    return Status(PASS if holds else FAIL, True)


def every(parts: Sequence[Status]) -> Status:
    """All hold: one failure decides."""
    if not parts:
        return Status(NOT_APPLICABLE)
    codes = [p.codes for p in parts]
    joined = reduce(or_, codes)
    if all(p.plain for p in parts):
        return Status(joined, True)
    if isinstance(joined, int):
        return Status(one.every(map(int, codes)))
    # Bit by bit, for speed: a failure clears the doubts, and only where all parts do not apply the whole does not.
    failed = joined & FAIL
    return Status(joined & (UNDECIDED ^ (failed >> 3) * UNDECIDED) | failed | reduce(and_, codes) & NOT_APPLICABLE)


def some(parts: Sequence[Status]) -> Status:
    """One holds: one success decides."""
    if not parts:
        return Status(NOT_APPLICABLE)
    codes = [p.codes for p in parts]
    if all(p.plain for p in parts):
        return Status(reduce(and_, codes), True)
    joined = reduce(or_, codes)
    if isinstance(joined, int):
        return Status(one.some(map(int, codes)))
    passed = reduce(or_, [_is(c, PASS) for c in codes])
    doubt, nowhere = joined & UNDECIDED, reduce(and_, codes) & NOT_APPLICABLE
    failed = ((doubt | nowhere) == 0).view(np.uint8) << 3
    return Status((doubt | nowhere | failed) & (np.asarray(passed).view(np.uint8) - np.uint8(1)))


def at_least(k: int, parts: Sequence[Status]) -> Status:
    """k hold: decided as soon as enough do, or enough cannot."""
    codes = [p.codes for p in parts]
    if all(isinstance(c, int) for c in codes):
        return Status(one.at_least(k, map(int, codes)))
    passed: Any = sum(np.asarray(_is(c, PASS), np.int16) for c in codes)
    possible: Any = passed + sum(np.asarray(c & UNDECIDED, np.int16) > 0 for c in codes)
    joined = reduce(or_, codes) & UNDECIDED
    return Status(select((passed >= k, PASS), (possible >= k, joined), otherwise=FAIL), all(p.plain for p in parts))


def negated(part: Status) -> Status:
    if part.plain:
        return Status(part.codes ^ FAIL, True)
    if isinstance(part.codes, int):
        return Status(one.negate(part.codes))
    return Status(_NEGATED.take(part.codes))


def softened(part: Status) -> Status:
    """Unmet asks a person."""
    if isinstance(part.codes, int):
        return Status(one.soften(part.codes), part.plain and part.codes == PASS)
    if part.plain:
        return Status(part.codes >> 3)
    return Status(_SOFTENED.take(part.codes))


def guarded(applies: Status, part: Status) -> Status:
    """The status where it applies; where it may not apply, a success stands and a failure is in doubt."""
    a, s = applies.codes, part.codes
    if isinstance(a, int) and a in (PASS, FAIL, NOT_APPLICABLE):
        return part if a == PASS else Status(NOT_APPLICABLE)
    if isinstance(a, int) and isinstance(s, int):
        return Status(one.guard(a, s))
    if applies.plain:
        return Status(select((_is(a, PASS), s), otherwise=NOT_APPLICABLE))
    stands = _is(s, PASS) | _is(s, NOT_APPLICABLE)
    return Status(select((_is(a, PASS), s), (a & (FAIL | NOT_APPLICABLE), NOT_APPLICABLE), (stands, PASS),
                         otherwise=(a | s) & UNDECIDED))


def presumed(part: Status) -> Status:
    """未述即符合."""
    if part.plain:
        return part
    if isinstance(part.codes, int):
        return Status(one.presume(part.codes))
    return Status(_PRESUMED.take(part.codes))


def chosen(condition: Status, then: Status, otherwise: Status) -> Status:
    """`if` over conditions: the hull of both branches while undecided."""
    c, t, o = condition.codes, then.codes, otherwise.codes
    plain = then.plain and otherwise.plain
    if isinstance(c, int) and c in (PASS, FAIL):
        return then if c == PASS else otherwise
    if isinstance(c, int) and isinstance(t, int) and isinstance(o, int):
        return Status(one.choose(c, t, o))
    if condition.plain:
        return Status(select((_is(c, PASS), t), otherwise=o), plain)
    doubt = (c | t | o) & UNDECIDED
    return Status(select((_is(c, PASS), t), (_is(c, FAIL), o), (_is(t ^ o, 0), t), (doubt, doubt),
                         otherwise=NOT_APPLICABLE))


def merged(mask: Mask, one_: Status, other: Status) -> Status:
    """`one_` where the mask holds, else `other`."""
    return Status(select((mask, one_.codes), otherwise=other.codes), one_.plain and other.plain)


def _is(codes: Codes, code: int) -> Any:
    return codes == code


def select(*cases: tuple[Any, Any], otherwise: Any) -> Any:
    """The value of the first case that holds; codes, or a number where nothing is a column."""
    result: Any = otherwise if isinstance(otherwise, np.ndarray) else np.uint8(otherwise)
    for test, value in reversed(cases):
        if not isinstance(test, np.ndarray):
            result = value if test else result
            continue
        kind = value if isinstance(value, np.ndarray) else np.uint8(value)
        result = np.where(test.astype(bool, copy=False), kind, result)
    return result if isinstance(result, np.ndarray) else int(result)
