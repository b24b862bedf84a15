"""Rows of one series as one item: the highest price, the sum of the ceilings.

A row of which the series is not known may belong to any: each item may then have more rows than it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from guiju.population import groups
from guiju.population.claims import ALONE, KNOWN, LOOSE, Claims, Key
from guiju.population.columns import Mask
from guiju.population.groups import Places


@dataclass(slots=True)
class _Members:
    """Which rows an item has or may have: pairs of an item and a row. `own`: the row is surely its; `head`: the first
    row of each item; `single`: it has one row; `open_`: it may have more."""

    item: Places
    row: Places
    own: Mask
    head: Places
    single: Mask
    open_: Mask


def merged(claims: Claims) -> Claims:
    """One claim for each series, those before the ones of rows that belong to none or to one that is not known."""
    if not np.isnan(claims.unit).all():
        return claims  # sets that are not known, one claim each
    loose = claims.merge.state == LOOSE
    claims.low = np.where(loose, 0.0, claims.low)
    claims.cause = np.where(loose, claims.cause | 2, claims.cause).astype(np.uint8, copy=False)
    members = _members(claims, loose)
    count = len(members.head)
    item, rows = members.item[members.own], members.row[members.own]
    sure = claims.status[rows] == 0
    one = claims.taken(members.head)
    one.status = groups.some(item, claims.status[rows], count)
    one.low = groups.most(item[sure], claims.low[rows[sure]], count)
    one.high = groups.most(item, claims.high[rows], count)
    one.cause = groups.bits(item, claims.cause[rows], count)
    one.least = groups.total(item[sure], claims.least[rows[sure]], count)
    one.most = np.where(members.open_, inf, groups.total(item, claims.most[rows], count))
    one.least = np.where(members.single, claims.least[members.head], one.least)
    one.low = np.where(members.single, claims.low[members.head], one.low)
    one.paid = groups.some(item, claims.paid[rows], count)
    one.external = groups.marked(item, claims.external[rows], count)
    settled = ~members.open_ & ~groups.marked(item, ~sure, count)
    one.keys = tuple(_key(key, members, settled) for key in claims.keys)
    one.inside = tuple(_inside(codes, claims.status, members) for codes in claims.inside)
    return one


def _members(claims: Claims, loose: Mask) -> _Members:
    rows = np.arange(len(claims.owners))
    family = claims.merge.state == KNOWN
    # A row that is of no known series is an item of its own.
    number, count = groups.numbered((claims.owners, np.where(family, -1, rows), *(
        np.where(family, part, 0.0) for part in claims.merge.parts)))
    first = np.full(count, len(rows))
    np.minimum.at(first, number, rows)
    order = groups.grouped((claims.owners[first], ~family[first], first))
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    head, item = first[order], rank[number]
    more, beside = _possible(claims, loose, head)
    size = np.bincount(item, minlength=count)
    return _Members(np.concatenate([item, more]), np.concatenate([rows, beside]),
                    np.arange(len(rows) + len(more)) < len(rows), head, size == 1,
                    np.bincount(more, minlength=count) > 0)


def _possible(claims: Claims, loose: Mask, head: Places) -> tuple[Places, Places]:
    """Pairs of an item and a row that may turn out to be of its series."""
    rows = np.flatnonzero(claims.merge.state != ALONE)
    owners = claims.owners[rows]
    waiting = np.zeros(int(claims.owners[-1]) + 1, np.bool_)
    waiting[claims.owners[loose]] = True
    items = np.flatnonzero(waiting[claims.owners[head]] & (claims.merge.state[head] != ALONE))
    begin = np.searchsorted(owners, claims.owners[head[items]])
    sizes = np.searchsorted(owners, claims.owners[head[items]], "right") - begin
    item = np.repeat(items, sizes)
    row = rows[np.arange(len(item)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(begin, sizes)]
    fits = (row != head[item]) & (loose[row] | loose[head[item]])
    return item[fits], row[fits]


def _key(key: Key, members: _Members, settled: Mask) -> Key:
    """The key of an item's first row, if all rows are known or have the same."""
    head = members.head[members.item]
    state, other = key.state[head], key.state[members.row]
    apart = state != other
    for part in key.parts:
        apart |= (state == KNOWN) & (part[head] != part[members.row])
    count = len(members.head)
    open_ = ~settled & groups.marked(members.item, apart, count)
    return Key(tuple(part[members.head] for part in key.parts),
               np.where(open_, LOOSE, key.state[members.head]).astype(np.uint8, copy=False))


def _inside(codes: Any, status: Any, members: _Members) -> Any:
    """Whether a limit holds any row of the item; a row that may not be there may not be inside, unless all are."""
    inside = codes[members.row]
    surely = members.own & ((status[members.row] == 0) | members.single[members.item])
    doubt = np.where(inside & 7, inside & 7, 2)
    count = len(members.head)
    alike = ~groups.marked(members.item, inside != 0, count)
    inside = np.where((inside & 24 > 0) | surely, inside, doubt).astype(np.uint8, copy=False)
    return np.where(alike, np.uint8(0), groups.some(members.item, inside, count))
