"""What an organisation could change for a goal: the facts and records on which the goal rests, and of each fact the
values that could make a difference: those to which rules compare it, or that bring a calculation to its bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from guiju.facts.model import domain
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Goal, Policy
from guiju.population.columns import Quantity, Status, taken
from guiju.population.people import TEXTS, Population
from guiju.population.questions.altered import with_fact
from guiju.population.questions.trials import Base, Places, Points, resting
from guiju.vocabulary import Field

COMPARISONS = frozenset({"eq", "lt", "le", "gt", "ge"})
FINEST = 10_000  # parts of a unit in which a number that is not whole is moved, as `guiju improve` does


@dataclass(slots=True)
class Cone:
    """The nodes below a goal (and below what it pays for), each once, and the facts and records that each rests on."""

    nodes: list[Node]
    rests: dict[Node, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.rests = resting(self.nodes)

    def levers(self, policy: Policy) -> list[Field]:
        """The facts that effort or time can change, in the dictionary's order."""
        used = {node.args[0] for node in self.nodes if node.op == "fact"}
        return [f for f in policy.vocabulary.all_facts() if f.id in used and f.mutability != "fixed"]

    def records(self) -> list[str]:
        return list(dict.fromkeys(n.args[0] for n in self.nodes if n.op in AGGREGATES))

    def comparisons(self, fact: str) -> Iterator[Node]:
        """The comparisons that rest on a fact and on no record's row."""
        for node in self.nodes:
            if not node.rows and fact in self.rests[node] and (node.op in COMPARISONS or node.op == "in"):
                yield node


def cone_of(policy: Policy, goal: Goal) -> Cone:
    roots = [goal.node]
    if goal.pays:
        for benefit in policy.benefits:
            roots += [c.node for c in benefit.when if c.counts] + [line.test for line in benefit.rows]
    return Cone(walk(*roots))


@dataclass(frozen=True, slots=True)
class Options:
    """Values that a fact could take: a row for each possibility, a column for each organisation, as they are stored
    over `scale`; not a number where there is none, and none twice for one organisation. `low`, `high`: between what it
    is now; without bound where that is not known. `steps`: values are no amounts, any change is as large as another."""

    values: NDArray[np.float64]
    low: Points
    high: Points
    scale: int
    steps: bool = False

    def column(self, entry: Field, values: Points) -> Status | Quantity:
        return Status(values.astype(np.uint8)) if entry.type == "bool" else Quantity(values, values)

    def changes(self) -> NDArray[np.float64]:
        """How large each change is, against what the value is now; a value of which nothing is known is as near to
        nothing as it is small."""
        if self.steps:
            return np.where(np.isnan(self.values), np.nan, 1.0)
        off = np.maximum(np.maximum(self.low - self.values, self.values - self.high), 0.0)
        blank = np.isinf(self.low) & np.isinf(self.high)
        size = np.abs(np.where(np.isfinite(self.low), self.low, np.where(blank, 0.0, self.high)))
        return np.asarray(np.where(blank, np.abs(self.values), off) / (size + self.scale))


def options(base: Base, cone: Cone, entry: Field, places: Places) -> Options:
    """Every value of a fact that could change the answer, for the organisations at these places."""
    (low, high), scale = _now(entry, base.people, places)
    if entry.type == "bool":
        return Options(_apart(np.tile([[0.0], [8.0]], (1, len(places))), low, high), low, high, 1, steps=True)
    nodes = list(cone.comparisons(entry.id))
    if entry.type in TEXTS:
        texts = sorted({text for node in nodes for text in _texts(node)})
        codes = np.array([float(base.people.texts.code(text)) for text in texts])
        return Options(_apart(np.tile(codes[:, None], (1, len(places))), low, high), low, high, 1, steps=True)
    finer = lcm(scale, _scale(entry, nodes))
    low, high = low * (finer // scale), high * (finer // scale)
    now = np.where((low == high) & np.isfinite(low), low, np.nan)
    maker = _Maker(base, cone, entry, places, now, finer)
    rows = {row.tobytes(): row for node in nodes for row in maker.of(node)}
    least, most = (float(end) * finer for end in domain(entry)[:2])
    kept = np.array([np.where((row >= least) & (row <= most), row, np.nan) for row in rows.values()])
    return Options(_apart(kept.reshape(len(rows), len(places)), low, high), low, high, finer)


def _apart(values: NDArray[np.float64], low: Points, high: Points) -> NDArray[np.float64]:
    """The values of each organisation in order, each once, without the one that it has."""
    values = np.sort(np.where((values == low) & (values == high), np.nan, values), axis=0)
    values[1:][values[1:] == values[:-1]] = np.nan
    return values


def _now(entry: Field, people: Population, places: Places) -> tuple[tuple[Points, Points], int]:
    """Between what the fact is now, as it is stored; a value of which nothing is known has no bounds."""
    count = len(places)
    nothing = np.full(count, -np.inf), np.full(count, np.inf)
    held = people.facts.get(entry.id)
    if held is None:
        return nothing, 1
    held = held.plain()
    column = taken(held.column, places)
    if isinstance(column, Status):
        codes = np.array(np.broadcast_to(column.codes, count), np.float64)
        return (codes, codes), 1
    low, high = (np.array(np.broadcast_to(end, count), np.float64) for end in (column.low, column.high))
    if entry.type in TEXTS:
        return (low, high), 1
    if held.printed is not None:
        times = float(held.printed) * FINEST
        return (np.round(low * times), np.round(high * times)), FINEST
    domain_low, domain_high = (float(end) * held.scale for end in domain(entry)[:2])
    blank = (low <= domain_low) & (high >= domain_high) & (low < high)
    return (np.where(blank, -np.inf, low), np.where(blank, np.inf, high)), held.scale


def _texts(node: Node) -> list[str]:
    if node.op == "in":
        return [v for v in node.args[1] if isinstance(v, str)]
    return [side.args[0] for side in node.args if side.op == "const" and isinstance(side.args[0], str)]


def _scale(entry: Field, nodes: Sequence[Node]) -> int:
    """In which parts of its unit the fact is moved: whole fen, days and places; of other numbers those that the rules
    name, and no coarser than `FINEST`."""
    if entry.type not in ("number", "ratio"):
        return 1
    named = [side.args[0] for node in nodes if node.op != "in" for side in node.args if side.op == "const"]
    return lcm(FINEST, *(v.denominator for v in named if isinstance(v, Fraction)))


@dataclass(slots=True)
class _Maker:
    """Makes the values of one fact for comparisons."""

    base: Base
    cone: Cone
    entry: Field
    places: Places
    now: Points
    scale: int

    def of(self, node: Node) -> Iterator[Points]:
        if node.op == "in":
            if node.args[0].op == "fact":
                yield from (np.full(len(self.places), float(v) * self.scale) for v in node.args[1])
            return
        for side, other in (node.args, node.args[::-1]):
            if self.entry.id in self.cone.rests[side]:
                bound = self._bound(other)
                for part in parts_of(side):
                    yield from self._towards(part, bound)

    def _bound(self, other: Node) -> Points:
        if other.op == "const":
            return np.full(len(self.places), float(other.args[0]))
        return self.base.measured(other, self.places)

    def _towards(self, side: Node, bound: Points) -> Iterator[Points]:
        """Values at, just below and just above the bound."""
        if side.op == "fact":
            aim = np.round(bound * self.scale, 6)
            yield from _around(aim, np.where(np.mod(bound, 1) == 0, self.scale, 1.0))
        elif side.op == "year" and side.args[0].op == "fact":
            for more in (0, 1, -1):
                yield _midsummer(bound + more)
        elif self.entry.type == "date":
            yield from self._through(side, bound)
        elif self.entry.id in self.cone.rests[side] and side.type.kind == "number":
            unit = np.where(np.mod(self.now, self.scale) == 0, self.scale, 1.0)
            yield from _around(self._straight(side, bound), unit)

    def _through(self, side: Node, bound: Points) -> Iterator[Points]:
        """The part of a calculation that rests on the date, moved as far as the others leave open."""
        if side.op not in _LEFT_OPEN:
            return
        for place, part in enumerate(side.args):
            others = [other for n, other in enumerate(side.args) if n != place]
            if self.entry.id in self.cone.rests[part]:
                with np.errstate(divide="ignore", invalid="ignore"):
                    aim = _LEFT_OPEN[side.op](bound, self._bound(others[0]) if others else bound, place)
                for inner in parts_of(part):
                    yield from self._towards(inner, np.where(np.isfinite(aim), aim, np.nan))

    def _straight(self, side: Node, bound: Points) -> Points:
        """Where a calculation would reach the bound, taken as a straight line through what it is now and what it would
        be with a tenth more."""
        known = np.nan_to_num(self.now)
        step = np.floor(np.abs(known) / self.scale / 10) * self.scale
        further = known + np.where(step > 0, step, self.scale)
        values = [self._measured_at(side, known), self._measured_at(side, further)]
        slope = (values[1] - values[0]) / (further - known)
        exact = known + (bound - values[0]) / np.where(slope == 0, np.nan, slope)
        return np.where(np.isnan(self.now), np.nan, exact)

    def _measured_at(self, side: Node, values: Points) -> Points:
        def change(people: Population, at: Places) -> Population:
            return with_fact(people, self.entry.id, Quantity(values[at], values[at]), self.scale)

        return self.base.measured_if(side, frozenset({self.entry.id}), self.places, change)


# What a part of a calculation has to be for the whole to be at the bound, by what the other part is and its place.
_LEFT_OPEN: dict[str, Callable[[Points, Points, int], Points]] = {
    "neg": lambda bound, _, place: -bound,
    "add": lambda bound, other, place: bound - other,
    "sub": lambda bound, other, place: other - bound if place else bound + other,
    "mul": lambda bound, other, place: bound / other,
    "div": lambda bound, other, place: other / bound if place else bound * other,
}


def parts_of(side: Node) -> Iterator[Node]:
    """What a figure may come to: the parts of a greatest or a least, the branches of a choice."""
    if side.op in ("max", "min"):
        for part in side.args:
            yield from parts_of(part)
    elif side.op == "if":
        for part in side.args[1:]:
            yield from parts_of(part)
    else:
        yield side


def _around(aim: Points, unit: Points) -> Iterator[Points]:
    below, above = np.floor(aim / unit) * unit, np.ceil(aim / unit) * unit
    yield above
    yield below
    yield above + unit
    yield below - unit


def _midsummer(years: Points) -> Points:
    """A day in each year."""
    result = np.full(len(years), np.nan)
    for year in np.unique(years[np.isfinite(years)]):
        if 1 <= year <= 9999:
            result[years == year] = dt.date(int(year), 6, 30).toordinal()
    return result
