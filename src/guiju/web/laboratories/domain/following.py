"""The register follows the cases: called at the end of every write to a laboratory's case, in its transaction."""

from __future__ import annotations

import datetime as dt

from guiju.lifecycle.case import Case
from guiju.lifecycle.events import Event
from guiju.lifecycle.names import procedure_of
from guiju.web.cases.domain.acts import entitle
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.laboratories.domain.naming import named_in_application
from guiju.web.laboratories.domain.publishing import publish_acceptance
from guiju.web.laboratories.domain.telling import tell_host_of_report
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import CHART, day_of, given_in, laboratory_of

_OVER = {"S28": "ended", "S39": "left"}
_SHOWN = {**dict.fromkeys(("S26", "S29"), "notice"), **dict.fromkeys(("S32", "S33"), "rectifying"), **_OVER}
_GRADES = {"T40": "lab_grade", "T41": "lab_grade", "T42b": "lab_regrade", "T43": "lab_regrade"}
_CHANGES = {"T50": "settled", "T51a": "reviewed", "T51b": "settled", "T51c": "failed"}


def follow(record: CaseRecord, case: Case, fresh: tuple[Event, ...]) -> None:
    """Bring the register up to what a case has come to."""
    if record.chart != CHART:
        return
    laboratory = laboratory_of(record) or _entered(record, case)
    if laboratory is None:
        return
    for event in fresh:
        _take_note(laboratory, case, event)
    laboratory.planned_end = day_of(case, "planned_end")
    laboratory.operating_since = day_of(case, "operating_since")
    _move_to(laboratory, public_state(case), fresh[-1])
    laboratory.save()


def public_state(case: Case) -> str:
    """Where the case stands, as far as that is public."""
    if case.stage in _SHOWN:
        return _SHOWN[case.stage]
    return "operating" if case.stage in case.chart.groups["operating"] else "building"


def _entered(record: CaseRecord, case: Case) -> Laboratory | None:
    """The row of a laboratory that has just been approved; none before that."""
    approved = day_of(case, "approved_on")
    if approved is None or case.main.at.phase == "apply":
        return None
    host = record.organisation
    named = named_in_application(record)
    made = Laboratory.objects.create(
        public_id=record.public_id, case=record, host=host, name=named.name or record.title, name_en=named.name_en,
        field=named.field, region=host.region, approved_on=approved, entered=now())
    made.names.create(name=made.name, name_en=made.name_en, since=approved)
    made.states.create(state="building", since=approved, event=case.last.number)
    return made


def _move_to(laboratory: Laboratory, state: str, event: Event) -> None:
    if state == laboratory.state:
        return
    laboratory.state = state
    laboratory.over_on = event.date if state in _OVER.values() else None
    laboratory.states.update_or_create(event=event.number, defaults={"state": state, "since": event.date})


def _take_note(laboratory: Laboratory, case: Case, event: Event) -> None:
    if procedure_of(event.thread) == "major_change":
        _follow_change(laboratory, case, event)
    elif not event.thread and event.move in _GRADES:
        laboratory.grades.create(grade=given_in(case, event, _GRADES[event.move]), given=event.date,
                                 again=event.move in ("T42b", "T43"), event=event.number)
    elif not event.thread and event.move in ("T21", "T38"):
        tell_host_of_report(laboratory, event)
    elif not event.thread and event.move == "T30":
        publish_acceptance(laboratory, event)


def _follow_change(laboratory: Laboratory, case: Case, event: Event) -> None:
    """A major change is reported, goes on, or is over; a new name is borne from then on."""
    change, _ = laboratory.changes.get_or_create(thread=event.thread, defaults={
        "kind": given_in(case, event, "change_kind"), "text": given_in(case, event, "change_text"),
        "reported": event.date})
    state = _CHANGES.get(event.move, "open")
    if state == change.state:
        return
    change.state = state
    change.settled = event.date if state in ("settled", "failed") else None
    change.save()
    if state == "settled" and change.new_name:
        bear(laboratory, change.new_name, change.new_name_en, event.date, change.thread)
        entitle(laboratory.case, change.new_name)


def bear(laboratory: Laboratory, name: str, name_en: str, since: dt.date, change: str) -> None:
    """Bear a new name from a day on."""
    laboratory.name, laboratory.name_en = name, name_en or laboratory.name_en
    laboratory.names.update_or_create(change=change, defaults={
        "name": name, "name_en": laboratory.name_en, "since": since})
