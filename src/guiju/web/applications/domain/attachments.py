"""Attachments of a field: taken in, listed, taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guiju.forms import Field
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.domain.state import locked_for_writing
from guiju.web.applications.domain.writing import form_of, may_write
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER, KEPT, side_of
from guiju.web.files.domain import Upload, attach, take_in
from guiju.web.files.models import Attachment
from guiju.web.files.queries import attached_to
from guiju.web.kit.permissions import Denied, Refused

MOST_FILES = 30
_NOT_YOURS = Text("这一栏的附件由申报单位（主要承建方）上传", "the applicant uploads what belongs here")


def add_file(application: Application, field: str, uploaded: UploadedFile[Any], user: User) -> Upload:
    """Check a file and hang it on a field. Raises Refused for what is not taken, Denied for another's field."""
    _check_field(application, field, user)
    return hang(application, field, take_in(uploaded, field), user)


def hang(application: Application, field: str, taken: Upload, user: User) -> Upload:
    """Hang a file that was taken in on a field; the same twice is there once. Raises Refused, Denied."""
    _check_field(application, field, user)
    upload = replace(taken, paper=field)
    with transaction.atomic():
        application = locked_for_writing(application)
        there = [a for a in attached_to(HOLDER, application.public_id) if a.paper == field]
        if any(a.file_id == upload.file.pk and a.name == upload.name for a in there):
            return upload
        if len(there) >= MOST_FILES:
            raise Refused(f"一栏最多 {MOST_FILES} 个附件", f"{MOST_FILES} files a field at most")
        attach([upload], HOLDER, application.public_id, user)
    return upload


def _check_field(application: Application, field: str, user: User) -> None:
    form = form_of(application)
    item = form.find(field)
    if not isinstance(item, Field) or item.kind != "attachment":
        raise Refused("这一栏不收附件", "this field takes no files")
    if not may_write(form, item, side_of(user, application)):
        raise Denied(_NOT_YOURS)


@transaction.atomic
def remove_file(application: Application, public_id: str, user: User) -> None:
    """Take an attachment away. One that a revision names stays with the revisions. Raises Refused, Denied."""
    application = locked_for_writing(application)
    found = attached_to(HOLDER, application.public_id).filter(public_id=public_id).first()
    if found is None:
        return
    form = form_of(application)
    item = form.find(found.paper)
    if item is not None and not may_write(form, item, side_of(user, application)):
        raise Denied(_NOT_YOURS)
    named = {f["file"] for content in application.revisions.values_list("content", flat=True)
             for f in content["attachments"]}
    if public_id in named:
        Attachment.objects.filter(pk=found.pk).update(holder=KEPT)
    else:
        found.delete()
