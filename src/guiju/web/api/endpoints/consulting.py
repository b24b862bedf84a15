"""Partners that are invited into a case; departments that a recommending body asks for their opinion."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.web.accounts.forms import EmailForm
from guiju.web.api import schemas as s
from guiju.web.api.checked import fit, posted
from guiju.web.api.endpoints.intake import recommends
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import upload_of
from guiju.web.cases.domain.roles import invite_partner
from guiju.web.cases.queries import my_case
from guiju.web.intake.domain import consulting
from guiju.web.intake.forms import AskForm
from guiju.web.intake.models import Consultation
from guiju.web.intake.queries import consultations_of, to_recommend
from guiju.web.kit.permissions import check

router = Router(tags=["推荐与审查 intake"])


class DepartmentAsked(s.Closed):
    """`address`: a link goes there by which the department answers once, up to and including `until`."""

    department: str = Field(max_length=120)
    question: str = Field("", max_length=2000)
    asked_on: str = Field(max_length=10, description="YYYY-MM-DD")
    address: str = Field("", max_length=254)
    until: str = Field("", max_length=10, description="YYYY-MM-DD")


class Answering(s.Closed):
    """An answer that came on paper. `scan`: the ticket of a file."""

    answer: str = Field(min_length=1, max_length=consulting.LONGEST)
    name: str = Field("", max_length=80)
    on: dt.date
    scan: str = Field("", max_length=300)


class Consulted(Schema):
    id: str
    department: str
    question: str
    asked_on: dt.date
    answered_on: dt.date | None
    answered_by: str
    answer: str


class Partner(s.Closed):
    email: str = Field(max_length=254)


@router.post("/cases/{public_id}/partners", response={204: None, 409: s.Problem}, auth=Scope("cases:write"))
def invite(request: HttpRequest, public_id: str, asked: Partner) -> Any:
    """邀请参建单位：寄出一个链接。"""
    user = caller(request)
    record = my_case(user, public_id)
    check(user, "case.invite", record)
    invite_partner(record, user, fit(EmailForm(posted(asked.dict()))).cleaned_data["email"])
    return Status(204, None)


@router.get("/recommending/{public_id}/consultations", response=list[Consulted], auth=Scope("cases:read"))
def consultations(request: HttpRequest, public_id: str) -> Any:
    """征求过哪些部门的意见，答复如何。"""
    return list(map(consulted, consultations_of(to_recommend(caller(request), public_id))))


@router.post("/recommending/{public_id}/consultations", response={201: Consulted, 409: s.Problem},
             auth=Scope("cases:write"))
def ask(request: HttpRequest, public_id: str, asked: DepartmentAsked) -> Any:
    """登记征求意见；填了邮箱就寄出答复的链接。"""
    application = recommends(request, public_id)
    data = fit(AskForm(posted(asked.dict(), "ask"))).cleaned_data
    made, _ = consulting.ask(application, data["department"], data["question"], data["asked_on"], caller(request),
                             address=data["address"], until=data["until"])
    return Status(201, consulted(made))


@router.post("/recommending/{public_id}/consultations/{number}/answer", response={200: Consulted, 409: s.Problem},
             auth=Scope("cases:write"))
def answered(request: HttpRequest, public_id: str, number: str, asked: Answering) -> Any:
    """登记书面答复。"""
    application, user = recommends(request, public_id), caller(request)
    scans = [upload_of(asked.scan, user)] if asked.scan else []
    return consulted(consulting.record_answer(application, number, asked.answer, asked.name, asked.on, user, scans))


def consulted(kept: Consultation) -> Consulted:
    return Consulted(id=kept.public_id, department=kept.department, question=kept.question, asked_on=kept.asked_on,
                     answered_on=kept.answered_on, answered_by=kept.answered_by, answer=kept.answer)
