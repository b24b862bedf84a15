"""What a policy pays where nothing is in doubt: one case instead of two, rows of benefits only where their conditions
hold, and of limits only those of organisations that they may cut.

The same steps as `guiju.population.payments` has where anything may be in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.language.ir import Node
from guiju.language.policy import Benefit, Limit, Policy
from guiju.population import quantities as q
from guiju.population.claims import Key, Reader, side_by_side
from guiju.population.columns import EXACT
from guiju.population.frames import Frame
from guiju.population.groups import Numbers, Places, total
from guiju.population.limits import Items, acting, limit
from guiju.population.plan import Questions
from guiju.population.working import Working

NO_LINE = 128  # added to the place of a line of a price table that does not fit


class Doubt(Exception):
    """Something is in doubt, or doubles can't tell it."""


@dataclass(slots=True)
class Certain:
    """For each organisation: what is paid in fen, and the price of its rows before ceilings and limits."""

    amounts: Numbers
    prices: Numbers


@dataclass(slots=True)
class _Rows:
    """The rows of one benefit that may be worth something, and what they are: before ceilings, and under them."""

    benefit: Benefit
    frame: Frame
    prices: Numbers
    amounts: Numbers


def is_simple(asks: Questions) -> bool:
    """Whether what the policy pays has one case, as far as its form goes."""
    benefits = asks.policy.benefits
    alike = len({benefit.kind == "exact" for benefit in benefits}) == 1
    return alike and not asks.asked and not any(
        benefit.merge or len(benefit.rows) >= NO_LINE or any(less.rest for less in benefit.less)
        or any(line.net is None for line in benefit.rows) for benefit in benefits)


def certainly_paid(w: Working, asks: Questions) -> Certain | None:
    """What the policy's benefits come to; none where anything that they look at is in doubt."""
    if not is_simple(asks) or not all(w.known(b.record, w.top) is True for b in asks.policy.benefits if b.record):
        return None
    with w.passing():
        try:
            rows = [_rows(w, benefit) for benefit in asks.policy.benefits]
            return _settled(w, asks.policy, rows)
        except Doubt:
            return None


def _rows(w: Working, benefit: Benefit) -> _Rows:
    frame = w.open(w.top, benefit.record) if benefit.record else w.top
    conditions = [_codes(w, condition.node, frame) for condition in benefit.when if condition.counts]
    fails = [codes for codes in conditions if isinstance(codes, np.ndarray)]
    if any(codes is True for codes in conditions):
        frame = w.narrowed(frame, np.zeros(0, np.int64))
    elif fails:
        frame = w.narrowed(frame, np.flatnonzero(np.logical_not(np.logical_or.reduce(fails))))
    place, prices = _prices(w, benefit, frame)
    fitting = np.flatnonzero(place != NO_LINE)  # others claim nothing: they hold no place in a limit
    if len(fitting) < frame.count:
        frame, prices = w.narrowed(frame, fitting), prices[fitting]
    if benefit.ceiling is None:
        return _Rows(benefit, frame, prices, np.floor(prices))
    ceiling = np.maximum(_amount(w, benefit.ceiling, frame), 0.0)
    return _Rows(benefit, frame, prices, np.floor(np.minimum(prices, ceiling)))


def _codes(w: Working, node: Node, frame: Frame, known: int = 8) -> Any:
    """Where a condition fails: a column, or True or False for all."""
    status = w.status(node, frame)
    codes = status.codes
    if not status.plain and np.any(codes & 7):
        raise Doubt
    return codes & known != 0


def _prices(w: Working, benefit: Benefit, frame: Frame) -> tuple[Any, Numbers]:
    """The place of the first line that fits, and what it comes to before ceilings; nothing where none does."""
    place = np.full(frame.count, NO_LINE, np.uint8)
    table = np.zeros(256)
    columns = []
    for number, line in enumerate(benefit.rows):
        assert line.net is not None
        fails = _codes(w, line.test, frame, 24)
        if fails is True:
            continue
        amount = np.maximum(_amount(w, line.net, frame), 0.0)
        if isinstance(amount, np.ndarray):
            columns.append((number, amount))
        else:
            table[number] = amount
        fits = number if fails is False else fails.view(np.uint8) * np.uint8(NO_LINE) + np.uint8(number)
        np.minimum(place, fits, out=place)
        if fails is False:
            break
    prices = table.take(place)
    for number, amount in columns:
        rows = np.flatnonzero(place == number)
        prices[rows] = amount[rows]
    return place, prices


def _amount(w: Working, node: Node, frame: Frame) -> Any:
    """A quantity that is looked at to the fen: a column, or one number for all."""
    value = w.quantity(node, frame)
    if not value.point or not (q.is_exact(value) or value.sided
                               or not np.any(q.near(value.low, np.round(value.low), value.error))):
        raise Doubt
    return value.low


def _settled(w: Working, policy: Policy, rows: Sequence[_Rows]) -> Certain:
    count = w.people.count
    prices = sum((total(one.frame.owners, one.prices, count) for one in rows), np.zeros(count))
    owners, amounts = side_by_side([(one.frame.owners, one.amounts) for one in rows])
    for bound in policy.limits:
        _limit(w, bound, policy, rows, owners, amounts)
    return Certain(total(owners, amounts, count), prices)


def _limit(w: Working, bound: Limit, policy: Policy, rows: Sequence[_Rows], owners: Places, amounts: Numbers) -> None:
    """Cut the amounts, of whomever the limit may cut."""
    count = w.people.count
    gate = _codes(w, bound.gate, w.top, 24)
    held = _held(w, bound, rows)
    room = np.floor(np.maximum(_amount(w, bound.amount, w.top), 0.0)) if bound.amount is not None else 0.0
    if np.any((room > EXACT) & np.isfinite(room)):
        raise Doubt
    if gate is True:
        return
    whose = owners if held is None else owners[held]
    if bound.form == "cap":
        size = total(whose, amounts if held is None else amounts[held], count)
        over = size > room
    else:
        over = np.bincount(whose, minlength=count) > bound.n
    over = over if gate is False else over & ~gate
    bitten = np.flatnonzero(over[owners]) if held is None else held[np.flatnonzero(over[whose])]
    if len(bitten):
        amounts[bitten] = _cut(w, bound, policy, rows, bitten, owners[bitten], amounts[bitten], room)


def _held(w: Working, bound: Limit, rows: Sequence[_Rows]) -> Places | None:
    """The places of the rows that the limit holds, none for all; their keys must not be in doubt."""
    places: list[Places] = []
    begin, whole = 0, True
    for one in rows:
        id_ = one.benefit.id
        if id_ in bound.benefits:
            for node in bound.keys[id_]:
                _known(w, node, one.frame)
            fails = _codes(w, bound.where[id_], one.frame, 24) if id_ in bound.where else False
            kept = np.flatnonzero(np.broadcast_to(np.logical_not(fails), one.frame.count))
            whole &= len(kept) == one.frame.count
            places.append(begin + kept)
        else:
            whole = False
        begin += one.frame.count
    return None if whole else np.concatenate(places) if places else np.zeros(0, np.int64)


def _known(w: Working, node: Node, frame: Frame) -> None:
    if node.type.kind == "bool":
        _codes(w, node, frame)
        return
    value = w.quantity(node, frame)
    if not value.point or not q.is_exact(value):
        raise Doubt


def _cut(w: Working, bound: Limit, policy: Policy, rows: Sequence[_Rows], places: Places, owners: Places,
         amounts: Numbers, room: Any) -> Numbers:
    """What the limit leaves of these rows."""
    whose = np.unique(owners)
    left = np.zeros(w.people.count, np.bool_)
    width = max((len(keys) for keys in bound.keys.values()), default=0)
    categories = list(dict.fromkeys(benefit.category for benefit in policy.benefits))
    keys, kinds, begin = [], [], 0
    for one in rows:
        local = places[np.searchsorted(places, begin):np.searchsorted(places, begin + one.frame.count)] - begin
        key = Reader(w, one.frame, local, left).key(bound.keys.get(one.benefit.id, ()))
        keys.append(Key((*key.parts, *(np.full(len(local), -2.0),) * (width - len(key.parts))), key.state))
        kinds.append(np.full(len(local), categories.index(one.benefit.category)))
        begin += one.frame.count
    codes = np.zeros(len(places), np.uint8)
    items = Items(np.searchsorted(whose, owners), codes, side_by_side(kinds), codes, amounts, amounts, codes,
                  np.full(len(places), np.nan), codes)
    room = np.broadcast_to(room, w.people.count)[whose]
    one_ = acting(bound, items, codes, side_by_side(keys), np.ones(len(places)), np.zeros(len(whose), np.uint8),
                  (room, room, np.zeros(len(whose), np.uint8)))
    left_over = amounts.copy()
    limit(one_, items, left_over, False, np.ones(len(whose), np.bool_))
    return left_over
