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
from guiju.population.claims import Items, items_of
from guiju.population.columns import EXACT, Mask
from guiju.population.groups import Numbers, Places, beginnings, grouped, starts_of
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
        reach = _reach(w, limit, found, every, doubt)
        if len(reach.held):
            for amounts in (lows, highs):
                _ACTS[limit.form](limit.n, reach, every, amounts)
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


@dataclass(slots=True)
class _Reach:
    """What a limit holds: `held`, the places of its items; `group`, equal for those that it takes together; `room`,
    what a cap leaves to each item's owner, in fen; `category`, a number for each item's."""

    held: Places
    group: tuple[Numbers, ...]
    room: Places
    category: Places


def _reach(w: Working, limit: Limit, found: list[Items], every: _All, doubt: Mask) -> _Reach:
    """Notes in `doubt` whose limit can't be told."""
    gate = np.broadcast_to(w.status(limit.gate).codes, w.people.count)
    inside = np.concatenate([i.inside.get(limit.id, np.zeros(len(i.owners), np.bool_)) for i in found])
    inside &= (gate[every.owners] & 24) == 0
    doubt[every.owners[inside & (gate[every.owners] & 7 > 0)]] = True
    held = np.flatnonzero(inside)
    columns, alone = _keys(limit, found, inside)
    owners = every.owners[held]
    group = (owners.astype(np.float64), *columns, np.where(alone, held, -1.0))
    names = {name: i for i, name in enumerate(dict.fromkeys(i.category for i in found))}
    category = np.array([names[i.category] for i in found])[every.benefit[held]]
    return _Reach(held, group, _room(w, limit, doubt, owners), category)


def _keys(limit: Limit, found: list[Items], inside: Mask) -> tuple[tuple[Numbers, ...], Mask]:
    """The parts of the items' keys under the limit, side by side, for those inside."""
    width = max((len(keys) for keys in limit.keys.values()), default=0)
    columns = []
    for part in range(width):
        columns.append(np.concatenate([i.keys[limit.id][part] if limit.id in i.keys and part < len(i.keys[limit.id])
                                       else np.full(len(i.owners), -2.0) for i in found])[inside])
    alone = np.concatenate([i.alone.get(limit.id, np.zeros(len(i.owners), np.bool_)) for i in found])[inside]
    return tuple(columns), alone


def _room(w: Working, limit: Limit, doubt: Mask, owners: Places) -> Places:
    """What the cap allows to each of the owners, down to the fen; nothing where the limit is no cap."""
    if limit.amount is None:
        return np.zeros(len(owners), np.int64)
    room = w.quantity(limit.amount)
    low, high, cause, error = (np.broadcast_to(part, w.people.count)[owners]
                               for part in (room.low, room.high, room.cause, room.error))
    doubt[owners[(cause & 7 > 0) | (low != high) | q.near(low, np.round(low), error)]] = True
    allowed: Places = np.floor(np.clip(low, 0.0, EXACT)).astype(np.int64)
    return allowed


def _cap(_: int, reach: _Reach, every: _All, amounts: Numbers) -> None:
    """Together no more than the room, the highest first."""
    order = grouped((*reach.group, -amounts[reach.held]))
    ordered = reach.held[order]
    own = amounts[ordered].astype(np.int64)
    before = np.cumsum(own) - own
    before -= before[starts_of(beginnings(order, reach.group))]
    amounts[ordered] = np.clip(reach.room[order] - before, 0, own)


def _keep(n: int, reach: _Reach, every: _All, amounts: Numbers) -> None:
    """The n highest of each group stay."""
    order = grouped((*reach.group, -amounts[reach.held]))
    place = np.arange(len(order)) - starts_of(beginnings(order, reach.group))
    amounts[reach.held[order[place >= n]]] = 0.0


def _best(n: int, reach: _Reach, every: _All, amounts: Numbers) -> None:
    """The n categories with the highest sums keep theirs."""
    width = int(reach.category.max()) + 1
    pairs, where = np.unique(every.owners[reach.held] * width + reach.category, return_inverse=True)
    total: Numbers = np.bincount(where, amounts[reach.held]).astype(np.float64)
    seen = np.full(len(pairs), len(amounts))
    np.minimum.at(seen, where, reach.held)
    owner = (pairs // width).astype(np.float64)
    order = grouped((owner, -total, seen.astype(np.float64)))
    place = np.arange(len(order)) - starts_of(beginnings(order, (owner,)))
    kept = np.zeros(len(pairs), np.bool_)
    kept[order[place < n]] = True
    amounts[reach.held[~kept[where]]] = 0.0


_ACTS = {"cap": _cap, "best": _best, "highest": _keep, "elect": _keep, "keep": _keep}
