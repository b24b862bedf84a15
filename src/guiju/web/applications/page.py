"""What the pages of an application show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guiju.forms import NOTHING, Fault, Field, Form, Item, Section, Table, check_value, count, is_blank, rows_of
from guiju.language.library import installed_library
from guiju.source.diagnostics import Text
from guiju.web.applications.domain.state import LastDay, LateRule, editable, last_day, late_rule
from guiju.web.applications.domain.writing import digest_of_row, form_of, may_write
from guiju.web.applications.models import Answer, Application, Comment
from guiju.web.applications.queries import (
    answers_with_versions,
    comments_of,
    files_of,
    partner_organisation,
    side_of,
)
from guiju.web.files.models import Attachment
from guiju.web.kit.subjects import chart_id_of, region_of

STATES = {
    "over": Text("超出字数", "over the limit"), "wrong": Text("有要改的", "to be mended"),
    "empty": Text("未填", "empty"), "partly": Text("填了一部分", "partly filled in"),
    "complete": Text("已填齐", "complete"), "optional": Text("可不填", "optional"),
}
_SPARE_ROWS = 3  # what a browser without script gets to write in


@dataclass(frozen=True, slots=True)
class Cell:
    column: Field
    value: str

    @property
    def odd(self) -> bool:
        """It holds what can't be chosen: shown all the same, so that nothing is lost."""
        known = ("是", "否") if self.column.kind == "yesno" else self.column.choices
        return bool(self.value) and self.value not in known


@dataclass(frozen=True, slots=True)
class Row:
    """`locked`: someone else's, for a partner. `number`: from 0; `spare`: not there yet."""

    number: int
    cells: tuple[Cell, ...]
    locked: bool
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A field with what stands in it. `shown`: of one that only shows another."""

    item: Item
    value: Any
    answer: Answer | None
    faults: tuple[Fault, ...]
    files: tuple[Attachment, ...]
    comments: tuple[Comment, ...]
    open_comments: int
    mine: bool
    rows: tuple[Row, ...] = ()
    shown: str = ""

    @property
    def is_table(self) -> bool:
        return isinstance(self.item, Table)

    @property
    def is_long(self) -> bool:
        return isinstance(self.item, Field) and self.item.kind in ("text", "opinion")

    @property
    def is_short_text(self) -> bool:
        return self.is_long and isinstance(self.item, Field) and self.item.limit is not None and self.item.limit <= 200

    @property
    def is_iso_date(self) -> bool:
        whole = isinstance(self.item, Field) and self.item.kind == "date" and not self.item.months
        return whole and (not self.value or (len(self.value) == 10 and self.value[4:5] == "-" == self.value[7:8]))

    @property
    def odd_choice(self) -> bool:
        return isinstance(self.item, Field) and isinstance(self.value, str) and Cell(self.item, self.value).odd

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """What a code may be, with names: of the industries, whose table is short enough to be looked through."""
        if not isinstance(self.item, Field) or self.item.codes != "industries":
            return ()
        industries = installed_library().vocabulary.industries
        return tuple((code if code.isalpha() else f"{section}{code}", name)
                     for code, (name, section) in industries.items())

    @property
    def code_name(self) -> str:
        return dict(self.codes).get(self.value, "") if isinstance(self.value, str) else ""

    @property
    def blank_row(self) -> Row:
        columns = self.item.columns if isinstance(self.item, Table) else ()
        return Row(0, tuple(Cell(c, "") for c in columns), False)

    @property
    def is_nothing(self) -> bool:
        return bool(self.value == NOTHING)

    @property
    def count(self) -> int:
        return count(self.value) if isinstance(self.value, str) else 0

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the list beside the form shows it."""

    section: Section
    state: str

    @property
    def label(self) -> Text:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the form knows."""

    application: Application
    form: Form
    parts: tuple[Part, ...]
    side: str
    editable: bool
    last: LastDay
    open_comments: int

    @property
    def writes(self) -> bool:
        return self.editable and self.side in ("host", "partner")

    @property
    def late(self) -> LateRule:
        return late_rule(self.application)


@chart_id_of.register
def _(frame: Frame) -> str:
    return chart_id_of(frame.application)


@region_of.register
def _(frame: Frame) -> str:
    return region_of(frame.application)


def frame_of(application: Application, user: Any) -> Frame:
    form, answers = form_of(application), answers_with_versions(application)
    values, files = {k: a.value for k, a in answers.items()}, files_of(application)
    parts = tuple(Part(s, state_of(form, s, values, files, application.joint)) for s in sections(form, application))
    unsettled = comments_of(application).filter(settled__isnull=True).count()
    return Frame(application, form, parts, side_of(user, application), editable(application), last_day(application),
                 unsettled)


def sections(form: Form, application: Application) -> list[Section]:
    return [s for s in form.sections if application.joint or not s.only_joint]


def state_of(form: Form, section: Section, values: Mapping[str, Any], files: Mapping[str, Any], joint: bool) -> str:
    """How far a section is: wrong before empty, empty before partly."""
    filled = missing = blanks = required = 0
    codes: set[str] = set()
    for item in items_of(section, joint):
        if isinstance(item, Field) and (item.same_as or item.by_recommender):
            continue
        is_file = isinstance(item, Field) and item.kind == "attachment"
        blank = not files.get(item.id) if is_file else is_blank(values.get(item.id))
        filled, blanks, required = filled + (not blank), blanks + blank, required + item.required
        missing += blank and item.required
        codes |= set() if blank or is_file else {f.code for f in check_value(form, item.id, values[item.id])}
    if "too_long" in codes:
        return "over"
    if codes:
        return "wrong"
    if missing:
        return "partly" if filled else "empty"
    if not required and blanks:
        return "partly" if filled else "optional"
    return "complete" if filled else "optional"


def items_of(section: Section, joint: bool) -> list[Item]:
    return [i for i in section.items if joint or not i.only_joint]


def places_of(application: Application, section: Section, user: Any) -> list[Place]:
    """The fields of a section, as the person meets them."""
    form, answers, files = form_of(application), answers_with_versions(application), files_of(application)
    side, open_ = side_of(user, application), editable(application)
    partner = partner_organisation(user, application) if side == "partner" else ""
    said: dict[str, list[Comment]] = {}
    for comment in comments_of(application):
        said.setdefault(comment.field, []).append(comment)
    found = []
    for item in items_of(section, application.joint):
        shown = isinstance(item, Field) and item.same_as
        answer = answers.get(item.same_as if isinstance(item, Field) and shown else item.id)
        value = answer.value if answer else ""
        comments = tuple(said.get(item.id, ()))
        faults = tuple(check_value(form, item.id, value)) if answer and not shown else ()
        found.append(Place(item, value, answer, faults, tuple(files.get(item.id, ())), comments,
                           sum(c.settled is None for c in comments), open_ and may_write(form, item, side),
                           rows_for(item, answer, partner, open_), str(value) if shown else ""))
    return found


def rows_for(item: Item, answer: Answer | None, partner: str, open_: bool) -> tuple[Row, ...]:
    """The rows of a table, and some blank ones to write in."""
    if not isinstance(item, Table):
        return ()
    there = rows_of(answer.value) if answer else []
    owners = answer.owners if answer else {}
    rows = [_row(item, n, row, bool(partner) and owners.get(digest_of_row(row), "") != partner)
            for n, row in enumerate(there)]
    spare = _SPARE_ROWS if open_ and not (answer and answer.value == NOTHING) else 0
    return (*rows, *(Row(len(there) + n, tuple(Cell(c, "") for c in item.columns), False, True) for n in range(spare)))


def _row(table: Table, number: int, row: Mapping[str, str], locked: bool) -> Row:
    return Row(number, tuple(Cell(c, row.get(c.id, "")) for c in table.columns), locked)


@dataclass(frozen=True, slots=True)
class Read:
    """A field as it is read: text, or the rows of a table; `files`: what was attached."""

    item: Item
    text: str
    rows: tuple[tuple[str, ...], ...]
    files: tuple[Mapping[str, Any], ...]


def reading_of(form: Form, content: Mapping[str, Any]) -> list[tuple[Section, list[Read]]]:
    """The content of a revision, section by section."""
    found = []
    for section in form.sections:
        if content["joint"] or not section.only_joint:
            found.append((section, [_read(item, content) for item in items_of(section, content["joint"])]))
    return found


def _read(item: Item, content: Mapping[str, Any]) -> Read:
    value = content["answers"].get(item.same_as if isinstance(item, Field) and item.same_as else item.id, "")
    files = tuple(f for f in content["attachments"] if f["field"] == item.id)
    if not isinstance(item, Table):
        return Read(item, value if isinstance(value, str) else "", (), files)
    rows = tuple(tuple(row.get(c.id, "") for c in item.columns) for row in rows_of(value))
    return Read(item, value if isinstance(value, str) else "", rows, files)
