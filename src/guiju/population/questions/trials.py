"""How a goal would stand if something were otherwise: only what rests on the change is worked out again.

A chunk is worked out once as it is. For each try, the nodes that do not rest on what is changed are held as they are,
and only the rest of the goal's nodes are worked out, for those organisations that are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.closure import Closure, compile_closure
from guiju.evaluate.evaluation import Setting, parameters_of
from guiju.facts.model import APPLICATION_DATE
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Goal, Policy
from guiju.population.columns import Column, Quantity, Status, taken
from guiju.population.match import Matcher, dated
from guiju.population.people import Population
from guiju.population.plan import Plan
from guiju.population.questions.altered import picked
from guiju.population.questions.asking import narrowed
from guiju.population.working import Working
from guiju.values import FAIL

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]
Points = NDArray[np.float64]
# Of an organisation for each place of a try: the population with the change made.
Change = Callable[[Population, Places], Population]
_IN_PARTS = frozenset({"div", "if"})  # what is compared by its parts where doubles are too near to tell


@dataclass(frozen=True, slots=True)
class Cut:
    """What a change of some facts and records leaves alone. `held`: nodes that need not be worked out again; `facts`,
    `records`: what the others look at."""

    held: tuple[Node, ...]
    facts: frozenset[str]
    records: frozenset[str]


def resting(nodes: Sequence[Node]) -> dict[Node, frozenset[str]]:
    """The facts and records on which each node rests; children come before parents."""
    found: dict[Node, frozenset[str]] = {}
    for node in nodes:
        own = frozenset({node.args[0]}) if node.op == "fact" or node.op in AGGREGATES else frozenset()
        found[node] = own.union(*(found[child] for child in node.children))
    return found


class Asked:
    """A goal that is asked of many populations. `conditions`: those that count, in the policy's order."""

    def __init__(self, policy: Policy, goal: Goal, setting: Setting) -> None:
        self.policy, self.goal, self.setting = policy, goal, setting
        self.conditions = [c for c in goal.conditions if c.counts]
        self._bare = narrowed(policy, goals=(replace(goal, pays=False),), scores={}, limits=())
        self.plan = Plan([(self._bare, setting)])
        asks = self.plan.questions[0]
        nodes = walk(goal.node, *(c.node for c in self.conditions))
        self.settling = frozenset(asks.same[n] for n in nodes if n in asks.same)
        self.facts = frozenset(n.args[0] for n in nodes if n.op == "fact") | {APPLICATION_DATE}
        self.records = frozenset(n.args[0] for n in nodes if n.op in AGGREGATES)
        paying = narrowed(policy, goals=(goal,), scores={})
        self.paid = Matcher([(paying, setting)]) if goal.pays else None
        self.sizes = policy.choice_sizes()
        self._cuts: dict[tuple[tuple[Node, ...], frozenset[str]], Cut] = {}

    def working(self, people: Population) -> Working:
        return Working(people, self.plan, self.sizes, self.setting.presuming)

    def alone(self) -> Closure:
        """The goal's status, and those of its conditions, of one organisation."""
        key = ("trials", self.goal.id, tuple(sorted(self.setting.readings.items())), self.setting.presuming)
        if key not in self._bare.kept:
            roots = [self.goal.node, *(c.node for c in self.conditions)]
            bare = narrowed(self._bare, benefits=())
            self._bare.kept[key] = compile_closure(bare, roots, parameters_of(bare, self.setting),
                                                   presuming=self.setting.presuming)
        found: Closure = self._bare.kept[key]
        return found

    def cut(self, roots: Sequence[Node], levers: frozenset[str]) -> Cut:
        key = (tuple(roots), levers)
        if key not in self._cuts:
            self._cuts[key] = _cut(roots, levers)
        return self._cuts[key]


def _cut(roots: Sequence[Node], levers: frozenset[str]) -> Cut:
    rests = resting(walk(*roots))
    held: dict[Node, None] = {}
    reached: dict[Node, None] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node in reached:
            continue
        reached[node] = None
        if node.rows or rests[node] & levers:
            waiting += node.children
        elif node.op not in ("const", "param"):
            held[node] = None
            waiting += node.children if node.op in _IN_PARTS else ()
    return Cut(tuple(held), frozenset(n.args[0] for n in reached if n.op == "fact"),
               frozenset(n.args[0] for n in reached if n.op in AGGREGATES and n not in held))


@dataclass(slots=True)
class Statuses:
    """How the goal stands, and each of its conditions that count, for each organisation that was tried."""

    goal: Codes
    conditions: list[Codes]


@dataclass(slots=True)
class Base:
    """A chunk as it is."""

    asked: Asked
    people: Population
    work: Working = field(init=False)
    now: Statuses = field(init=False)
    _columns: dict[Node, Column] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.people = dated(self.people, self.asked.setting)
        self.work = self.asked.working(self.people)
        everybody = np.arange(self.people.count)
        self.now = self._statuses(self.work, everybody, lambda people, places: people, True)

    def column(self, node: Node) -> Column:
        if node not in self._columns:
            with np.errstate(invalid="ignore", divide="ignore"):
                self._columns[node] = self.work.value(node, self.work.top)
        return self._columns[node]

    def measured(self, node: Node, places: Places) -> Points:
        """A number of the rules as it is now; not a number where it is not known exactly."""
        return _points(taken(self.column(node), places), len(places))

    def measured_if(self, node: Node, levers: frozenset[str], places: Places, change: Change) -> Points:
        """A number of the rules as it would be."""
        w = self._changed(self.asked.cut([node], levers), places, change)
        with np.errstate(invalid="ignore", divide="ignore"):
            return _points(w.value(node, w.top), len(places))

    def goal_if(self, levers: frozenset[str], places: Places, change: Change, payment: bool = True) -> Codes:
        """How the goal would stand at these places (one may be named often); without `payment`, its conditions."""
        if not len(places):
            return np.zeros(0, np.uint8)
        w = self._changed(self.asked.cut([self.asked.goal.node], levers), places, change)
        return self._statuses(w, places, change, payment, conditions=False).goal

    def statuses_if(self, levers: frozenset[str], places: Places, change: Change) -> list[Codes]:
        """How each condition would stand."""
        roots = [c.node for c in self.asked.conditions]
        return self._statuses(self._changed(self.asked.cut([self.asked.goal.node, *roots], levers), places, change),
                              places, change, False).conditions

    def _changed(self, cut: Cut, places: Places, change: Change) -> Working:
        lean = replace(self.people, facts={id_: s for id_, s in self.people.facts.items() if id_ in cut.facts},
                       tables={id_: t for id_, t in self.people.tables.items() if id_ in cut.records})
        w = self.asked.working(change(picked(lean, places), np.arange(len(places))))
        for node in cut.held:
            w.put(node, taken(self.column(node), places))
        return w

    def _statuses(self, w: Working, places: Places, change: Change, payment: bool,
                  conditions: bool = True) -> Statuses:
        count = len(places)
        with np.errstate(invalid="ignore", divide="ignore"):
            goal = _codes(w.status(self.asked.goal.node), count)
            parts = [_codes(w.status(c.node), count) for c in self.asked.conditions] if conditions else []
        left = w.left_by(self.asked.settling)
        if w is not self.work:
            left = left | self.work.left_by(self.asked.settling)[places]
        for at in np.flatnonzero(left).tolist():
            values = self._alone(places[at:at + 1], change, at)
            goal[at] = values[0]
            for codes, value in zip(parts, values[1:], strict=True) if conditions else ():
                codes[at] = value
        if payment and self.asked.paid is not None:
            here = np.flatnonzero(goal != FAIL)
            if len(here):
                goal[here] = self.asked.paid(change(picked(self.people, places[here]), here))[0].goals[0]
        return Statuses(goal, parts)

    def _alone(self, place: Places, change: Change, at: int) -> tuple[Any, ...]:
        """Whoever doubles can't decide."""
        people = change(picked(self.people, place), np.array([at]))
        facts = people.facts_of(0, self.asked.facts, self.asked.records)
        return self.asked.alone()(facts.with_default_date(self.asked.setting.as_of))


def _codes(status: Status, count: int) -> Codes:
    return np.array(np.broadcast_to(status.codes, count), np.uint8)


def _points(value: Column, count: int) -> Points:
    assert isinstance(value, Quantity)
    low, high, cause = (np.broadcast_to(part, count) for part in (value.low, value.high, value.cause))
    return np.where((low == high) & (cause == 0) & np.isfinite(low), low, np.nan)
