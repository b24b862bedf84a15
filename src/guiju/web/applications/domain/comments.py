"""What host and partners tell each other of a field."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.domain.state import NOT_OPEN, editable
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.models import Application, Comment
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out

MOST = 2000


@transaction.atomic
def comment_on(application: Application, field: str, text: str, user: User) -> Comment:
    """Say something of a field, or of the whole; the others are told. Raises Refused, also where nothing can be written
    any more."""
    if not editable(application):
        raise Refused(NOT_OPEN.zh, NOT_OPEN.en)
    text = text.strip()
    item = form_of(application).find(field) if field else None
    if not text or len(text) > MOST:
        raise Refused(f"请写 1 到 {MOST} 个字符", f"write 1 to {MOST} characters")
    if field and item is None:
        raise Refused("表里没有这一栏", "the form has no such field")
    made = Comment.objects.create(application=application, field=field, text=text, at=now(), by=user)
    of = item.label if item is not None else Text("整份申报书", "the whole application")
    what = Text(f"{user.name}对“{of.zh}”有意见：{application.case.title}",
                f"{user.name} on '{of.en or of.zh}': {application.case.title}")
    put_out(Letter(f"comment/{application.public_id}/{made.pk}/{person.pk}", "notice", what, Text(text, text),
                   user=person, link=reverse("applications:form", args=[application.public_id]))
            for person in people_in(application) if person != user)
    return made


def people_in(application: Application) -> list[User]:
    """Everyone who writes in an application: of the host and of its partners."""
    organisations = [application.organisation, *(p.organisation for p in application.case.parties.select_related(
        "organisation"))]
    return list(dict.fromkeys(p for o in organisations for p in people_of(o, ACTING)))


def settle(application: Application, number: int) -> None:
    """It is dealt with. Twice is once."""
    Comment.objects.filter(application=application, pk=number, settled__isnull=True).update(settled=now())
