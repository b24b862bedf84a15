"""Sums over the chunks of a population: who, how much, and how amounts are spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guiju.population.reform.sides import KINDS, OUTCOMES, POSSIBLE, Amounts, Change, Mask, Side

PERCENTS = (10, 25, 50, 75, 90, 95, 99, 100)
Whole = NDArray[np.int64]


@dataclass(slots=True)
class Money:
    """What a policy costs, in fen: between `low` and `high`, and beyond for `unbounded` organisations that no number
    bounds. `paid`: how many get something at most; `ceilings`: of how many the high end is a ceiling; `doubtful`: of
    how many it is not known."""

    low: int = 0
    high: int = 0
    unbounded: int = 0
    paid: int = 0
    ceilings: int = 0
    doubtful: int = 0

    def add(self, side: Side, chosen: Mask | None = None) -> None:
        rows = np.ones(len(side.low), np.bool_) if chosen is None else chosen
        finite = rows & np.isfinite(side.high)
        self.low += int(side.low[rows].astype(np.int64).sum())
        self.high += int(side.high[finite].astype(np.int64).sum())
        self.unbounded += int((rows & ~finite).sum())
        self.paid += int((rows & (side.high > 0)).sum())
        self.ceilings += int((rows & side.ceiling).sum())
        self.doubtful += int((rows & (side.cause > 0)).sum())


@dataclass(frozen=True, slots=True)
class Quantile:
    """At the share of those who get something, ordered by amount: the amount of the one who stands there, and what it
    takes to pay all up to him; each of the low ends and of the high ends by themselves, in fen."""

    percent: int
    amount: tuple[int, int]
    budget: tuple[int, int]


@dataclass(slots=True)
class Spread:
    """The amounts of those who get something at most, from every chunk."""

    lows: list[Whole] = field(default_factory=list)
    highs: list[Whole] = field(default_factory=list)

    def add(self, side: Side) -> None:
        rows = (side.high > 0) & np.isfinite(side.high)
        self.lows.append(side.low[rows].astype(np.int64))
        self.highs.append(side.high[rows].astype(np.int64))

    def quantiles(self) -> tuple[Quantile, ...]:
        """Nobody is paid: none. The organisation at a share is the first with at least that many up to it."""
        ends = [np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64) for parts in (self.lows, self.highs)]
        if not len(ends[0]):
            return ()
        sums = [np.cumsum(values) for values in ends]
        places = [-(-percent * len(ends[0]) // 100) - 1 for percent in PERCENTS]
        return tuple(Quantile(percent, (int(ends[0][i]), int(ends[1][i])), (int(sums[0][i]), int(sums[1][i])))
                     for percent, i in zip(PERCENTS, places, strict=True))


@dataclass(slots=True)
class Group:
    """What falls to one group."""

    count: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    before: Money = field(default_factory=Money)
    after: Money = field(default_factory=Money)


@dataclass(slots=True)
class Totals:
    """Of the whole population. `outcomes`: how many have each, before and after; `possible`: of the undecided, whom
    each kind may befall at most; `groups`: by dimension and group."""

    count: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    possible: dict[str, int] = field(default_factory=lambda: dict.fromkeys(POSSIBLE, 0))
    outcomes: tuple[dict[str, int], dict[str, int]] = field(
        default_factory=lambda: (dict.fromkeys(OUTCOMES, 0), dict.fromkeys(OUTCOMES, 0)))
    money: tuple[Money, Money] = field(default_factory=lambda: (Money(), Money()))
    spread: tuple[Spread, Spread] = field(default_factory=lambda: (Spread(), Spread()))
    groups: dict[str, dict[str, Group]] = field(default_factory=dict)

    def add(self, sides: tuple[Side, Side], change: Change) -> None:
        self.count += len(change.kind)
        _count(self.kinds, KINDS, change.kind)
        for kind, mask in change.possible.items():
            self.possible[kind] += int(mask.sum())
        for place, side in enumerate(sides):
            _count(self.outcomes[place], OUTCOMES, side.outcome)
            self.money[place].add(side)
            self.spread[place].add(side)

    def add_groups(self, dimension: str, names: Sequence[str], places: Whole, sides: tuple[Side, Side],
                   change: Change) -> None:
        held = self.groups.setdefault(dimension, {})
        for place, name in enumerate(names):
            group, rows = held.setdefault(name, Group()), places == place
            group.count += int(rows.sum())
            _count(group.kinds, KINDS, change.kind[rows])
            group.before.add(sides[0], rows)
            group.after.add(sides[1], rows)


def _count(into: dict[str, int], names: Sequence[str], places: NDArray[np.uint8]) -> None:
    for name, number in zip(names, np.bincount(places, minlength=len(names)).tolist(), strict=True):
        into[name] += number


def whole_fen(amounts: Amounts) -> list[int | None]:
    """Amounts in fen; None where no number bounds one."""
    return [int(a) if np.isfinite(a) else None for a in amounts.tolist()]
