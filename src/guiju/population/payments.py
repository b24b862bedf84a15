"""What a policy pays to each organisation: claims, items, limits in their order, the sum; the least and the greatest
case, as `guiju.evaluate.settlement` has them.

Organisations that nothing tells apart (none has a record row that is known, and all that their sets' doubt rests on is
equal) are worked out once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import inf, prod
from typing import Any

import numpy as np

from guiju.evaluate.limits import classes_of
from guiju.language.policy import Benefit, Limit
from guiju.population import groups
from guiju.population.alike import representatives
from guiju.population.certain import Certain, certainly_paid
from guiju.population.claims import Claims, Key, Reader, claims_of, side_by_side
from guiju.population.columns import EXACT, Mask, Status
from guiju.population.crossing import crossing
from guiju.population.groups import Numbers, Places
from guiju.population.limits import Acting, Items, acting, limit
from guiju.population.plan import Questions
from guiju.population.series import merged
from guiju.population.working import Working


@dataclass(slots=True)
class Paid:
    """In fen, for each organisation; `status`: 0 where anything is paid for, 8 where nothing is; `elsewhere`: who has
    nothing but what another document sets; `left`: who is left over."""

    low: Numbers
    high: Numbers
    cause: Any
    status: Any
    elsewhere: Mask
    left: Mask


def paid(w: Working, asks: Questions) -> Paid:
    """What the policy's benefits come to, before conditions on the organisation itself."""
    count = w.people.count
    left = np.zeros(count, np.bool_)
    certain = certainly_paid(w, asks)
    if certain is not None:
        return _paid_for_certain(asks, certain)
    head = representatives(w, asks)
    heads = head == np.arange(count)
    found = _claims(w, asks, heads, left)
    if not found:
        nobody = np.zeros(count, np.bool_)
        return Paid(np.zeros(count), np.zeros(count), np.zeros(count, np.uint8), np.full(count, 8, np.uint8), nobody,
                    left)
    whose = _renumbered(found, count)
    few = len(whose)
    owners, external = side_by_side([(claims.owners, claims.external) for _, claims in found])
    items, limits = _items_and_limits(w, asks, found, whose, left)
    low, high, cause = settled(items, limits, few)
    status = groups.some(items.owners, items.paid, few)
    cause = np.where(low == high, 0, cause | groups.bits(items.owners, items.cause, few)).astype(np.uint8, copy=False)
    elsewhere = groups.marked(owners, external, few) & (high == 0)
    parts = ((low, 0), (high, 0), (cause, 0), (status, 8), (elsewhere, False))
    low, high, cause, status, elsewhere = (_spread(part, whose, count, rest)[head] for part, rest in parts)
    return Paid(low, high, cause, status, elsewhere, left[head])


def _renumbered(found: list[tuple[Benefit, Claims]], count: int) -> Places:
    """Those who claim anything; claims get their owners' places among them."""
    claiming = np.zeros(count, np.bool_)
    for _, claims in found:
        claiming[claims.owners] = True
    whose = np.flatnonzero(claiming)
    place = np.zeros(count, np.int64)
    place[whose] = np.arange(len(whose))
    for _, claims in found:
        claims.owners = place[claims.owners]
    return whose


def _spread(part: Any, whose: Places, count: int, rest: Any) -> Any:
    """A column of some organisations as one of all, with the value that the rest has."""
    whole = np.full(count, rest, part.dtype)
    whole[whose] = part
    return whole


def _paid_for_certain(asks: Questions, certain: Certain) -> Paid:
    count, high = len(certain.amounts), certain.amounts
    low = high.copy() if asks.policy.benefits[0].kind == "exact" else np.zeros(count)
    status = (certain.prices <= 0).view(np.uint8) * np.uint8(8)
    nobody = np.zeros(count, np.bool_)
    return Paid(low, high, np.zeros(count, np.uint8), status, nobody, nobody)


def _claims(w: Working, asks: Questions, heads: Mask, left: Mask) -> list[tuple[Benefit, Claims]]:
    """All claims, and what caps ask of them put where the caps will look."""
    policy, count = asks.policy, w.people.count
    found = [(benefit, claims) for benefit in policy.benefits for claims in claims_of(
        w, benefit, [x for x in policy.limits if benefit.id in x.benefits], asks.asked, heads, left)]
    for i, node in enumerate(asks.asked):
        answers = [(claims.owners[claims.fulfils[i] != 16], claims.fulfils[i][claims.fulfils[i] != 16])
                   for _, claims in found]
        owners, codes = side_by_side(answers) if answers else (np.zeros(0, np.int64), np.zeros(0, np.uint8))
        w.put(node, Status(groups.some(owners, codes, count)))
    return found


def _items_and_limits(w: Working, asks: Questions, found: list[tuple[Benefit, Claims]], whose: Places,
                      left: Mask) -> tuple[Items, list[Acting]]:
    policy = asks.policy
    number = {benefit.id: i for i, benefit in enumerate(policy.benefits)}
    category = {name: i for i, name in enumerate(dict.fromkeys(b.category for b in policy.benefits))}
    found = [(benefit, merged(claims) if benefit.merge else claims) for benefit, claims in found]
    parts = []
    for benefit, c in found:
        low = np.floor(np.minimum(c.low, c.least)) if benefit.kind == "exact" else np.zeros(len(c.owners))
        high = np.floor(np.minimum(c.high, c.most))
        kind = np.full(len(c.owners), number[benefit.id]), np.full(len(c.owners), category[benefit.category])
        parts.append(Items(c.owners, *kind, c.status, low, high, c.cause, c.unit, c.paid))
    items = side_by_side(parts)
    everybody = Reader(w, w.top, whose, left)
    limits = [_acting(everybody, limit, policy.limits, found, items) for limit in policy.limits]
    return items, [one for one in limits if len(one.held)]


def _acting(everybody: Reader, limit: Limit, limits: Sequence[Limit], found: list[tuple[Benefit, Claims]],
            items: Items) -> Acting:
    """The limit over the items of all benefits."""
    width = max((len(keys) for keys in limit.keys.values()), default=0)
    insides, keys, classes = [], [], []
    for benefit, claims in found:
        count = len(claims.owners)
        if benefit.id not in limit.benefits:
            insides.append(np.full(count, 8, np.uint8))
            keys.append(Key((np.zeros(count),) * width, np.zeros(count, np.uint8)))
            classes.append(np.ones(count))
            continue
        slot = [x.id for x in limits if benefit.id in x.benefits].index(limit.id)
        insides.append(claims.inside[slot])
        key = claims.keys[slot]
        keys.append(Key((*key.parts, *(np.full(count, -2.0),) * (width - len(key.parts))), key.state))
        classes.append(np.full(count, prod(float(classes_of(k, everybody.w.people.vocabulary))
                                           for k in limit.keys[benefit.id])))
    gate, room = _gate(everybody, limit)
    return acting(limit, items, side_by_side(insides), side_by_side(keys), side_by_side(classes), gate, room)


def _gate(everybody: Reader, limit: Limit) -> tuple[Any, tuple[Numbers, Numbers, Any]]:
    """Whether the limit acts, and what a cap allows, for each organisation."""
    gate = everybody.status(limit.gate)
    if limit.amount is None:
        return gate, (np.zeros(len(gate)), np.zeros(len(gate)), np.zeros(len(gate), np.uint8))
    room = everybody.amount(limit.amount, np.ones(len(gate), np.bool_))
    for end in (room.low, room.high):
        everybody.leave((np.abs(end) > EXACT) & np.isfinite(end))
    return gate, (np.asarray(room.low), np.asarray(room.high), room.cause)


def settled(items: Items, limits: list[Acting], count: int) -> tuple[Numbers, Numbers, Any]:
    """Each organisation's least and greatest sum, and what limits leave in doubt."""
    cause = np.zeros(count, np.uint8)
    highs = items.high.copy()
    for one in limits:
        _note(cause, limit(one, items, highs, False, np.ones(count, np.bool_)), one)
    high = groups.total(items.owners, highs, count)
    # Without doubt there is one case; with ceilings alone, the least is nothing.
    low = np.where(groups.marked(items.owners, items.low > 0, count), high, 0.0)
    doubtful = _doubtful(items, limits, count)
    if doubtful.any():
        _weigh(items, limits, doubtful, low, high, cause)
    return low, high, cause


def _note(cause: Any, whom: Mask, one: Acting) -> None:
    cause[whom] |= one.cause[whom]


def _doubtful(items: Items, limits: list[Acting], count: int) -> Mask:
    """For whom both cases have to be weighed."""
    unsure = (items.status != 0) | (items.cause & 7 > 0) | ~np.isnan(items.unit)
    some = groups.marked(items.owners, unsure, count)
    for one in limits:
        some |= one.cause > 0
    open_, sure = (groups.marked(items.owners, rows, count) for rows in (items.low != items.high, items.low > 0))
    return some | open_ & sure


def _weigh(items: Items, limits: list[Acting], whom: Mask, low: Numbers, high: Numbers, cause: Any) -> None:
    """Both cases of those in doubt, into the three columns."""
    count = len(whom)
    places = np.flatnonzero(whom[items.owners])
    limits = [one.among(whom, places, items.owners) for one in limits]
    items = Items(*(getattr(items, part.name)[places] for part in fields(items)))
    crossed = crossing(limits, items, count)
    _weigh_highest(items, limits, crossed, high, cause)
    lows = items.low.copy()
    for one, cross in zip(limits, crossed, strict=True):
        lows[one.held[cross[items.owners[one.held]]]] = 0.0
        _note(cause, cross, one)
    for one in limits:
        _note(cause, limit(one, items, lows, True, whom), one)
    low[whom] = groups.total(items.owners, lows, count)[whom]


def _weigh_highest(items: Items, limits: list[Acting], crossed: list[Mask], high: Numbers, cause: Any) -> None:
    """Where limits cross, the greatest case takes those that do not, and of the others the one that cuts most."""
    crossing_ = np.logical_or.reduce(crossed) if crossed else np.zeros(len(high), np.bool_)
    high[crossing_], cause[crossing_] = inf, 0
    weighed = np.zeros(len(high), np.bool_)
    for chosen, cross in enumerate(crossed):
        if not cross.any():
            continue
        causes, highs = np.zeros(len(high), np.uint8), items.high.copy()
        for number, one in enumerate(limits):
            on = cross if number == chosen else cross & ~crossed[number]
            _note(causes, limit(one, items, highs, False, on), one)
        sums = groups.total(items.owners, highs, len(high))
        better = cross & (~weighed | (sums < high))
        high[better], cause[better] = sums[better], causes[better]
        weighed |= cross
