"""Counts, sums and the like over record rows: one result for each row of the frame around."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from guiju.language.ir import Node
from guiju.population.columns import EPSILON, EXACT, Quantity, taken
from guiju.population.frames import Frame, extremes, joined, sums
from guiju.population.people import TEXTS
from guiju.population.quantities import is_exact, made

if TYPE_CHECKING:
    from guiju.population.working import Working

NOTHING = {"count": 0.0, "sum": 0.0, "largest": -inf, "smallest": inf, "distinct": 0.0}  # over no rows


def aggregate(w: Working, node: Node, frame: Frame) -> Quantity:
    """Over the rows that are known, and over any row where the set is not."""
    record = node.args[0]
    known = w.known(record, frame)
    here = None if known is False else _known(w, node, frame)
    if here is not None and (known is True or np.all(known)):
        return here
    around = w.open_blank(frame, record)
    unknown = _UNKNOWN[node.op](w, node, around)
    return unknown if here is None or around.outer is None else _scattered(here, unknown, frame.count, around.outer)


def _known(w: Working, node: Node, frame: Frame) -> Quantity:
    inside = w.open(frame, node.args[0])
    if inside.count == 0 and node.op != "the":
        return Quantity(NOTHING[node.op], NOTHING[node.op])
    return _KNOWN[node.op](w, node, inside)


def _scattered(most: Quantity, some: Quantity, count: int, rows: Any) -> Quantity:
    """`some` in the given rows, `most` in all others."""

    def spread(one: Any, other: Any, kind: Any) -> Any:
        if not isinstance(one, np.ndarray) and not isinstance(other, np.ndarray) and one == other:
            return one
        result = np.full(count, one, kind)
        result[rows] = other
        return result

    low = spread(most.low, some.low, np.float64)
    high = low if most.low is most.high and some.low is some.high else spread(most.high, some.high, np.float64)
    return Quantity(low, high, spread(most.cause, some.cause, np.uint8), spread(most.error, some.error, np.float64))


def _fits(w: Working, node: Node, frame: Frame) -> tuple[Any, Any, Any]:
    """The status of `where`, whether it holds surely, whether possibly."""
    status = w.status(node, frame).codes
    codes = np.full(frame.count, status, np.uint8) if isinstance(status, int) else status
    return codes, codes == 0, (codes == 0) | (codes & 7 > 0)


def _surely(w: Working, node: Node, frame: Frame) -> Any:
    """In which rows `where` holds; none where it is in doubt for any."""
    status = w.status(node, frame)
    return status.codes == 0 if status.plain and isinstance(status.codes, np.ndarray) else None


def _count(w: Working, node: Node, frame: Frame) -> Quantity:
    surely = _surely(w, node.args[1], frame)
    if surely is not None:
        number = sums(surely, frame)
        return Quantity(number, number)
    codes, sure, possible = _fits(w, node.args[1], frame)
    low = sums(sure, frame)
    if np.array_equal(sure, possible):
        return Quantity(low, low)
    return made(low, sums(possible, frame), joined(np.where(possible, codes & 7, 0).astype(np.uint8), frame))


def _sum(w: Working, node: Node, frame: Frame) -> Quantity:
    _, value_node, where = node.args
    surely, value = _surely(w, where, frame), w.quantity(value_node, frame)
    if surely is not None and _adds_up(value, frame.count):
        total = sums(surely * value.low, frame)
        return Quantity(total, total)
    codes, sure, possible = _fits(w, where, frame)
    loose = possible & ~sure
    low, high, cause, error = _wide(value, frame.count)
    least = np.where(sure, low, np.where(loose, np.minimum(low, 0), 0.0))
    most = np.where(sure, high, np.where(loose, np.maximum(high, 0), 0.0))
    counted = loose & ((low < 0) | (high > 0))
    causes = np.where(sure, cause, np.where(counted, (cause | codes) & 7, 0)).astype(np.uint8)
    size = sums(np.maximum(*(np.where(np.isinf(end), 0.0, np.abs(end)) for end in (least, most))), frame)
    assert frame.parent is not None
    w.leave(frame.parent, size > EXACT)
    errors: Any = 0.0
    if np.any(error):
        # Adding n doubles errs by at most n·ε of the sum of their sizes, and every part has its own error.
        errors = sums(np.where(possible, error, 0.0), frame) + size * sums(np.ones(frame.count), frame) * EPSILON
    if not np.any(loose) and value.low is value.high:
        total = sums(least, frame)
        return made(total, total, joined(causes, frame) & 16, errors)
    return made(sums(least, frame), sums(most, frame), joined(causes, frame), errors)


def sum_of_ratios(w: Working, node: Node, frame: Frame) -> tuple[Quantity, Quantity] | None:
    """Of a sum of values that are kept as whole numbers over a scale: the sum of these, and the scale; none where that
    is in doubt for anybody."""
    record, value_node, where = node.args
    if not np.all(w.known(record, frame)):
        return None
    inside = w.open(frame, record)
    surely, kept = _surely(w, where, inside), w.stored_ratio(value_node, inside)
    if surely is None or kept is None or not inside.count or not _adds_up(kept[0], inside.count):
        return None
    total = sums(surely * kept[0].low, inside)
    return Quantity(total, total), kept[1]


def _adds_up(value: Quantity, count: int) -> bool:
    """Whether each row has one value, and so many of them come to a sum that is exact."""
    if not (value.point and is_exact(value)):
        return False
    size = max(float(np.max(value.low)), -float(np.min(value.low)))
    return size * count <= EXACT


def _wide(value: Quantity, count: int) -> list[Any]:
    return [np.broadcast_to(part, count) for part in (value.low, value.high, value.cause, value.error)]


def _outermost(w: Working, node: Node, frame: Frame) -> Quantity:
    _, value_node, where = node.args
    codes, sure, possible = _fits(w, where, frame)
    value = w.quantity(value_node, frame)
    low, high, cause, error = _wide(value, frame.count)
    big = node.op == "largest"
    none = -inf if big else inf
    inner, outer = (low, high) if big else (high, low)
    surely = extremes(np.where(sure, inner, none), frame, big)
    maybe = extremes(np.where(possible, outer, none), frame, big)
    causes = joined(np.where(sure, cause, np.where(possible, (cause | codes) & 7, 0)).astype(np.uint8), frame)
    errors = 0.0 if not np.any(error) else extremes(error, frame, True).clip(0)
    return made(surely, maybe, causes, errors) if big else made(maybe, surely, causes, errors)


def _unknown_count(w: Working, node: Node, frame: Frame) -> Quantity:
    _, _, possible = _fits(w, node.args[-1], frame)
    return made(np.zeros(frame.count), np.where(possible, inf, 0.0), np.where(possible, 2, 0).astype(np.uint8))


def _unknown_sum(w: Working, node: Node, frame: Frame) -> Quantity:
    _, _, possible = _fits(w, node.args[2], frame)
    value = w.quantity(node.args[1], frame)
    low = np.where(possible & (value.low < 0), -inf, 0.0)
    high = np.where(possible & (value.high > 0), inf, 0.0)
    return made(low, high, np.where(possible, 2, 0).astype(np.uint8))


def _unknown_outermost(w: Working, node: Node, frame: Frame) -> Quantity:
    _, _, possible = _fits(w, node.args[2], frame)
    value = w.quantity(node.args[1], frame)
    none = -inf if node.op == "largest" else inf
    low = np.where(possible & (none > 0), value.low, np.where(possible, -inf, none))
    high = np.where(possible & (none < 0), value.high, np.where(possible, inf, none))
    # A set that is not known keeps its doubt even where both ends meet.
    return Quantity(low, high, np.where(possible, 2, 0).astype(np.uint8), value.error)


def _distinct(w: Working, node: Node, frame: Frame) -> Quantity:
    """How many different keys surely, how many possibly; each key in doubt may be one more."""
    _, key_node, where = node.args
    codes, sure, possible = _fits(w, where, frame)
    key, doubtful, causes = _key(w, key_node, frame, possible)
    counted = possible & (causes & 16 == 0)
    loose = counted & doubtful
    plain = counted & ~doubtful
    assert frame.parent is not None
    least = np.maximum(_different(key, plain & sure, frame), sums(loose & sure, frame) > 0)
    if not np.any(loose) and not np.any(counted & ~sure):
        return Quantity(least, least)
    most = _different(key, plain, frame) + sums(loose, frame)
    return made(least, most, joined(np.where(counted, causes | codes & 7, 0).astype(np.uint8), frame))


def _key(w: Working, node: Node, frame: Frame, possible: Any) -> tuple[Any, Any, Any]:
    """A row's key as a number, whether it is in doubt, and its causes; whose key is not exact is left over."""
    if node.type.kind == "bool":
        codes = np.broadcast_to(w.status(node, frame).codes, frame.count)
        return codes.astype(np.float64), codes & 7 > 0, codes & 23
    low, high, cause, error = _wide(w.quantity(node, frame), frame.count)
    w.leave(frame, possible & (error > 0))
    return low, (cause > 0) | (low != high), cause


def _different(key: Any, rows: Any, frame: Frame) -> Any:
    """How many different keys these rows have, for each row around."""
    assert frame.outer is not None
    assert frame.parent is not None
    outer, key = frame.outer[rows], key[rows]
    order = np.lexsort((key, outer))
    outer, key = outer[order], key[order]
    first = np.ones(len(outer), np.bool_)
    first[1:] = (outer[1:] != outer[:-1]) | (key[1:] != key[:-1])
    return np.bincount(outer[first], minlength=frame.parent.count).astype(np.float64)


def _the(w: Working, node: Node, frame: Frame) -> Quantity:
    """The value in the one row that fits, the hull of several; anything where none surely does. Texts of several rows
    are left over."""
    around = frame.parent
    assert around is not None
    assert frame.outer is not None
    _, value_node, where = node.args
    codes, sure, possible = _fits(w, where, frame)
    number, surely = sums(possible, frame), sums(sure, frame) > 0
    value = w.quantity(value_node, frame)
    low, high, cause, error = _wide(value, frame.count)
    lows, highs = extremes(low[possible], _part(frame, possible), False), extremes(high[possible],
                                                                                  _part(frame, possible), True)
    joint = joined(np.where(possible, cause | codes & 7, 0).astype(np.uint8), frame)
    nothing = sums(possible & (cause & 16 > 0), frame) == number
    causes = np.where(number == 1, joined(np.where(possible, cause, 0).astype(np.uint8), frame),
                      np.where(nothing, joint | 2, (joint | 2) & 7)).astype(np.uint8)
    if node.type.kind in TEXTS:
        w.leave(around, surely & (number > 1))
    else:
        causes = np.where((number > 1) & (lows == highs), causes & 16, causes).astype(np.uint8)
    errors = extremes(error, frame, True).clip(0) if np.any(error) else 0.0
    held = np.flatnonzero(~surely & np.broadcast_to(w.known(node.args[0], around), around.count))
    one = Quantity(lows, lows if node.type.kind in TEXTS else highs, causes, errors)
    if not len(held):
        return one
    blank = w.open_blank_beside(around, node.args[0])
    anything = taken(_unknown_the(w, node, blank), held)
    assert isinstance(anything, Quantity)
    return _scattered(one, anything, around.count, held)


def _part(frame: Frame, rows: Any) -> Frame:
    """The frame with these rows alone."""
    assert frame.outer is not None
    return Frame(int(np.count_nonzero(rows)), frame.owners[rows], frame.record, frame.parent, frame.outer[rows], None)


def _unknown_the(w: Working, node: Node, frame: Frame) -> Quantity:
    value = w.quantity(node.args[1], frame)
    if node.type.kind in TEXTS:
        return Quantity(value.low, value.high, value.cause | 2, 0.0)
    return made(value.low, value.high, value.cause | 2, value.error)


_KNOWN = {"count": _count, "sum": _sum, "largest": _outermost, "smallest": _outermost, "distinct": _distinct,
          "the": _the}
_UNKNOWN = {"count": _unknown_count, "sum": _unknown_sum, "largest": _unknown_outermost,
            "smallest": _unknown_outermost, "distinct": _unknown_count, "the": _unknown_the}
