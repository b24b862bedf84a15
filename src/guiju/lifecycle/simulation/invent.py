"""Evidence that lets a move be made: facts tried out at the values where guards change their mind, papers, reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from random import Random
from typing import Any

from guiju.calendar import Calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Condition
from guiju.language.types import Type, joined_dimension
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import STAGE_SINCE, TODAY, Chart, Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.given import read_given
from guiju.values import NOT_APPLICABLE, PASS, REVIEW, date_of
from guiju.vocabulary import Field

_TRIES = 24


def everyone(chart: Chart) -> Actor:
    """Someone who holds every role of a chart and its sub-procedures."""
    roles = frozenset(chart.roles) | {r for p in chart.procedures.values() for r in p.chart.roles}
    return Actor("everyone", "某人", roles)


def invented_value(field: Field, node_values: Iterable[Any], today: dt.date, random: Random) -> str:
    """A value of a dictionary entry in words: one at which some rule changes, or near it, or any plausible one."""
    near = list(node_values)
    if field.type == "bool":
        return "是" if random.random() < 0.8 else "否"
    if field.type == "enum" and field.enumeration is not None:
        return random.choice(field.enumeration.members).name
    if field.type == "date":
        days = [today - dt.timedelta(days=random.choice((0, 0, 0, 1, 30))), *map(_day, near)]
        return random.choice(days).isoformat()
    if field.type in ("number", "money", "ratio") and field.unit is not None:
        step, low = field.unit.per, field.low or 0
        tried = [v + more for v in near for more in (0, 0, step, -step)] or [step * random.randint(1, 9)]
        return f"{int(max(random.choice(tried), low) / step)} {field.unit.name}".replace(" %", "%")
    if field.type == "region":
        return "540000"
    return f"示例{field.name}"


def _day(ordinal: Any) -> dt.date:
    return date_of(min(max(int(ordinal), 1), dt.date.max.toordinal()))


def critical_values(nodes: Iterable[Node], fact: str, facts: Facts) -> list[Any]:
    """What expressions compare a fact with: constants of its own kind, and facts of that kind that are known."""
    found: list[Any] = []
    for node in walk(*nodes):
        if node.op not in ("eq", "ne", "lt", "le", "gt", "ge"):
            continue
        parts = walk(*node.children)
        own = next((n.type for n in parts if n.op == "fact" and n.args[0] == fact), None)
        if own is not None:
            found += [n.args[0] for n in parts if n.op == "const" and _like(n.type, own)]
            known = [facts.values.get(n.args[0]) for n in parts if n.op == "fact" and _like(n.type, own)]
            found += [v[0] for v in known if isinstance(v, tuple) and v[0] == v[1] and not v[2]]
    return found


def _like(one: Type, other: Type) -> bool:
    return one.kind == other.kind and joined_dimension(one.dimension, other.dimension) is not None


def evidence_for(case: Case | None, state: State, step: Move, today: dt.date, calendar: Calendar, random: Random,
                 base: Map[str, Any] | None = None) -> Evidence:
    """Evidence for a move under which its guards hold, where some is found: guard by guard, the facts that it lacks
    are tried at the values where it changes. `base`: facts that are given in any case."""
    trial = _Trial(case, state, step, today, calendar, random, dict(base or {}))
    for fact in step.gives:
        trial.invent(fact)
    for guard in step.guards:
        for part in [c for c in guard.descendants() if not c.members] if guard.form == "all_of" else [guard]:
            trial.satisfy(part)
    papers = tuple(Document(paper.name.zh, "0" * 64) for paper in step.needs)
    return Evidence(trial.given, papers, dict.fromkeys(_decidable(state.chart, step), "示例理由"))


def _decidable(chart: Chart, step: Move) -> list[str]:
    """Everything for which a move may ask for a written reason."""
    return [*(g.id for g in step.guards), *chart.terms, *chart.notices, *(f"{g.policy}:{g.goal}" for g in step.goals)]


@dataclass(slots=True)
class _Trial:
    """Facts being tried out for one move."""

    case: Case | None
    state: State
    step: Move
    today: dt.date
    calendar: Calendar
    random: Random
    given: dict[str, Any]

    def invent(self, id_: str) -> None:
        vocabulary = self.state.chart.vocabulary
        if id_ in vocabulary.records:
            self.given[id_] = []
            return
        nodes = [g.node for g in self.step.guards] + [u.when for u in self.step.roles if u.when is not None]
        known = interpreter(self.case, self.state, self.today, self.calendar).facts
        self.given[id_] = invented_value(vocabulary.facts[id_], critical_values(nodes, id_, known), self.today,
                                         self.random)

    def satisfy(self, guard: Condition) -> None:
        """Try values of what a guard reads and the move may give, until it holds or the tries are over."""
        for _ in range(_TRIES):
            it = self._reading()
            if it.status(guard.node) in (PASS, NOT_APPLICABLE, REVIEW):
                return
            for fact in self._readable(guard, it):
                self.invent(fact)

    def _reading(self) -> Interpreter:
        read = read_given(self.state.chart, self.step, everyone(self.state.chart), Evidence(self.given), self.today)
        return interpreter(self.case, self.state, self.today, self.calendar, read)

    def _readable(self, guard: Condition, it: Interpreter) -> list[str]:
        """The facts and record sets of a guard that may come with the move and are still its own to try."""
        chart = self.state.chart
        read = [str(n.args[0]) for n in walk(guard.node) if n.op in ("fact", *AGGREGATES)]
        own = {*self.given, *self.step.gives, *self.step.may_give}
        mine = [id_ for id_ in dict.fromkeys(read) if id_ in own
                or (id_ not in chart.facts and id_ not in it.facts.values and id_ not in it.facts.records
                    and id_ not in (TODAY, STAGE_SINCE))]
        return [id_ for id_ in mine if id_ not in chart.counts and id_ not in chart.ends]
