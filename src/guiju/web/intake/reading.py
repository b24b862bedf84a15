"""What was handed in last, as whoever recommends or examines reads it; never the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.forms import Form, Table, check, facts_of, load_form
from guiju.lifecycle.case import Case
from guiju.source.diagnostics import GuijuError, Text
from guiju.web.applications.domain.confirming import AGREEMENT
from guiju.web.applications.models import Application, Revision
from guiju.web.applications.queries import KEPT, handed_in_revision
from guiju.web.applications.units import units_of, with_others
from guiju.web.cases.store import case_of
from guiju.web.files.models import Attachment
from guiju.web.files.queries import attached_to
from guiju.web.intake.queries import NAME

NAMES, UNITS = ("实验室中文名称", "实验室英文名称"), "参建单位"


@dataclass(frozen=True, slots=True)
class Answered:
    """A field with its answer, or a table with its rows (heading, then cells as text)."""

    label: Text
    text: str = ""
    heading: tuple[Text, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form as it was filled in, with its files."""

    number: str
    title: Text
    ours: bool
    answers: tuple[Answered, ...]
    files: tuple[dict[str, Any], ...]


def form_of(application: Application) -> Form | None:
    """The form that the application was written in; None where the site knows it no more."""
    try:
        return load_form(application.form)
    except (GuijuError, KeyError, FileNotFoundError):
        return None


def parts_of(application: Application, revision: Revision | None) -> list[Part]:
    """The sections in the form's order; those of consortia only for consortia."""
    form = form_of(application)
    if form is None or revision is None:
        return []
    answers, files = revision.content.get("answers", {}), revision.content.get("attachments", [])
    found = []
    for section in form.sections:
        if section.only_joint and not application.joint:
            continue
        ids = {item.id for item in section.items}
        shown = tuple(_answered(section.items, answers))
        own = tuple(f for f in files if f.get("field") in ids)
        found.append(Part(section.number, section.title, section.ours, shown, own))
    return found


def _answered(items: Any, answers: dict[str, Any]) -> Iterator[Answered]:
    for item in items:
        value = answers.get(getattr(item, "same_as", "") or item.id)
        if isinstance(item, Table):
            rows = value if isinstance(value, list) else []
            cells = tuple(tuple(str(row.get(c.id, "")) for c in item.columns) for row in rows if isinstance(row, dict))
            yield Answered(item.label, value if isinstance(value, str) else "", tuple(c.label for c in item.columns),
                           cells)
        elif item.kind != "attachment" and not item.by_recommender:
            yield Answered(item.label, str(value or ""))


def form_faults(application: Application) -> list[Text]:
    """What the form's own checks find in what was handed in, without what the recommending body fills in."""
    form, revision = form_of(application), handed_in_revision(application)
    if form is None or revision is None:
        return [Text("没有交来申报表", "no form was handed in")]
    content = revision.content
    files = {f["field"] for f in content.get("attachments", [])}
    return [_placed(form, fault.field, fault.message)
            for fault in check(form, content.get("answers", {}), application.joint, files)]


def _placed(form: Form, field: str, message: Text) -> Text:
    item = form.find(field)
    label = item.label if item is not None else Text(field, field)
    return Text(f"{label.zh}：{message.zh}", f"{label.en or label.zh}: {message.en}")


def stated_in_form(application: Application) -> dict[str, Any]:
    """What the form states as it was handed in last, in the words of the dictionary."""
    form, revision = form_of(application), handed_in_revision(application)
    return {} if form is None or revision is None else dict(facts_of(form, revision.content.get("answers", {})))


def facts_since(application: Application) -> dict[str, Any]:
    """The facts of handing in, where that was done again after its move: the case has only those of the first time."""
    handed_in = Revision.objects.filter(application=application, event__isnull=False)
    if handed_in.count() < 2:
        return {}
    stated = stated_in_form(application)
    words = (*NAMES, *AGREEMENT) if application.joint else NAMES
    units = with_others(units_of(application), stated.get(UNITS, ()))
    return {**{word: stated[word] for word in words if word in stated}, UNITS: units}


def papers_of(application: Application) -> list[Attachment]:
    """The form as a PDF, each time that it was handed in, the last first."""
    return sorted(attached_to(KEPT, application.public_id).filter(note__gt=""), key=lambda a: a.pk, reverse=True)


def stated(case: Case, *words: str) -> Any:
    """What was stated last of a fact, as it was written; None where nothing was. `words`: its name, its id."""
    for event in reversed(case.events):
        for word in words:
            if word in event.evidence.given:
                return event.evidence.given[word]
    return None


def stated_of(application: Application, *words: str) -> str:
    value = stated(case_of(application.case), *words)
    return "" if value is None else str(value)


def name_of(application: Application) -> str:
    """The laboratory's name as handed in; else the case's title. What was found by `queries.named` has it already."""
    if name := getattr(application, "lab_name", None):
        return str(name)
    revision = handed_in_revision(application)
    answers = revision.content.get("answers", {}) if revision else {}
    return str(answers.get(NAME) or stated_of(application, "实验室中文名称") or application.case.title)
