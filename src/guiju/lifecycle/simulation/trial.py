"""Evidence that lets a move be made, where some is found: first what came with the worked timelines, then guard by
guard other values of what the move may give."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from guiju.calendar import Calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.ir import AGGREGATES, walk
from guiju.language.policy import Condition
from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import STAGE_SINCE, SYSTEM, TODAY, Chart, Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import Actor, Ban, Document, Evidence
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.refusal import Reason
from guiju.lifecycle.simulation.invent import critical_values, invented, read
from guiju.lifecycle.simulation.samples import Sample
from guiju.values import NOT_APPLICABLE, PASS, REVIEW

_TRIES = 24
_SAMPLES = 3
_MENDABLE = frozenset({"guard", "unknown", "input"})
_ANSWERED = frozenset({"decision", "documents"})


@dataclass(frozen=True, slots=True)
class Found:
    """How a move can be made: by whom, with what. `reasons`: what stands in the way where it can't."""

    actor: Actor
    evidence: Evidence
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Trial:
    """One move that is to be made on a day. `case` None: it opens one. `samples`: what came with the move before;
    `openings`: what was known of applicants from the start."""

    case: Case | None
    state: State
    thread: str
    step: Move
    today: dt.date
    calendar: Calendar
    random: Random
    samples: Sequence[Sample] = ()
    openings: Sequence[Sample] = ()
    bans: tuple[Ban, ...] = ()
    _actor: Actor = field(init=False)

    def found(self) -> Found:
        """Actor and evidence, or the reasons that remain under the best evidence that was tried."""
        self._actor = self._someone()
        best: tuple[dict[str, Any], list[Reason]] | None = None
        for given in self._beginnings():
            tried, reasons = self._mended(given)
            if best is None or len(blocking(reasons)) < len(blocking(best[1])):
                best = tried, reasons
            if not blocking(reasons) or any(r.code not in _MENDABLE for r in blocking(reasons)):
                break
        assert best is not None
        given, reasons = best
        decisions = {r.about: "示例理由" for r in reasons if r.code == "decision"}
        papers = tuple(Document(paper.name.zh, "0" * 64) for paper in self.step.needs)
        return Found(self._actor, Evidence(given, papers, decisions), tuple(blocking(reasons)))

    def _someone(self) -> Actor:
        """Someone who holds one of the roles that may make the move now; each role is one person."""
        fitting = [u.role for u in self.step.roles]
        if any(u.when is not None for u in self.step.roles):
            it = interpreter(self.case, self.state, self.today, self.calendar)
            fitting = [u.role for u in self.step.roles if u.when is None or it.status(u.when) == PASS]
        role = self.random.choice(fitting or [u.role for u in self.step.roles] or [SYSTEM])
        return Actor(role, role, frozenset({role}), role)

    def _beginnings(self) -> Iterable[dict[str, Any]]:
        """Evidence to begin with: that of some samples on this day, and none; what applicants brought, where a goal
        asks after it."""
        for sample in self.samples[:1] if self.random.random() < 0.7 else self._some(self.samples):
            yield self._taken(sample.moved(self.today))
        yield {}
        for sample in self._some(self.samples):
            yield self._taken(sample.moved(self.today))
        if self.case is not None and self.step.goals:
            own = self._some(self.samples)[:1]
            for opening in self._some(self.openings):
                brought = {w: v for w, v in opening.moved(self.today).items() if self._is_general(w)}
                yield self._taken({**brought, **(own[0].moved(self.today) if own else {})})

    def _some(self, samples: Sequence[Sample]) -> list[Sample]:
        return self.random.sample(list(samples), min(_SAMPLES, len(samples)))

    def _is_general(self, word: str) -> bool:
        """Whether a word means something of the dictionary, which any move takes."""
        entry = self._chart.vocabulary.facts.get(word)
        return entry is None or entry.id not in self._chart.facts

    def _taken(self, given: dict[str, Any]) -> dict[str, Any]:
        return {word: value for word, value in given.items() if read(self._chart, word, value) is not None}

    @property
    def _chart(self) -> Chart:
        return self.state.chart

    def _mended(self, given: dict[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
        """Evidence with what is missing made up, and what stands in the way under it."""
        given, facts = dict(given), self._read(given)
        missing = [f for f in self.step.gives if f not in facts.values and f not in facts.records]
        if missing:
            it = interpreter(self.case, self.state, self.today, self.calendar, facts)
            for fact in missing:
                self._invent(fact, given, it)
        reasons = self._reasons(given)
        if all(r.code in _MENDABLE | _ANSWERED for r in reasons) and blocking(reasons):
            for guard in self.step.guards:
                for part in _parts(guard):
                    self._satisfy(part, given)
            reasons = self._reasons(given)
        return given, reasons

    def _read(self, given: dict[str, Any]) -> Facts:
        values: dict[str, Any] = {}
        records: dict[str, Any] = {}
        for word, value in given.items():
            facts = read(self._chart, word, value)
            if facts is not None:
                values.update(facts.values)
                records.update(facts.records)
        return Facts(values, records)

    def _reasons(self, given: dict[str, Any]) -> list[Reason]:
        facts = self._read(given)
        it = interpreter(self.case, self.state, self.today, self.calendar, facts)
        papers = tuple(Document(paper.name.zh) for paper in self.step.needs)
        return obstacles(Attempt(self.case, self.state, self.thread, self.step, self._actor,
                                 Evidence(given, papers), it, self.today, self.calendar, facts, self.bans))

    def _invent(self, id_: str, given: dict[str, Any], it: Interpreter) -> None:
        vocabulary = self._chart.vocabulary
        if id_ in vocabulary.records:
            self._take_records(id_, given)
            return
        entry = vocabulary.facts[id_]
        given.pop(entry.name, None)
        nodes = [g.node for g in self.step.guards]
        given[entry.id] = invented(entry, critical_values(nodes, id_, it), self.today, self.random)

    def _take_records(self, id_: str, given: dict[str, Any]) -> None:
        """The rows of some sample; none where no sample has such rows."""
        record = self._chart.vocabulary.records[id_]
        known = [rows for s in self.samples for word, rows in s.moved(self.today).items() if word in (id_, record.name)]
        given.pop(record.name, None)
        given[id_] = self.random.choice(known or [[]])

    def _satisfy(self, guard: Condition, given: dict[str, Any]) -> None:
        """Try values of what a guard reads and the move may give, until it holds or the tries are over."""
        it = interpreter(self.case, self.state, self.today, self.calendar, self._read(given))
        base = it.facts
        for _ in range(_TRIES):
            if it.status(guard.node) in (PASS, NOT_APPLICABLE, REVIEW):
                return
            mine = self._own(guard, given, it)
            if not mine:
                return
            for fact in mine:
                self._invent(fact, given, it)
            changed = self._read(given)
            it = it.with_facts(dataclasses.replace(base, values={**base.values, **changed.values},
                                                   records={**base.records, **changed.records}))

    def _own(self, guard: Condition, given: dict[str, Any], it: Interpreter) -> list[str]:
        """The facts and record sets of a guard that may come with the move and are still its own to try."""
        chart = self._chart
        named = {chart.vocabulary.facts[w].id if w in chart.vocabulary.facts else w for w in given}
        own = {*named, *self.step.gives, *self.step.may_give}
        read_ = dict.fromkeys(str(n.args[0]) for n in walk(guard.node) if n.op in ("fact", *AGGREGATES))
        mine = [id_ for id_ in read_ if id_ in own
                or (id_ not in chart.facts and id_ not in it.facts.values and id_ not in it.facts.records
                    and id_ not in (TODAY, STAGE_SINCE))]
        return [id_ for id_ in mine if id_ not in chart.counts and id_ not in chart.ends]


def blocking(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons that neither a written reason nor a document takes away."""
    return [r for r in reasons if r.code not in _ANSWERED]


def _parts(guard: Condition) -> list[Condition]:
    return [c for c in guard.descendants() if not c.members] if guard.form == "all_of" else [guard]
