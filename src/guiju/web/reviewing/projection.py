"""What a reviewer sees of an application. Where the round hides names: without the fields that carry them, and with the
names of the organisations and people that the form lists masked wherever they stand in the text.

That is not all that could tell: a project's number or a way of speaking may. The page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404

from guiju.forms import Form, Section, Table, load_form
from guiju.source.diagnostics import Text
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER
from guiju.web.files.models import Attachment
from guiju.web.files.queries import attached_to
from guiju.web.reviewing.queries.scene import content_of, split_names, title_of
from guiju.web.rounds.review_rules import rules_of

HIDDEN_SECTIONS = {"cover", "host", "recommender", "opinions", "partners"}
NAMING_COLUMNS = {"staff": {"name"}, "awards": {"units", "people"}, "results": {"authors"}}
ORGANISATIONS = ("host_name", "recommender_name")
PEOPLE = ("host_head", "host_contact", "recommender_contact")
LINES = ("cover_partners",)
ORGANISATION, PERSON = "〔单位〕", "〔人员〕"
_UNSET = Text("评审细则没有设定是否盲评：设定之前不显示名称，由组织本批次的单位设定",
              "whether names are hidden is not set in the detailed rules: they are, till the office of the round says")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b1[3-9]\d{9}\b|\b0\d{2,3}-\d{7,8}\b")
_SUFFIXES = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司")


@dataclass(frozen=True, slots=True)
class ShownTable:
    columns: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field or a table as it is shown. `files`: of an attachment, under the names that may be shown."""

    label: Text
    text: str = ""
    table: ShownTable | None = None
    files: tuple[tuple[Attachment, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    number: str
    title: Text
    ours: bool
    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An application as one reviewer reads it. `hidden`: what is left out, by the names of the parts."""

    title: str
    blind: bool
    sections: tuple[ShownSection, ...]
    hidden: tuple[Text, ...]


def reading_of(application: Application, blind: bool) -> Reading:
    """What was handed in, for a reviewer."""
    form, answers = load_form(application.form), content_of(application)
    mask = Mask(application, form, answers) if blind else None
    files: dict[str, list[tuple[Attachment, str]]] = {}
    for attachment, name in files_for(application, blind):
        files.setdefault(attachment.paper, []).append((attachment, name))
    shown, hidden = [], []
    for section in form.sections:
        if blind and section.id in HIDDEN_SECTIONS:
            hidden.append(Text(f"{section.number} {section.title.zh}", f"{section.number} {section.title.en}"))
            continue
        items = tuple(_items(section, answers, mask, files))
        if items:
            shown.append(ShownSection(section.number, section.title, section.ours, items))
    if blind:
        hidden.append(Text("附件（经核不含名称的除外）", "attachments, but those found to name nobody"))
        if rules_of(application.round).blind is None:
            hidden.append(_UNSET)
    title = title_of(application, answers)
    return Reading(mask(title) if mask else title, blind, tuple(shown), tuple(hidden))


def files_for(application: Application, blind: bool) -> list[tuple[Attachment, str]]:
    """The attachments that a reviewer may have, with their names; where names are hidden, those that were found to name
    nobody, under a number."""
    found = list(attached_to(HOLDER, application.public_id))
    if not blind:
        return [(a, a.name) for a in found]
    nameless = set(application.placement.nameless)
    return [(a, f"附件{n}.{a.file.kind}") for n, a in enumerate(found, 1) if a.public_id in nameless]


def file_for(application: Application, public_id: str) -> tuple[Attachment, str]:
    """One of them, by its id. Raises Http404: what a file holds can't be masked."""
    for found, name in files_for(application, rules_of(application.round).hides_names):
        if found.public_id == public_id:
            return found, name
    raise Http404


def blind_title(application: Application, blind: bool) -> str:
    """The laboratory's name as a reviewer may see it."""
    answers = content_of(application)
    title = title_of(application, answers)
    return Mask(application, load_form(application.form), answers)(title) if blind else title


def _items(section: Section, answers: dict[str, Any], mask: Mask | None, files: dict[str, list[tuple[Attachment, str]]]
           ) -> Iterator[Shown]:
    for item in section.items:
        value = answers.get(item.id)
        if isinstance(item, Table):
            if isinstance(value, list) and value:
                yield Shown(item.label, table=_table(item, value, mask))
        elif item.kind == "attachment":
            if files.get(item.id):
                yield Shown(item.label, files=tuple(files[item.id]))
        elif isinstance(value, str) and value and not item.same_as:
            text = f"{value} {item.unit}" if item.unit and value.replace(".", "").isdigit() else value
            yield Shown(item.label, mask(text) if mask else text)


def _table(table: Table, rows: list[Any], mask: Mask | None) -> ShownTable:
    naming = NAMING_COLUMNS.get(table.id, set()) if mask else set()
    columns = [c for c in table.columns if c.id not in naming]
    return ShownTable(tuple(c.label for c in columns), tuple(
        tuple(mask(str(row.get(c.id, ""))) if mask else str(row.get(c.id, "")) for c in columns)
        for row in rows if isinstance(row, dict)))


class Mask:
    """Takes names out of text. Knows the organisations and people that the form and the case name."""

    def __init__(self, application: Application, form: Form, answers: dict[str, Any]) -> None:
        organisations = {application.organisation.name, application.organisation.code,
                         application.body.body.organisation.name}
        prefetch_related_objects([application.case], "parties__organisation")
        for party in application.case.parties.all():
            organisations |= {party.organisation.name, party.organisation.code}
        organisations |= {str(answers.get(f, "")) for f in (*ORGANISATIONS, "host_code")}
        organisations |= {line for f in LINES for line in str(answers.get(f, "")).splitlines()}
        for row in _rows(answers, "partner_items"):
            organisations |= {str(row.get("name", "")), str(row.get("code", ""))}
        people = {str(answers.get(f, "")) for f in PEOPLE} | {str(r.get("name", "")) for r in _rows(answers, "staff")}
        for table, columns in NAMING_COLUMNS.items():
            for row in _rows(answers, table) if table != "staff" else ():
                for column in columns:
                    (organisations if column == "units" else people).update(split_names(str(row.get(column, ""))))
        organisations |= {o.removesuffix(s) for o in organisations for s in _SUFFIXES}
        self._words = {p.strip(): PERSON for p in people if len(p.strip()) > 1}
        self._words |= {o.strip(): ORGANISATION for o in organisations if len(o.strip()) > 2}
        longest = sorted(self._words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def __call__(self, text: str) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(lambda found: self._words[found[0]], text)
        return _CONTACT.sub("〔联系方式〕", text)


def _rows(answers: dict[str, Any], table: str) -> list[dict[str, Any]]:
    found = answers.get(table)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
