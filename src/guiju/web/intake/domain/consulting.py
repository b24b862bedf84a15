"""Asking the department in charge of the field, and keeping what it answers: on paper, or by a link without account.

Its opinion is asked for, not its consent; by when it has to answer, and what follows if it doesn't, is in no source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.domain.state import locked
from guiju.web.applications.models import Application
from guiju.web.files.domain import Upload, attach
from guiju.web.intake.domain.parts import check_stage
from guiju.web.intake.models import Consultation
from guiju.web.intake.queries import CONSULTATION
from guiju.web.intake.reading import name_of
from guiju.web.intake.stages import WITH_BODY
from guiju.web.kit.clock import now, today
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused
from guiju.web.kit.tokens import digest_of, new_token
from guiju.web.outbox.domain import Letter, put_out

LONGEST, LONGEST_NAME = 5000, 80


@transaction.atomic
def ask(application: Application, department: str, question: str, asked_on: dt.date, user: User, *,
        address: str = "", until: dt.date | None = None) -> tuple[Consultation, str]:
    """Record that a department was asked. With `address`, a letter goes there with a link by which it may answer up
    to and including `until`; the link's token is given back and kept nowhere. Raises Refused."""
    application = locked(application)
    check_stage(application, WITH_BODY, "报送之前才征求意见", "departments are asked before it is forwarded")
    if asked_on > today():
        raise Refused("征求意见的日期不能在今天之后", "it can't have been asked in the future")
    if address and (until is None or until < today()):
        raise Refused("用邮件征求的，请定一个不早于今天的链接截止日",
                      "set a day, not before today, until which the link works")
    token, expires = "", None
    if address and until is not None:
        token = new_token()
        expires = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), CHINA)
    made = Consultation.objects.create(
        application=application, department=department.strip(), question=question.strip(), address=address.strip(),
        digest=digest_of(token) if token else "", expires=expires, asked_on=asked_on, asked_by=user, created=now())
    if token:
        put_out([_letter(made, application, token, until)])
    return made, token


def _letter(made: Consultation, application: Application, token: str, until: dt.date | None) -> Letter:
    body, name = application.body.body.organisation.name, name_of(application)
    return Letter(
        f"consultation/{made.public_id}", "mail",
        Text(f"{body}就《{name}》的申报征求{made.department}意见",
             f"{body} asks {made.department} for its opinion: {name}"),
        Text(f"{made.question or '请提出意见。'}请在 {until} 之前（含当日）打开下面的链接答复；不需要账号，答复一次。",
             f"{made.question or 'Please give your opinion.'} Answer by the link up to {until}; no account is needed."),
        address=made.address, link=reverse("intake:answer", args=[token]))


def find(token: str) -> Consultation | None:
    """The consultation that a link means, while it may be answered by it."""
    found = Consultation.objects.select_related("application__body__body__organisation", "application__organisation",
                                                "application__case", "application__round").filter(
        digest=digest_of(token)).first()
    if found is None or found.answered_on or found.expires is None or found.expires <= now():
        return None
    return found if found.application.case.stage in WITH_BODY else None


@transaction.atomic
def answer_by_link(token: str, text: str, name: str, uploads: Sequence[Upload] = ()) -> Consultation:
    """The department's own answer. Files that come with it are entered in the name of whoever asked. Raises Refused."""
    found = find(token)
    kept = Consultation.objects.select_for_update(of=("self",)).get(pk=found.pk) if found else None
    if found is None or kept is None or kept.answered_on:
        raise Refused("这个链接已经用过、过期，或申报已报送",
                      "this link was used, has ended, or the application has gone on")
    _answer(kept, text, name, today(), None)
    attach(list(uploads), CONSULTATION, kept.public_id, kept.asked_by, "link")
    application = found.application
    what = Text(f"{kept.department}已答复：{name_of(application)}",
                f"{kept.department} has answered: {name_of(application)}")
    put_out(Letter(f"consultation-answered/{kept.public_id}/{person.pk}", "notice", what, what, user=person,
                   link=reverse("intake:recommend-application", args=[application.public_id]))
            for person in people_of(application.body.body.organisation, ACTING))
    return kept


@transaction.atomic
def record_answer(application: Application, number: str, text: str, name: str, on: dt.date, user: User,
                  uploads: Sequence[Upload] = ()) -> Consultation:
    """Enter an answer that came otherwise. Raises Refused."""
    application = locked(application)
    check_stage(application, WITH_BODY, "报送之前才能登记答复", "answers are entered before it is forwarded")
    kept = Consultation.objects.select_for_update(of=("self",)).filter(
        application=application, public_id=number).first()
    if kept is None:
        raise Refused("没有这次征求意见的记录", "no department was asked by this number")
    if kept.answered_on:
        raise Refused(f"{kept.department}已于 {kept.answered_on} 答复", f"it answered on {kept.answered_on}")
    if on > today() or on < kept.asked_on:
        raise Refused(f"答复日期应在征求之日（{kept.asked_on}）到今天之间",
                      "it answers between being asked and today")
    _answer(kept, text, name, on, user)
    attach(list(uploads), CONSULTATION, kept.public_id, user, "paper")
    return kept


def _answer(kept: Consultation, text: str, name: str, on: dt.date, user: User | None) -> None:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(f"请写明意见，不超过 {LONGEST} 字", f"write the opinion, at most {LONGEST} characters")
    who = within(LONGEST_NAME, name, "答复人", "name of who answers")
    kept.answer, kept.answered_by, kept.answered_on, kept.recorded_by = text, who, on, user
    kept.save(update_fields=["answer", "answered_by", "answered_on", "recorded_by"])
