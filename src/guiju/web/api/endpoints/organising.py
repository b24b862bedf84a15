"""Organising a review: how it stands, the experts, the panels. See also `committee` and `assignment`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Query

from guiju.web.accounts.models import Expert, User
from guiju.web.api import schemas as s
from guiju.web.api.security import Scope, caller
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER
from guiju.web.files.models import Attachment
from guiju.web.kit.days import FIRST_DAY, LAST_DAY
from guiju.web.kit.permissions import Refused, check
from guiju.web.reviewing.domain import panels
from guiju.web.reviewing.models import Panel
from guiju.web.reviewing.queries.experts import employers, pool
from guiju.web.reviewing.queries.marks import not_set
from guiju.web.reviewing.queries.parts import (
    chairs,
    committee_of,
    officers_round,
    rounds_approved_by,
    rounds_run_by,
    rounds_sat_in,
)
from guiju.web.reviewing.queries.problem import missing_figures
from guiju.web.reviewing.queries.scene import titled
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

router = Router(tags=["评审组织 organising a review"])
READ, WRITE = Scope("review:read"), Scope("rounds:write")
Day = Annotated[dt.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Id = Annotated[str, Field(min_length=1, max_length=20)]
_MOST_IN_POOL = 300
_PLACEABLE = ("S10", "S11")


class MyRounds(Schema):
    """Rounds by id: that one runs, approves in, sits in, chairs."""

    run: list[str]
    approved: list[str]
    sat: list[str]
    chaired: list[str]


class PlacedApplication(Schema):
    """`panel`: its id, empty for none. `files`: the attachments; `nameless`: those found to name nobody."""

    id: str
    title: str
    organisation: str
    stage: str
    stage_label: s.Words
    panel: str
    marks_closed: bool
    files: list[str]
    nameless: list[str]


class ReviewOfRound(Schema):
    """`blind`: null while the round does not say; names are hidden till it does. `unset`: what the detailed rules have
    not set: no score, or no assignment, before they do. `waiting`: how many that were taken in have no panel."""

    id: str
    blind: bool | None
    committee: str
    unset: list[s.Words]
    waiting: int
    applications: list[PlacedApplication]


class SomeExpert(Schema):
    id: str
    name: str
    title: str
    employer: str
    specialities: list[str]


class OnPanel(Schema):
    id: str
    name: str


class PanelOf(Schema):
    id: str
    field: str
    leader: str
    members: list[OnPanel]


class Forming(s.Closed):
    field: str = Field(min_length=1, max_length=60)


class Joining(s.Closed):
    users: list[Id] = Field(min_length=1, max_length=200)


class Leading(s.Closed):
    user: Id


class Placing(s.Closed):
    panel: Id


class Nameless(s.Closed):
    """Public ids of attachments."""

    files: list[Id] = Field(max_length=200)


@router.get("/reviewing/rounds", response=MyRounds, auth=READ)
def my_rounds(request: HttpRequest) -> Any:
    """我组织、审批、任委员、任主任委员的批次。"""
    user = caller(request)
    sat = list(rounds_sat_in(user))
    return MyRounds(run=[r.public_id for r in rounds_run_by(user)], sat=[r.public_id for r in sat],
                    approved=[r.public_id for r in rounds_approved_by(user)],
                    chaired=[r.public_id for r in sat if chairs(user, r)])


@router.get("/organising/{round_id}", response=ReviewOfRound, auth=READ)
def overview(request: HttpRequest, round_id: str) -> Any:
    """一个批次的评审进展：申报到哪个专家组、哪一步，评审细则还有什么没有定。"""
    round_ = organised(request, round_id)
    known = list(round_.applications.filter(Q(case__stage__in=_PLACEABLE) | Q(placement__isnull=False)).select_related(
        "case", "organisation", "placement__panel").order_by("pk"))
    figures, sits = missing_figures(round_), committee_of(round_)
    return ReviewOfRound(
        id=round_id, blind=rules_of(round_).blind, committee=sits.public_id if sits else "",
        unset=[s.said(m.text) for m in (*not_set(round_), *(figures.missing if figures else ()))],
        waiting=sum(a.case.stage == "S10" and not hasattr(a, "placement") for a in known),
        applications=[_placed(a, title) for a, title in titled(known)])


@router.get("/organising/{round_id}/experts", response=list[SomeExpert], auth=READ)
def experts(request: HttpRequest, round_id: str, words: str = Query("", max_length=60)) -> Any:
    """可以请的专家，按姓名、专业、单位找。"""
    organised(request, round_id)
    found = list(pool(words.strip())[:_MOST_IN_POOL])
    work = employers(e.user for e in found)
    return [_expert(e, work) for e in found]


@router.get("/organising/{round_id}/panels", response=list[PanelOf], auth=READ)
def panel_list(request: HttpRequest, round_id: str) -> Any:
    """各领域的专家组：组长、成员。"""
    found = organised(request, round_id).panels.prefetch_related("members__user").select_related("leader")
    return list(map(_panel, found.order_by("pk")))


@router.post("/organising/{round_id}/panels", response={201: PanelOf}, auth=WRITE)
def form_panel(request: HttpRequest, round_id: str, asked: Forming) -> Any:
    """按专业领域设一个专家组。"""
    return Status(201, _panel(panels.form_panel(organised(request, round_id), asked.field)))


@router.post("/organising/{round_id}/panels/{panel_id}/members", response=PanelOf, auth=WRITE)
def join(request: HttpRequest, round_id: str, panel_id: str, asked: Joining) -> Any:
    """请专家进组。"""
    panel = _a_panel(organised(request, round_id), panel_id)
    for user in list(map(an_expert, asked.users)):
        panels.join(panel, user)
    return _panel(panel)


@router.delete("/organising/{round_id}/panels/{panel_id}/members/{user_id}", response=PanelOf, auth=WRITE)
def leave(request: HttpRequest, round_id: str, panel_id: str, user_id: str) -> Any:
    """专家退出专家组；组长和还有评审任务的不能退。"""
    panel = _a_panel(organised(request, round_id), panel_id)
    panels.leave(panel, an_expert(user_id))
    return _panel(panel)


@router.put("/organising/{round_id}/panels/{panel_id}/leader", response=PanelOf, auth=WRITE)
def name_leader(request: HttpRequest, round_id: str, panel_id: str, asked: Leading) -> Any:
    """从本组专家中定组长。"""
    panel = _a_panel(organised(request, round_id), panel_id)
    panels.name_leader(panel, an_expert(asked.user))
    return _panel(panel)


@router.put("/organising/{round_id}/applications/{public_id}/panel", response={204: None}, auth=WRITE)
def place(request: HttpRequest, round_id: str, public_id: str, asked: Placing) -> Any:
    """定一份申报由哪个专家组评审。"""
    round_ = organised(request, round_id)
    panels.place(application_in(round_, public_id), _a_panel(round_, asked.panel))
    return Status(204, None)


@router.put("/organising/{round_id}/applications/{public_id}/nameless", response={204: None}, auth=WRITE)
def set_nameless(request: HttpRequest, round_id: str, public_id: str, asked: Nameless) -> Any:
    """匿名评审的批次：哪些附件经核看不出名称，可以给评审专家看。"""
    panels.set_nameless(application_in(organised(request, round_id), public_id), asked.files)
    return Status(204, None)


def organised(request: HttpRequest, round_id: str) -> Round:
    """A round that the caller runs. Raises Http404, Denied."""
    user = caller(request)
    round_ = officers_round(user, round_id)
    check(user, "review.organise", round_)
    return round_


def application_in(round_: Round, public_id: str) -> Application:
    found = round_.applications.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def an_expert(public_id: str) -> User:
    found = User.objects.filter(public_id=public_id, expert__isnull=False).first()
    if found is None:
        raise Refused("没有这位专家；请用专家名单里的编号", "no such expert: use an id of the list of experts")
    return found


def _expert(found: Expert, work: dict[int, tuple[str, str]]) -> SomeExpert:
    return SomeExpert(id=found.user.public_id, name=found.user.name, title=found.title,
                      employer=work.get(found.user_id, ("", ""))[1],
                      specialities=[x.field for x in found.specialities.all()])


def _a_panel(round_: Round, public_id: str) -> Panel:
    found = round_.panels.filter(public_id=public_id).select_related("leader").first()
    if found is None:
        raise Http404
    return found


def _panel(panel: Panel) -> PanelOf:
    return PanelOf(id=panel.public_id, field=panel.field, leader=panel.leader.public_id if panel.leader else "",
                   members=[OnPanel(id=m.user.public_id, name=m.user.name)
                            for m in panel.members.select_related("user").order_by("pk")])


def _placed(application: Application, title: str) -> PlacedApplication:
    placement = getattr(application, "placement", None)
    files = Attachment.objects.filter(holder=HOLDER, holder_id=application.public_id).order_by("uploaded", "pk")
    return PlacedApplication(
        id=application.public_id, title=title, organisation=application.organisation.name,
        stage=application.case.stage, stage_label=s.said(application.case.stage_label),
        panel=placement.panel.public_id if placement else "", marks_closed=bool(placement and placement.closed),
        files=list(files.values_list("public_id", flat=True)), nameless=placement.nameless if placement else [])
