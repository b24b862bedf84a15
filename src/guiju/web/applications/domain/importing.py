"""Taking over what a filled-in Word file says."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guiju.forms import Remark, read_docx
from guiju.source.diagnostics import GuijuError
from guiju.web.accounts.models import User
from guiju.web.applications.difference import Difference, difference
from guiju.web.applications.domain.revisions import keep_revision, put_back
from guiju.web.applications.domain.state import locked_for_writing
from guiju.web.applications.domain.writing import form_of, may_write, written_value
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_of
from guiju.web.kit.permissions import Refused


@dataclass(frozen=True, slots=True)
class Change:
    """What a file would change in a field. What is blank in the file changes nothing."""

    field: str
    value: Any
    difference: Difference


def changes_from(application: Application, data: bytes) -> tuple[list[Change], tuple[Remark, ...]]:
    """The fields that a .docx would change, and what could not be placed. Nothing is written. Raises Refused."""
    form = form_of(application)
    try:
        reading = read_docx(form, data)
    except GuijuError as error:
        first = error.diagnostics[0].message
        raise Refused(first.zh, first.en) from None
    present, changes = answers_of(application), []
    for item in form.fields():
        if item.id not in reading.answers or not may_write(form, item, "host"):
            continue
        value = written_value(item, reading.answers[item.id])
        found = difference(form, item, present.get(item.id, ""), value)
        if found is not None:
            changes.append(Change(item.id, value, found))
    return changes, reading.remarks


@transaction.atomic
def take_over(application: Application, values: Map[str, Any], user: User) -> list[str]:
    """Write the chosen values; what stood before is kept as a revision. The fields that changed. Raises Refused."""
    application = locked_for_writing(application)
    form = form_of(application)
    keep_revision(application, user, "导入 Word 之前")
    fit = {id_: value for id_, value in values.items()
           if (item := form.find(id_)) is not None and may_write(form, item, "host")}
    return put_back(application, fit, user)
