"""Writing in a field: what is stored, and what happens when someone else was faster."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guiju.forms import NOTHING, Field, Form, Item, Table, load_form
from guiju.lifecycle.events import canonical
from guiju.source.diagnostics import CONTROL, Text
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked_for_writing
from guiju.web.applications.models import Answer, Application
from guiju.web.applications.queries import NAME, partner_organisation, side_of
from guiju.web.cases.domain.acts import entitle
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.rounds.domain.opening import unnamed

MOST_TEXT, MOST_ROWS, MOST_CELL = 100_000, 2000, 2000
Value = str | list[dict[str, str]]
_NOT_YOURS = Text("这一栏由申报单位（主要承建方）填写；参建单位填写联合申报说明和各表中自己的行",
                  "the applicant writes this; partners write the joint statement and their own rows of tables")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the field now. `changed`: not when the same stood there already."""

    answer: Answer
    changed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Someone else, or another window, wrote in the field meanwhile; nothing was done. `answer`: what stands there."""

    answer: Answer


def form_of(application: Application) -> Form:
    return load_form(application.form)


def read_forms() -> None:
    """Read the forms that are being filled in, to have them at hand."""
    for form in Application.objects.filter(case__final=False).values_list("form", flat=True).distinct():
        load_form(form)


def may_write(form: Form, item: Item, side: str) -> bool:
    """Whether a side writes in a field: the host in all but the body's own, a partner in the consortium's part and in
    tables."""
    if isinstance(item, Field) and (item.by_recommender or item.same_as):
        return False
    if side == "host":
        return True
    joint = item.only_joint or form.section_of(item.id).only_joint
    return side == "partner" and (joint or isinstance(item, Table))


def written_value(item: Item, given: Any) -> Value:
    """What is kept of what was given: whole lines, no characters that steer, no empty rows. Nothing is cut. Raises
    Refused for what no form can hold."""
    if isinstance(item, Table):
        return _rows(item, given)
    if not isinstance(given, str):
        raise Refused("这一栏要的是文字", "this field takes text")
    text = clean_text(given)
    if item.kind not in ("text", "opinion"):
        text = " ".join(text.split())
    if len(text) > MOST_TEXT:
        raise Refused(f"文字太长，最多 {MOST_TEXT} 个字符", f"longer than {MOST_TEXT} characters")
    return text


def clean_text(given: str) -> str:
    """Line ends of one kind, no control characters, Unicode composed."""
    text = given.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = unicodedata.normalize("NFC", CONTROL.sub("", text.replace("\u00a0", " ")))
    return text.encode("utf-8", "ignore").decode()


def _rows(table: Table, given: Any) -> Value:
    if given == NOTHING:
        return NOTHING
    if given == "":
        return []
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Refused("表格读不出来；请刷新后再试", "the table can't be read: reload the page")
    if len(given) > MOST_ROWS:
        raise Refused(f"表格最多 {MOST_ROWS} 行", f"{MOST_ROWS} rows at most")
    rows = []
    for row in given:
        kept = {}
        for column in table.columns:
            text = " ".join(clean_text(str(row.get(column.id, "") or "")).split())
            if len(text) > MOST_CELL:
                raise Refused(f"“{column.label.zh}”一格太长", f"a cell of '{column.label.en}' is too long")
            if text:
                kept[column.id] = text
        if kept:
            rows.append(kept)
    return rows


def digest_of_row(row: dict[str, str]) -> str:
    return hashlib.sha256(canonical(row).encode()).hexdigest()[:24]


@transaction.atomic
def write_answer(application: Application, field: str, given: Any, version: int, user: User) -> Written | Conflict:
    """Put a value into a field. `version`: of what the person saw there, 0 for nothing. The same value twice is
    written once. Raises Refused; Denied for a field that is not the person's."""
    application = locked_for_writing(application)
    form = form_of(application)
    item = form.find(field)
    if item is None:
        raise Refused("表里没有这一栏；请刷新页面", "the form has no such field: reload the page")
    side = side_of(user, application)
    if not may_write(form, item, side):
        raise Denied(_NOT_YOURS)
    value = written_value(item, given)
    found = Answer.objects.filter(application=application, field=field).select_related("changed_by").first()
    if found is not None and found.value == value:
        return Written(found, False)
    if found is None:
        if not value:
            return Written(Answer(application=application, field=field, value=value, version=0, changed=now(),
                                  changed_by=user), False)
        if version:
            raise Refused("页面过时了；请刷新后再试", "the page is out of date: reload it")
        found = Answer(application=application, field=field, version=0, value="")
    elif found.version != version:
        return Conflict(found)
    partner = partner_organisation(user, application) if side == "partner" else ""
    return Written(store(found, item, value, user, partner), True)


def store(answer: Answer, item: Item, value: Value, user: User, partner: str = "") -> Answer:
    """Keep a value as the field's next version, in the caller's transaction."""
    if isinstance(item, Table):
        answer.owners = _owners(answer, value if isinstance(value, list) else [], partner)
    answer.value, answer.version = value, answer.version + 1
    answer.changed, answer.changed_by = now(), user
    answer.save()
    if answer.field == NAME:
        entitle(answer.application.case, str(value) or unnamed(answer.application.organisation))
    return answer


def _owners(answer: Answer, rows: list[dict[str, str]], partner: str) -> dict[str, str]:
    """Which partner wrote which rows. A partner leaves the others' rows as they are. Raises Denied."""
    before = [digest_of_row(row) for row in answer.value] if isinstance(answer.value, list) else []
    after = [digest_of_row(row) for row in rows]
    owners = {row: owner for row, owner in answer.owners.items() if row in after}
    if partner:
        others = Counter(row for row in before if answer.owners.get(row, "") != partner)
        if others - Counter(after):
            raise Denied(_NOT_YOURS)
        owners.update({row: partner for row in after if row not in before})
    return owners
