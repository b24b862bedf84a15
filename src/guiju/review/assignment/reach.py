"""Which pairs can be part of a panel that reaches a floor, told without a solver.

Experts of an application fall into classes: whether they know its field, which of the required kinds they are. A
panel takes so many of each class; the best one takes the best of each. Few ways of sharing out a panel exist, so the
best panel that an application could have alone, and the best one with a given pair, are looked up, not searched.
That others want the same experts, and that two may have one employer, is left out: a bound stays a bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

import numpy as np

from guiju.review.assignment.table import Ints, Table

NEVER = -(1 << 40)
MOST_SHARES = 4000


def reaching(table: Table, floor: int | None) -> Ints:
    """The columns that, with the best others, reach the floor; all of them without one. A pair that is left out is in
    no assignment that keeps the floor, so nothing is lost."""
    every = np.arange(len(table.fit))
    if floor is None:
        return every
    kept: Ints = every[(_Panels(table).with_pair() >= floor) | table.fixed]
    return kept


def highest_conceivable(table: Table) -> int:
    """No floor can be above this: the least, over all applications, of the best panel that each could have alone."""
    return int(_Panels(table).alone().min())


class _Panels:
    """The best panels of each application, by how many of which class they take."""

    def __init__(self, table: Table) -> None:
        self.table = table
        size, cases = table.problem.panel, len(table.applications)
        bits, needs = _classes(table)
        occurring, self.kind = np.unique(bits, return_inverse=True)
        self.count = len(occurring)
        cell = table.application * self.count + self.kind
        order = np.lexsort((-table.fit, cell))
        self.rank = np.empty(len(order), np.int64)
        self.rank[order] = np.arange(len(order)) - np.searchsorted(cell[order], cell[order])
        self.nth = np.full((cases, self.count, size), NEVER, np.int64)  # the fit of the n-th best of a class
        top = self.rank < size
        self.nth[table.application[top], self.kind[top], self.rank[top]] = table.fit[top]
        sums = np.concatenate([np.zeros((cases, self.count, 1), np.int64), np.cumsum(self.nth, axis=2)], axis=2)
        self.best = np.full((cases, self.count, size + 1), NEVER, np.int64)  # with exactly n of a class
        for shares in _shares(size, occurring.tolist(), needs):
            total = sum(sums[:, c, n] for c, n in enumerate(shares))
            for c, n in enumerate(shares):
                np.maximum(self.best[:, c, n], total, out=self.best[:, c, n])

    def alone(self) -> Ints:
        """The fit of the best panel of each application."""
        found: Ints = self.best[:, 0, :].max(axis=1)
        return found

    def with_pair(self) -> Ints:
        """For each column the fit of the best panel that holds it."""
        case, kind, fit = self.table.application, self.kind, self.table.fit
        top = np.full(len(fit), NEVER, np.int64)
        for n in range(1, self.table.problem.panel + 1):
            total = self.best[case, kind, n]
            replaced = total - self.nth[case, kind, n - 1] + fit
            np.maximum(top, np.where(self.rank < n, total, replaced), out=top)
        return top


def _classes(table: Table) -> tuple[Ints, list[int]]:
    """The class of each column, as bits: the field, then each kind; and how many of a panel each bit needs. One class
    that needs nothing where there would be too many ways to share out a panel."""
    problem = table.problem
    bits = table.in_field.astype(np.int64)
    for place, kind in enumerate(table.kinds, 1):
        bits |= kind[table.expert].astype(np.int64) << place
    if comb(problem.panel + len(np.unique(bits)) - 1, problem.panel) > MOST_SHARES:
        return np.zeros_like(bits), []
    return bits, [problem.in_field, *(problem.kinds[k] for k in sorted(problem.kinds))]


def _shares(panel: int, classes: list[int], needs: list[int]) -> Iterator[tuple[int, ...]]:
    """Every way to share out a panel over the classes that keeps the mix."""
    for shares in _sharings(panel, len(classes)):
        if all(sum(n for c, n in zip(classes, shares, strict=True) if c >> bit & 1) >= need
               for bit, need in enumerate(needs)):
            yield shares


def _sharings(whole: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write a number as a sum of so many numbers from 0 up, in order; at least one."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in _sharings(whole - first, parts - 1):
            yield (first, *rest)
