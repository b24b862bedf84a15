"""Objections to notices: handling them, and seeing by the receipt what becomes of one."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Path, Query

from guiju.lifecycle.refusal import Refusal
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import overtaken, refused
from guiju.web.api.pages import listed
from guiju.web.api.security import Scope, caller
from guiju.web.cases.models import CaseRecord
from guiju.web.files.queries import attached_to
from guiju.web.kit.permissions import check
from guiju.web.notices import domain as notices
from guiju.web.notices.domain.objecting import LONGEST, digest
from guiju.web.notices.models import Inquiry, Objection
from guiju.web.notices.queries import an_objection, by_code, objections_for, raised_by
from guiju.web.notices.threads import standing_of

router = Router(tags=["异议 objections"])
_READ, _WRITE = Scope(), Scope("rounds:write")


class ObjectionBrief(Schema):
    id: str
    notice: str
    place: int
    case: str
    named: bool
    ground: str
    made: dt.datetime
    stage: s.Words
    over: bool
    due: dt.date | None
    holds: list[s.Words]


class Asked(Schema):
    """`to`: objector, or other, who is `of`."""

    number: int
    to: str
    of: str
    question: str
    asked: dt.datetime
    answer: str
    answered: dt.datetime | None


class EvidenceFile(Schema):
    """Fetched at /files/{id}."""

    id: str
    name: str


class ObjectionWhole(ObjectionBrief):
    """`name`, `contact`: not to be told to the applicant or the public. `seen`: the head of the case, to be sent with a
    step."""

    name: str
    contact: str
    finding: str
    files: list[EvidenceFile]
    inquiries: list[Asked]
    seen: str


class Handling(s.Closed):
    step: Literal["accept", "uphold", "dismiss"]
    finding: str = Field("", max_length=LONGEST)
    seen: str = Field("", max_length=64)


class Asking(s.Closed):
    to: Literal["objector", "other"]
    of: str = Field("", max_length=120)
    question: str = Field(min_length=1, max_length=2000)


class AnswerTold(s.Closed):
    answer: str = Field(min_length=1, max_length=LONGEST)


class ByReceipt(s.Closed):
    """`code`: of the receipt; spaces, dashes and small letters make no difference."""

    code: str = Field(min_length=1, max_length=40)


class AnswerByReceipt(ByReceipt, AnswerTold):
    """`inquiry`: the number of what the office asks."""

    inquiry: int = Field(ge=1, le=s.MOST_NUMBER)


class AskedOfObjector(Schema):
    number: int
    question: str
    answer: str
    answered: dt.datetime | None


class OwnObjection(Schema):
    notice: str
    title: str
    about: str
    made: dt.datetime
    stage: s.Words
    over: bool
    finding: str


class ObjectionSeen(OwnObjection):
    """What the holder of its receipt sees of an objection."""

    named: bool
    ground: str
    due: dt.date | None
    inquiries: list[AskedOfObjector]


@router.get("/objections", response=list[ObjectionBrief], auth=_READ)
def list_objections(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """由我单位办理的异议。"""
    user = caller(request)
    check(user, "objection.list")
    return [ObjectionBrief(**_brief(o)) for o in listed(request, response, objections_for(user), page)]


@router.get("/objections/{public_id}", response=ObjectionWhole, auth=_READ)
def one_objection(request: HttpRequest, public_id: str) -> Any:
    """由我单位办理的一件异议：谁提的、佐证、了解过什么、核查意见。"""
    found = _handled(request, public_id)
    return ObjectionWhole(
        **_brief(found), name=found.name, contact=found.contact, finding=standing_of(found).finding,
        seen=found.item.case.head, inquiries=list(map(_asked, found.inquiries.order_by("pk"))),
        files=[EvidenceFile(id=f.public_id, name=f.name) for f in attached_to("objection", found.public_id)])


@router.post("/objections/{public_id}/steps", response={200: ObjectionBrief, 409: s.Problem}, auth=_WRITE)
def handle(request: HttpRequest, public_id: str, asked: Handling) -> Any:
    """受理异议，或作成立、不成立的结论。"""
    found = _handled(request, public_id)
    made = notices.handle(found, asked.step, asked.finding, caller(request), asked.seen)
    if isinstance(made, Refusal):
        return refused(made)
    return Status(200, ObjectionBrief(**_brief(found))) if isinstance(made, CaseRecord) else overtaken(made)


@router.post("/objections/{public_id}/inquiries", response={204: None, 409: s.Problem}, auth=_WRITE)
def inquire(request: HttpRequest, public_id: str, asked: Asking) -> Any:
    """核查异议时问异议人，或记下向别人了解的问题。"""
    notices.inquire(_handled(request, public_id), asked.to, asked.of, asked.question, caller(request))
    return Status(204, None)


@router.post("/objections/{public_id}/inquiries/{number}/answer", response={204: None, 409: s.Problem}, auth=_WRITE)
def note_answer(request: HttpRequest, public_id: str, asked: AnswerTold,
                number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """记下别人的答复；异议人自己凭回执答复。"""
    notices.answer(_inquiry(_handled(request, public_id), "other", number), asked.answer)
    return Status(204, None)


@router.get("/my-objections", response=list[OwnObjection], auth=_READ)
def my_objections(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """我用账号实名提出的异议，办到哪一步；办理单位问了什么，凭回执看。"""
    return [OwnObjection(**_own(o)) for o in listed(request, response, raised_by(caller(request)), page)]


@router.post("/objection-receipts", response={200: ObjectionSeen, 404: s.Problem}, auth=_READ)
def look_up(request: HttpRequest, asked: ByReceipt) -> Any:
    """凭回执编码查异议办到哪一步，谁都可以查；编码放在内容里，不进地址。"""
    return _seen(_of_receipt(asked.code))


@router.post("/objection-receipts/answers", response={204: None, 404: s.Problem, 409: s.Problem}, auth=_READ)
def answer_by_receipt(request: HttpRequest, asked: AnswerByReceipt) -> Any:
    """异议人凭回执编码，答复办理单位的问题。"""
    notices.answer(_inquiry(_of_receipt(asked.code), "objector", asked.inquiry), asked.answer)
    return Status(204, None)


def _handled(request: HttpRequest, public_id: str) -> Objection:
    user = caller(request)
    found = an_objection(user, public_id)
    check(user, "objection.handle", found)
    return found


def _of_receipt(code: str) -> Objection:
    found = by_code(digest(code))
    if found is None:
        raise Http404
    return found


def _inquiry(objection: Objection, to: str, number: int) -> Inquiry:
    found = objection.inquiries.filter(to=to, pk=number).first()
    if found is None:
        raise Http404
    return found


def _brief(found: Objection) -> dict[str, Any]:
    standing = standing_of(found)
    return {"id": found.public_id, "notice": found.item.notice.public_id, "place": found.item.place,
            "case": found.item.case.public_id, "named": found.named, "ground": found.ground, "made": found.made,
            "stage": s.said(standing.stage.label), "over": standing.over,
            "due": standing.due.end if standing.due else None, "holds": list(map(s.said, standing.holds))}


def _asked(inquiry: Inquiry) -> Asked:
    return Asked(number=inquiry.pk, to=inquiry.to, of=inquiry.of, question=inquiry.question, asked=inquiry.asked,
                 answer=inquiry.answer, answered=inquiry.answered)


def _own(found: Objection) -> dict[str, Any]:
    standing, item = standing_of(found), found.item
    return {"notice": item.notice.public_id, "title": item.notice.title, "about": item.name, "made": found.made,
            "stage": s.said(standing.stage.label), "over": standing.over, "finding": standing.finding}


def _seen(found: Objection) -> ObjectionSeen:
    due = standing_of(found).due
    return ObjectionSeen(
        **_own(found), named=found.named, ground=found.ground, due=due.end if due else None,
        inquiries=[AskedOfObjector(number=i.pk, question=i.question, answer=i.answer, answered=i.answered)
                   for i in found.inquiries.filter(to="objector").order_by("pk")])
