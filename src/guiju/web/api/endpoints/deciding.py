"""Results of a review, and the approvers: the list published, approval, objections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.review.scores import rounded
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.leading import attempted, not_made
from guiju.web.api.endpoints.organising import READ, WRITE, Day, Id
from guiju.web.api.security import caller
from guiju.web.applications.models import Application
from guiju.web.kit.downloads import download
from guiju.web.kit.permissions import check
from guiju.web.kit.sheets import MEDIA, file_name
from guiju.web.reviewing.domain import approving
from guiju.web.reviewing.domain.approving import MOST_DAYS
from guiju.web.reviewing.domain.moving import NotMade
from guiju.web.reviewing.queries.marks import Standing, results_of
from guiju.web.reviewing.queries.parts import approvers_round, runs
from guiju.web.reviewing.queries.scene import titled
from guiju.web.reviewing.rules import round_with_results
from guiju.web.reviewing.sheets import result_sheet
from guiju.web.rounds.models import Round

router = Router(tags=["结果与批准 results and approval"])
APPROVED_AT = ("S15", "S16", "S17", "S18", "S20")


class ExpertTotal(Schema):
    """`name`: for the office alone, empty for others. `total`: — where it can't be told. `counted` false: left out by a
    trimmed mean."""

    name: str
    total: str
    counted: bool


class Votes(Schema):
    yes: int
    no: int
    abstain: int
    percent: str
    text: s.Words


class ResultRow(Schema):
    """`state`: scored; or vetoed, veto_open, incomplete, not_computable, as `text` says. `votes`: of the last ballot.
    """

    rank: int | None
    tied: int
    application: str
    title: str
    organisation: str
    panel: str
    stage: str
    stage_label: s.Words
    state: str
    score: str
    text: s.Words
    deviation: str
    experts: list[ExpertTotal]
    votes: Votes | None


class ReviewResults(Schema):
    """`unset`: what the detailed rules have not set: while there is anything, scores are not computable.
    `agreement`: evidence only. `listed`: the proposed list."""

    round: str
    unset: list[s.Words]
    agreement: s.Words
    listed: list[str]
    rows: list[ResultRow]


class ToApprove(Schema):
    application: str
    title: str
    organisation: str
    stage: str
    stage_label: s.Words
    result: ResultRow | None


class Publishing(s.Closed):
    """`days`: of the notice; null: as many as the chart asks for."""

    applications: list[Id] = Field(min_length=1, max_length=s.MOST_ROWS)
    days: int | None = Field(None, ge=1, le=MOST_DAYS)


class ListPublished(Schema):
    notice: str
    ends: dt.date


class Rejecting(s.Closed):
    reason: str = Field(min_length=1, max_length=2000)


class Approving(s.Closed):
    """`planned_end`: 计划建成日. `decisions`: written reasons, by what was asked."""

    planned_end: Day
    decisions: dict[str, str] = Field({}, max_length=50)


@router.get("/results/{round_id}", response=ReviewResults, auth=READ)
def results(request: HttpRequest, round_id: str) -> Any:
    """各份申报的得分、排名、离散、表决；细则没有定全的不给分，说明缺哪一项。哪位专家打的分只给组织单位看。"""
    round_ = _with_results(request, round_id)
    user = caller(request)
    found, named = results_of(round_, user), runs(user, round_)
    return ReviewResults(
        round=round_id, unset=[s.said(m.text) for m in found.missing], agreement=s.said(found.agreement.text),
        listed=[x.application.public_id for x in found.standings if x.application.case.stage == approving.EXAMINED],
        rows=[_row(x, named) for x in found.standings])


@router.get("/results/{round_id}/sheet", response={200: str}, auth=READ)
def sheet(request: HttpRequest, round_id: str) -> Any:
    """结果表，.xlsx。"""
    round_ = _with_results(request, round_id)
    data = result_sheet(round_.title, results_of(round_, caller(request)), runs(caller(request), round_))
    return download(data, MEDIA, file_name(round_.title, "评审结果"))


@router.get("/approval/{round_id}", response=list[ToApprove], auth=READ)
def to_approve(request: HttpRequest, round_id: str) -> Any:
    """建议名单、公示中的、有异议的、已批准和未批准的。"""
    user, round_ = caller(request), _approved(request, round_id)
    rows = round_.applications.filter(case__stage__in=APPROVED_AT).select_related("organisation", "case").order_by("pk")
    named = runs(user, round_)
    standings = {x.application.pk: _row(x, named) for x in results_of(round_, user).standings}
    return [ToApprove(application=a.public_id, title=title, organisation=a.organisation.name, stage=a.case.stage,
                      stage_label=s.said(a.case.stage_label), result=standings.get(a.pk))
            for a, title in titled(rows)]


@router.post("/approval/{round_id}/list", response={201: ListPublished, 409: s.Problem}, auth=WRITE)
def publish(request: HttpRequest, round_id: str, asked: Publishing) -> Any:
    """公示拟批准名单（T17）：全部公示，或一份也不公示。"""
    round_ = _approved(request, round_id)
    chosen = [_one(round_, public_id) for public_id in dict.fromkeys(asked.applications)]
    try:
        notice = approving.publish_list(round_, chosen, caller(request), asked.days)
    except NotMade as no:
        return not_made(no)
    return Status(201, ListPublished(notice=notice.public_id, ends=notice.ends))


@router.post("/approval/{round_id}/applications/{public_id}/rejection", auth=WRITE,
             response={204: None, 409: s.Problem})
def reject(request: HttpRequest, round_id: str, public_id: str, asked: Rejecting) -> Any:
    """审定未通过（T18），写明理由。"""
    application, user = _one(_approved(request, round_id), public_id), caller(request)
    return attempted(lambda: approving.reject(application, user, asked.reason))


@router.post("/approval/{round_id}/applications/{public_id}/approval", auth=WRITE,
             response={204: None, 409: s.Problem})
def approve(request: HttpRequest, round_id: str, public_id: str, asked: Approving) -> Any:
    """公示期满无异议（T19）或异议不成立（T20b）的，批准建设，写计划建成日。"""
    application, user = _one(_approved(request, round_id), public_id), caller(request)
    return attempted(lambda: approving.approve(application, user, asked.planned_end, asked.decisions))


@router.post("/approval/{round_id}/applications/{public_id}/inquiry", auth=WRITE,
             response={204: None, 409: s.Problem})
def look_into(request: HttpRequest, round_id: str, public_id: str) -> Any:
    """公示有异议的，转入核查（T20a）。"""
    application, user = _one(_approved(request, round_id), public_id), caller(request)
    return attempted(lambda: approving.look_into(application, user))


@router.post("/approval/{round_id}/applications/{public_id}/upheld-objection", auth=WRITE,
             response={204: None, 409: s.Problem})
def uphold(request: HttpRequest, round_id: str, public_id: str) -> Any:
    """异议成立，不予批准（T20c）。"""
    application, user = _one(_approved(request, round_id), public_id), caller(request)
    return attempted(lambda: approving.uphold_objection(application, user))


def _with_results(request: HttpRequest, round_id: str) -> Round:
    user = caller(request)
    found = round_with_results(user, round_id)
    check(user, "review.results", found)
    return found


def _approved(request: HttpRequest, round_id: str) -> Round:
    user = caller(request)
    found = approvers_round(user, round_id)
    check(user, "review.approve", found)
    return found


def _one(round_: Round, public_id: str) -> Application:
    found = round_.applications.filter(public_id=public_id).select_related(
        "case", "case__revision", "case__organisation", "organisation", "round", "round__revision").first()
    if found is None:
        raise Http404
    return found


def _row(found: Standing, named: bool) -> ResultRow:
    application, total = found.application, found.row.total
    return ResultRow(
        rank=found.row.rank, tied=found.row.tied, application=application.public_id, title=found.title,
        organisation=application.organisation.name, panel=application.placement.panel.field,
        stage=application.case.stage, stage_label=s.said(application.case.stage_label), state=found.result.state,
        score=rounded(total) if total is not None else "", text=s.said(found.row.text), deviation=found.deviation,
        experts=[ExpertTotal(name=name if named else "", total=figure, counted=counted)
                 for name, figure, counted in found.totals],
        votes=_votes(found.votes) if found.votes else None)


def _votes(kept: dict[str, Any]) -> Votes:
    return Votes(yes=kept["yes"], no=kept["no"], abstain=kept["abstain"], percent=kept.get("percent", ""),
                 text=s.Words(zh=kept["zh"], en=kept["en"]))
