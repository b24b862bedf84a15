"""Recommending and examining: queues, marks, the moves of one application. See also `opinions` and `batching`."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Query

from guiju.lifecycle.refusal import Refusal
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import overtaken, refused
from guiju.web.api.pages import listed
from guiju.web.api.security import Scope, caller
from guiju.web.applications.models import Application
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.intake.checklists import Checklist, Item, formal_examination, material_check
from guiju.web.intake.domain import examining, marks, recommending
from guiju.web.intake.models import Check
from guiju.web.intake.queries import (
    bodies_of,
    examination_queue,
    examined_rounds,
    formal_marks,
    material_marks,
    queue_of,
    to_examine,
    to_recommend,
)
from guiju.web.intake.stages import ACCEPT, CONCLUDE, RECEIVE, RETURN
from guiju.web.kit.permissions import check

router = Router(tags=["推荐与审查 intake"])
_READ, _WRITE = Scope("cases:read"), Scope("cases:write")
_MOVES = {"receive": RECEIVE, "conclude": CONCLUDE, "accept": ACCEPT, "return": RETURN}
MarkWord = Literal["", "pass", "doubt", "fail"]


class Queued(Schema):
    id: str
    round: str
    organisation: str
    stage: s.Words
    handed_in: dt.datetime | None


class Marked(Schema):
    item: str
    name: s.Words
    mark: str
    remark: str
    by: str
    version: int


class MaterialMark(s.Closed):
    mark: MarkWord
    remark: str = Field("", max_length=2000)
    version: int = Field(0, ge=0, le=s.MOST_NUMBER)


class Seen(s.Closed):
    """`seen`: the head of the case when it was read."""

    seen: str = Field("", max_length=64)


class Forwarding(Seen):
    decisions: dict[str, str] = Field({}, max_length=50)


class Declining(s.Closed):
    reason: str = Field(min_length=1, max_length=2000)
    materials_failed: bool


class Reasons(s.Closed):
    reasons: str = Field(min_length=1, max_length=2000)


class Conclusion(s.Closed):
    conclusion: Literal["pass", "fail"]
    reasons: str = Field("", max_length=5000)
    version: int = Field(0, ge=0, le=s.MOST_NUMBER)
    decisions: dict[str, str] = Field({}, max_length=50)


@router.get("/recommending", response=list[Queued], auth=_READ)
def queue(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """交到本单位推荐的，先到的在前。"""
    found = [a for body in bodies_of(caller(request)) for a in queue_of(body)]
    return list(map(_queued, listed(request, response, found, page)))


@router.get("/recommending/{public_id}/marks", response=list[Marked], auth=_READ)
def material(request: HttpRequest, public_id: str) -> Any:
    """材料逐项审核的情况。"""
    found = material_marks(to_recommend(caller(request), public_id))
    return [_marked(i, found.get(i.id)) for i in material_check().items]


@router.put("/recommending/{public_id}/marks/{item}", response={200: Marked}, auth=_WRITE)
def mark_material(request: HttpRequest, public_id: str, item: str, asked: MaterialMark) -> Any:
    """审核一项材料。"""
    application, one = recommends(request, public_id), _item(material_check(), item)
    kept = marks.mark_material(application, one, asked.mark, asked.remark, caller(request), asked.version)
    return _marked(one, kept)


@router.post("/recommending/{public_id}/take-in", response={200: Queued, 409: s.Problem}, auth=_WRITE)
def take_in(request: HttpRequest, public_id: str, asked: Forwarding) -> Any:
    """收件。"""
    application = recommends(request, public_id)
    return _made(application, recommending.take_in(application, caller(request), asked.seen, asked.decisions))


@router.post("/recommending/{public_id}/refusal-as-late", response={200: Queued, 409: s.Problem}, auth=_WRITE)
def refuse_late(request: HttpRequest, public_id: str, asked: Seen) -> Any:
    """逾期不予受理；只对截止日以后到的。"""
    application = recommends(request, public_id)
    return _made(application, recommending.refuse_late(application, caller(request), asked.seen))


@router.post("/recommending/{public_id}/forward", response={200: Queued, 409: s.Problem}, auth=_WRITE)
def forward(request: HttpRequest, public_id: str, asked: Forwarding) -> Any:
    """推荐并报送。"""
    application = recommends(request, public_id)
    return _made(application, recommending.forward(application, caller(request), asked.seen, asked.decisions))


@router.post("/recommending/{public_id}/decline", response={200: Queued, 409: s.Problem}, auth=_WRITE)
def decline(request: HttpRequest, public_id: str, asked: Declining) -> Any:
    """不推荐，写明理由。"""
    application = recommends(request, public_id)
    made = recommending.decline(application, asked.reason, asked.materials_failed, caller(request))
    return _made(application, made)


@router.post("/recommending/{public_id}/send-back", response={204: None}, auth=_WRITE)
def send_back(request: HttpRequest, public_id: str, asked: Reasons) -> Any:
    """退回补充，写明理由。"""
    recommending.send_back(recommends(request, public_id), asked.reasons, caller(request))
    return Status(204, None)


@router.get("/examining", response=list[Queued], auth=_READ)
def examination(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """本单位受理审查的。"""
    found = [a for round_ in examined_rounds(caller(request)) for a in examination_queue(round_)]
    return list(map(_queued, listed(request, response, found, page)))


@router.get("/examining/{public_id}/marks", response=list[Marked], auth=_READ)
def formal(request: HttpRequest, public_id: str) -> Any:
    """形式审查各项，各位审查人的意见。"""
    found = formal_marks(to_examine(caller(request), public_id))
    return [_marked(i, m) for i in formal_examination().items for m in found.get(i.id, [])]


@router.put("/examining/{public_id}/marks/{item}", response={200: Marked}, auth=_WRITE)
def mark_formal(request: HttpRequest, public_id: str, item: str, asked: MaterialMark) -> Any:
    """审查一项；与系统核对结果相反的要写理由。"""
    application, one = examines(request, public_id), _item(formal_examination(), item)
    kept = marks.mark_formal(application, one, asked.mark, asked.remark, caller(request), asked.version)
    return _marked(one, kept)


@router.put("/examining/{public_id}/conclusion", response={204: None}, auth=_WRITE)
def conclude(request: HttpRequest, public_id: str, asked: Conclusion) -> Any:
    """作形式审查结论，公示时发布。不通过的，以及有项存疑、不通过或与系统核对结果相反而仍作通过的，要写理由；后者记入案卷。"""
    examining.conclude(examines(request, public_id), asked.conclusion, asked.reasons, caller(request), asked.version,
                       asked.decisions)
    return Status(204, None)


def recommends(request: HttpRequest, public_id: str) -> Application:
    user = caller(request)
    found = to_recommend(user, public_id)
    check(user, "recommend.act", found)
    return found


def examines(request: HttpRequest, public_id: str) -> Application:
    user = caller(request)
    found = to_examine(user, public_id)
    check(user, "examine.act", found)
    return found


def _item(checklist: Checklist, id_: str) -> Item:
    found = checklist.item(id_)
    if found is None:
        raise Http404
    return found


def _made(application: Application, made: Any) -> Any:
    if isinstance(made, Refusal):
        return refused(made)
    if isinstance(made, Overtaken):
        return overtaken(made)
    application.case = made
    return Status(200, _queued(application))


def _queued(application: Application) -> Queued:
    return Queued(id=application.public_id, round=application.round.public_id,
                  organisation=application.organisation.name, stage=s.said(application.case.stage_label),
                  handed_in=application.handed_in)


def _marked(item: Item, kept: Check | None) -> Marked:
    return Marked(item=item.id, name=s.said(item.name), mark=kept.mark if kept else "",
                  remark=kept.remark if kept else "", by=kept.by.name if kept else "",
                  version=kept.version if kept else 0)
