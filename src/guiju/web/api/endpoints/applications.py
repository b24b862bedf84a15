"""Applications: the form field by field, its check against the law, its documents, handing it in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Query

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.queries import my_organisation
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import overtaken, refused
from guiju.web.api.pages import cut
from guiju.web.api.security import Scope, caller
from guiju.web.applications.documents import document_named
from guiju.web.applications.domain import hand_in
from guiju.web.applications.domain.beginning import AFFILIATIONS, KINDS
from guiju.web.applications.domain.beginning import begin as begin_application
from guiju.web.applications.domain.comments import comment_on
from guiju.web.applications.domain.confirming import Confirmed, agreement_papers, facts_given
from guiju.web.applications.domain.handing_in import faults_of, number_of
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.applications.domain.state import editable
from guiju.web.applications.domain.writing import Conflict, write_answer
from guiju.web.applications.eligibility import Item, panel_of
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_with_versions, my_application, own
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.permissions import Refused, check
from guiju.web.rounds.queries import a_round

router = Router(tags=["申报 applications"])
_READ, _WRITE = Scope("applications:read"), Scope("applications:write")
_KIND_WORDS, _AFFILIATION_WORDS = "|".join(KINDS.values()), "|".join(AFFILIATIONS)


class ApplicationBrief(Schema):
    id: str
    round: str
    case: str
    organisation: str
    joint: bool
    stage: s.Words
    editable: bool
    handed_in: dt.datetime | None


class Applications(s.Page):
    applications: list[ApplicationBrief]


class Answered(Schema):
    """What stands in a field: text, or the rows of a table."""

    value: str | list[dict[str, str]]
    version: int
    changed: dt.datetime
    by: str


class FormFault(s.Words):
    field: str
    row: int
    column: str
    code: str


class ApplicationWhole(ApplicationBrief):
    form: str
    digest: str
    answers: dict[str, Answered]
    faults: list[FormFault]


class Condition(Schema):
    id: str
    status: str
    text: s.Words
    clauses: list[str]
    waits_for: list[str]


class Eligibility(Schema):
    """`in_principle`: unmet, but left to the authority by the law; `elsewhere`: settled by what others do later."""

    outcome: str
    label: s.Words
    policy: s.Words
    met: int
    failing: list[Condition]
    open: list[Condition]
    in_principle: list[Condition]
    judged: list[Condition]
    elsewhere: list[Condition]


class Beginning(s.Closed):
    round: str = Field(max_length=20)
    organisation: str = Field(max_length=20)
    body: int
    kind: str = Field(pattern=f"^({_KIND_WORDS})$")
    affiliation: str = Field(pattern=f"^({_AFFILIATION_WORDS})$")
    joint: bool


class Writing(s.Closed):
    value: str | list[dict[str, str]]
    version: int = Field(0, ge=0, le=s.MOST_NUMBER)


class Remark(s.Closed):
    field: str = Field("", max_length=80)
    text: str = Field(max_length=2000)


class HandingIn(s.Closed):
    """`digest`: of what is handed in, as it was read last; the rest is confirmed by it."""

    digest: str = Field(max_length=64)
    seal: bool
    copies: int = Field(ge=0, le=99)
    partners_seal: bool = False
    department: str = Field("", max_length=60)


class Receipt(Schema):
    number: str
    digest: str
    at: dt.datetime
    again: bool


@router.get("/applications", response=Applications, auth=_READ)
def list_applications(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """本单位申报的和参建的。"""
    found = cut(own(caller(request)).order_by("-begun", "pk"), page)
    return Applications(**found.numbers, applications=[ApplicationBrief(**_brief(a)) for a in found.rows])


@router.post("/applications", response={201: ApplicationBrief, 409: s.Problem}, auth=_WRITE)
def begin(request: HttpRequest, asked: Beginning) -> Any:
    """在一个批次里开始申报。"""
    user = caller(request)
    round_ = a_round(user, asked.round)
    body = round_.bodies.filter(pk=asked.body).first()
    if body is None:
        raise Refused("这个推荐单位不在本批次", "this body does not recommend in this round")
    made = begin_application(round_, body, my_organisation(user, asked.organisation), user, asked.kind,
                             asked.affiliation, asked.joint)
    return refused(made) if isinstance(made, Refusal) else Status(201, ApplicationBrief(**_brief(made)))


@router.get("/applications/{public_id}", response=ApplicationWhole, auth=_READ)
def one_application(request: HttpRequest, public_id: str) -> Any:
    """一份申报：各栏内容和版本号，提交前还要改的。"""
    application = _mine(request, public_id, "application.view")
    answers = answers_with_versions(application)
    return ApplicationWhole(
        **_brief(application), form=application.form, digest=digest_of(content_of(application)),
        answers={f: _answered(a) for f, a in answers.items()},
        faults=[FormFault(field=f.field, row=f.row, column=f.column, code=f.code, **s.words(f.message))
                for f in faults_of(application)])


@router.put("/applications/{public_id}/fields/{field}", response={200: Answered, 409: Answered}, auth=_WRITE)
def write(request: HttpRequest, public_id: str, field: str, asked: Writing) -> Any:
    """写一栏。版本号不是最新的，409，回现在的内容，什么也没有改。"""
    application = _mine(request, public_id, "application.write")
    made = write_answer(application, field, asked.value, asked.version, caller(request))
    return Status(409 if isinstance(made, Conflict) else 200, _answered(made.answer))


@router.get("/applications/{public_id}/eligibility", response={200: Eligibility, 404: s.Problem}, auth=_READ)
def eligibility(request: HttpRequest, public_id: str) -> Any:
    """按现在填的，够不够条件，为什么，还缺什么。"""
    panel = panel_of(_mine(request, public_id, "application.view"))
    if panel is None:
        raise Http404
    return Eligibility(outcome=panel.outcome, label=s.said(panel.label), policy=s.said(panel.policy), met=panel.met,
                       failing=list(map(_condition, panel.failing)), open=list(map(_condition, panel.open)),
                       in_principle=list(map(_condition, panel.in_principle)),
                       judged=list(map(_condition, panel.judged)), elsewhere=list(map(_condition, panel.elsewhere)))


@router.get("/applications/{public_id}/documents/{name}", auth=_READ)
def document(request: HttpRequest, public_id: str, name: str) -> Any:
    """文书：blank.docx 空表，filled.docx 已填，form.pdf。"""
    content = document_named(_mine(request, public_id, "application.view"), name)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=MEDIA[name.rpartition(".")[2]])


@router.post("/applications/{public_id}/comments", response={204: None}, auth=_WRITE)
def comment(request: HttpRequest, public_id: str, asked: Remark) -> Any:
    """给一起填表的人留话。"""
    comment_on(_mine(request, public_id, "application.comment"), asked.field, asked.text, caller(request))
    return Status(204, None)


@router.post("/applications/{public_id}/hand-in", response={200: Receipt, 409: s.Problem}, auth=_WRITE)
def submit(request: HttpRequest, public_id: str, asked: HandingIn) -> Any:
    """提交；联合申报的共建协议随之入卷。同样的内容再交一次，回同一张回执。"""
    application = _mine(request, public_id, "application.hand_in")
    confirmed = Confirmed(asked.seal, asked.copies, asked.partners_seal, asked.department)
    made = hand_in(application, caller(request), asked.digest, facts_given(application, confirmed),
                   uploads=agreement_papers(application))
    if isinstance(made, Refusal):
        return refused(made)
    if isinstance(made, Overtaken):
        return overtaken(made)
    revision = made.revision
    return Status(200, Receipt(number=number_of(application, revision), digest=revision.digest, at=revision.at,
                               again=made.again))


def _mine(request: HttpRequest, public_id: str, permission: str) -> Application:
    user = caller(request)
    found = my_application(user, public_id)
    check(user, permission, found)
    return found


def _brief(application: Application) -> dict[str, Any]:
    return {"id": application.public_id, "round": application.round.public_id, "case": application.case.public_id,
            "organisation": application.organisation.name, "joint": application.joint,
            "stage": s.said(application.case.stage_label), "editable": editable(application),
            "handed_in": application.handed_in}


def _answered(answer: Any) -> Answered:
    return Answered(value=answer.value, version=answer.version, changed=answer.changed, by=answer.changed_by.name)


def _condition(item: Item) -> Condition:
    finding = item.finding
    return Condition(id=finding.id, status=finding.status, text=s.said(finding.name), clauses=list(finding.clauses),
                     waits_for=[need.name for need in item.needs])
