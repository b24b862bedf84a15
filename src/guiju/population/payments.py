"""What a policy pays to each organisation: items, limits in their order, the sum.

Organisations of which anything that money rests on is in doubt are left over, and so are those where limits of mixed
kinds could cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.language.ir import walk
from guiju.language.policy import Limit, Policy
from guiju.population import quantities as q
from guiju.population.claims import Items, Numbers, Places, beginnings, grouped, items_of
from guiju.population.columns import Mask
from guiju.population.working import Working


@dataclass(slots=True)
class Paid:
    """In fen, for each organisation; `status`: 0 where anything is paid for, else 8; `left`: who is left over."""

    low: Numbers
    high: Numbers
    status: Any
    left: Mask


@dataclass(slots=True)
class _All:
    """The items of all benefits, in the order in which one applicant's stand."""

    owners: Places
    benefit: Places
    low: Numbers
    high: Numbers
    worth: Mask


def paid(w: Working, policy: Policy) -> Paid:
    """What the policy's benefits come to, before conditions on the organisation itself."""
    count = w.people.count
    doubt = np.zeros(count, np.bool_)
    found = [items_of(w, b, [x for x in policy.limits if b.id in x.benefits], doubt) for b in policy.benefits]
    every = _All(*(np.concatenate(parts) for parts in (
        [i.owners for i in found], [np.full(len(i.owners), n) for n, i in enumerate(found)], [i.low for i in found],
        [i.high for i in found], [i.worth for i in found])))
    asking = [limit for limit in policy.limits if asks_of_items(limit)]
    if asking:
        doubt[every.owners] = True
    lows, highs = every.low.copy(), every.high.copy()
    if len(policy.limits) > 1:
        doubt[_mixed(every, count)] = True
    for limit in (x for x in policy.limits if x not in asking):
        _limit(w, limit, found, every, lows, doubt)
        _limit(w, limit, found, every, highs, doubt)
    status = np.full(count, 8, np.uint8)
    status[every.owners[every.worth]] = 0
    low, high = (np.bincount(every.owners, sums, count).astype(np.float64) for sums in (lows, highs))
    return Paid(low, high, status, doubt)


def asks_of_items(limit: Limit) -> bool:
    """Whether the limit's room rests on the items themselves."""
    return limit.amount is not None and any(node.op == "any_item" for node in walk(limit.amount))


def _mixed(every: _All, count: int) -> Mask:
    """Who has something that is surely paid beside something that may come to less."""
    open_, sure = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    open_[every.owners[every.low != every.high]] = True
    sure[every.owners[every.low > 0]] = True
    return open_ & sure


def _limit(w: Working, limit: Limit, found: list[Items], every: _All, amounts: Numbers, doubt: Mask) -> None:
    """Let the limit act on the amounts, in place."""
    gate = np.broadcast_to(w.status(limit.gate).codes, w.people.count)
    inside = np.concatenate([i.inside.get(limit.id, np.zeros(len(i.owners), np.bool_)) for i in found])
    inside &= (gate[every.owners] & 24) == 0
    doubt[every.owners[inside & (gate[every.owners] & 7 > 0)]] = True
    held = np.flatnonzero(inside)
    if not len(held):
        return
    if limit.form == "best":
        _best(limit.n, held, found, every, amounts)
        return
    columns, alone = _keys(limit, found, inside)
    owners = every.owners[held].astype(np.float64)
    group = (owners, *columns, np.where(alone, held, -1.0))
    order, _ = grouped((*group, -amounts[held]))
    first = beginnings(order, group)
    if limit.form == "cap":
        _cap(w, limit, held[order], first, every, amounts, doubt)
        return
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    amounts[held[order[np.arange(len(order)) - start >= limit.n]]] = 0.0


def _keys(limit: Limit, found: list[Items], inside: Mask) -> tuple[tuple[Numbers, ...], Mask]:
    """The parts of the items' keys under the limit, side by side, for those inside."""
    width = max((len(keys) for keys in limit.keys.values()), default=0)
    columns = []
    for part in range(width):
        columns.append(np.concatenate([i.keys[limit.id][part] if limit.id in i.keys and part < len(i.keys[limit.id])
                                       else np.full(len(i.owners), -2.0) for i in found])[inside])
    alone = np.concatenate([i.alone.get(limit.id, np.zeros(len(i.owners), np.bool_)) for i in found])[inside]
    return tuple(columns), alone


def _cap(w: Working, limit: Limit, ordered: Places, first: Mask, every: _All, amounts: Numbers, doubt: Mask) -> None:
    """Together no more than the room, the highest first."""
    assert limit.amount is not None
    room = w.quantity(limit.amount)
    low, high, cause, error = (np.broadcast_to(x, w.people.count)
                               for x in (room.low, room.high, room.cause, room.error))
    near = q.near(low, np.round(low), error)
    unsure = (cause & 7 > 0) | (low != high) | near
    doubt[every.owners[ordered[unsure[every.owners[ordered]]]]] = True
    allowed = np.floor(np.maximum(low, 0.0))[every.owners[ordered]]
    own = amounts[ordered]
    before = np.cumsum(own) - own
    before -= before[np.maximum.accumulate(np.where(first, np.arange(len(ordered)), 0))]
    amounts[ordered] = np.clip(allowed - before, 0.0, own)


def _best(n: int, held: Places, found: list[Items], every: _All, amounts: Numbers) -> None:
    """The n categories with the highest sums keep theirs."""
    names = {name: i for i, name in enumerate(dict.fromkeys(i.category for i in found))}
    of_benefit = np.array([names[i.category] for i in found])
    category = of_benefit[every.benefit[held]]
    pair = every.owners[held] * len(names) + category
    pairs, where = np.unique(pair, return_inverse=True)
    total = np.bincount(where, amounts[held])
    seen = np.full(len(pairs), len(amounts))
    np.minimum.at(seen, where, held)
    owner = pairs // len(names)
    order = np.lexsort((seen, -total, owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    kept = np.zeros(len(pairs), np.bool_)
    kept[order[np.arange(len(order)) - start < n]] = True
    amounts[held[~kept[where]]] = 0.0
