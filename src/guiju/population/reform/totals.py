"""Sums over the chunks of a population: who, how much, and how amounts are spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.assess import OUTCOMES
from guiju.population.payable import Payable, sum_of
from guiju.population.reform.sides import KINDS, POSSIBLE, UNCHANGED, Change, Side

PERCENTS = (10, 25, 50, 75, 90, 95, 99, 100)
Whole = NDArray[np.int64]


@dataclass(slots=True)
class Money:
    """What a policy costs, in fen: between `low` and `high`, and beyond for `unbounded` organisations that no number
    bounds, and for those to whom another document sets what is paid (`elsewhere`). `paid`: how many get something at
    most; `ceilings`: of how many the high end is a ceiling; `doubtful`: of how many it is not known."""

    low: int = 0
    high: int = 0
    unbounded: int = 0
    paid: int = 0
    ceilings: int = 0
    doubtful: int = 0
    elsewhere: int = 0

    def add(self, bill: Bill) -> None:
        """Everybody of a chunk."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + sum_of(getattr(bill.each, part.name)))


@dataclass(slots=True)
class Difference:
    """What the reform adds to the cost, in fen: between `low` and `high` (below 0: it saves). Those who surely stay as
    they are add nothing, whatever is in doubt of them; `open`: how many add what no number bounds."""

    low: int = 0
    high: int = 0
    open: int = 0


class Bill:
    """What is claimed in a chunk: for each of `rows`, who claim anything, what it adds to a Money."""

    def __init__(self, claim: Payable) -> None:
        self.rows = np.flatnonzero((claim.high > 0) | (claim.cause > 0) | claim.elsewhere)
        low, high, unbounded = (column[self.rows] for column in (claim.low, claim.high, claim.unbounded))
        parts: list[Any] = [low, np.where(unbounded, 0.0, high), unbounded, high > 0, claim.ceiling[self.rows],
                            claim.cause[self.rows] > 0, claim.elsewhere[self.rows]]
        self.each: Any = Money(*(part.astype(np.int64) for part in parts))

    def by_group(self, places: Whole, into: Sequence[Money]) -> None:
        """The sums of each group; `places`: in which group each organisation of the chunk is."""
        _by_group(self.each, places[self.rows], into)


def _by_group(each: Any, places: Whole, into: Sequence[Any]) -> None:
    """Adds the parts of each, which are columns, to those of the group that it is in."""
    for part in fields(each):
        values = getattr(each, part.name)
        # Halves of 32 bits: the sums of a chunk's are whole numbers that doubles hold.
        upper, lower = (np.bincount(places, half, len(into)) for half in (values >> 32, values & 0xFFFFFFFF))
        for group, above, below in zip(into, upper.tolist(), lower.tolist(), strict=True):
            setattr(group, part.name, getattr(group, part.name) + (int(above) << 32) + int(below))


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

    def add(self, bill: Bill) -> None:
        rows = bill.each.high > 0
        self.lows.append(bill.each.low[rows])
        self.highs.append(bill.each.high[rows])

    def quantiles(self) -> tuple[Quantile, ...]:
        """Nobody is paid: none. The organisation at a share is the first with at least that many up to it."""
        ends = [np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64) for parts in (self.lows, self.highs)]
        if not len(ends[0]):
            return ()
        places = [-(-percent * len(ends[0]) // 100) - 1 for percent in PERCENTS]
        return tuple(Quantile(percent, (int(ends[0][i]), int(ends[1][i])),
                              (sum_of(ends[0][:i + 1]), sum_of(ends[1][:i + 1])))
                     for percent, i in zip(PERCENTS, places, strict=True))


@dataclass(slots=True)
class Group:
    """What falls to one group."""

    count: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    before: Money = field(default_factory=Money)
    after: Money = field(default_factory=Money)
    difference: Difference = field(default_factory=Difference)


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
    difference: Difference = field(default_factory=Difference)
    spread: tuple[Spread, Spread] = field(default_factory=lambda: (Spread(), Spread()))
    groups: dict[str, dict[str, Group]] = field(default_factory=dict)

    def add(self, sides: tuple[Side, Side], change: Change,
            dimensions: Sequence[tuple[str, Sequence[str], Whole]]) -> None:
        """A chunk; `dimensions`: the id of each, the groups that occur, and the place of each organisation's."""
        self.count += len(change.kind)
        _count(self.kinds, KINDS, np.bincount(change.kind, minlength=len(KINDS)))
        for kind, mask in change.possible.items():
            self.possible[kind] += int(mask.sum())
        bills = [Bill(side.claim) for side in sides]
        for place, (side, bill) in enumerate(zip(sides, bills, strict=True)):
            _count(self.outcomes[place], OUTCOMES, np.bincount(side.outcome, minlength=len(OUTCOMES)))
            self.money[place].add(bill)
            self.spread[place].add(bill)
        moved, added = _difference(sides, change)
        _by_group(added, np.zeros(len(moved), np.int64), [self.difference])
        for dimension, names, places in dimensions:
            held = self.groups.setdefault(dimension, {})
            groups = [held.setdefault(name, Group()) for name in names]
            counts = np.bincount(places * len(KINDS) + change.kind, minlength=len(names) * len(KINDS))
            for group, own in zip(groups, counts.reshape(len(names), len(KINDS)), strict=True):
                group.count += int(own.sum())
                _count(group.kinds, KINDS, own)
            bills[0].by_group(places, [group.before for group in groups])
            bills[1].by_group(places, [group.after for group in groups])
            _by_group(added, places[moved], [group.difference for group in groups])


def _difference(sides: tuple[Side, Side], change: Change) -> tuple[Whole, Any]:
    """Who does not surely stay as he is, and a Difference of columns of what each of these adds."""
    rows = np.flatnonzero(change.kind != KINDS.index(UNCHANGED))
    (low, most), (later, later_most) = ((side.claim.low[rows], side.most[rows]) for side in sides)
    bounded = np.isfinite(most) & np.isfinite(later_most)
    with np.errstate(invalid="ignore"):
        ends: Any = [np.where(bounded, end, 0.0).astype(np.int64) for end in (later - most, later_most - low)]
    ends.append((~bounded).astype(np.int64))
    return rows, Difference(*ends)


def _count(into: dict[str, int], names: Sequence[str], numbers: NDArray[np.int64]) -> None:
    for name, number in zip(names, numbers.tolist(), strict=True):
        into[name] += number
