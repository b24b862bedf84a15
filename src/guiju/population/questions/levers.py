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

from guiju.evaluate.evaluation import Setting
from guiju.facts.model import domain
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Goal, Policy, Score
from guiju.population.columns import Quantity, Status
from guiju.population.people import TEXTS, Population
from guiju.population.questions.altered import with_fact
from guiju.population.questions.asking import answered, narrowed
from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import Field

Points = NDArray[np.float64]
COMPARISONS = frozenset({"eq", "lt", "le", "gt", "ge"})
FINEST = 10_000  # parts of a unit in which a number that is not whole is moved, as `guiju improve` does


@dataclass(slots=True)
class Cone:
    """The nodes below a goal (and below what it pays for), each once, and the facts that each rests on."""

    nodes: list[Node]
    facts: dict[Node, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes:  # children come before parents
            own = frozenset({node.args[0]}) if node.op == "fact" else frozenset()
            self.facts[node] = own.union(*(self.facts[child] for child in node.children))

    def levers(self, policy: Policy) -> list[Field]:
        """The facts that effort or time can change, in the dictionary's order."""
        used = {node.args[0] for node in self.nodes if node.op == "fact"}
        return [f for f in policy.vocabulary.all_facts() if f.id in used and f.mutability != "fixed"]

    def records(self) -> list[str]:
        return list(dict.fromkeys(n.args[0] for n in self.nodes if n.op in AGGREGATES))

    def comparisons(self, fact: str) -> Iterator[Node]:
        """The comparisons that rest on a fact and on no record's row."""
        for node in self.nodes:
            if not node.rows and fact in self.facts[node] and (node.op in COMPARISONS or node.op == "in"):
                yield node


def cone_of(policy: Policy, goal: Goal) -> Cone:
    roots = [goal.node]
    if goal.pays:
        for benefit in policy.benefits:
            roots += [c.node for c in benefit.when] + [line.test for line in benefit.rows]
    return Cone(walk(*roots))


def measured(policy: Policy, nodes: Sequence[Node], setting: Setting, people: Population) -> list[Points]:
    """The value of each number for each organisation; not a number where it is not known exactly."""
    scores = {str(n): Score(str(n), Text("", ""), 0, node, (), (), Span("")) for n, node in enumerate(nodes)}
    found = answered(narrowed(policy, goals=(), scores=scores, benefits=(), limits=()), setting, people).scores
    return [np.where((low == high) & (cause == 0) & np.isfinite(low), low, np.nan) for low, high, cause in found]


@dataclass(frozen=True, slots=True)
class Options:
    """Values that a fact could take: a row for each possibility, a column for each organisation, as they are stored
    over `scale`; not a number where there is none. `now`: what it is, not a number where that is not known."""

    values: NDArray[np.float64]
    now: Points
    scale: int

    def column(self, entry: Field, values: Points) -> Status | Quantity:
        return Status(values.astype(np.uint8)) if entry.type == "bool" else Quantity(values, values)


def options(policy: Policy, cone: Cone, entry: Field, people: Population, setting: Setting) -> Options:
    """Every value of a fact that could change the answer, for each organisation."""
    now, scale = _now(entry, people)
    if entry.type == "bool":
        return Options(np.tile([[0.0], [8.0]], (1, people.count)), now, 1)
    nodes = list(cone.comparisons(entry.id))
    if entry.type in TEXTS:
        codes = {float(people.texts.code(text)) for node in nodes for text in _texts(node)}
        return Options(np.tile(np.array(sorted(codes))[:, None], (1, people.count)), now, 1)
    scale = lcm(scale, _scale(entry, nodes))
    now = now * (scale // _now(entry, people)[1])
    maker = _Maker(policy, cone, entry, people, setting, now, scale)
    rows = {row.tobytes(): row for node in nodes for row in maker.of(node)}
    low, high = (float(end) * scale for end in domain(entry)[:2])
    kept = [np.where((row >= low) & (row <= high), row, np.nan) for row in rows.values()]
    return Options(np.array(kept).reshape(len(kept), people.count), now, scale)


def _now(entry: Field, people: Population) -> tuple[Points, int]:
    """What the fact is now, as it is stored."""
    held = people.facts.get(entry.id)
    if held is None:
        return np.full(people.count, np.nan), 1
    if isinstance(held.column, Status):
        return np.array(np.broadcast_to(held.column.codes, people.count), np.float64), 1
    low, high, cause = (np.broadcast_to(part, people.count)
                        for part in (held.column.low, held.column.high, held.column.cause))
    known = np.where((low == high) & (cause == 0), low, np.nan)
    if held.printed is not None:
        return np.round(known * float(held.printed) * FINEST), FINEST
    return known, held.scale


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

    policy: Policy
    cone: Cone
    entry: Field
    people: Population
    setting: Setting
    now: Points
    scale: int

    def of(self, node: Node) -> Iterator[Points]:
        if node.op == "in":
            if node.args[0].op == "fact":
                yield from (np.full(self.people.count, float(v) * self.scale) for v in node.args[1])
            return
        for side, other in (node.args, node.args[::-1]):
            if self.entry.id in self.cone.facts[side]:
                bound = self._bound(other)
                for part in parts_of(side):
                    yield from self._towards(part, bound)

    def _bound(self, other: Node) -> Points:
        if other.op == "const":
            return np.full(self.people.count, float(other.args[0]))
        return measured(self.policy, [other], self.setting, self.people)[0]

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
        elif self.entry.id in self.cone.facts[side] and side.type.kind == "number":
            unit = np.where(np.mod(self.now, self.scale) == 0, self.scale, 1.0)
            yield from _around(self._straight(side, bound), unit)

    def _through(self, side: Node, bound: Points) -> Iterator[Points]:
        """The part of a calculation that rests on the date, moved as far as the others leave open."""
        if side.op not in _LEFT_OPEN:
            return
        for place, part in enumerate(side.args):
            others = [other for n, other in enumerate(side.args) if n != place]
            if self.entry.id in self.cone.facts[part]:
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
        values = []
        for at in (known, further):
            changed = with_fact(self.people, self.entry.id, Quantity(at, at), self.scale)
            values.append(measured(self.policy, [side], self.setting, changed)[0])
        slope = (values[1] - values[0]) / (further - known)
        exact = known + (bound - values[0]) / np.where(slope == 0, np.nan, slope)
        return np.where(np.isnan(self.now), np.nan, exact)


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
