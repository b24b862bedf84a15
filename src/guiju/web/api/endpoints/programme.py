"""What is public: rounds, notices with objections, the register of laboratories."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Query

from guiju.lifecycle.refusal import Refusal
from guiju.papers import WRITERS, Paper
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import refused, taken_in
from guiju.web.api.pages import cut, listed
from guiju.web.api.security import Scope, caller
from guiju.web.files.kinds import MEDIA
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import a_laboratory, register
from guiju.web.notices.domain import Objector, object_to
from guiju.web.notices.models import PublicNotice
from guiju.web.notices.paper import notice_paper
from guiju.web.notices.queries import a_notice, public_notices
from guiju.web.rounds.models import Round
from guiju.web.rounds.paper import blank_form, call_paper
from guiju.web.rounds.queries import a_round, seen_by
from guiju.web.rounds.timetable import ical

router = Router(tags=["公开 public"])


class Body(Schema):
    id: int
    name: str
    deadline: dt.date | None


class RoundBrief(Schema):
    id: str
    programme: str
    title: s.Words
    year: int
    state: str
    opens: dt.date | None
    closes: dt.date | None
    bodies: list[Body]


class NoticeItem(Schema):
    place: int
    name: str
    host: str
    result: s.Words
    reason: str


class NoticeBrief(Schema):
    id: str
    round: str
    notice: str
    title: str
    begins: dt.date
    ends: dt.date
    days: int
    unit: str
    state: str
    clauses: list[str]


class Notices(s.Page):
    notices: list[NoticeBrief]


class NoticeWhole(NoticeBrief):
    text: str
    items: list[NoticeItem]


class Objecting(s.Closed):
    """`name` empty: unnamed, where the round allows it."""

    ground: str = Field(min_length=1, max_length=5000)
    name: str = Field("", max_length=60)
    contact: str = Field("", max_length=120)
    papers: list[s.Paper] = Field([], max_length=5)


class Objected(Schema):
    """`code`: by which one can look up what becomes of it; it is told only now."""

    code: str


class LaboratoryBrief(Schema):
    id: str
    name: str
    name_en: str
    host: str
    region: str
    state: s.Words
    approved_on: dt.date
    operating_since: dt.date | None


class Laboratories(s.Page):
    laboratories: list[LaboratoryBrief]


@router.get("/rounds", response=list[RoundBrief], auth=Scope())
def list_rounds(request: HttpRequest, response: HttpResponse, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """已发布的批次；自己单位组织的，草稿也在内。"""
    found = seen_by(caller(request)).prefetch_related("bodies__body__organisation").order_by("-year", "-pk")
    return list(map(_round, listed(request, response, found, page)))


@router.get("/rounds/{round_id}", response=RoundBrief, auth=Scope())
def one_round(request: HttpRequest, round_id: str) -> Any:
    """一个批次，及其推荐单位（申报时要用编号）。"""
    return _round(a_round(caller(request), round_id))


@router.get("/rounds/{round_id}/call/{kind}", response={200: str}, auth=Scope())
def call_of_round(request: HttpRequest, round_id: str, kind: Literal["pdf", "docx"]) -> Any:
    """申报通知，公文版式。"""
    return _paper(call_paper(a_round(caller(request), round_id)), kind)


@router.get("/rounds/{round_id}/calendar", response={200: str}, auth=Scope())
def calendar_of_round(request: HttpRequest, round_id: str, lang: Literal["zh", "en"] = "zh") -> Any:
    """批次的日程，可以放进日历的 .ics。"""
    return HttpResponse(ical(a_round(caller(request), round_id), lang), content_type="text/calendar; charset=utf-8")


@router.get("/rounds/{round_id}/blank-form", response={200: str}, auth=Scope())
def blank_form_of_round(request: HttpRequest, round_id: str) -> Any:
    """空白申报书（Word）；批次没有申报书的，404。"""
    made = blank_form(a_round(caller(request), round_id))
    if made is None:
        raise Http404
    return HttpResponse(made, content_type=MEDIA["docx"])


@router.get("/notices", response=Notices, auth=Scope())
def list_notices(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """公示，新的在前。"""
    found = cut(public_notices(), page)
    return Notices(**found.numbers, notices=[NoticeBrief(**_notice(n)) for n in found.rows])


@router.get("/notices/{public_id}", response=NoticeWhole, auth=Scope())
def one_notice(request: HttpRequest, public_id: str) -> Any:
    """一则公示的全文和逐项结果。"""
    notice = a_notice(caller(request), public_id)
    return NoticeWhole(**_notice(notice), text=notice.text, items=[
        NoticeItem(place=i.place, name=i.name, host=i.host, result=s.said(i.result), reason=i.reason)
        for i in notice.items.order_by("place")])


@router.get("/notices/{public_id}/paper/{kind}", response={200: str}, auth=Scope())
def paper_of_notice(request: HttpRequest, public_id: str, kind: Literal["pdf", "docx"]) -> Any:
    """公示，公文版式。"""
    return _paper(notice_paper(a_notice(caller(request), public_id)), kind)


@router.post("/notices/{public_id}/items/{place}/objections", response={201: Objected, 409: s.Problem}, auth=Scope())
def objection(request: HttpRequest, public_id: str, place: int, asked: Objecting) -> Any:
    """对公示的一项提出异议。"""
    user = caller(request)
    item = a_notice(user, public_id).items.filter(place=place).first() if 0 <= place <= s.MOST_NUMBER else None
    if item is None:
        raise Http404
    objector = Objector(user if asked.name else None, asked.name, asked.contact, request.META.get("REMOTE_ADDR", ""))
    made = object_to(item, objector, asked.ground, taken_in(asked.papers, user))
    return refused(made) if isinstance(made, Refusal) else Status(201, Objected(code=made.code))


@router.get("/laboratories", response=Laboratories, auth=Scope())
def list_laboratories(request: HttpRequest, words: str = Query("", max_length=60),
                      page: int = Query(1, ge=1, le=100_000)) -> Any:
    """实验室名册。"""
    found = cut(register(words=words.strip()), page)
    return Laboratories(**found.numbers, laboratories=list(map(_laboratory, found.rows)))


@router.get("/laboratories/{public_id}", response=LaboratoryBrief, auth=Scope())
def one_laboratory(request: HttpRequest, public_id: str) -> Any:
    """名册里的一个实验室。"""
    return _laboratory(a_laboratory(caller(request), public_id))


def _paper(made: Paper, kind: str) -> HttpResponse:
    return HttpResponse(WRITERS[kind](made), content_type=MEDIA[kind])


def _round(round_: Round) -> RoundBrief:
    return RoundBrief(id=round_.public_id, programme=round_.chart, title=s.said(round_.label), year=round_.year,
                      state=round_.state, opens=round_.opens, closes=round_.closes,
                      bodies=[Body(id=b.pk, name=b.body.organisation.name, deadline=b.deadline or round_.closes)
                              for b in round_.bodies.all()])


def _notice(notice: PublicNotice) -> dict[str, Any]:
    return {"id": notice.public_id, "round": notice.round.public_id, "notice": notice.notice, "title": notice.title,
            "begins": notice.begins, "ends": notice.ends, "days": notice.days, "unit": notice.unit,
            "state": notice.state, "clauses": notice.clauses}


def _laboratory(found: Laboratory) -> LaboratoryBrief:
    return LaboratoryBrief(id=found.public_id, name=found.name, name_en=found.name_en, host=found.host.name,
                           region=found.region, state=s.said(found.state_label), approved_on=found.approved_on,
                           operating_since=found.operating_since)
