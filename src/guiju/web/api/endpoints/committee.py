"""Composing the expert committee, the law's own conditions beside it; its chair begins the review."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.evaluate.answer import Finding
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.leading import not_made
from guiju.web.api.endpoints.organising import READ, WRITE, Day, Id, an_expert, organised
from guiju.web.api.security import caller
from guiju.web.applications.models import Application
from guiju.web.kit.permissions import Refused, check
from guiju.web.reviewing.domain import beginning, committees
from guiju.web.reviewing.domain.moving import NotMade
from guiju.web.reviewing.models import Committee
from guiju.web.reviewing.queries.composition import composition_of
from guiju.web.reviewing.queries.experts import employers
from guiju.web.reviewing.queries.parts import committee_of, presided_round
from guiju.web.reviewing.queries.scene import titled
from guiju.web.rounds.models import Round

router = Router(tags=["专家委员会 expert committee"])


class SeatOf(Schema):
    seat: int
    user: str
    name: str
    post: str
    employer: str


class CommitteeCondition(Schema):
    """A condition of the law and how it stands: `pass`, `fail`, or what keeps it open."""

    id: str
    name: s.Words
    status: str
    strength: str
    statement: s.Words
    clauses: list[str]


class CommitteeWhole(Schema):
    """`until`: the last day of its term; `same`: applicants for which a member works (a hint)."""

    id: str
    name: str
    state: str
    formed_on: dt.date | None
    until: dt.date | None
    over: bool
    outcome: str
    conditions: list[CommitteeCondition]
    seats: list[SeatOf]
    same: list[str]
    reason: str


class EarlierCommittee(Schema):
    id: str
    name: str
    round: str


class Committees(Schema):
    """`committee`: the one that is being composed, else the one that sits. `earlier`: whose seats may be taken over."""

    committee: CommitteeWhole | None
    earlier: list[EarlierCommittee]


class Composing(s.Closed):
    """`like`: an earlier committee whose seats are taken over."""

    name: str = Field("", max_length=120)
    like: str = Field("", max_length=20)


class FormedOn(s.Closed):
    day: Day | None = None


class Seating(s.Closed):
    user: Id
    post: Literal["chair", "vice", "member"]


class Confirming(s.Closed):
    """`reason`: wanted where the law leaves a condition to a person."""

    reason: str = Field("", max_length=2000)


class TakenIn(Schema):
    id: str
    title: str
    organisation: str
    panel: str


class BeginningReview(s.Closed):
    """`rules_adopted`: the committee has adopted the detailed rules. `decisions`: written reasons, by what was asked.
    """

    applications: list[Id] = Field(min_length=1, max_length=s.MOST_ROWS)
    rules_adopted: bool
    decisions: dict[str, str] = Field({}, max_length=50)


class Begun(Schema):
    """What became of one application; `problem` null: its review has begun."""

    id: str
    problem: s.Problem | None


@router.get("/organising/{round_id}/committee", response=Committees, auth=READ)
def committee(request: HttpRequest, round_id: str) -> Any:
    """专家委员会：名单，以及政策对组成的每一项要求现在符合不符合。"""
    round_ = organised(request, round_id)
    found = _composed(round_)
    earlier = Committee.objects.filter(round__office=round_.office, state="confirmed").exclude(
        round=round_).select_related("round")[:10]
    return Committees(committee=_committee(found) if found else None, earlier=[
        EarlierCommittee(id=c.public_id, name=c.name, round=c.round.public_id) for c in earlier])


@router.post("/organising/{round_id}/committee", response={201: CommitteeWhole}, auth=WRITE)
def begin_committee(request: HttpRequest, round_id: str, asked: Composing) -> Any:
    """着手组成专家委员会；可以沿用以前一届的名单再改。"""
    round_ = organised(request, round_id)
    like = Committee.objects.filter(public_id=asked.like, round__office=round_.office).first() if asked.like else None
    if asked.like and like is None:
        raise Http404
    return Status(201, _committee(committees.begin_committee(round_, asked.name, like)))


@router.put("/organising/{round_id}/committee/formed-on", response=CommitteeWhole, auth=WRITE)
def formed(request: HttpRequest, round_id: str, asked: FormedOn) -> Any:
    """写组建日：任期从那天起算。"""
    found = _there(organised(request, round_id))
    committees.set_formed(found, asked.day)
    return _again(found)


@router.post("/organising/{round_id}/committee/seats", response={201: CommitteeWhole}, auth=WRITE)
def seat(request: HttpRequest, round_id: str, asked: Seating) -> Any:
    """请一位专家进委员会：chair 主任委员，vice 副主任委员，member 委员。"""
    found = _there(organised(request, round_id))
    committees.seat(found, an_expert(asked.user), asked.post)
    return Status(201, _again(found))


@router.delete("/organising/{round_id}/committee/seats/{seat_id}", response=CommitteeWhole, auth=WRITE)
def unseat(request: HttpRequest, round_id: str, seat_id: int) -> Any:
    """撤下一席（编号见名单）。"""
    found = _there(organised(request, round_id))
    if not 0 <= seat_id <= s.MOST_NUMBER:
        raise Http404
    committees.unseat(found, seat_id)
    return _again(found)


@router.post("/organising/{round_id}/committee/confirmation", response=CommitteeWhole, auth=WRITE)
def confirm(request: HttpRequest, round_id: str, asked: Confirming) -> Any:
    """确认委员会：组成须符合规定；确认后主任委员可以开始评审。"""
    found = _there(organised(request, round_id))
    committees.confirm(found, caller(request), asked.reason)
    return _again(found)


@router.get("/presiding/{round_id}/beginning", response=list[TakenIn], auth=READ)
def to_begin(request: HttpRequest, round_id: str) -> Any:
    """已受理、等主任委员开始评审的申报。"""
    return [TakenIn(id=a.public_id, title=title, organisation=a.organisation.name,
                    panel=a.placement.panel.field if hasattr(a, "placement") else "")
            for a, title in titled(_taken_in(_presided(request, round_id)))]


@router.post("/presiding/{round_id}/beginning", response=list[Begun], auth=WRITE)
def begin(request: HttpRequest, round_id: str, asked: BeginningReview) -> Any:
    """主任委员开始一批申报的评审（T12）；各份分别办，一份不成不影响别的，逐份说明理由。"""
    round_ = _presided(request, round_id)
    chosen = chosen_of(list(_taken_in(round_)), asked.applications)
    done = beginning.begin_review(round_, chosen, caller(request), asked.rules_adopted, asked.decisions)
    return [Begun(id=b.application.public_id, problem=not_made(NotMade(b.refused)).value if b.refused else None)
            for b in done]


def chosen_of(there: list[Application], asked: list[str]) -> list[Application]:
    missing = set(asked) - {a.public_id for a in there}
    if missing:
        one = min(missing)
        raise Refused(f"申报 {one} 不在可选之列", f"application {one} is none of those to choose from")
    return [a for a in there if a.public_id in asked]


def _presided(request: HttpRequest, round_id: str) -> Round:
    user = caller(request)
    found = presided_round(user, round_id)
    check(user, "review.preside", found)
    return found


def _taken_in(round_: Round) -> Any:
    return round_.applications.filter(case__stage=beginning.TAKEN_IN).select_related(
        "case", "case__revision", "case__organisation", "organisation", "placement__panel__leader", "round"
    ).order_by("pk")


def _composed(round_: Round) -> Committee | None:
    """The one that is being composed; else the one that sits."""
    return round_.committees.filter(state="draft").order_by("-pk").first() or committee_of(round_)


def _there(round_: Round) -> Committee:
    found = _composed(round_)
    if found is None:
        raise Refused("还没有委员会", "there is no committee")
    return found


def _again(found: Committee) -> CommitteeWhole:
    found.refresh_from_db()
    return _committee(found)


def _committee(found: Committee) -> CommitteeWhole:
    composed, seats = composition_of(found), list(found.seats.select_related("user").order_by("pk"))
    work = employers(x.user for x in seats)
    return CommitteeWhole(
        id=found.public_id, name=found.name, state=found.state, formed_on=found.formed_on, until=composed.until,
        over=composed.over, outcome=composed.outcome, conditions=list(map(_condition, composed.lines)),
        seats=[SeatOf(seat=x.pk, user=x.user.public_id, name=x.user.name, post=x.post,
                      employer=work.get(x.user_id, ("", ""))[1]) for x in seats],
        same=list(composed.same), reason=found.reason)


def _condition(found: Finding) -> CommitteeCondition:
    return CommitteeCondition(id=found.id, name=s.said(found.name), status=found.status, strength=found.strength,
                     statement=s.said(found.statement), clauses=list(found.clauses))
