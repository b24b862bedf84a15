"""Fairness first: the highest floor that the worst-served application can be given, then the best total above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guiju.review.assignment.reach import highest_conceivable
from guiju.review.assignment.summit import summit
from guiju.review.assignment.table import Ints, Table
from guiju.review.assignment.whole import best, good


@dataclass(frozen=True, slots=True, eq=False)
class Fairest:
    """`floor`: the highest that can be kept. `chosen`: the best columns that keep it; `free`: the best without one."""

    floor: int
    chosen: Ints
    free: Ints


def fairest(table: Table) -> Fairest | None:
    """The best assignment under the highest floor; None if there is no assignment at all."""
    free = best(table)
    if free is None:
        return None
    found, high = _climbed(table, free)
    step = _step(table)
    if worst(table, found) + step <= high:
        higher = summit(table, worst(table, found) + step, high)
        found = found if higher is None else higher
    floor = worst(table, found)
    if floor == worst(table, free):
        return Fairest(floor, free, free)
    chosen = best(table, floor, found)
    assert chosen is not None  # `found` keeps the floor
    return Fairest(floor, chosen, free)


def worst(table: Table, columns: Ints) -> int:
    """The fit of the worst-served application."""
    return int(table.panel_fits(columns).min())


def _climbed(table: Table, free: Ints) -> tuple[Ints, int]:
    """A high floor found by quick looks, by halving, as an assignment that keeps it; and the highest that is not ruled
    out yet."""
    step = _step(table)
    found, high = free, highest_conceivable(table) // step
    doubtful = high
    while (low := worst(table, found) // step) < doubtful:
        middle = (low + doubtful + 1) // 2
        look = good(table, middle * step)
        if isinstance(look, str):
            doubtful = middle - 1
            high = doubtful if look == "none" else high
        else:
            found = look
    return found, high * step


def _step(table: Table) -> int:
    """All fits are multiples of it, so every floor that matters is."""
    return max(int(np.gcd.reduce(table.fit)), 1)
