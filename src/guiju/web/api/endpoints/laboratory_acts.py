"""What is done on a laboratory's desk: moves with their structured part, the plan, leaders, outputs, weights, names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest
from ninja import Field, Schema, Status

from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.api import schemas as s
from guiju.web.api.checked import Input, Unfit, fit, inputs_of, posted, refused_field
from guiju.web.api.endpoints.cases import choice_of, evidence_of, overtaken, refused
from guiju.web.api.endpoints.laboratories import mine, output_of, router, task_of
from guiju.web.api.endpoints.laboratory_schemas import LabPlan, OutputRow
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import content_of_ticket
from guiju.web.cases.charts import calendar, chart_of
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.page import Choice, choice_named
from guiju.web.cases.rules import Part, part_named, parts_in
from guiju.web.cases.store import case_of
from guiju.web.cases.ways import ONLY
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.laboratories.domain.acting import make_with
from guiju.web.laboratories.domain.entry import correct
from guiju.web.laboratories.domain.leaders import appoint
from guiju.web.laboratories.domain.opinions import give_opinion
from guiju.web.laboratories.domain.outputs import add_output, import_outputs, take_away
from guiju.web.laboratories.domain.planning import adopt_plan
from guiju.web.laboratories.domain.weights import set_weights, weights_for
from guiju.web.laboratories.forms.acceptance import ConcludingForm
from guiju.web.laboratories.forms.entry import EntryForm, WeightsForm
from guiju.web.laboratories.forms.evaluation import SIDES
from guiju.web.laboratories.forms.leaders import LeaderForm
from guiju.web.laboratories.forms.moves import SUPPLEMENTS, Supplement
from guiju.web.laboratories.forms.outputs import OutputForm
from guiju.web.laboratories.forms.plan import MOST, PlanForm
from guiju.web.laboratories.models import POSTS, Laboratory
from guiju.web.laboratories.queries import plan_of

_READ, _WRITE = Scope("cases:read"), Scope("laboratories:write")
_MOST_TABLE = 5  # megabytes
_NOT_NOW = "这一步现在不能由您办理：事项可能已有新进展", "you can't do this now: the case may have gone on"
_NOT_YOURS = Text("您在这个事项里没有这个身份", "you have no such part in this case")


class LabMoveAsked(Schema):
    """A move as its page asks it: the chart's own facts and papers, and our structured part (`own`)."""

    choice: s.Choice
    head: str
    own: list[Input]


class LabMove(s.Act):
    """`own`: the structured part, by the names that `moves/{move}` lists. `move` here is that of the address."""

    move: str = Field("", max_length=160)
    own: dict[str, str] = Field({}, max_length=600)


class TaskGiven(s.Closed):
    """`id`: of a task that goes on; empty for a new one."""

    id: str = Field("", max_length=8)
    kind: str = Field(max_length=20)
    title: str = Field(min_length=1, max_length=200)
    promised: str = Field(min_length=1, max_length=200)
    unit: str = Field("", max_length=20)
    due: dt.date | None = None
    source: str = Field("", max_length=12)


class PlanGiven(s.Closed):
    """`seen`: the number of the revision that is changed, 0 for the first plan."""

    tasks: list[TaskGiven] = Field(min_length=1, max_length=MOST)
    reason: str = Field("", max_length=300)
    seen: int = Field(0, ge=0, le=s.MOST_NUMBER)


class LabOpinionGiven(s.Closed):
    """The values of a form, by its names."""

    own: dict[str, str] = Field({}, max_length=600)


class LeaderGiven(s.Closed):
    """`account`: the public id of his account, who must be an agent or manager of the host. `stated`: facts by id."""

    name: str = Field(max_length=60)
    unit: str = Field(max_length=120)
    position: str = Field(max_length=120)
    since: dt.date
    account: str = Field("", max_length=20)
    reason: str = Field("", max_length=300)
    stated: dict[str, str] = Field({}, max_length=20)


class OutputGiven(s.Closed):
    kind: str = Field(max_length=20)
    title: str = Field(max_length=300)
    authors: str = Field("", max_length=300)
    on: dt.date | None = None
    reference: str = Field("", max_length=300)
    made_here: bool = True
    named: bool = False


class OutputsTable(s.Closed):
    """`ticket`: of an .xlsx file that was sent before."""

    ticket: str = Field(max_length=2000)


class OutputsTaken(Schema):
    count: int


class SideWeights(s.Closed):
    """Full points by side (`research`, `people`, `openness`, `service`); `reason`: by which rules."""

    weights: dict[str, Decimal] = Field(max_length=4)
    reason: str = Field(max_length=500)


class SideWeightsSet(Schema):
    """Empty: nobody has set them."""

    weights: dict[str, Decimal]


class LabEntryGiven(s.Closed):
    name: str = Field(max_length=200)
    name_en: str = Field("", max_length=300)
    field: str = Field("", max_length=200)


class LabEntry(Schema):
    name: str
    name_en: str
    field: str


@router.get("/laboratories/{public_id}/moves/{name}", response={200: LabMoveAsked, 409: s.Problem}, auth=_READ)
def asked_of(request: HttpRequest, public_id: str, name: str) -> Any:
    """一步要填什么：流程图要的事实和材料，平台另设的栏目（`own`）。"""
    laboratory = mine(request, public_id, "laboratory.act")
    case = _now(laboratory)
    _, choice = _choice(caller(request), laboratory, case, name, "")
    own = _own(laboratory, case, name, None)
    return Status(200, LabMoveAsked(choice=choice_of(choice), head=laboratory.case.head,
                                    own=inputs_of(own) if own else []))


@router.post("/laboratories/{public_id}/moves/{name}", response={200: s.CaseBrief, 409: s.Problem}, auth=_WRITE)
def act(request: HttpRequest, public_id: str, name: str, asked: LabMove) -> Any:
    """办一步：年报、延期、申请验收、评议、评价、重大事项、检查等；栏目内容与这一步同存，或都不存。"""
    user, laboratory = caller(request), mine(request, public_id, "laboratory.act")
    case = _now(laboratory)
    part, choice = _choice(user, laboratory, case, name, asked.as_whom)
    own = _own(laboratory, case, name, posted(asked.own, "own"))
    procedure = case.chart.procedures.get(choice.option.thread.partition("#")[0])
    evidence, uploads = evidence_of(asked, procedure.chart if procedure else case.chart, user)
    if own is not None:
        evidence = replace(evidence, given={**evidence.given, **fit(own).given()})
    made = make_with(laboratory.case, name, user, own.keep if own else None, acting_for=part.key, evidence=evidence,
                     uploads=uploads, seen=asked.seen)
    if isinstance(made, Overtaken):
        return overtaken(made)
    return refused(made) if isinstance(made, Refusal) else Status(200, s.CaseBrief(**s.brief(made)))


@router.post("/laboratories/{public_id}/plan", response={201: LabPlan, 409: s.Problem}, auth=_WRITE)
def adopt(request: HttpRequest, public_id: str, asked: PlanGiven) -> Any:
    """编制或修订建设计划：整个计划存为新的一版。"""
    laboratory, user = mine(request, public_id, "laboratory.plan"), caller(request)
    form = PlanForm(plan_of(laboratory), _rows(asked))
    for number, row in enumerate(form.rows):
        try:
            fit(row)
        except Unfit as unfit:
            raise Unfit([f.model_copy(update={"at": f"tasks.{number}.{f.at}"}) for f in unfit.faults]) from None
    made = adopt_plan(laboratory, user, fit(form).tasks(), form.cleaned_data["reason"], asked.seen)
    return Status(201, LabPlan(number=made.number, reason=made.reason, at=made.at, by=user.name,
                            tasks=list(map(task_of, made.tasks)), changes=[]))


@router.get("/laboratories/{public_id}/opinion", response=list[Input], auth=_READ)
def opinion_asked(request: HttpRequest, public_id: str) -> Any:
    """出具“未通过”或“再次整改”意见要填的栏目。"""
    laboratory = mine(request, public_id, "laboratory.conclude")
    return inputs_of(ConcludingForm(laboratory, case_of(laboratory.case), ""))


@router.post("/laboratories/{public_id}/opinion", response={204: None, 409: s.Problem}, auth=_WRITE)
def opinion(request: HttpRequest, public_id: str, asked: LabOpinionGiven) -> Any:
    """专家委员会出具不是一步的意见：未通过验收，或再次整改；由两部门决定。"""
    laboratory = mine(request, public_id, "laboratory.conclude")
    form = fit(ConcludingForm(laboratory, case_of(laboratory.case), "", posted(asked.own, "own")))
    give_opinion(laboratory, form.content(caller(request)))
    return Status(204, None)


@router.post("/laboratories/{public_id}/leaders/{post}", response={204: None, 409: s.Problem}, auth=_WRITE)
def name_leader(request: HttpRequest, public_id: str, post: str, asked: LeaderGiven) -> Any:
    """登记实验室主任（director）或学术委员会主任（chair）；前任到前一日止。"""
    laboratory = mine(request, public_id, "laboratory.leader")
    if post not in POSTS:
        raise Http404
    given = asked.model_dump(exclude={"stated", "account"})
    form = LeaderForm(laboratory, post, posted({**asked.stated, **given, "account": _account(laboratory, asked)}))
    data = fit(form).cleaned_data
    appoint(laboratory, caller(request), post=post, stated=form.stated(),
            **{name: data[name] for name in ("since", "account", "name", "unit", "position", "reason")})
    return Status(204, None)


@router.post("/laboratories/{public_id}/outputs", response={201: OutputRow}, auth=_WRITE)
def new_output(request: HttpRequest, public_id: str, asked: OutputGiven) -> Any:
    """登记一项成果。"""
    laboratory = mine(request, public_id, "laboratory.output")
    form = fit(OutputForm(posted(asked.model_dump())))
    return Status(201, output_of(add_output(laboratory, caller(request), **form.cleaned_data)))


@router.post("/laboratories/{public_id}/outputs/table", response={200: OutputsTaken, 409: s.Problem}, auth=_WRITE)
def import_table(request: HttpRequest, public_id: str, asked: OutputsTable) -> Any:
    """从表格（xlsx）登记成果；有一行不对，一行也不收。"""
    laboratory, user = mine(request, public_id, "laboratory.output"), caller(request)
    content = content_of_ticket(asked.ticket, user, "xlsx", _MOST_TABLE)
    return OutputsTaken(count=import_outputs(laboratory, user, SimpleUploadedFile("outputs.xlsx", content)))


@router.delete("/laboratories/{public_id}/outputs/{number}", response={204: None}, auth=_WRITE)
def drop_output(request: HttpRequest, public_id: str, number: str) -> Any:
    """去掉一项成果。"""
    if not take_away(mine(request, public_id, "laboratory.output"), number):
        raise Http404
    return Status(204, None)


@router.get("/laboratories/{public_id}/evaluation-weights", response=SideWeightsSet, auth=_READ)
def weights(request: HttpRequest, public_id: str) -> Any:
    """综合评价四方面的满分；没有设定的为空。"""
    return SideWeightsSet(weights=weights_for(mine(request, public_id, "laboratory.weights")))


@router.put("/laboratories/{public_id}/evaluation-weights", response={200: SideWeightsSet, 409: s.Problem}, auth=_WRITE)
def put_weights(request: HttpRequest, public_id: str, asked: SideWeights) -> Any:
    """设定综合评价四方面的满分，写进批次细则；原文没有，由办理机关设定。"""
    laboratory = mine(request, public_id, "laboratory.weights")
    form = fit(WeightsForm(SIDES, {}, posted({**asked.weights, "reason": asked.reason})))
    data = dict(form.cleaned_data)
    set_weights(laboratory, caller(request), reason=data.pop("reason"), weights=data)
    return SideWeightsSet(weights=weights_for(laboratory))


@router.put("/laboratories/{public_id}/entry", response={200: LabEntry, 409: s.Problem}, auth=_WRITE)
def put_entry(request: HttpRequest, public_id: str, asked: LabEntryGiven) -> Any:
    """更正名册上的名称、领域；更名按重大事项办理，不在这里改。"""
    laboratory = mine(request, public_id, "laboratory.entry")
    made = correct(laboratory, **fit(EntryForm(posted(asked.model_dump()))).cleaned_data)
    return LabEntry(name=made.name, name_en=made.name_en, field=made.field)


def _now(laboratory: Laboratory) -> Case:
    """The case as it stands at this moment, after what happens by itself."""
    case = case_of(laboratory.case)
    return advance(case, max(now(), case.last.at), calendar())


def _choice(user: User, laboratory: Laboratory, case: Case, name: str, as_whom: str) -> tuple[Part, Choice]:
    """The capacity that is named; else the first in which the move is the person's to make. Raises Denied, Refused."""
    parts = parts_in(user, chart_of(laboratory.case.revision), laboratory.case)
    if as_whom:
        named = part_named(parts, as_whom)
        if named is None:
            raise Denied(_NOT_YOURS)
        parts = [named]
    for part in parts:
        choice = choice_named(case, part, name)
        if choice is not None and (_has_a_part(name) or (laboratory.case.chart, name) not in ONLY):
            return part, choice
    raise Refused(*_NOT_NOW)


def _has_a_part(name: str) -> bool:
    return name.rpartition(":")[2] in SUPPLEMENTS


def _own(laboratory: Laboratory, case: Case, name: str, given: dict[str, Any] | None) -> Supplement | None:
    form = SUPPLEMENTS.get(name.rpartition(":")[2])
    return form(laboratory, case, name, given) if form else None


def _rows(asked: PlanGiven) -> dict[str, Any]:
    """The plan as its page would send it."""
    rows = {f"task-{n}-{'key' if name == 'id' else name}": value for n, task in enumerate(asked.tasks)
            for name, value in task.model_dump().items()}
    return posted({**rows, "rows": str(len(asked.tasks)), "reason": asked.reason, "seen": asked.seen})


def _account(laboratory: Laboratory, asked: LeaderGiven) -> int | None:
    """The leader's account among the host's people. Raises Unfit for one who is none of them."""
    if not asked.account:
        return None
    found = people_of(laboratory.host, ACTING).filter(public_id=asked.account).first()
    if found is None:
        raise refused_field("account", Text("要办理事项的主任，先请单位管理员加为经办人",
                                            "to act here he has to be an agent of the host first"))
    return found.pk
