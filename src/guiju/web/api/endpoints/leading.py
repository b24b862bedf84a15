"""What a panel's leader does: marks, claims of a veto, visits, the panel's moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.lifecycle.refusal import Refusal
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import overtaken, refused, taken_in
from guiju.web.api.endpoints.organising import Day
from guiju.web.api.security import Scope, caller
from guiju.web.files.queries import attached_to
from guiju.web.kit.permissions import check
from guiju.web.reviewing.domain import leading
from guiju.web.reviewing.domain.moving import NotMade
from guiju.web.reviewing.models import Assigned, Placement, Sheet, VetoClaim, Visit
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.page import my_led_rows
from guiju.web.reviewing.projection import blind_title
from guiju.web.reviewing.queries.marks import (
    VETO_HOLDER,
    VISIT_HOLDER,
    claims_of,
    not_set,
    result_for,
    rubric_of,
    sheets_of,
)
from guiju.web.reviewing.queries.parts import my_led
from guiju.web.rounds.review_rules import rules_of

router = Router(tags=["专家组组长 leading a panel"])
_READ, _WRITE = Scope("review:read"), Scope("review:write")


class LedBrief(Schema):
    id: str
    title: str
    round: str
    panel: str
    asked: int
    handed_in: int


class PanelTask(Schema):
    """`state`: `asked` has to declare his ties first, `taken` reviews."""

    name: str
    state: str
    handed_in: bool


class PanelMark(Schema):
    indicator: str
    name: s.Words
    value: str
    reason: str


class PanelSheet(Schema):
    """A review that was handed in."""

    expert: str
    marks: list[PanelMark]


class HeldFile(Schema):
    id: str
    name: str


class ClaimOfVeto(Schema):
    id: str
    kind: str
    evidence: str
    expert: str
    state: str
    finding: str
    files: list[HeldFile]


class SiteVisit(Schema):
    """`conditions`: 具备建设条件; `direction`: 符合申报方向; null till it is reported."""

    id: str
    needed: str
    begins: dt.date | None
    ends: dt.date | None
    visitors: str
    conditions: bool | None
    direction: bool | None
    findings: str
    reported: dt.datetime | None
    files: list[HeldFile]


class LedWhole(Schema):
    """`waits`: the leader has marks of his own to hand in first; till then he sees nobody's. `unset`: what the round's
    rules have not set, so that there is no score."""

    id: str
    title: str
    round: str
    panel: str
    stage: str
    stage_label: s.Words
    closed: dt.datetime | None
    waits: bool
    tasks: list[PanelTask]
    sheets: list[PanelSheet]
    result: s.Words | None
    unset: list[s.Words]
    claims: list[ClaimOfVeto]
    visits: list[SiteVisit]


class Settling(s.Closed):
    upheld: bool
    finding: str = Field(min_length=1, max_length=2000)


class ArrangingVisit(s.Closed):
    needed: str = Field(min_length=1, max_length=2000)
    begins: Day | None = None
    ends: Day | None = None
    visitors: str = Field("", max_length=500)


class ReportingVisit(s.Closed):
    """`onward`: straight on to the committee, with the score. `report`: the ticket of a file that was sent."""

    conditions: bool
    direction: bool
    findings: str = Field(min_length=1, max_length=s.MOST_WORDS)
    onward: bool = False
    report: str = Field("", max_length=2000)


@router.get("/leading", response=list[LedBrief], auth=_READ)
def led(request: HttpRequest) -> Any:
    """我任组长的专家组的申报，几位专家已提交。"""
    return [LedBrief(id=row.placement.application.public_id, title=row.title, panel=row.placement.panel.field,
                     round=row.placement.panel.round.public_id, asked=row.asked, handed_in=row.handed_in)
            for row in my_led_rows(caller(request))]


@router.get("/leading/{public_id}", response=LedWhole, auth=_READ)
def one_led(request: HttpRequest, public_id: str) -> Any:
    """一份申报：已提交的打分、按细则的得分、否决项、现场评审。自己的打分提交之前，看不到别人的。"""
    placement = _led(request, public_id)
    application, round_, rubric = placement.application, placement.panel.round, rubric_of(placement.panel.round)
    tasks = list(Assigned.objects.filter(application=application, state__in=STANDING).select_related("user", "sheet"))
    waits = any(t.user_id == caller(request).pk and not _handed_in(t) for t in tasks)
    sheets = [] if waits else sheets_of([application])[application.pk]
    return LedWhole(
        id=public_id, title=blind_title(application, rules_of(round_).hides_names), round=round_.public_id,
        panel=placement.panel.field, stage=application.case.stage, stage_label=s.said(application.case.stage_label),
        closed=placement.closed, waits=waits, unset=[s.said(m.text) for m in not_set(round_)],
        tasks=[PanelTask(name=t.user.name, state=t.state, handed_in=_handed_in(t)) for t in tasks],
        sheets=[_sheet(x, rubric) for x in sheets],
        result=None if waits else s.said(result_for(application, rubric, sheets).text),
        claims=list(map(_claim, claims_of(application))), visits=list(map(_visit, application.visits.order_by("pk"))))


@router.post("/leading/{public_id}/claims/{claim_id}", response={204: None}, auth=_WRITE)
def settle(request: HttpRequest, public_id: str, claim_id: str, asked: Settling) -> Any:
    """认定一条否决项：确认（upheld）或不成立，写明理由。"""
    leading.settle_claim(_led(request, public_id), claim_id, asked.upheld, asked.finding, caller(request))
    return Status(204, None)


@router.post("/leading/{public_id}/closing", response={204: None}, auth=_WRITE)
def close(request: HttpRequest, public_id: str) -> Any:
    """结束打分：专家都已提交，否决项都已认定。"""
    leading.close_marks(_led(request, public_id))
    return Status(204, None)


@router.delete("/leading/{public_id}/closing", response={204: None}, auth=_WRITE)
def reopen(request: HttpRequest, public_id: str) -> Any:
    """重新打开打分，专家可以取回修改。"""
    leading.reopen_marks(_led(request, public_id))
    return Status(204, None)


@router.post("/leading/{public_id}/visits", response={204: None, 409: s.Problem}, auth=_WRITE)
def arrange_visit(request: HttpRequest, public_id: str, asked: ArrangingVisit) -> Any:
    """安排现场评审，写明为什么有必要。"""
    placement, user = _led(request, public_id), caller(request)
    return attempted(lambda: leading.arrange_visit(placement, user, asked.needed, asked.begins, asked.ends,
                                                   asked.visitors))


@router.post("/leading/{public_id}/visits/{visit_id}/report", response={204: None, 409: s.Problem}, auth=_WRITE)
def report_visit(request: HttpRequest, public_id: str, visit_id: str, asked: ReportingVisit) -> Any:
    """报告现场评审：两项认定、所见；回到打分，或直接提交审议（onward）。"""
    placement, user = _led(request, public_id), caller(request)
    visit = placement.application.visits.filter(public_id=visit_id).first()
    if visit is None:
        raise Http404
    papers = [s.Paper(ticket=asked.report, paper=leading.REPORT)] if asked.report else []
    upload = next(iter(taken_in(papers, user)), None)
    return attempted(lambda: leading.report_visit(visit, placement, user, asked.conditions, asked.direction,
                                                  asked.findings, upload, asked.onward))


@router.post("/leading/{public_id}/forwarding", response={204: None, 409: s.Problem}, auth=_WRITE)
def forward(request: HttpRequest, public_id: str) -> Any:
    """以按评审细则算出的得分提交委员会审议；细则没有定全，拒绝并说明缺哪一项。"""
    placement, user = _led(request, public_id), caller(request)
    return attempted(lambda: leading.to_the_committee(placement, user))


@router.post("/leading/{public_id}/veto", response={204: None, 409: s.Problem}, auth=_WRITE)
def veto(request: HttpRequest, public_id: str) -> Any:
    """按已确认的否决项办结。"""
    placement, user = _led(request, public_id), caller(request)
    return attempted(lambda: leading.out_by_veto(placement, user))


def attempted(do: Callable[[], object]) -> Any:
    """Do something that makes moves; why one did not go through is the answer, with nothing done."""
    try:
        do()
    except NotMade as no:
        return not_made(no)
    return Status(204, None)


def not_made(no: NotMade) -> Status[s.Problem]:
    """A written reason that is all that is lacking has the code `decision`: send it again under its `about`."""
    return refused(no.answer) if isinstance(no.answer, Refusal) else overtaken(no.answer)


def _led(request: HttpRequest, public_id: str) -> Placement:
    user = caller(request)
    found = my_led(user, public_id)
    check(user, "review.lead", found)
    return found


def _handed_in(task: Assigned) -> bool:
    return hasattr(task, "sheet") and task.sheet.submitted is not None


def _sheet(sheet: Sheet, rubric: Any) -> PanelSheet:
    marks = {m.indicator: m for m in sheet.marks.all()}
    return PanelSheet(expert=sheet.assigned.user.name, marks=[
        PanelMark(indicator=i.id, name=s.said(i.name), value=marks[i.id].figure, reason=marks[i.id].reason)
        for i in rubric.marked() if i.id in marks])


def _claim(claim: VetoClaim) -> ClaimOfVeto:
    return ClaimOfVeto(id=claim.public_id, kind=claim.kind, evidence=claim.evidence, state=claim.state,
                       expert=claim.sheet.assigned.user.name, finding=claim.finding,
                       files=_files(attached_to(VETO_HOLDER, claim.public_id)))


def _visit(visit: Visit) -> SiteVisit:
    return SiteVisit(id=visit.public_id, needed=visit.needed, begins=visit.begins, ends=visit.ends,
                     visitors=visit.visitors, conditions=visit.conditions, direction=visit.direction,
                     findings=visit.findings, reported=visit.reported,
                     files=_files(attached_to(VISIT_HOLDER, visit.public_id)))


def _files(found: Any) -> list[HeldFile]:
    return [HeldFile(id=a.public_id, name=a.name) for a in found]
