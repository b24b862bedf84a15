"""What the office does with an objection: take it on, ask, settle it."""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from django.urls import reverse

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.domain import Overtaken, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import part_holding
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.notices.models import Inquiry, Objection
from guiju.web.notices.threads import procedure_of_item, role_of, standing_of
from guiju.web.outbox.domain import Letter, put_out

Step = Literal["accept", "uphold", "dismiss"]


@transaction.atomic
def handle(objection: Objection, step: Step, finding: str, user: User, seen: str = ""
           ) -> CaseRecord | Refusal | Overtaken:
    """Take an objection on, uphold or dismiss it: a move of its thread. `seen`: the head of the case when the person
    looked at it. A named objector with an account is told the end of it."""
    record, procedure = objection.item.case, procedure_of_item(objection.item)
    assert procedure is not None
    part = part_holding(user, record, role_of(procedure, step))
    given = {"异议核查意见": finding.strip()} if step != "accept" and finding.strip() else {}
    made = make_move(record, f"{objection.thread}:{step}", user, acting_for=part.key if part else "",
                     evidence=Evidence(given), seen=seen)
    if isinstance(made, CaseRecord):
        objection.item.case = made
        put_out(_told(objection))
    return made


@transaction.atomic
def inquire(objection: Objection, to: Literal["objector", "other"], of: str, question: str, user: User) -> Inquiry:
    """Ask the objector, who answers by his code; or put on record what somebody else is asked. Raises Refused."""
    if not question.strip():
        raise Refused("写明要问什么", "say what is asked")
    if to == "other" and not of.strip():
        raise Refused("写明向谁了解", "say who is asked")
    if standing_of(objection).over:
        raise Refused("异议已办结", "the objection is settled")
    made = Inquiry.objects.create(objection=objection, to=to, of=of.strip() if to == "other" else "",
                                  question=question.strip(), asked=now(), asked_by=user)
    if to == "objector":
        put_out(_told(objection, f"inquiry/{made.pk}"))
    return made


@transaction.atomic
def answer(inquiry: Inquiry, words: str) -> None:
    """Raises Refused: nothing said, answered already, or settled meanwhile."""
    found = hold(Inquiry.objects.select_related("objection__item__case__revision", "objection__item__notice"),
                 pk=inquiry.pk)
    if not words.strip():
        raise Refused("写下答复", "write the answer")
    if found.answered is not None:
        raise Refused("已经答复过", "it is answered already")
    if standing_of(found.objection).over:
        raise Refused("异议已办结，不再收答复", "the objection is settled: no more answers are taken")
    found.answer, found.answered = words.strip(), now()
    found.save(update_fields=["answer", "answered"])


def _told(objection: Objection, event: str = "") -> list[Letter]:
    """A letter to an objector who gave his account. It names the notice, not the office's files."""
    if objection.user is None:
        return []
    item, stage = objection.item, standing_of(objection).stage
    return [Letter(f"objection/{objection.public_id}/{event or stage.id}", "notice",
                   Text(f"您对“{item.notice.title}”的异议：{stage.label.zh}", f"your objection: {stage.label.en}"),
                   Text("凭回执编码可以查看办理情况。" if not event else "办理单位有问题请您答复，凭回执编码查看。",
                        "see it by the code of your receipt" if not event else "the office asks you something"),
                   user=objection.user, link=reverse("notices:lookup"))]
