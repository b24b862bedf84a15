"""Reviewing: what an expert has to review, his marks, his ties, his vote."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.web.api import schemas as s
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import upload_of
from guiju.web.files.queries import attached_to
from guiju.web.files.serving import given
from guiju.web.reviewing.domain import assigning, marking, voting
from guiju.web.reviewing.domain.ties import code_of
from guiju.web.reviewing.models import Assigned, Mark, VetoClaim
from guiju.web.reviewing.page import my_review_rows
from guiju.web.reviewing.projection import Reading, Shown, file_for, reading_of
from guiju.web.reviewing.queries.ballots import my_vote
from guiju.web.reviewing.queries.marks import VETO_HOLDER, not_set, rubric_of, unfinished
from guiju.web.reviewing.queries.parts import my_assigned, my_hearing
from guiju.web.rounds.review_rules import rules_of

router = Router(tags=["评审 review"])
_READ, _WRITE = Scope("review:read"), Scope("review:write")


class Task(Schema):
    id: str
    title: str
    round: str
    state: s.Words
    deadline: dt.date | None
    done: bool


class ShownFile(Schema):
    """Fetched at /reviews/{review}/files/{id}."""

    id: str
    name: str


class Shown_(Schema):
    """A field or a table, as the round lets a reviewer see it."""

    label: s.Words
    text: str
    columns: list[s.Words]
    rows: list[list[str]]
    files: list[ShownFile]


class Part(Schema):
    number: str
    title: s.Words
    items: list[Shown_]


class Indicator(Schema):
    id: str
    name: s.Words
    value: str | None
    reason: str
    version: int


class OwnClaim(Schema):
    """A veto that one claims. `state`: claimed, confirmed, dismissed, the last two with the leader's `finding`."""

    id: str
    kind: str
    evidence: str
    state: str
    finding: str
    files: list[ShownFile]


class TaskWhole(Task):
    """`unset`: what the round's rules have not set, so that no total can be computed; `lacking`: indicators that still
    want a mark or a reason."""

    blind: bool
    parts: list[Part]
    hidden: list[s.Words]
    indicators: list[Indicator]
    unset: list[s.Words]
    lacking: list[str]
    opinion: str
    claims: list[OwnClaim]
    submitted: dt.datetime | None


class GivenMark(s.Closed):
    value: str = Field("", max_length=20)
    reason: str = Field("", max_length=marking.LONGEST)
    version: int = Field(0, ge=0, le=s.MOST_NUMBER)


class Tie(s.Closed):
    """`relation` empty: no tie."""

    relation: str = Field("", max_length=assigning.LONGEST)


class TieToOrganisation(s.Closed):
    """`code`: the credit code of the organisation, whatever it takes part in: so it is done where names are hidden."""

    code: str = Field(max_length=40)
    relation: str = Field(min_length=1, max_length=assigning.LONGEST)


class GivenOpinion(s.Closed):
    text: str = Field(max_length=marking.LONGEST_OPINION)


class ClaimingVeto(s.Closed):
    """`file`: the ticket of a file that was sent."""

    kind: Literal["出具虚假报告", "学术不端", "实验数据造假", "其他违法不诚信行为"]
    evidence: str = Field(min_length=1, max_length=s.MOST_WORDS)
    file: str = Field("", max_length=2000)


class DecliningWhy(s.Closed):
    reason: str = Field(min_length=1, max_length=assigning.LONGEST)


class Ballot(s.Closed):
    choice: Literal["yes", "no", "abstain"]
    word: str = Field("", max_length=60)


class Voted(Schema):
    """`commitment`: under which the vote is listed after the count; `chance`, `word`: with which one can open it."""

    commitment: str
    chance: str
    word: str


@router.get("/reviews", response=list[Task], auth=_READ)
def tasks(request: HttpRequest) -> Any:
    """分给我评的。"""
    return [Task(id=row.assigned.public_id, title=row.title, round=row.assigned.application.round.public_id,
                 state=s.said(row.state), deadline=row.assigned.deadline, done=row.done)
            for row in my_review_rows(caller(request))]


@router.get("/reviews/{public_id}", response=TaskWhole, auth=_READ)
def one_task(request: HttpRequest, public_id: str) -> Any:
    """一份要评的申报：盲评的批次隐去名称；指标、我的打分、还缺什么。"""
    assigned = my_assigned(caller(request), public_id)
    round_ = assigned.application.round
    sheet = getattr(assigned, "sheet", None)
    marks = {m.indicator: m for m in sheet.marks.all()} if sheet else {}
    row = next(r for r in my_review_rows(assigned.user) if r.assigned.pk == assigned.pk)
    reading, rubric = reading_of(assigned.application, rules_of(round_).hides_names), rubric_of(round_)
    return TaskWhole(
        id=public_id, title=row.title, round=round_.public_id, state=s.said(row.state), deadline=assigned.deadline,
        done=row.done, blind=reading.blind, hidden=list(map(s.said, reading.hidden)),
        parts=parts_of(reading), opinion=sheet.opinion if sheet else "",
        claims=list(map(_claim, sheet.claims.order_by("at", "pk"))) if sheet else [],
        indicators=[Indicator(id=i.id, name=s.said(i.name), **_mark(marks.get(i.id))) for i in rubric.marked()],
        unset=[s.said(m.text) for m in not_set(round_)],
        lacking=[i.id for i in (unfinished(sheet, rubric) if sheet else rubric.marked())],
        submitted=sheet.submitted if sheet else None)


@router.put("/reviews/{public_id}/marks/{indicator}", response={200: Indicator, 409: Indicator}, auth=_WRITE)
def mark(request: HttpRequest, public_id: str, indicator: str, asked: GivenMark) -> Any:
    """给一项指标打分、写理由。版本号不是最新的，409，回现在的内容。"""
    assigned = my_assigned(caller(request), public_id)
    kept = marking.save_mark(assigned, indicator, asked.value, asked.reason, asked.version)
    stale = isinstance(kept, marking.Stale)
    found = kept.mark if isinstance(kept, marking.Stale) else kept
    name = next(i.name for i in rubric_of(assigned.application.round).marked() if i.id == indicator)
    return Status(409 if stale else 200, Indicator(id=indicator, name=s.said(name), **_mark(found)))


@router.post("/reviews/{public_id}/declaration", response={204: None}, auth=_WRITE)
def declare(request: HttpRequest, public_id: str, asked: Tie) -> Any:
    """声明与这份申报有无利害关系。"""
    assigning.declare(_mine(request, public_id), asked.relation)
    return Status(204, None)


@router.post("/reviews/{public_id}/organisation-ties", response={204: None}, auth=_WRITE)
def declare_organisation(request: HttpRequest, public_id: str, asked: TieToOrganisation) -> Any:
    """按单位申明利害关系：它参加的申报若在您的任务里，按本批次的规则处理。"""
    assigned = _mine(request, public_id)
    assigning.declare_organisation(assigned.application.round, assigned.user, code_of(asked.code), asked.relation)
    return Status(204, None)


@router.put("/reviews/{public_id}/opinion", response={204: None}, auth=_WRITE)
def give_opinion(request: HttpRequest, public_id: str, asked: GivenOpinion) -> Any:
    """写评审意见；提交之后要改，先取回。"""
    marking.save_opinion(_mine(request, public_id), asked.text)
    return Status(204, None)


@router.post("/reviews/{public_id}/claims", response={201: OwnClaim}, auth=_WRITE)
def claim_veto(request: HttpRequest, public_id: str, asked: ClaimingVeto) -> Any:
    """认为命中否决项，写明依据，可附文件；由专家组组长认定。"""
    upload = upload_of(asked.file, caller(request)) if asked.file else None
    paper = None if upload is None else replace(upload, paper=marking.EVIDENCE)
    return Status(201, _claim(marking.claim_veto(_mine(request, public_id), asked.kind, asked.evidence, paper)))


@router.delete("/reviews/{public_id}/claims/{claim_id}", response={204: None}, auth=_WRITE)
def withdraw_claim(request: HttpRequest, public_id: str, claim_id: str) -> Any:
    """撤回一条还没有认定的否决项。"""
    marking.withdraw_claim(_mine(request, public_id), claim_id)
    return Status(204, None)


@router.get("/reviews/{public_id}/files/{file}", auth=_READ)
def fetch_file(request: HttpRequest, public_id: str, file: str) -> Any:
    """申报书的一个附件；匿名评审的批次，只有经核不含名称的，名称是编号。"""
    return given(*file_for(_mine(request, public_id).application, file))


@router.post("/reviews/{public_id}/decline", response={204: None}, auth=_WRITE)
def decline(request: HttpRequest, public_id: str, asked: DecliningWhy) -> Any:
    """推辞，写明理由。"""
    assigning.decline(_mine(request, public_id), asked.reason)
    return Status(204, None)


@router.post("/reviews/{public_id}/submission", response={204: None}, auth=_WRITE)
def submit(request: HttpRequest, public_id: str) -> Any:
    """提交打分；每项都要有分数和理由。"""
    marking.submit(_mine(request, public_id))
    return Status(204, None)


@router.delete("/reviews/{public_id}/submission", response={204: None}, auth=_WRITE)
def take_back(request: HttpRequest, public_id: str) -> Any:
    """专家组结束打分之前取回修改。"""
    marking.take_back(_mine(request, public_id))
    return Status(204, None)


@router.post("/hearings/{public_id}/vote", response={200: Voted, 409: s.Problem}, auth=_WRITE)
def vote(request: HttpRequest, public_id: str, asked: Ballot) -> Any:
    """委员投票。回执只在这里给一次。"""
    user = caller(request)
    receipt = voting.vote(my_hearing(user, public_id), user, asked.choice, asked.word)
    return Status(200, Voted(commitment=receipt.commitment, chance=receipt.chance, word=receipt.word))


@router.get("/hearings/{public_id}/vote", response=str, auth=_READ)
def voted(request: HttpRequest, public_id: str) -> Any:
    """我投了没有：due 待投，voted 已投，away 回避，absent 未到会。"""
    user = caller(request)
    return my_vote(my_hearing(user, public_id), user)


def parts_of(reading: Reading) -> list[Part]:
    """What may be read of an application."""
    return [Part(number=p.number, title=s.said(p.title), items=list(map(_shown, p.items))) for p in reading.sections]


def _mine(request: HttpRequest, public_id: str) -> Assigned:
    return my_assigned(caller(request), public_id)


def _claim(claim: VetoClaim) -> OwnClaim:
    return OwnClaim(id=claim.public_id, kind=claim.kind, evidence=claim.evidence, state=claim.state,
                    finding=claim.finding, files=[ShownFile(id=a.public_id, name=a.name)
                                                  for a in attached_to(VETO_HOLDER, claim.public_id)])


def _mark(kept: Mark | None) -> dict[str, Any]:
    if kept is None:
        return {"value": None, "reason": "", "version": 0}
    value = None if kept.value is None else str(Fraction(kept.value).limit_denominator(100))
    return {"value": value, "reason": kept.reason, "version": kept.version}


def _shown(item: Shown) -> Shown_:
    table = item.table
    return Shown_(label=s.said(item.label), text=item.text, columns=list(map(s.said, table.columns)) if table else [],
                  rows=[list(row) for row in table.rows] if table else [],
                  files=[ShownFile(id=a.public_id, name=name) for a, name in item.files])
