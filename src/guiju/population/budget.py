"""The budget stage: one step over the amounts of all organisations, after everything that the policy says of each.

Amounts are int64 fen and no share is above its amount. What is granted and what is kept back for a decision come to
the budget exactly, or to the sum of the amounts where that is less. Remainders of a fen go to the largest remainders;
among equal ones, to the smaller key of the organisation. `order` is each organisation's position by that key, so that
the order of the rows changes nothing.

No source says that amounts are cut in proportion: `share_pro_rata` is an officer's choice, never a default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Fen = NDArray[np.int64]
Order = NDArray[np.int64]
Line = Literal["hold", "equal", "pro-rata", "key"]
BLOCK = 65_536
FULL, PART, OPEN, BEYOND = 0, 1, 2, 3  # in full; a part; on the line, to be decided; nothing left


@dataclass(frozen=True, slots=True)
class Shares:
    """`granted`: fen to each. `state`: FULL, PART, OPEN or BEYOND. `held`: fen kept for those on the line; `places`:
    how many places of a quota are open there."""

    granted: Fen
    state: NDArray[np.uint8]
    held: int = 0
    places: int = 0


def share_equally(amounts: Fen, budget: int, order: Order) -> Fen:
    """The same to each, as far as his amount goes; what that leaves goes on to the others."""
    level, rest = _level(amounts, budget)
    shares = np.minimum(amounts, level)
    more = np.flatnonzero(amounts > level)
    shares[more[np.argsort(order[more], kind="stable")[:rest]]] += 1
    return shares


def _level(amounts: Fen, budget: int) -> tuple[int, int]:
    """The highest whole level that the budget pays, and the fen that remain."""
    ascending = np.sort(amounts)
    if _total(ascending) <= budget:
        return int(ascending[-1]) if len(ascending) else 0, 0
    count = len(ascending)
    below = np.cumsum(ascending) - ascending
    # The first at whose amount as a level the budget would not do: the level is at most his.
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        if int(below[middle]) + int(ascending[middle]) * (count - middle) > budget:
            high = middle
        else:
            low = middle + 1
    paid, sharing = int(below[low]), count - low
    level = (budget - paid) // sharing
    return level, budget - paid - level * sharing


def share_pro_rata(amounts: Fen, budget: int, order: Order) -> Fen:
    """In proportion to the amounts, in whole fen: the largest remainders have one more."""
    total = _total(amounts)
    if total <= budget:
        return amounts.copy()
    shares, remainders = _divided(amounts, budget, total)
    rest = budget - _total(shares)
    shares[np.lexsort((order, -remainders))[:rest]] += 1
    return shares


def _divided(amounts: Fen, budget: int, total: int) -> tuple[Fen, Fen]:
    """amounts · budget / total, whole part and remainder, exactly: where 64 bits are too few, with longer numbers."""
    if not len(amounts) or int(amounts.max()) * budget < 2 ** 63:
        whole, rest = np.divmod(amounts * np.int64(budget), np.int64(total))
        return whole, rest
    whole, rest = np.empty_like(amounts), np.empty_like(amounts)
    for start in range(0, len(amounts), BLOCK):
        part = slice(start, start + BLOCK)
        long = amounts[part].astype(object) * budget
        whole[part], rest[part] = long // total, long % total
    return whole, rest


def share_by_key(amounts: Fen, budget: int, order: Order) -> Fen:
    """In full by the order of the keys while the budget lasts; the last one has what remains."""
    turn = np.argsort(order, kind="stable")
    shares = np.empty_like(amounts)
    own = amounts[turn]
    shares[turn] = np.clip(budget - (np.cumsum(own) - own), 0, own)
    return shares


SHARING: dict[str, Callable[[Fen, int, Order], Fen]] = {
    "equal": share_equally, "pro-rata": share_pro_rata, "key": share_by_key}


def allocate(amounts: Fen, budget: int, order: Order, by: str) -> Shares:
    """An officer's chosen allocation over all: `equal` or `pro-rata`."""
    granted = SHARING[by](amounts, budget, order)
    return Shares(granted, _states(granted, amounts))


def _states(granted: Fen, amounts: Fen) -> NDArray[np.uint8]:
    return np.where(granted == amounts, FULL, np.where(granted > 0, PART, BEYOND)).astype(np.uint8)


def places_of(points: NDArray[np.float64]) -> Order:
    """The place of each by its points, the highest first: equal points are one place, and the next are skipped."""
    order = np.argsort(-points, kind="stable")
    ordered = points[order]
    first = np.ones(len(points), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    places = np.empty(len(points), np.int64)
    places[order] = np.maximum.accumulate(np.where(first, np.arange(len(points)), 0)) + 1
    return places


def by_rank(amounts: Fen, budget: int, order: Order, places: Order, line: Line = "hold") -> Shares:
    """In full from the first place on while the budget lasts. The place that it no longer pays in full is on the line:
    what is left is held for it, or shared in it as `line` says; whoever comes after has nothing."""
    granted = np.zeros_like(amounts)
    state = np.full(len(amounts), BEYOND, np.uint8)
    turn = np.argsort(places, kind="stable")
    standing, first = np.unique(places[turn], return_index=True)
    sums = np.add.reduceat(amounts[turn], first) if len(first) else np.zeros(0, np.int64)
    ends = np.cumsum(sums)
    paid = int(np.searchsorted(ends, budget, side="right"))
    full = places < (standing[paid] if paid < len(standing) else len(places) + 2)
    granted[full], state[full] = amounts[full], FULL
    room = budget - (int(ends[paid - 1]) if paid else 0)
    if paid == len(standing) or not room:
        return Shares(granted, state)
    on_line = np.flatnonzero(places == standing[paid])
    if line == "hold":
        state[on_line] = OPEN
        return Shares(granted, state, held=room)
    granted[on_line] = SHARING[line](amounts[on_line], room, order[on_line])
    state[on_line] = _states(granted[on_line], amounts[on_line])
    return Shares(granted, state)


def by_quota(amounts: Fen, quota: int, order: Order, places: Order, budget: int | None = None,
             line: Line = "hold") -> Shares:
    """The first `quota` places, paid as `by_rank` says, or in full without a budget. Where equals stand across the last
    place, the places stay open for a decision, or go by key where `line` is `key`; there is nothing to decide where
    those before them have used the budget up."""
    turn = np.lexsort((order, places))
    chosen = np.zeros(len(amounts), np.bool_)
    chosen[turn[:quota]] = True
    tied = np.zeros(len(amounts), np.bool_)
    if line != "key" and 0 < quota < len(turn) and places[turn[quota - 1]] == places[turn[quota]]:
        tied = places == places[turn[quota]]
    picked = np.flatnonzero(chosen & ~tied)
    open_ = int(np.count_nonzero(chosen & tied))
    budget = _total(amounts) if budget is None else budget
    inside = by_rank(amounts[picked], budget, order[picked], places[picked], line)
    granted = np.zeros_like(amounts)
    state = np.full(len(amounts), BEYOND, np.uint8)
    granted[picked], state[picked] = inside.granted, inside.state
    if not open_:
        return Shares(granted, state, inside.held)
    left, most = budget - _total(granted) - inside.held, _total(np.sort(amounts[tied])[-open_:])
    if not left and most:
        return Shares(granted, state, inside.held)
    state[tied] = OPEN
    return Shares(granted, state, inside.held + min(left, most), open_)


def _total(amounts: Fen) -> int:
    return int(amounts.sum(dtype=np.int64))
