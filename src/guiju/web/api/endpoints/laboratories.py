"""A laboratory's desk as it is read: where it stands, plan, reports, acceptance, evaluation, changes, leaders, outputs.

What is done there is in `laboratory_acts`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from guiju.source.diagnostics import Text
from guiju.values import add_months
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.cases import choice_of
from guiju.web.api.endpoints.laboratory_schemas import (
    EvaluationSide,
    LabAnswer,
    LabChange,
    LabChoice,
    LabDay,
    LabDesk,
    LabEvaluation,
    LabFinding,
    LabKinds,
    LabLeader,
    LabLeaders,
    LabOpinion,
    LabOutputs,
    LabPlan,
    LabPlans,
    LabReport,
    LabSubmission,
    OutputRow,
    PlanTask,
    TaskFound,
    TaskHanded,
)
from guiju.web.api.pages import cut
from guiju.web.api.security import Scope, caller
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import AgendaItem
from guiju.web.cases.rules import part_named, parts_in
from guiju.web.cases.store import case_of
from guiju.web.kit.permissions import Denied, check
from guiju.web.laboratories.domain.naming import promised_in_application
from guiju.web.laboratories.domain.planning import may_change
from guiju.web.laboratories.models import CHANGES, OUTPUT_KINDS, POSTS, TASK_KINDS, Laboratory, MajorChange, Output
from guiju.web.laboratories.page.comparing import Compared, compared
from guiju.web.laboratories.page.desk import deadline, desk_page, section_of
from guiju.web.laboratories.page.evaluating import totals
from guiju.web.laboratories.page.law import Said, leadership, reading_of, supports
from guiju.web.laboratories.page.plans import revisions
from guiju.web.laboratories.queries import day_of, my_laboratory, unnamed_outputs
from guiju.web.laboratories.rules import OFFICES, acts_for_host, roles_in

router = Router(tags=["实验室 laboratories"])
_READ = Scope("cases:read")
_NOT_YOURS = Text("您在这个事项里没有这个身份", "you have no such part in this case")


@router.get("/laboratory-words", response=LabKinds, auth=Scope())
def words(request: HttpRequest) -> Any:
    """任务、成果、职位、重大事项进展的代号。"""
    return LabKinds(**{name: {k: str(v) for k, v in found.items()} for name, found in (
        ("tasks", TASK_KINDS), ("outputs", OUTPUT_KINDS), ("posts", POSTS), ("changes", CHANGES))})


@router.get("/laboratories/{public_id}/desk", response=LabDesk, auth=_READ)
def desk(request: HttpRequest, public_id: str, as_whom: str = Query("", max_length=20)) -> Any:
    """工作台：主状态、各个日期、到期、我能办什么、在办的重大事项。"""
    user, laboratory = caller(request), mine(request, public_id)
    parts = parts_in(user, chart_of(laboratory.case.revision), laboratory.case)
    part = part_named(parts, as_whom)
    if part is None:
        raise Denied(_NOT_YOURS)
    page = desk_page(laboratory, "overview", user, parts, part)
    whole, first = page.whole, day_of(page.case, "first_planned_end")
    return LabDesk(
        id=public_id, name=laboratory.name, name_en=laboratory.name_en, field=laboratory.field,
        stage=laboratory.case.stage, stage_label=s.said(laboratory.case.stage_label), head=laboratory.case.head,
        dates=[LabDay(label=s.said(label), day=day) for label, day in page.dates],
        deadlines=[_deadline(public_id, d.item) for d in whole.days],
        choices=[LabChoice(**choice_of(c).model_dump(), section=section_of(c.name))
                 for c in (*whole.ready, *whole.blocked) if not c.anyone],
        as_whom=[p.key for p in parts], longest_extension=add_months(first, 12) if first else None,
        open_changes=[_change(c) for c in laboratory.changes.filter(state__in=("open", "reviewed")).order_by("pk")],
        harm=reading_of(page.case, "harm_scope"))


@router.get("/laboratories/{public_id}/plan", response=LabPlans, auth=_READ)
def plan(request: HttpRequest, public_id: str) -> Any:
    """建设计划的各版，新的在前，每版改了什么。"""
    laboratory = mine(request, public_id)
    told = bool(acts_for_host(caller(request), laboratory))
    return LabPlans(may_change=told and may_change(laboratory),
                    promised=promised_in_application(laboratory.case) if told else "",
                    revisions=[LabPlan(number=r.plan.number, reason=r.plan.reason, at=r.plan.at, by=r.plan.by.name,
                                       tasks=list(map(task_of, r.plan.tasks)), changes=list(map(s.said, r.changes)))
                               for r in revisions(laboratory)])


@router.get("/laboratories/{public_id}/reports", response=list[LabReport], auth=_READ)
def reports(request: HttpRequest, public_id: str) -> Any:
    """建设期年报和年度运行报告，新的在前。"""
    found = mine(request, public_id).reports.select_related("by").order_by("-event")
    return [LabReport(kind=r.kind, first=r.first, last=r.last, content=r.content, event=r.event, at=r.at, by=r.by.name)
            for r in found]


@router.get("/laboratories/{public_id}/acceptance", response=list[LabSubmission], auth=_READ)
def acceptance(request: HttpRequest, public_id: str) -> Any:
    """验收材料逐项；评议意见只给主管部门和专家委员会看，告知实验室的给依托单位看。"""
    user, laboratory = caller(request), mine(request, public_id)
    whole = bool(roles_in(user, laboratory) & (OFFICES | {"COMMITTEE"}))
    told = whole or bool(acts_for_host(user, laboratory))
    return [_submission(c, whole, told) for c in compared(laboratory)]


@router.get("/laboratories/{public_id}/evaluations", response=list[LabEvaluation], auth=_READ)
def evaluations(request: HttpRequest, public_id: str) -> Any:
    """综合评价；四方面的意见只给主管部门看。原文没有权重，细则没有设定的不合计。"""
    user, laboratory = caller(request), mine(request, public_id)
    whole = bool(roles_in(user, laboratory) & OFFICES)
    sums = totals(laboratory) if whole else {}
    return [LabEvaluation(grade=e.grade, again=e.again, at=e.at, total=sums.get(e.pk),
                       sides={name: EvaluationSide(text=x.get("text", ""), evidence=x.get("evidence", ""),
                                         score=x.get("score", "")) for name, x in e.sides.items()} if whole else {})
            for e in laboratory.evaluations.order_by("-event")]


@router.get("/laboratories/{public_id}/changes", response=list[LabChange], auth=_READ)
def changes(request: HttpRequest, public_id: str) -> Any:
    """重大事项，新的在前；报告一件，办 `major_change:T44`。"""
    return [_change(c) for c in mine(request, public_id).changes.order_by("-reported", "-pk")]


@router.get("/laboratories/{public_id}/leaders", response=LabLeaders, auth=_READ)
def leaders(request: HttpRequest, public_id: str) -> Any:
    """实验室主任和学术委员会主任，及是否合乎办法的要求。"""
    laboratory = mine(request, public_id)
    found = laboratory.leaders.select_related("entered_by").order_by("-since", "-pk")
    return LabLeaders(said=_answer(leadership(laboratory, case_of(laboratory.case))), leaders=[
        LabLeader(post=x.post, name=x.name, unit=x.unit, position=x.position, since=x.since, until=x.until,
               reason=x.reason, entered_by=x.entered_by.name) for x in found])


@router.get("/laboratories/{public_id}/outputs", response=LabOutputs, auth=_READ)
def outputs(request: HttpRequest, public_id: str, unnamed: bool = False,
            page: int = Query(1, ge=1, le=100_000)) -> Any:
    """成果；`unnamed` 只要该署实验室名称而没有署的。"""
    laboratory = mine(request, public_id)
    missing = unnamed_outputs(laboratory)
    found = cut((missing if unnamed else laboratory.outputs).order_by("-on", "pk"), page)
    return LabOutputs(**found.numbers, unnamed=missing.count(), outputs=list(map(output_of, found.rows)))


@router.get("/laboratories/{public_id}/support", response=list[LabAnswer], auth=_READ)
def support(request: HttpRequest, public_id: str) -> Any:
    """支持措施的前提是否满足；给否、给多少由两部门裁量，所有文件都没有金额。"""
    return list(map(_answer, supports(case_of(mine(request, public_id).case))))


@router.get("/laboratories/{public_id}/deadlines", response=list[s.Deadline], auth=_READ)
def deadlines(request: HttpRequest, public_id: str) -> Any:
    """年报、延期申请、期满、整改、评价的最后一天。"""
    laboratory = mine(request, public_id)
    found = (deadline(laboratory, ref) for ref in ("R1", "R2", "DL4", "DL6", "DL7", "DL8", "DL10", "DL11"))
    return [_deadline(public_id, item) for item in found if item is not None]


def mine(request: HttpRequest, public_id: str, permission: str = "laboratory.desk") -> Laboratory:
    """A laboratory in whose case the caller takes part. Raises Http404, Denied."""
    user = caller(request)
    found = my_laboratory(user, public_id)
    check(user, permission, found)
    return found


def task_of(task: dict[str, Any]) -> PlanTask:
    return PlanTask(**{name: str(task.get(name, "")) for name in PlanTask.model_fields})


def output_of(found: Output) -> OutputRow:
    return OutputRow(id=found.public_id, kind=found.kind, title=found.title, authors=found.authors, on=found.on,
                     reference=found.reference, made_here=found.made_here, named=found.named,
                     must_name=found.must_name)


def _deadline(public_id: str, item: AgendaItem) -> s.Deadline:
    return s.Deadline(case=public_id, kind=item.kind, label=s.said(item.label), end=item.end, clauses=item.clauses,
                      unknown_years=item.unknown_years)


def _change(found: MajorChange) -> LabChange:
    return LabChange(**{name: getattr(found, name) for name in LabChange.model_fields})


def _submission(found: Compared, whole: bool, told: bool) -> LabSubmission:
    submission = found.submission
    return LabSubmission(
        event=submission.event, plan=submission.plan.number if submission.plan else None, summary=submission.summary,
        at=submission.at, by=submission.by.name,
        tasks=[TaskHanded(task=task_of(line.task), achieved=line.handed.get("achieved", ""),
                          done=line.handed.get("done", ""), evidence=line.handed.get("evidence", ""),
                          found=[TaskFound(met=r["met"], remark=r["remark"]) for r in line.found] if whole else [])
               for line in found.lines],
        opinions=[LabOpinion(conclusion=o.conclusion if whole else "", text=o.text if whole else "", told=o.told,
                             at=o.at) for o in found.opinions if whole or (told and o.told)])


def _answer(said: Said) -> LabAnswer:
    answer = said.answer
    return LabAnswer(goal=answer.id, name=s.said(answer.name), outcome=answer.outcome, label=s.said(said.outcome),
                  blockers=list(map(_finding, answer.blockers)), reviews=list(map(_finding, answer.reviews)),
                  missing=[m.name for m in answer.missing])


def _finding(found: Any) -> LabFinding:
    return LabFinding(text=s.said(found.name), status=found.status, clauses=list(found.clauses))
