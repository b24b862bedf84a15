"""Counts, sums and the like over record rows: one result for each row of the frame around."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from guiju.language.ir import Node
from guiju.population.columns import EPSILON, EXACT, Quantity, merged, taken
from guiju.population.frames import Frame, extremes, joined, sums
from guiju.population.quantities import made

if TYPE_CHECKING:
    from guiju.population.working import Working


def aggregate(w: Working, node: Node, frame: Frame) -> Quantity:
    """Over the rows that are known, and over any row where the set is not."""
    record = node.args[0]
    known = w.known(record, frame)
    here = _KNOWN[node.op](w, node, w.open(frame, record)) if np.any(known) else None
    if np.all(known) and here is not None:
        return here
    unknown = _UNKNOWN[node.op](w, node, w.open_blank(frame, record))
    return unknown if here is None else merged(known, here, unknown)


def _fits(w: Working, node: Node, frame: Frame) -> tuple[Any, Any, Any]:
    """The status of `where`, whether it holds surely, whether possibly."""
    status = w.status(node, frame).codes
    codes = np.full(frame.count, status, np.uint8) if isinstance(status, int) else status
    return codes, codes == 0, (codes == 0) | (codes & 7 > 0)


def _count(w: Working, node: Node, frame: Frame) -> Quantity:
    codes, sure, possible = _fits(w, node.args[1], frame)
    low = sums(sure, frame)
    if np.array_equal(sure, possible):
        return Quantity(low, low)
    return made(low, sums(possible, frame), joined(np.where(possible, codes & 7, 0).astype(np.uint8), frame))


def _sum(w: Working, node: Node, frame: Frame) -> Quantity:
    _, value_node, where = node.args
    codes, sure, possible = _fits(w, where, frame)
    value = w.quantity(value_node, frame)
    loose = possible & ~sure
    low, high, cause, error = (np.broadcast_to(x, frame.count) for x in (value.low, value.high, value.cause,
                                                                       value.error))
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


def _outermost(w: Working, node: Node, frame: Frame) -> Quantity:
    _, value_node, where = node.args
    codes, sure, possible = _fits(w, where, frame)
    value = w.quantity(value_node, frame)
    low, high, cause = (np.broadcast_to(x, frame.count) for x in (value.low, value.high, value.cause))
    big = node.op == "largest"
    none = -inf if big else inf
    inner, outer = (low, high) if big else (high, low)
    surely = extremes(np.where(sure, inner, none), frame, big)
    maybe = extremes(np.where(possible, outer, none), frame, big)
    causes = joined(np.where(sure, cause, np.where(possible, (cause | codes) & 7, 0)).astype(np.uint8), frame)
    error = 0.0 if not np.any(value.error) else extremes(np.broadcast_to(value.error, frame.count), frame, True).clip(0)
    return made(surely, maybe, causes, error) if big else made(maybe, surely, causes, error)


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
    """How many different keys; whose keys or rows are in doubt is left over."""
    assert frame.outer is not None
    assert frame.parent is not None
    _, key_node, where = node.args
    _, sure, possible = _fits(w, where, frame)
    if key_node.type.kind == "bool":
        codes = np.broadcast_to(w.status(key_node, frame).codes, frame.count)
        key, doubtful, none = codes.astype(np.float64), codes & 7 > 0, codes == 16
    else:
        value = w.quantity(key_node, frame)
        key, cause = (np.broadcast_to(x, frame.count) for x in (value.low, value.cause))
        none = cause & 16 > 0
        doubtful = (key != np.broadcast_to(value.high, frame.count)) | (cause > 0) | np.any(value.error)
    counted = possible & ~none
    w.leave(frame, counted & (doubtful | ~sure))
    pairs = np.unique(np.stack([frame.outer[counted], _numbered(key[counted])]), axis=1)
    low = np.bincount(pairs[0], minlength=frame.parent.count).astype(np.float64)
    return Quantity(low, low)


def _numbered(keys: Any) -> Any:
    return np.unique(keys, return_inverse=True)[1].reshape(-1)


def _the(w: Working, node: Node, frame: Frame) -> Quantity:
    """The value in the one row that fits; where there is none, or are several, or one in doubt, it is left over."""
    around = frame.parent
    assert around is not None
    assert frame.outer is not None
    _, value_node, where = node.args
    _, sure, possible = _fits(w, where, frame)
    number = sums(possible, frame)
    alone = possible & sure & (number[frame.outer] == 1)
    held = sums(alone, frame) == 1
    w.leave(around, ~held)
    value = taken(w.quantity(value_node, frame), alone)
    assert isinstance(value, Quantity)

    def spread(part: Any, kind: Any) -> Any:
        result = np.zeros(around.count, kind)
        result[held] = part
        return result

    low = spread(value.low, np.float64)
    high = low if value.high is value.low else spread(value.high, np.float64)
    return Quantity(low, high, spread(value.cause, np.uint8), spread(value.error, np.float64))


def _unknown_the(w: Working, node: Node, frame: Frame) -> Quantity:
    value = w.quantity(node.args[1], frame)
    if node.type.kind in ("text", "industry"):
        return Quantity(value.low, value.high, value.cause | 2, 0.0)
    return made(value.low, value.high, value.cause | 2, value.error)


_KNOWN = {"count": _count, "sum": _sum, "largest": _outermost, "smallest": _outermost, "distinct": _distinct,
          "the": _the}
_UNKNOWN = {"count": _unknown_count, "sum": _unknown_sum, "largest": _unknown_outermost,
            "smallest": _unknown_outermost, "distinct": _unknown_count, "the": _unknown_the}
