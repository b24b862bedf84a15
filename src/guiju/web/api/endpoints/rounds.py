"""Running rounds: what a round sets, what is open, publication, changes with their impact."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from guiju.web.accounts.queries import my_organisation
from guiju.web.api import schemas as s
from guiju.web.api.security import Scope, caller
from guiju.web.kit.permissions import Refused, check
from guiju.web.notices import domain as notices
from guiju.web.notices.queries import a_notice
from guiju.web.rounds import domain
from guiju.web.rounds.checks import open_points
from guiju.web.rounds.edits import Edit, snapshot
from guiju.web.rounds.models import Round
from guiju.web.rounds.queries import a_round
from guiju.web.rounds.timetable import timetable

router = Router(tags=["批次管理 rounds"])
_READ, _WRITE = Scope(), Scope("rounds:write")
Word = str | None
Points = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,4})?$")]


class OpenPoint(Schema):
    """What nobody has set yet; `blocks`: the round can't be published without it; `stops`: what waits for it."""

    what: s.Words
    blocks: bool
    stops: list[s.Words]
    clauses: list[str]


class Day(Schema):
    day: dt.date
    label: s.Words
    how: s.Words
    clauses: list[str]
    unknown_years: list[int]


class RoundWhole(Schema):
    id: str
    state: str
    version: int
    settings: dict[str, Any]
    open: list[OpenPoint]
    days: list[Day]


class RoundChanged(Schema):
    """`before`, `after`: what differs, by the names of the settings."""

    version: int
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    at: dt.datetime
    by: str


class NewRound(s.Closed):
    """`based_on`: a sample of the chart whose settings to begin with."""

    programme: str = Field(max_length=120)
    title: str = Field(min_length=1, max_length=120)
    title_en: str = Field("", max_length=200)
    year: int = Field(ge=2000, le=2100)
    office: str = Field(max_length=20)
    form: str = Field("", max_length=120)
    based_on: str = Field("", max_length=60)


class Rules(s.Closed):
    """The review's detailed rules: only those named are changed, null takes one out. Figures as words: 10, 2/3, 60%."""

    offices: dict[str, str] | None = Field(None, max_length=20)
    weights: dict[str, Points] | None = Field(None, max_length=60)
    scale: int | None = Field(None, ge=1, le=1000)
    aggregate: Literal["mean", "trimmed_mean"] | None = None
    trim: int | None = Field(None, ge=0, le=20)
    least_scores: int | None = Field(None, ge=1, le=100)
    quorum: str | None = Field(None, max_length=20)
    abstentions_count: bool | None = None
    recused_count: bool | None = None
    blind: bool | None = None
    panel_size: int | None = Field(None, ge=1, le=100)
    load_least: int | None = Field(None, ge=0, le=1000)
    load_most: int | None = Field(None, ge=1, le=1000)
    in_field: int | None = Field(None, ge=0, le=100)
    one_per_institution: bool | None = None
    conflicts: dict[str, Literal["off", "hint", "bar"]] | None = Field(None, max_length=40)
    anonymous_objections: bool | None = None
    objection_days: int | None = Field(None, ge=1, le=1000)
    visit_required: bool | None = None
    reminders: list[int] | None = Field(None, max_length=20)


class BodySettings(s.Closed):
    deadline: dt.date | None = None
    copies: int | None = Field(None, ge=0, le=1000)
    places: int | None = Field(None, ge=0, le=10_000)
    department_quota: int | None = Field(None, ge=0, le=10_000)


class RoundEdit(s.Closed):
    """What is to be different. `bodies`: by the organisation's id, null takes one out. `version`: of the round as it
    was read. `reason`: needed for a published round, and only for one."""

    version: int = Field(ge=1, le=s.MOST_NUMBER)
    title: str | None = Field(None, min_length=1, max_length=120)
    title_en: str | None = Field(None, max_length=200)
    opens: dt.date | None = None
    closes: dt.date | None = None
    parameters: dict[str, Word] = Field({}, max_length=100)
    rules: Rules | None = None
    texts: dict[str, Word] = Field({}, max_length=40)
    bodies: dict[str, BodySettings | None] = Field({}, max_length=200)
    reason: str = Field("", max_length=500)


class Impact(Schema):
    """`kept`: what running cases keep; `live`: what holds for so many running cases from now on."""

    differs: list[str]
    running: int
    kept: list[str]
    live: dict[str, int]


class Acting(s.Closed):
    version: int = Field(1, ge=1, le=s.MOST_NUMBER)
    reason: str = Field("", max_length=500)


class WithdrawingWhy(s.Closed):
    why: str = Field(min_length=1, max_length=500)


@router.post("/rounds/drafts", response={201: RoundWhole, 409: s.Problem}, auth=_WRITE)
def new(request: HttpRequest, asked: NewRound) -> Any:
    """新建批次草稿。"""
    user = caller(request)
    check(user, "round.create")
    made = domain.new_round(asked.programme, asked.title, asked.year, my_organisation(user, asked.office), user,
                            title_en=asked.title_en, form=asked.form, based_on=asked.based_on)
    return Status(201, _whole(made))


@router.get("/rounds/{round_id}/settings", response=RoundWhole, auth=_READ)
def settings(request: HttpRequest, round_id: str) -> Any:
    """批次的全部设置、还没有定的、日程。"""
    return _whole(_managed(request, round_id))


@router.get("/rounds/{round_id}/changes", response=list[RoundChanged], auth=_READ)
def changes(request: HttpRequest, round_id: str) -> Any:
    """发布以后改过什么、谁改的、为什么，新的在前。"""
    found = _managed(request, round_id).changes.select_related("by").order_by("-version")
    return [RoundChanged(version=c.version, before=c.before, after=c.after, reason=c.reason, at=c.at, by=c.by.name)
            for c in found]


@router.patch("/rounds/{round_id}/settings", response={200: RoundWhole, 409: s.Problem}, auth=_WRITE)
def change(request: HttpRequest, round_id: str, asked: RoundEdit) -> Any:
    """改批次：草稿直接改；已发布的要写理由，进行中的申报仍按开始时的设置。"""
    round_, edit = _managed(request, round_id), _edit(asked)
    if round_.state == "draft":
        domain.edit(round_, edit, asked.version)
    else:
        domain.change(round_, edit, asked.reason, caller(request), asked.version)
    return Status(200, _whole(Round.objects.get(pk=round_.pk)))


@router.post("/rounds/{round_id}/impact", response=Impact, auth=_WRITE)
def impact(request: HttpRequest, round_id: str, asked: RoundEdit) -> Any:
    """这样改会影响什么；什么也不改变。"""
    found = domain.impact_of(_managed(request, round_id), _edit(asked))
    return Impact(differs=[name for name, _, _ in found.differs], running=sum(n for _, _, n in found.running),
                  kept=found.kept, live=dict(found.live))


@router.post("/rounds/{round_id}/publication", response={200: RoundWhole, 409: s.Problem}, auth=_WRITE)
def publish(request: HttpRequest, round_id: str, asked: Acting) -> Any:
    """发布批次；还有缺项的说明缺什么。"""
    return Status(200, _whole(domain.publish(_managed(request, round_id), caller(request), asked.version)))


@router.post("/rounds/{round_id}/closing", response={200: RoundWhole, 409: s.Problem}, auth=_WRITE)
def close(request: HttpRequest, round_id: str, asked: Acting) -> Any:
    """截止申报；提前截止要写理由。"""
    return Status(200, _whole(domain.close(_managed(request, round_id), caller(request), asked.reason)))


@router.post("/rounds/{round_id}/finishing", response={200: RoundWhole, 409: s.Problem}, auth=_WRITE)
def finish(request: HttpRequest, round_id: str) -> Any:
    """办结批次；每份申报都有结论之后。"""
    return Status(200, _whole(domain.finish(_managed(request, round_id), caller(request))))


@router.post("/notices/{public_id}/withdrawal", response={204: None, 409: s.Problem}, auth=_WRITE)
def withdraw(request: HttpRequest, public_id: str, asked: WithdrawingWhy) -> Any:
    """撤回误发的公示，写明理由；有人提出异议的不能撤回。"""
    user = caller(request)
    notice = a_notice(user, public_id)
    check(user, "notice.withdraw", notice)
    notices.withdraw(notice, user, asked.why)
    return Status(204, None)


def _managed(request: HttpRequest, round_id: str) -> Round:
    user = caller(request)
    found = a_round(user, round_id)
    check(user, "round.manage", found)
    return found


def _edit(asked: RoundEdit) -> Edit:
    named = asked.model_fields_set
    fields: dict[str, Any] = {n: getattr(asked, n) for n in ("title", "title_en", "opens", "closes") if n in named}
    if fields.get("title", "-") is None or fields.get("title_en", "-") is None:
        raise Refused("批次要有名称", "a round has a title")
    bodies = {id_: None if row is None else row.model_dump(exclude_unset=True) for id_, row in asked.bodies.items()}
    rules = asked.rules.model_dump(exclude_unset=True) if asked.rules else {}
    return Edit(fields, asked.parameters, rules, asked.texts, bodies)


def _whole(round_: Round) -> RoundWhole:
    return RoundWhole(
        id=round_.public_id, state=round_.state, version=round_.version, settings=snapshot(round_),
        open=[OpenPoint(what=s.said(p.what), blocks=p.blocks, stops=list(map(s.said, p.stops)), clauses=list(p.clauses))
              for p in open_points(round_)],
        days=[Day(day=d.day, label=s.said(d.label), how=s.said(d.how), clauses=list(d.clauses),
                  unknown_years=list(d.unknown_years)) for d in timetable(round_)])
