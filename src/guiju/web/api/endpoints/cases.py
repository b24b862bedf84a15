"""Cases: what one sees, what may be done, doing it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from ninja.params.functions import Path, Query

from guiju.facts.model import Provenance
from guiju.facts.organisations import plain_code
from guiju.facts.read import facts_from_mapping
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, User
from guiju.web.api import schemas as s
from guiju.web.api.checked import refused_field
from guiju.web.api.operations import operation_for
from guiju.web.api.pages import cut, listed
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import upload_of
from guiju.web.cases.asked import asked_by_opening
from guiju.web.cases.charts import calendar, chart_of, installed
from guiju.web.cases.domain.acts import Overtaken, begin_case, make_move
from guiju.web.cases.domain.bundling import bundle_of
from guiju.web.cases.models import DailyDigest, PendingMove
from guiju.web.cases.page import Choice, case_page, role_label
from guiju.web.cases.programmes import programmes
from guiju.web.cases.queries import due_by, my_case, my_cases, programme_named, seen_by
from guiju.web.cases.rules import part_named, parts_in
from guiju.web.cases.store import case_of, file_of, verified
from guiju.web.cases.ways import only_way
from guiju.web.files.domain import Upload
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Denied, Refused, check
from guiju.web.kit.text import listed as listed_words

router = Router(tags=["事项 cases"])
_NOT_YOURS = Text("您在这个事项里没有这个身份", "you have no such part in this case")


class SealedDay(Schema):
    """`cases`: how many records went on that day; `sha256`: of the digest before and of the heads of these."""

    day: dt.date
    cases: int
    sha256: str


class SealedDays(s.Page):
    days: list[SealedDay]


@router.get("/programmes", response=list[s.ProgrammeBrief], auth=Scope())
def list_programmes(request: HttpRequest) -> Any:
    """办事项目：每张流程图一个。"""
    return [s.ProgrammeBrief(id=p.id, title=s.said(p.title), region=s.said(region))
            for region, found in programmes() for p in found]


@router.get("/programmes/{path:chart_id}/openings", response=list[s.OpeningMove], auth=Scope())
def openings(request: HttpRequest, chart_id: str = Path(..., pattern=s.CHART, max_length=120)) -> Any:
    """一个项目怎样开启：哪一步、由谁、要给什么。"""
    user = caller(request)
    chart = programme_named(user, chart_id)
    held = frozenset().union(*(p.roles for p in parts_in(user, chart)))
    return [_opening(chart, move, held) for move in chart.opening()]


@router.get("/cases", response=s.Cases, auth=Scope("cases:read"))
def list_cases(request: HttpRequest, words: str = Query("", max_length=60), waiting: bool = False,
               page: int = Query(1, ge=1, le=100_000)) -> Any:
    """我能看到的事项，先到期的在前；`waiting` 只要等我办的。"""
    found = cut(my_cases(caller(request), words=words.strip(), waiting=waiting), page)
    return s.Cases(**found.numbers, cases=[
        s.CaseBrief(**s.brief(record, [_waits(m) for m in record.mine])) for record in found.rows])


@router.get("/cases/{public_id}", response=s.CaseWhole, auth=Scope("cases:read"))
def one_case(request: HttpRequest, public_id: str, as_whom: str = Query("", max_length=20)) -> Any:
    """一个事项：现在到哪一步、我能办什么、为什么不能、何时到期、经过。"""
    user = caller(request)
    record = my_case(user, public_id)
    parts = parts_in(user, chart_of(record.revision), record)
    part = part_named(parts, as_whom)
    if part is None:
        raise Denied(_NOT_YOURS)
    page = case_page(record, user, parts, part)
    return s.CaseWhole(
        **s.brief(record), head=record.head, as_whom=[p.key for p in parts],
        choices=[choice_of(c) for c in (*page.ready, *page.blocked, *page.elsewhere)],
        deadlines=[s.Deadline(case=public_id, kind=d.item.kind, label=s.said(d.item.label), end=d.item.end,
                              clauses=d.item.clauses, unknown_years=d.item.unknown_years) for d in page.days],
        history=[s.Step(number=x.number, at=x.at, label=s.said(x.label), role=s.said(x.role), actor=s.said(x.actor),
                        automatic=x.automatic, seen=x.seen, given={name.zh: value for name, value in x.given},
                        papers=[name for name, _ in x.papers], decisions=list(x.decisions), note=x.note,
                        clauses=[key for key, _ in x.basis]) for x in reversed(page.steps)])


@router.post("/cases", response={201: s.CaseBrief, 409: s.Problem}, auth=Scope("cases:write"))
def begin(request: HttpRequest, asked: s.Opening) -> Any:
    """新开一个事项。"""
    user = caller(request)
    chart = installed(asked.programme)
    evidence, uploads = evidence_of(asked, chart, user)
    made = begin_case(chart, asked.move, user, applicant=_applicant(asked.applicant), acting_for=asked.as_whom,
                      evidence=evidence, uploads=uploads, round_id=asked.round, parameters=asked.parameters,
                      title=asked.title)
    return refused(made) if isinstance(made, Refusal) else Status(201, s.CaseBrief(**s.brief(made)))


@router.post("/cases/{public_id}/moves", response={200: s.CaseBrief, 409: s.Problem}, auth=Scope("cases:write"))
def act(request: HttpRequest, public_id: str, asked: s.Act) -> Any:
    """办理一步。办不了时 409，说明理由、依据和怎样才能办；什么也没有改变。"""
    user = caller(request)
    record = my_case(user, public_id)
    check(user, "case.act", record)
    own_page = only_way(record, asked.move)
    if own_page:
        address = operation_for(record, asked.move) or own_page
        raise Refused(f"这一步有平台算出或另填的内容，不能在这里办：用 {address}",
                      f"this step has a part that is computed or asked for beside the chart: make it by {address}")
    case = advance(case_of(record), max(now(), case_of(record).last.at), calendar())
    procedure = asked.move.partition(":")[0].partition("#")[0] if ":" in asked.move else ""
    chart = case.chart.procedures[procedure].chart if procedure in case.chart.procedures else case.chart
    evidence, uploads = evidence_of(asked, chart, user)
    made = make_move(record, asked.move, user, acting_for=asked.as_whom, evidence=evidence, uploads=uploads,
                     seen=asked.seen)
    if isinstance(made, Overtaken):
        return overtaken(made)
    return refused(made) if isinstance(made, Refusal) else Status(200, s.CaseBrief(**s.brief(made)))


@router.get("/cases/{public_id}/verification", response=s.Verified, auth=Scope("cases:read"))
def verify(request: HttpRequest, public_id: str) -> Any:
    """核验案卷的摘要链。"""
    record = my_case(caller(request), public_id)
    faults = verified(record)
    return s.Verified(whole=not faults, events=record.count, head=record.head, faults=[
        s.Tampering(number=f.number, text=s.said(f.text)) for f in faults])


@router.get("/cases/{public_id}/file", auth=Scope("cases:read"), response={200: str, 403: s.Problem})
def whole_file(request: HttpRequest, public_id: str) -> Any:
    """案卷全文，一行一步；`guiju chart verify` 能读。"""
    user = caller(request)
    record = my_case(user, public_id)
    check(user, "case.file", record)
    return HttpResponse(file_of(record), content_type="application/jsonl; charset=utf-8")


@router.get("/cases/{public_id}/bundle", auth=Scope("cases:read"))
def whole_bundle(request: HttpRequest, public_id: str) -> Any:
    """案卷、它开始时的流程图和材料，打成一包；`guiju chart verify` 在别处也能核验。"""
    user = caller(request)
    record = my_case(user, public_id)
    check(user, "case.file", record)
    return HttpResponse(bundle_of(record), content_type="application/zip")


@router.get("/daily-digests", response=SealedDays, auth=Scope())
def daily_digests(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """每天全部案卷末条摘要合成的一个数，与前一天的连成一串，新的在前。"""
    found = cut(DailyDigest.objects.order_by("-day"), page)
    return SealedDays(**found.numbers, days=[SealedDay(day=d.day, cases=d.cases, sha256=d.sha256) for d in found.rows])


@router.get("/deadlines", response=list[s.Deadline], auth=Scope("cases:read"))
def deadlines(request: HttpRequest, response: HttpResponse, days: int = Query(90, ge=0, le=3660),
              page: int = Query(1, ge=1, le=100_000)) -> Any:
    """我看得到的事项里，今后若干天内到期的（含已过期的）。"""
    items = due_by(today() + dt.timedelta(days=days)).filter(case__in=seen_by(caller(request)))
    return [s.Deadline(case=i.case.public_id, kind=i.kind, label=s.said(i.label), end=i.end, clauses=i.clauses,
                       unknown_years=i.unknown_years) for i in listed(request, response, items, page)]


def refused(refusal: Refusal) -> Status[s.Problem]:
    """A refusal as an answer: every reason, with its clauses and what would lift it."""
    return Status(409, s.trouble(refusal.code, refusal.text, [_why(r) for r in refusal.reasons]))


def overtaken(made: Overtaken) -> Status[s.Problem]:
    """The case went on since it was read."""
    return Status(409, s.trouble("overtaken", Text(f"事项已有新进展：{made.label.zh}；请重新读取后再办",
                                                   f"the case has gone on: {made.label.en}; read it again")))


def evidence_of(asked: s.Act, chart: Chart, user: User) -> tuple[Evidence, list[Upload]]:
    """What was sent as evidence. Raises GuijuError for words and values that the dictionary does not know."""
    facts_from_mapping(asked.given, chart.vocabulary,
                       recorded=Provenance(by=user.name, on=today(), evidence="API"))
    decisions = {k: v for k, v in asked.decisions.items() if v.strip()}
    return Evidence(asked.given, (), decisions, asked.note), taken_in(asked.papers, user)


def taken_in(papers: list[s.Paper], user: User) -> list[Upload]:
    """The files that were sent before. Raises Refused for a ticket that is not the person's own, or is old."""
    return [dataclasses.replace(upload_of(paper.ticket, user), paper=paper.paper) for paper in papers]


def _applicant(code: str) -> Organisation | None:
    """Raises Unfit for a credit code that nobody here has."""
    if not code:
        return None
    found = Organisation.objects.filter(code=plain_code(code)).first()
    if found is None:
        raise refused_field("asked.applicant", Text("没有登记过这个统一社会信用代码的单位",
                                                    "no organisation here has this code"))
    return found


def _opening(chart: Chart, move: Move, held: frozenset[str]) -> s.OpeningMove:
    asked = asked_by_opening(chart, move, {})
    return s.OpeningMove(
        move=move.id, label=s.said(move.label), mine=any(u.role in held for u in move.roles),
        roles=s.said(listed_words([role_label(chart, u.role) for u in move.roles])), papers=list(asked.papers),
        wants=[e.name for e in asked.needed], takes=[e.name for e in asked.possible],
        clauses=list(move.clauses or chart.basis))


def _why(reason: Reason) -> s.Why:
    return s.Why(code=reason.code, about=reason.about, **s.words(reason.text), clauses=list(reason.clauses),
                 lift=s.said(reason.lift))


def _waits(move: PendingMove) -> s.Waits:
    return s.Waits(move=move.name, label=s.said(move.label), role=move.role, by=move.by)


def choice_of(choice: Choice) -> s.Choice:
    option = choice.option
    return s.Choice(move=choice.name, label=s.said(choice.label), roles=s.said(choice.roles), by=option.by,
                    ready=option.ready, wants=[w.name for w in option.wants], papers=list(option.papers),
                    decides=[_why(r) for r in option.decides], reasons=[_why(r) for r in option.reasons])
