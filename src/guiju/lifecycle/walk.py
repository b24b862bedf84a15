"""Walks a timeline through the one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Ban, Document, Evidence
from guiju.lifecycle.names import find_move
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.timeline import Step, Timeline, paper_digest


@dataclass(slots=True)
class Walk:
    """A walk under way: the case as it stands, the cases before it, what each step came to."""

    chart: Chart
    timeline: Timeline
    calendar: Calendar
    case: Case | None = None
    bans: tuple[Ban, ...] = ()
    taken: list[tuple[Step, Case | Refusal | None]] = field(default_factory=list)

    def take(self, step: Step) -> Case | Refusal | None:
        """One step; None for one that only looks."""
        result = self._made(step) if step.do else None
        if isinstance(result, Case):
            self.case = result
        self.taken.append((step, result))
        return result

    def _made(self, step: Step) -> Case | Refusal:
        known = self.chart.moves.get(step.do)
        actor = _actor(find_move(self.chart, step.do), step)
        evidence = Evidence(dict(step.give), tuple(self._papers(step)), dict(step.decide))
        if self.case is None or (known is not None and known.opens):
            self.bans += self.case.bans if self.case is not None else tuple(_foreign_bans(self.timeline))
            given = {**self.timeline.given, **step.give}
            return begin(self.chart, self.timeline.name, step.do, actor, Evidence(given, evidence.documents,
                         evidence.decisions), step.on, round_id=self.timeline.round,
                         parameters=self.timeline.settings, bans=self.bans, calendar=self.calendar)
        return move(self.case, step.do, actor, evidence, step.on, self.calendar)

    def _papers(self, step: Step) -> Iterator[Document]:
        """Every document that the move needs, but for those that the step leaves out."""
        made = find_move(self.chart, step.do)
        for paper in made.needs if made else ():
            if paper.name.zh not in step.without:
                yield Document(paper.name.zh, paper_digest(paper.name.zh, step.on))


def _foreign_bans(timeline: Timeline) -> Iterator[Ban]:
    """The bans of other charts under which the walk begins."""
    for word, until in timeline.bans.items():
        chart, _, id_ = word.rpartition(":")
        yield Ban(chart, id_, "", dt.date.min, dt.date.fromisoformat(until), False, ())


def _actor(made: Move | None, step: Step) -> Actor:
    role = step.role or (made.roles[0].role if made else "")
    who = step.who or role
    return Actor(who, who, frozenset({role}), who, (step.above,) if step.above else ())
