"""Cases, options, deadlines and refusals as plain data for programs. Texts are {"zh":, "en":}; days are ISO dates."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from guiju.cli.chart.standing import Standing
from guiju.cli.chart.story import Happening
from guiju.lifecycle.case import Case, Mark, State
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.events import Ban
from guiju.lifecycle.options import Option
from guiju.lifecycle.refusal import OtherReading, Reason, Refusal
from guiju.lifecycle.terms import Deadline
from guiju.source.diagnostics import Text
from guiju.vocabulary import Field, RecordType

VERSION = 1
Json = dict[str, Any]


def document(body: Json) -> str:
    """The same data, the same bytes."""
    return json.dumps({"contract": VERSION, **body}, ensure_ascii=False, indent=2)


def text(found: Text) -> Json:
    return {"zh": found.zh, "en": found.en}


def chart_form(chart: Chart) -> Json:
    return {"id": chart.id, "title": text(chart.title), "revision": chart.revision, "digest": chart.digest}


def standing_form(found: Standing) -> Json:
    """What `guiju chart next --json` says."""
    case = found.case
    return {
        "chart": chart_form(case.chart),
        "case": case_form(case),
        "on": found.day.isoformat(),
        "stage": stage_form(case.main),
        "threads": {name: stage_form(state) for name, state in case.threads.items()},
        "options": [option_form(o) for o in found.options],
        "due": [deadline_form(d) for d in found.due],
        "marks": [mark_form(m) for m in found.marks],
        "bans": [ban_form(b) for b in case.bans],
    }


def case_form(case: Case) -> Json:
    return {"id": case.id, "round": case.opening.round, "parameters": dict(case.opening.parameters),
            "events": len(case.events), "last": case.last.at.isoformat(),
            "head": {"sha256": case.head.sha256, "sm3": case.head.sm3}}


def stage_form(state: State | None) -> Json | None:
    if state is None or not state.stage:
        return None
    return {"id": state.stage, "label": text(state.at.label), "since": state.since.isoformat(), "final": state.final}


def option_form(option: Option) -> Json:
    return {
        "name": option.name, "thread": option.thread, "label": text(option.move.label), "ready": option.ready,
        "by": option.by.isoformat() if option.by else None,
        "roles": [use.role for use in option.move.roles],
        "clauses": list(option.move.clauses),
        "wants": [entry_form(entry) for entry in option.wants],
        "papers": list(option.papers),
        "decides": [reason_form(r) for r in option.decides],
        "reasons": [reason_form(r) for r in option.reasons],
        "readings": [reading_form(r) for r in option.readings],
    }


def entry_form(entry: Field | RecordType) -> Json:
    form: Json = {"id": entry.id, "name": {"zh": entry.name, "en": entry.en}}
    if isinstance(entry, RecordType):
        return {**form, "type": "records", "unit": None, "choices": None}
    choices = [m.name for m in entry.enumeration.members] if entry.enumeration is not None else None
    return {**form, "type": entry.type, "unit": entry.unit.name if entry.unit is not None else None,
            "choices": choices}


def reason_form(reason: Reason) -> Json:
    return {"code": reason.code, "about": reason.about, "text": text(reason.text), "clauses": list(reason.clauses),
            "lift": text(reason.lift)}


def reading_form(reading: OtherReading) -> Json:
    return {"parameter": reading.parameter, "name": reading.name, "value": reading.value,
            "codes": list(reading.codes)}


def refusal_form(refusal: Refusal) -> Json:
    return {"move": refusal.move, "reasons": [reason_form(r) for r in refusal.reasons],
            "readings": [reading_form(r) for r in refusal.readings]}


def deadline_form(deadline: Deadline) -> Json:
    return {"kind": deadline.kind, "id": deadline.id, "label": text(deadline.label), "end": deadline.end.isoformat(),
            "then": list(deadline.then), "thread": deadline.thread, "clauses": list(deadline.clauses),
            "unknown_years": list(deadline.unknown_years), "overdue": deadline.overdue}


def mark_form(mark: Mark) -> Json:
    return {"id": mark.id, "due": mark.due.isoformat(), "thread": mark.thread}


def ban_form(ban: Ban) -> Json:
    """`until` is null for a ban until further notice."""
    return {"chart": ban.chart, "id": ban.id, "who": ban.who, "start": ban.start.isoformat(),
            "until": None if ban.until == dt.date.max else ban.until.isoformat(), "at_least": ban.at_least,
            "clauses": list(ban.clauses)}


def happening_form(happening: Happening) -> Json:
    event = happening.event
    return {
        "number": event.number, "at": event.at.isoformat(), "move": happening.name,
        "label": text(happening.move.label), "automatic": happening.automatic, "role": event.role,
        "actor": event.actor.name or event.actor.id, "clauses": list(event.basis), "basis": happening.move.basis,
        "ref": happening.move.ref, "before": stage_form(happening.before), "after": stage_form(happening.after),
        "given": dict(event.evidence.given), "documents": [d.name for d in event.evidence.documents],
        "decisions": dict(event.evidence.decisions), "produced": [text(t) for t in happening.move.makes],
        "begins": [deadline_form(d) for d in happening.begins], "marks": [mark_form(m) for m in happening.marks],
        "bans": [ban_form(b) for b in happening.bans],
    }
