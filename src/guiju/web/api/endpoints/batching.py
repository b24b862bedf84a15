"""One move for many applications at once: a rehearsal first, then in earnest; what was made of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from ninja.params.functions import Path

from guiju.source.diagnostics import Text
from guiju.web.api import schemas as s
from guiju.web.api.checked import fit, posted
from guiju.web.api.operations import BASE
from guiju.web.api.security import Scope, caller
from guiju.web.intake.domain import batches, officer
from guiju.web.intake.domain.body_batches import plan_of_body
from guiju.web.intake.forms import WordingForm
from guiju.web.intake.models import Batch
from guiju.web.intake.queries import my_batch, my_body, my_round, to_examine, to_recommend
from guiju.web.intake.stages import ACCEPT, CONCLUDE, FORWARD, RECEIVE, RETURN, TAKE_IN
from guiju.web.intake.units import Census
from guiju.web.kit.permissions import Refused, check
from guiju.web.rounds.models import RoundBody

router = Router(tags=["推荐与审查 intake"])
_READ, _WRITE = Scope("cases:read"), Scope("cases:write")
_OF_OFFICE = {"receive": RECEIVE, "conclude": CONCLUDE, "accept": ACCEPT, "return": RETURN}
_OF_BODY = {"take-in": TAKE_IN, "forward": FORWARD}
_WORDS = {made: word for word, made in (*_OF_OFFICE.items(), *_OF_BODY.items())}


class GivenFor(s.Closed):
    """What the officer gives for one application of a batch."""

    copies: str = Field("", max_length=20)
    electronic: bool = False
    reason: str = Field("", max_length=2000)
    decisions: dict[str, str] = Field({}, max_length=50)
    seen: str = Field("", max_length=64)


class NoticeWording(s.Closed):
    """Of the notice that a conclusion publishes; empty: as the round and the chart have it."""

    title: str = Field("", max_length=160)
    text: str = Field("", max_length=5000)
    days: int | None = Field(None, ge=1, le=366)


class OfficeBatch(s.Closed):
    """`rehearse`: only say how it would come out. `whole`: all or none."""

    move: Literal["receive", "conclude", "accept", "return"]
    applications: dict[str, GivenFor] = Field(min_length=1, max_length=batches.MOST)
    notice: NoticeWording | None = None
    rehearse: bool = True
    whole: bool = True


class GivenByBody(s.Closed):
    decisions: dict[str, str] = Field({}, max_length=50)
    seen: str = Field("", max_length=64)


class BodyBatch(s.Closed):
    """`rehearse`: only say how it would come out. `whole`: all or none."""

    move: Literal["take-in", "forward"]
    applications: dict[str, GivenByBody] = Field(min_length=1, max_length=batches.MOST)
    rehearse: bool = True
    whole: bool = True


class Outcome(Schema):
    application: str
    made: bool
    stage: s.Words
    why: list[s.Words]


class BatchMade(Schema):
    """What a batch did. `notice`: the id of the one that it published, if it did."""

    id: str
    move: str
    round: str
    body: str
    whole: bool
    at: dt.datetime
    by: str
    notice: str
    outcomes: list[Outcome]


class SharedUnit(Schema):
    """A unit that takes part in more than one application of a round, `joint` of them joint ones."""

    code: str
    name: str
    applications: list[str]
    joint: int


@router.post("/recommending/rounds/{round_id}/bodies/{number}/batches", response={200: list[Outcome], 409: s.Problem},
             auth=_WRITE)
def batch_of_body(request: HttpRequest, response: HttpResponse, round_id: str, asked: BodyBatch,
                  number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """推荐单位成批收件、推荐报送；先试办（rehearse）看每份会怎样。`number`：批次里推荐单位的编号。"""
    user = caller(request)
    body = my_body(user, round_id, number)
    check(user, "recommend.act", body)
    applications = [to_recommend(user, public_id) for public_id in asked.applications]
    if any(a.body_id != body.pk for a in applications):
        raise Refused("有的申报不是交到这个推荐单位的", "an application was not handed in to this body")
    given = {k: officer.Given(**v.model_dump()) for k, v in asked.applications.items()}
    return _run(plan_of_body(_OF_BODY[asked.move], body, user, applications, given), asked, response)


@router.post("/examining/rounds/{round_id}/batches", response={200: list[Outcome], 409: s.Problem}, auth=_WRITE)
def batch_of_office(request: HttpRequest, response: HttpResponse, round_id: str, asked: OfficeBatch) -> Any:
    """成批办理；先试办（rehearse）看每份会怎样，试办什么也不改变。办了的，Location 给出这一批的地址。"""
    user = caller(request)
    round_ = my_round(user, round_id)
    check(user, "examine.act", round_)
    applications = [to_examine(user, public_id) for public_id in asked.applications]
    if any(a.round_id != round_.pk for a in applications):
        raise Refused("有的申报不是这个批次的", "an application is not of this round")
    given = {k: officer.Given(**v.model_dump()) for k, v in asked.applications.items()}
    wording = fit(WordingForm(posted(asked.notice.dict() if asked.notice else {}))).wording()
    return _run(officer.plan(_OF_OFFICE[asked.move], round_, user, applications, given, wording), asked, response)


@router.get("/batches/{public_id}", response=BatchMade, auth=_READ)
def one_batch(request: HttpRequest, public_id: str) -> Any:
    """一批办了什么，每份的结果和理由。"""
    user = caller(request)
    found = my_batch(user, public_id)
    check(user, "batch.view", found)
    return BatchMade(id=found.public_id, move=_WORDS.get(found.move, found.move), round=found.round.public_id,
                     body=_name(found.body), whole=found.whole, at=found.at, by=found.by.name, notice=found.notice,
                     outcomes=_lines(found))


@router.get("/examining/rounds/{round_id}/units", response=list[SharedUnit], auth=_READ)
def shared_units(request: HttpRequest, round_id: str) -> Any:
    """本批次参加不止一个申报的单位，按统一社会信用代码数；只给受理审查单位看。"""
    user = caller(request)
    round_ = my_round(user, round_id)
    check(user, "examine.view", round_)
    return [SharedUnit(code=u.code, name=u.name, applications=[a.public_id for a in u.applications], joint=u.joint)
            for u in Census(round_).several()]


def _run(plan: batches.Plan, asked: BodyBatch | OfficeBatch, response: HttpResponse) -> list[Outcome]:
    if asked.rehearse:
        return [Outcome(application=o.application.public_id, made=o.made, stage=s.said(o.stage),
                        why=[*map(s.said, [r.text for r in o.reasons]), *([s.said(o.why)] if o.why.zh else [])])
                for o in batches.rehearse(plan)]
    kept = batches.carry_out(plan, asked.whole)
    response["Location"] = f"{BASE}/batches/{kept.public_id}"
    return _lines(kept)


def _lines(kept: Batch) -> list[Outcome]:
    return [Outcome(application=line["application"], made=line["made"], stage=s.said(Text(*line["stage"])),
                    why=[s.said(Text(*why)) for why in line["why"]]) for line in kept.lines]


def _name(body: RoundBody | None) -> str:
    return body.body.organisation.name if body is not None else ""
