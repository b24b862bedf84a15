"""From record rows to items: what each row claims, and rows of one series as one item.

What is in doubt in any way is left over: the one-applicant evaluation weighs both cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from guiju.language.ir import Node
from guiju.language.policy import Benefit, Limit
from guiju.population import quantities as q
from guiju.population.columns import Mask, Quantity
from guiju.population.frames import Frame
from guiju.population.groups import Numbers, Places, beginnings, grouped
from guiju.population.people import TEXTS
from guiju.population.working import Working
from guiju.values import NO_TEXT


@dataclass(slots=True)
class Items:
    """What is paid for. `owners`: whose; `low` and `high` in fen; `worth`: whether it is paid for at all, here or
    elsewhere. Of each limit by its id: `inside`, whether it holds the item; `keys`, its group; `alone`, whether the
    item is a group of its own."""

    owners: Places
    low: Numbers
    high: Numbers
    worth: Mask
    benefit: str
    category: str
    inside: dict[str, Mask]
    keys: dict[str, tuple[Numbers, ...]]
    alone: dict[str, Mask]


@dataclass(slots=True)
class _Rows:
    """Rows that qualify, in their order: where they stand in the frame, with price and ceiling."""

    places: Places
    price: Numbers
    ceiling: Numbers
    whole: Mask
    external: Mask


def items_of(w: Working, benefit: Benefit, limits: list[Limit], doubt: Mask) -> Items:
    """The benefit's items. Notes in `doubt` whose can't be told."""
    if benefit.record and np.any(~w.known(benefit.record, w.top)):
        doubt |= ~w.known(benefit.record, w.top)
    if benefit.record and benefit.record not in w.people.tables:
        return _none(benefit, limits)
    frame = w.open(w.top, benefit.record) if benefit.record else w.top
    rows = _qualifying(w, benefit, frame, doubt)
    series = _series(w, benefit, frame, rows, doubt)
    return _together(w, benefit, limits, frame, rows, series, doubt)


def _none(benefit: Benefit, limits: list[Limit]) -> Items:
    empty, no = np.zeros(0), np.zeros(0, np.bool_)
    return Items(np.zeros(0, np.int64), empty, empty, no, benefit.id, benefit.category, {x.id: no for x in limits},
                 {x.id: tuple(empty for _ in x.keys[benefit.id]) for x in limits}, {x.id: no for x in limits})


def _qualifying(w: Working, benefit: Benefit, frame: Frame, doubt: Mask) -> _Rows:
    """Conditions first; then the price table, of which the first line that fits counts."""
    failed = np.zeros(frame.count, np.bool_)
    unsure = np.zeros(frame.count, np.bool_)
    for condition in benefit.when:
        if condition.counts:
            codes = w.status(condition.node, frame).codes
            failed |= codes == 8
            unsure |= np.asarray(codes & 7) > 0
    price, external = np.zeros(frame.count), np.zeros(frame.count, np.bool_)
    open_ = ~failed
    for line in benefit.rows:
        codes = w.status(line.test, frame).codes
        unsure |= open_ & (np.asarray(codes & 7) > 0)
        hit = open_ & (codes == 0)
        if line.net is not None:
            amount, doubtful = _plain(w.quantity(line.net, frame), frame)
            unsure |= hit & doubtful
            price = np.where(hit, np.maximum(amount, 0.0), price)
        external |= hit & (line.amount is None)
        open_ = open_ & ~hit
    ceiling, doubtful = _plain(w.quantity(benefit.ceiling, frame), frame) if benefit.ceiling is not None else \
        (np.full(frame.count, inf), np.zeros(frame.count, np.bool_))
    unsure |= doubtful
    whole = np.ones(frame.count, np.bool_)
    for less in benefit.less:
        if less.rest:
            taken_off = w.quantity(less.amount, frame)
            unsure |= np.asarray(taken_off.error) > 0
            whole &= taken_off.high <= 0
    doubt[frame.owners[unsure & ~failed]] = True
    fits = ~failed & ~open_ & ~unsure
    places = np.flatnonzero(fits)
    return _Rows(places, price[places], np.maximum(ceiling, 0.0)[places], whole[places], external[places])


def _plain(value: Quantity, frame: Frame) -> tuple[Numbers, Mask]:
    """The value where it is known exactly enough, and where it is not."""
    low = np.broadcast_to(value.low, frame.count)
    doubtful = (np.asarray(value.cause) > 0) | (low != value.high) | q.near(low, np.round(low), value.error)
    return low, np.broadcast_to(doubtful, frame.count)


def _series(w: Working, benefit: Benefit, frame: Frame, rows: _Rows, doubt: Mask) -> tuple[Places, Places]:
    """The first row of each series, in the order of items, and to each row the place of its series among them.

    One applicant's series stand before his rows that belong to none.
    """
    own = np.arange(len(rows.places))
    if benefit.merge is None:
        return own, own
    columns, alone = _key(w, benefit.merge.keys, frame, rows.places, doubt)
    owners = frame.owners[rows.places].astype(np.float64)
    key = (owners, *columns, np.where(alone, own, -1.0))
    order = grouped(key)
    first = beginnings(order, key)
    number = np.empty(len(own), np.int64)
    number[order] = np.cumsum(first) - 1
    heads = order[first]
    items = grouped((owners[heads], alone[heads].astype(np.float64), heads.astype(np.float64)))
    rank = np.empty(len(heads), np.int64)
    rank[items] = np.arange(len(heads))
    return heads[items], rank[number]


def _key(w: Working, nodes: tuple[Node, ...], frame: Frame, places: Places,
         doubt: Mask) -> tuple[tuple[Numbers, ...], Mask]:
    """The parts of a key as numbers, and where it is known to be none."""
    columns, alone = [], np.zeros(len(places), np.bool_)
    blank = float(w.people.texts.code(NO_TEXT))
    for node in nodes:
        if node.type.kind == "bool":
            codes = np.broadcast_to(w.status(node, frame).codes, frame.count)[places]
            columns.append(codes.astype(np.float64))
            unsure = codes & 7 > 0
        else:
            value = w.quantity(node, frame)
            low, high, cause, error = (np.broadcast_to(x, frame.count)[places]
                                       for x in (value.low, value.high, value.cause, value.error))
            columns.append(low)
            alone |= (low == blank) if node.type.kind in TEXTS else False
            unsure = (cause > 0) | (low != high) | (error > 0)
        doubt[frame.owners[places[unsure]]] = True
    return tuple(columns), alone


def _together(w: Working, benefit: Benefit, limits: list[Limit], frame: Frame, rows: _Rows,
              series: tuple[Places, Places], doubt: Mask) -> Items:
    """One item for each series: the highest price, the sum of the ceilings."""
    heads, group = series
    high, low, ceiling = (np.zeros(len(heads)) for _ in range(3))
    np.maximum.at(high, group, rows.price)
    np.maximum.at(low, group, np.where(rows.whole, rows.price, 0.0))
    np.add.at(ceiling, group, rows.ceiling)
    worth = np.zeros(len(heads), np.bool_)
    np.logical_or.at(worth, group, rows.external | (rows.price > 0))
    high = np.floor(np.minimum(high, ceiling))
    low = np.floor(np.minimum(low, ceiling)) if benefit.kind == "exact" else np.zeros(len(heads))
    inside: dict[str, Mask] = {}
    keys: dict[str, tuple[Numbers, ...]] = {}
    alone: dict[str, Mask] = {}
    for limit in limits:
        inside[limit.id] = _inside(w, benefit, limit, frame, rows, group, len(heads), doubt)
        held = rows.places[heads]
        keys[limit.id], alone[limit.id] = _key(w, limit.keys[benefit.id], frame, held, doubt)
    return Items(frame.owners[rows.places[heads]], low, high, worth, benefit.id, benefit.category, inside, keys, alone)


def _inside(w: Working, benefit: Benefit, limit: Limit, frame: Frame, rows: _Rows, group: Places, count: int,
            doubt: Mask) -> Mask:
    """Whether the limit holds any row of the item."""
    if benefit.id not in limit.where:
        return np.ones(count, np.bool_)
    codes = np.broadcast_to(w.status(limit.where[benefit.id], frame).codes, frame.count)[rows.places]
    doubt[frame.owners[rows.places[codes & 7 > 0]]] = True
    result = np.zeros(count, np.bool_)
    np.logical_or.at(result, group, codes == 0)
    return result
