"""What limits do to items, for many organisations at once: the least case and the greatest.

The same steps as `guiju.evaluate.settlement`, of which every function here has its counterpart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.language.policy import Limit
from guiju.population import groups
from guiju.population.claims import KNOWN, LOOSE, Key
from guiju.population.columns import Mask
from guiju.population.groups import Numbers, Places, beginnings, grouped, starts_of


@dataclass(slots=True)
class Items:
    """What is paid for, benefit after benefit. `unit`: the worth of one row where the rows are not known, else NaN."""

    owners: Places
    benefit: Any
    category: Any
    status: Any
    low: Numbers
    high: Numbers
    cause: Any
    unit: Numbers
    paid: Any


@dataclass(slots=True)
class Acting:
    """A limit with what it holds. `held`: places of its items; of each, `unsure`: it may not be held, `state` of its
    key, `label`: equal for those of one group, `classes`: how many groups rows that are not known may fill. For each
    organisation: `sure`, whether it surely acts; `least` and `most`, what a cap allows; `cause`,
    what is in doubt."""

    limit: Limit
    held: Places
    unsure: Mask
    state: Any
    label: Places
    classes: Numbers
    sure: Mask
    least: Numbers
    most: Numbers
    cause: Any

    def among(self, whom: Mask, places: Places, owners: Places) -> Acting:
        """The same limit over the items of some organisations, which stand in these places; `owners` of all items."""
        number = np.zeros(len(owners), np.int64)
        number[places] = np.arange(len(places))
        kept = whom[owners[self.held]]
        return Acting(self.limit, number[self.held[kept]], self.unsure[kept], self.state[kept], self.label[kept],
                      self.classes[kept], self.sure, self.least, self.most, self.cause)


def acting(limit: Limit, items: Items, inside: Any, key: Key, classes: Numbers, gate: Any,
           room: tuple[Numbers, Numbers, Any]) -> Acting:
    """`inside`, `key` and `classes` for each item, `gate` and `room` for each organisation."""
    acts = gate & 24 == 0
    held = np.flatnonzero((inside & 24 == 0) & acts[items.owners])
    owners, classes = items.owners[held], classes[held]
    state = np.where(~np.isnan(items.unit[held]) & (classes != 1), LOOSE, key.state[held])
    parts = tuple(part[held] for part in key.parts)
    label, count = groups.numbered((owners, *parts)) if parts else (owners, len(gate))
    label = np.where(state == KNOWN, label, count + np.arange(len(held)))
    doubt = np.where(state == LOOSE, 2, 0) | inside[held] & 7
    cause = np.where(acts, (gate | room[2]) & 7, 0).astype(np.uint8, copy=False) | groups.bits(owners, doubt, len(gate))
    return Acting(limit, held, inside[held] != 0, state, label, classes, gate == 0, _fen(room[0]), _fen(room[1]),
                  cause)


def _fen(amounts: Numbers) -> Numbers:
    """What a cap allows, down to the fen and never below nothing."""
    return np.floor(np.maximum(amounts, 0.0))


def limit(one: Acting, items: Items, amounts: Numbers, least: bool, on: Mask) -> Mask:
    """Cut the amounts of those whom `on` marks. Whose amounts have changed.

    What may be held counts as held in the least case, as free in the greatest; an item with an unknown key counts
    nothing in the least case and stays alone in the greatest.
    """
    owners = items.owners[one.held]
    chosen = on[owners] if least else on[owners] & one.sure[owners] & ~one.unsure
    before = amounts[one.held]
    if least and one.limit.form != "best":
        amounts[one.held[chosen & (one.state == LOOSE)]] = 0.0
        chosen &= one.state != LOOSE
    if chosen.any():
        _ACTS[one.limit.form](one, np.flatnonzero(chosen), items, amounts, least)
    return groups.marked(owners, amounts[one.held] != before, len(on))


def _crowded(label: Places) -> Mask:
    """Which rows share their label with another."""
    _, number, sizes = np.unique(label, return_inverse=True, return_counts=True)
    return sizes[number] > 1


def _cap(one: Acting, chosen: Places, items: Items, amounts: Numbers, least: bool) -> None:
    """Together no more than the room, the highest first; rows that are not known have it in each group that they can
    fill."""
    held = one.held[chosen]
    room = (one.least if least else one.most)[items.owners[held]]
    before = amounts[held]
    with np.errstate(invalid="ignore"):
        own = np.where(np.isnan(items.unit[held]) | (room == 0), room, room * one.classes[chosen])
    amounts[held] = np.minimum(before, own)
    label = one.label[chosen]
    several = np.flatnonzero(_crowded(label) & np.isfinite(room))
    if not len(several):
        return
    held, label, room = held[several], label[several], room[several].astype(np.int64)
    order = grouped((label, -before[several]))
    ordered = held[order]
    whole = amounts[ordered].astype(np.int64)
    taken = np.cumsum(whole) - whole
    taken -= taken[starts_of(beginnings(order, (label,)))]
    amounts[ordered] = np.clip(room[order] - taken, 0, whole)


def _keep(one: Acting, chosen: Places, items: Items, amounts: Numbers, least: bool) -> None:
    """The n highest stay. Rows that are not known may be n in each group that they can fill; each takes a place, unless
    a limit before has cut them as a whole."""
    n, held, label = one.limit.n, one.held[chosen], one.label[chosen]
    unit, classes = items.unit[held], one.classes[chosen]
    unknown = ~np.isnan(unit)
    with np.errstate(invalid="ignore"):
        whole = np.where(unit > 0, n * classes * unit, 0.0)
    before = amounts[held]
    filling = unknown & (classes == 1) & (before >= whole)
    amounts[held] = np.where(unknown, np.where(filling, 0.0, np.minimum(before, whole)), 0.0)
    order = grouped((label, -before))
    copies = np.where(unknown, np.where(filling, n, 0), 1)[order]
    place = np.repeat(order, copies)
    entries = np.where(unknown, unit, before)[place]
    again = grouped((label[place], -entries))
    rank = np.arange(len(again)) - starts_of(beginnings(again, (label[place],)))
    kept = again[rank < n]
    np.add.at(amounts, held[place[kept]], entries[kept])


def _best(one: Acting, chosen: Places, items: Items, amounts: Numbers, least: bool) -> None:
    """The n categories with the highest sums keep theirs."""
    held = one.held[chosen]
    where, count = groups.numbered((items.owners[held], items.category[held]))
    sums = groups.total(where, amounts[held], count)
    seen = np.full(count, len(amounts))
    np.minimum.at(seen, where, held)
    owner = items.owners[seen]
    order = grouped((owner, -sums, seen))
    rank = np.arange(count) - starts_of(beginnings(order, (owner,)))
    kept = np.zeros(count, np.bool_)
    kept[order[rank < one.limit.n]] = True
    amounts[held[~kept[where]]] = 0.0


_ACTS = {"cap": _cap, "best": _best, "highest": _keep, "elect": _keep, "keep": _keep}
