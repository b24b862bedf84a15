"""Walks a timeline through the one entry and says where the case went another way than was worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guiju.calendar import Calendar, load_calendar
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Ban, Document, Evidence, moment
from guiju.lifecycle.options import allowed
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.terms import deadlines, overruns
from guiju.lifecycle.timeline import Step, Timeline, paper_digest
from guiju.source.diagnostics import GuijuError, Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a walk went another way."""

    walk: str
    span: Span
    zh: str


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
        actor = _actor(self._move(step.do), step)
        evidence = Evidence(dict(step.give), tuple(self._papers(step)), dict(step.decide))
        if self.case is None or (known is not None and known.opens):
            self.bans += self.case.bans if self.case is not None else tuple(_foreign_bans(self.timeline))
            given = {**self.timeline.given, **step.give}
            return begin(self.chart, self.timeline.name, step.do, actor, Evidence(given, evidence.documents,
                         evidence.decisions), step.on, round_id=self.timeline.round,
                         parameters=self.timeline.settings, bans=self.bans, calendar=self.calendar)
        return move(self.case, step.do, actor, evidence, step.on, self.calendar)

    def _move(self, name: str) -> Move | None:
        thread, colon, word = name.rpartition(":")
        if not colon:
            return self.chart.moves.get(name)
        procedure = self.chart.procedures.get(thread.partition("#")[0])
        return procedure.chart.moves.get(word) if procedure else None

    def _papers(self, step: Step) -> Iterator[Document]:
        """Every document that the move needs, but for those that the step leaves out."""
        made = self._move(step.do)
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


def differences(chart: Chart, timeline: Timeline, calendar: Calendar | None = None) -> list[Difference]:
    """Where the walk goes another way than the timeline says; none if all is as worked out."""
    walk = Walk(chart, timeline, calendar or load_calendar())
    found: list[Difference] = []
    for step in timeline.before:
        walk.take(step)
    for step in timeline.steps:
        try:
            result = walk.take(step)
        except GuijuError as error:
            found.append(Difference(timeline.name, step.span, str(error)))
            break
        found += [Difference(timeline.name, step.span, f"{step.on} {step.do or '看'}：{text}")
                  for text in _wrong(walk, step, result)]
    return found


def _wrong(walk: Walk, step: Step, result: Case | Refusal | None) -> Iterator[str]:
    expected = step.expect
    if step.do:
        yield from _wrong_result(walk, expected, result)
    case = walk.case
    if case is None:
        return
    if "stage" in expected and case_at(case, step.on, walk.calendar).stage != expected["stage"]:
        yield f"环节是 {case.stage}，应是 {expected['stage']}"
    yield from _wrong_times(case_at(case, step.on, walk.calendar), step, walk.calendar)
    yield from _wrong_options(case, step, walk)


def case_at(case: Case, day: dt.date, calendar: Calendar) -> Case:
    """The case with the automatic moves made that fell due by a day."""
    return advance(case, max(moment(day), case.last.at), calendar)


def _wrong_result(walk: Walk, expected: Any, result: Case | Refusal | None) -> Iterator[str]:
    if isinstance(result, Refusal):
        reasons = "；".join(f"{r.code} {r.about} {r.text.zh}（{'、'.join(r.clauses)}）" for r in result.reasons)
        if isinstance(expected.get("refused"), str):
            if expected["refused"] not in {r.code for r in result.reasons}:
                yield f"拒绝的理由应有 {expected['refused']}，却是：{reasons}"
            because = expected.get("because", [])
            for about in _list(because):
                if about not in _abouts(walk.chart, result):
                    yield f"拒绝的理由应涉及 {about}，却是：{reasons}"
        else:
            yield f"被拒绝：{reasons}"
    elif isinstance(expected.get("refused"), str):
        yield f"应被拒绝（{expected['refused']}），却办成了"


def _abouts(chart: Chart, result: Refusal) -> set[str]:
    """The ids that a refusal concerns, and the names of the facts among them."""
    charts = (chart, *(p.chart for p in chart.procedures.values()))
    names = {f.id: f.name for c in charts for f in c.facts.values()}
    return {word for r in result.reasons for word in (r.about, names.get(r.about, r.about))}


def _wrong_times(case: Case, step: Step, calendar: Calendar) -> Iterator[str]:
    ends = {d.id: d.end.isoformat() for d in deadlines(case, step.on, calendar)}
    for id_, day in step.expect.get("due", {}).items():
        if ends.get(id_) != day:
            yield f"{id_} 的末日是 {ends.get(id_, '（不在运行）')}，应是 {day}"
    marks = {m.id for m in (*case.marks, *overruns(case, step.on, calendar))}
    for id_ in _list(step.expect.get("marks")):
        if id_ not in marks:
            yield f"没有登记 {id_} 的逾期；登记的有 {sorted(marks)}"
    bans = {b.id: b.until.isoformat() for b in case.bans}
    for id_, day in step.expect.get("bans", {}).items():
        if bans.get(id_) != day:
            yield f"禁限 {id_} 到 {bans.get(id_, '（没有）')}，应到 {day}"


def _wrong_options(case: Case, step: Step, walk: Walk) -> Iterator[str]:
    expected = step.expect
    refused = expected.get("refused") if isinstance(expected.get("refused"), dict) else {}
    wanted, unwanted = _list(expected.get("allowed")), _list(expected.get("not_allowed"))
    if not (refused or wanted or unwanted):
        return
    everyone = Actor("anyone", "任何人", frozenset(walk.chart.roles) | _small_roles(walk.chart), "anyone")
    options = {o.name: o for o in allowed(case, everyone, max(step.on, case.last.date), walk.calendar)}
    for name in wanted:
        if name not in options or not options[name].ready:
            why = [f"{r.code} {r.about}" for r in options[name].reasons] if name in options else ["不在此环节"]
            yield f"{name} 应可办理，却不可：{why}"
    for name in unwanted:
        if name in options and options[name].ready:
            yield f"{name} 不应可办理"
    for name, code in (refused or {}).items():
        codes = [r.code for r in options[name].reasons] if name in options else ["stage"]
        if code not in codes:
            yield f"{name} 应以 {code} 拒绝，却是 {codes}"


def _small_roles(chart: Chart) -> frozenset[str]:
    return frozenset(role for p in chart.procedures.values() for role in p.chart.roles)


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
