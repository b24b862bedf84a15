"""Organisations that a policy's money can't tell apart: where sets of records are not known, they are most.

Of those who have no record row that is known, money rests on what a row of which nothing is known comes to beside
their facts. Whose columns of all that are equal are worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from guiju.language.ir import Node, walk
from guiju.language.policy import Benefit
from guiju.population.columns import Mask, Status
from guiju.population.frames import Frame
from guiju.population.groups import Places
from guiju.population.plan import Questions, nodes_of_benefit
from guiju.population.working import Working

_PRIME = np.uint64(0x9E3779B97F4A7C15)


def representatives(w: Working, asks: Questions) -> Places:
    """To each organisation the one whose payment is its own too."""
    head = np.arange(w.people.count)
    rows = np.flatnonzero(_waiting(w, asks))
    if len(rows) < 2:
        return head
    columns = [column[rows] for column in _columns(w, asks)]
    mixed = np.zeros(len(rows), np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.float64).view(np.uint64)) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    _, first, number = np.unique(mixed, return_index=True, return_inverse=True)
    same = np.ones(len(rows), np.bool_)
    for column in columns:
        same &= column == column[first[number]]  # equal hashes need not be equal columns
    head[rows[same]] = rows[first[number]][same]
    return head


def _waiting(w: Working, asks: Questions) -> Mask:
    """Who has a set that is not known, and no row in those that are; everybody where no set is asked for: what little
    is known of most is the same."""
    unknown, rows = np.zeros(w.people.count, np.bool_), np.zeros(w.people.count, np.bool_)
    records = sorted({benefit.record for benefit in asks.policy.benefits if benefit.record})
    if not records:
        return ~unknown
    sets = {record: w.known(record, w.top) for record in records}
    for known in sets.values():
        unknown |= np.logical_not(known)
    if not unknown.any():
        return unknown
    for record, known in sets.items():
        if known is not False:
            rows[w.people.tables[record].owners] = True
    return unknown & ~rows


def _columns(w: Working, asks: Questions) -> Iterator[Any]:
    """Whatever is not alike for all among what the money of those who wait rests on."""
    for benefit in asks.policy.benefits:
        known = w.known(benefit.record, w.top) if benefit.record else True
        if not isinstance(known, bool):
            yield known
        if benefit.record and known is True:
            continue
        frame = w.open_blank(w.top, benefit.record) if benefit.record else w.top
        for node in _nodes(asks, benefit):
            yield from _parts(w, node, frame)
    for limit in asks.policy.limits:
        yield from _parts(w, limit.gate, w.top)
        for node in _apart_from_items(limit.amount) if limit.amount is not None else ():
            yield from _parts(w, node, w.top)


def _nodes(asks: Questions, benefit: Benefit) -> list[Node]:
    limits = [limit for limit in asks.policy.limits if benefit.id in limit.benefits]
    conditions = [node.args[0] for node in asks.asked]
    return [*nodes_of_benefit(benefit), *(key for limit in limits for key in limit.keys[benefit.id]),
            *(limit.where[benefit.id] for limit in limits if benefit.id in limit.where),
            *(condition for condition in conditions if condition.rows <= {benefit.record})]


def _apart_from_items(node: Node) -> list[Node]:
    """What an amount rests on besides the items themselves."""
    if node.op == "any_item":
        return []
    if not any(part.op == "any_item" for part in walk(node)):
        return [node]
    return [found for part in node.children for found in _apart_from_items(part)]


def _parts(w: Working, node: Node, frame: Frame) -> Iterator[Any]:
    value = w.value(node, frame)
    parts = (value.codes,) if isinstance(value, Status) else (value.low, value.high, value.cause, value.error)
    for number, part in enumerate(parts):
        if not isinstance(part, np.ndarray) or (number == 1 and part is parts[0]):
            continue
        if frame.outer is None:
            yield part
        else:
            wide = np.zeros(w.people.count, part.dtype)
            wide[frame.outer] = part
            yield wide
