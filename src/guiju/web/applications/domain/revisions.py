"""Revisions: the whole application at one moment, kept for good."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction

from guiju.lifecycle.events import canonical
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked_for_writing
from guiju.web.applications.domain.writing import form_of, store
from guiju.web.applications.models import Answer, Application, Revision
from guiju.web.applications.queries import HOLDER, KEPT, answers_of, files_of
from guiju.web.files.models import Attachment
from guiju.web.kit.clock import now
from guiju.web.kit.lengths import within

LONGEST_NOTE = 200


def content_of(application: Application) -> dict[str, Any]:
    """All answers and attachments as they stand."""
    files = [{"field": field, "name": a.name, "sha256": a.file.sha256, "size": a.file.size, "file": a.public_id}
             for field, found in files_of(application).items() for a in found]
    return {"form": application.form, "form_digest": application.form_digest, "joint": application.joint,
            "answers": {k: v for k, v in answers_of(application).items() if v},
            "attachments": sorted(files, key=lambda f: (str(f["field"]), str(f["file"])))}


def file_names(content: Map[str, Any]) -> dict[str, list[str]]:
    """The names of the attachments, by field."""
    names: dict[str, list[str]] = {}
    for file in content["attachments"]:
        names.setdefault(file["field"], []).append(file["name"])
    return names


def digest_of(content: Map[str, Any]) -> str:
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()


def keep_revision(application: Application, user: User, note: str = "", event: int | None = None,
                  at: dt.datetime | None = None) -> Revision:
    """Keep all as it stands, as the next number, in the caller's transaction. What is no different from the last
    revision and was not handed in makes none: the last one is given. Raises TooLong for the note."""
    note = within(LONGEST_NOTE, note, "版本说明", "note")
    content = content_of(application)
    digest = digest_of(content)
    last = application.revisions.order_by("-number").first()
    if event is None and last is not None and last.digest == digest:
        return last
    return Revision.objects.create(application=application, number=last.number + 1 if last else 1, content=content,
                                   digest=digest, note=note, event=event, at=at or now(), by=user)


@transaction.atomic
def keep_by_hand(application: Application, user: User, note: str) -> Revision:
    """Raises Refused where it can't be written in any more."""
    return keep_revision(locked_for_writing(application), user, note)


@transaction.atomic
def restore(application: Application, number: int, user: User) -> Revision:
    """Bring back how it was in a revision. What stands now is kept first, so that nothing is lost. Raises Refused;
    Revision.DoesNotExist."""
    application = locked_for_writing(application)
    revision = application.revisions.get(number=number)
    before = keep_revision(application, user, f"恢复第 {number} 版之前")
    put_back(application, revision.content["answers"], user, all_fields=True)
    _attachments_back(application, revision, user)
    return before


def put_back(application: Application, answers: Map[str, Any], user: User, all_fields: bool = False) -> list[str]:
    """Write many answers at once, in the caller's transaction; the fields that changed. `all_fields`: what is not
    among them is emptied."""
    form = form_of(application)
    present = {a.field: a for a in Answer.objects.filter(application=application)}
    wanted = {**(dict.fromkeys(present, "") if all_fields else {}), **answers}
    changed = []
    for field, value in wanted.items():
        item = form.find(field)
        answer = present.get(field) or Answer(application=application, field=field, version=0, value="")
        empty = not value and not answer.value
        if item is None or empty or answer.value == value:
            continue
        store(answer, item, value or ([] if isinstance(answer.value, list) else ""), user)
        changed.append(field)
    return changed


def _attachments_back(application: Application, revision: Revision, user: User) -> None:
    """The attachments of a revision, and no others. Contents stay as long as a revision names them."""
    listed = {f["file"]: f for f in revision.content["attachments"]}
    own = Attachment.objects.filter(holder_id=application.public_id)
    own.filter(holder=HOLDER).exclude(public_id__in=listed).update(holder=KEPT)
    own.filter(holder=KEPT, public_id__in=listed).update(holder=HOLDER)
