"""What may be done next: every move of the stages where a case stands, with what it needs and what keeps it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guiju.calendar import Calendar, load_calendar
from guiju.evaluate.doubts import Doubts
from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import Actor, Evidence, Moment, moment
from guiju.lifecycle.fold import blank_thread
from guiju.lifecycle.names import move_name
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.readings import other_readings
from guiju.lifecycle.refusal import OtherReading, Reason
from guiju.lifecycle.spans import term_end
from guiju.lifecycle.terms import holds
from guiju.vocabulary import Field, RecordType


@dataclass(frozen=True, slots=True)
class Option:
    """A move that a stage knows. `by`: the last day for it, if a term limits it. `wants`: facts to give; `papers`:
    documents to hand in; `decides`: guards that ask for a written reason. `reasons`: what keeps it back beside these;
    none: it may be made."""

    name: str
    thread: str
    move: Move
    by: dt.date | None
    wants: tuple[Field | RecordType, ...]
    papers: tuple[str, ...]
    decides: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    readings: tuple[OtherReading, ...]

    @property
    def ready(self) -> bool:
        return not self.reasons


def allowed(case: Case, actor: Actor, now: Moment, calendar: Calendar | None = None) -> list[Option]:
    """Every move of the present stages, whether the actor may make it now, and if not why, each with its clause."""
    calendar = calendar or load_calendar()
    at = moment(now)
    case = advance(case, at, calendar)
    options = []
    for thread, state in case.states():
        for step in state.chart.leaving(state.stage):
            if not step.auto:
                options.append(_option(case, thread, state, step, actor, at.date(), calendar))
    return options + list(_openings(case, actor, at.date(), calendar))


def everyone(chart: Chart) -> Actor:
    """Somebody in every role: who sees all that may be done by anyone."""
    small = {role for p in chart.procedures.values() for role in p.chart.roles}
    return Actor("anyone", "任何人", frozenset({*chart.roles, *small}), "anyone")


def _openings(case: Case, actor: Actor, today: dt.date, calendar: Calendar) -> Iterator[Option]:
    """The sub-procedures that may be opened where the case stands."""
    if case.main.final:
        return
    for procedure in case.chart.procedures.values():
        if not is_open_for(case, procedure.id):
            continue
        state = blank_thread(case, procedure.id, today, calendar)
        for step in procedure.chart.opening():
            yield _option(case, procedure.id, state, step, actor, today, calendar)


def is_open_for(case: Case, procedure_id: str) -> bool:
    """Whether the stage is one in which the sub-procedure is opened at all."""
    return case.stage in case.chart.opened_in(case.chart.procedures[procedure_id])


def _option(case: Case, thread: str, state: State, step: Move, actor: Actor, today: dt.date,
            calendar: Calendar) -> Option:
    it = interpreter(*_asked_anew(case, state, step), today, calendar)
    attempt = Attempt(case, state, thread, step, actor, Evidence(), it, today, calendar, bans=case.opening.bans)
    found = obstacles(attempt)
    served = _served(attempt)
    waits = [r for r in found if r.code == "unknown" and r.about in served]
    reasons = tuple(r for r in found if r.code not in ("documents", "decision", "input") and r not in waits)
    return Option(
        move_name(thread, step.id), thread, step, _last_day(attempt),
        tuple(_entry(state, f) for f in step.gives),
        tuple(r.about for r in found if r.code == "documents"), tuple(r for r in found if r.code == "decision"),
        reasons, other_readings(attempt, found))


def _asked_anew(case: Case, state: State, step: Move) -> tuple[Case, State]:
    """Case and state without what the move must be given: an earlier value says nothing of what will be given now."""
    if not any(fact in state.facts.values or fact in state.facts.records for fact in step.gives):
        return case, state
    values = {fact: value for fact, value in state.facts.values.items() if fact not in step.gives}
    records = {record: rows for record, rows in state.facts.records.items() if record not in step.gives}
    blank = replace(state, facts=replace(state.facts, values=values, records=records))
    return (replace(case, main=blank) if state is case.main else case), blank


def _entry(state: State, id_: str) -> Field | RecordType:
    return state.chart.vocabulary.facts.get(id_) or state.chart.vocabulary.records[id_]


def _served(attempt: Attempt) -> set[str]:
    """The guards that lack only what the move itself gives, or facts of the dictionary, which any move may give."""
    own = attempt.chart.facts.keys() - {*attempt.move.gives, *attempt.move.may_give}
    served = set()
    for guard in attempt.move.guards:
        lacking = {d.id for d in Doubts(attempt.chart.parameters, attempt.it).add(guard.node).found()}
        if lacking and not lacking & own:
            served.add(guard.id)
    return served


def _last_day(attempt: Attempt) -> dt.date | None:
    """The last day for the move: the earliest end of the terms within which it must be made, as far as they hold."""
    terms = [attempt.chart.terms[t] for t in attempt.move.within]
    ends = [term_end(t, attempt.it, attempt.calendar)[0] for t in terms if holds(t.when, attempt.it)]
    return min((e.date for e in ends if e is not None), default=None)
