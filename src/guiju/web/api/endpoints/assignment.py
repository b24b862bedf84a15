"""Who reviews what: the solver's proposal with its reasons, an officer's own word, replay, acceptance."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from guiju.review.conflicts import Findings
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.organising import READ, WRITE, Day, Id, application_in, organised
from guiju.web.api.security import caller
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import assigning
from guiju.web.reviewing.models import Assigned, Declared, PairRule, Run
from guiju.web.reviewing.page import PairRow, proposal_rows
from guiju.web.reviewing.queries.problem import members_of, missing_figures, to_be_reviewed
from guiju.web.reviewing.queries.scene import conflicts_of_reviewers
from guiju.web.rounds.models import Round

router = Router(tags=["评审分配 assignment of reviewers"])


class Passed(Schema):
    """An expert who was not taken instead, and why."""

    expert: str
    fit: int
    because: list[s.Words]


class ProposedPair(Schema):
    """`fixed`: it stood before, or an officer fixed it. `disclosed`: ties that are told and bar nothing."""

    expert: str
    name: str
    fit: int
    why: s.Words
    fixed: bool
    load: int
    most: int
    disclosed: list[s.Words]
    instead: list[Passed]


class ProposedPanel(Schema):
    application: str
    title: str
    text: s.Words
    pairs: list[ProposedPair]


class Proposal(Schema):
    """`state`: proposed, accepted, dropped, or infeasible, which `why` explains; `gaps`: what could not be told."""

    id: str
    number: int
    state: str
    at: dt.datetime
    by: str
    why: list[s.Words]
    gaps: list[s.Words]
    panels: list[ProposedPanel]


class OwnWord(Schema):
    """A pair that an officer fixed or forbade."""

    application: str
    expert: str
    kind: str
    reason: str
    by: str


class TieFound(Schema):
    """`strength`: `bars`, or only told."""

    application: str
    expert: str
    rule: str
    strength: str
    reason: s.Words
    basis: str


class AssignedTask(Schema):
    """`tie`: what the expert declared last; `reason`: why he declined, or why it was lifted."""

    application: str
    expert: str
    name: str
    state: str
    tie: str
    reason: str
    deadline: dt.date | None
    handed_in: bool


class AssignmentWhole(Schema):
    """`unset`: what the detailed rules have to set before anyone can be assigned."""

    unset: list[s.Words]
    latest: Proposal | None
    rules: list[OwnWord]
    ties: list[TieFound]
    gaps: list[s.Words]
    tasks: list[AssignedTask]


class PairWord(s.Closed):
    """`kind` empty: take the word back."""

    application: Id
    expert: Id
    kind: Literal["fixed", "forbidden", ""]
    reason: str = Field("", max_length=300)


class Accepting(s.Closed):
    """`deadline`: the last day for the experts."""

    deadline: Day | None = None


class Accepted(Schema):
    asked: int


class Replayed(Schema):
    """`same`: the same input and seed gave the same pairs; else `findings` say what differs."""

    same: bool
    findings: list[s.Words]


@router.get("/organising/{round_id}/assignment", response=AssignmentWhole, auth=READ)
def assignment(request: HttpRequest, round_id: str) -> Any:
    """分配的情况：最近一次方案和理由（或为什么没有可行的）、指定和禁止、利害关系、各专家的任务。"""
    round_ = organised(request, round_id)
    latest = round_.runs.select_related("by").order_by("-number").first()
    figures, findings = missing_figures(round_), _findings(round_)
    rules = PairRule.objects.filter(application__round=round_).select_related("user", "application", "by")
    return AssignmentWhole(
        unset=[s.said(m.text) for m in (figures.missing if figures else ())],
        latest=_proposal(latest) if latest else None, tasks=_tasks(round_),
        rules=[OwnWord(application=r.application.public_id, expert=r.user.public_id, kind=r.kind, reason=r.reason,
                       by=r.by.name) for r in rules.order_by("pk")],
        ties=[TieFound(application=c.application, expert=c.expert, rule=c.rule, strength=c.strength,
                       reason=s.said(c.reason), basis=c.basis) for c in (findings.conflicts if findings else ())],
        gaps=[s.said(g.text) for g in (findings.gaps if findings else ())])


@router.post("/organising/{round_id}/assignment", response={201: Proposal}, auth=WRITE)
def run(request: HttpRequest, round_id: str) -> Any:
    """按现在的情况算一次分配；没有可行的，state 为 infeasible，why 说明缺什么。"""
    return Status(201, _proposal(assigning.run(organised(request, round_id), caller(request))))


@router.put("/organising/{round_id}/assignment/pairs", response={204: None}, auth=WRITE)
def set_pair(request: HttpRequest, round_id: str, asked: PairWord) -> Any:
    """指定或禁止一位专家评一份申报，写明理由；下一次分配起算数。"""
    round_ = organised(request, round_id)
    application = application_in(round_, asked.application)
    expert = User.objects.filter(public_id=asked.expert, panels__panel__round=round_).first()
    if expert is None:
        raise Refused("这位专家不在本批次的专家组", "this expert is on no panel of the round")
    assigning.set_pair(application, expert, asked.kind, asked.reason, caller(request))
    return Status(204, None)


@router.post("/organising/{round_id}/assignment/{run_id}/acceptance", response=Accepted, auth=WRITE)
def accept(request: HttpRequest, round_id: str, run_id: str, asked: Accepting) -> Any:
    """采用一个方案，给新请的专家发信。"""
    found = _run(organised(request, round_id), run_id)
    return Accepted(asked=assigning.accept(found, caller(request), asked.deadline))


@router.get("/organising/{round_id}/assignment/{run_id}/replay", response=Replayed, auth=READ)
def replay(request: HttpRequest, round_id: str, run_id: str) -> Any:
    """重放核对：用存下的输入和种子再算一次，看结果是否相同。"""
    found = assigning.verify(_run(organised(request, round_id), run_id))
    return Replayed(same=found.same, findings=list(map(s.said, found.findings)))


def _run(round_: Round, public_id: str) -> Run:
    found = round_.runs.filter(public_id=public_id).exclude(state="infeasible").first()
    if found is None:
        raise Http404
    return found


def _findings(round_: Round) -> Findings | None:
    rows = to_be_reviewed(round_)
    people = {u.pk: u for users in members_of(round_).values() for u in users}
    return conflicts_of_reviewers(round_, people.values(), rows) if rows else None


def _tasks(round_: Round) -> list[AssignedTask]:
    ties = {(d.application_id, d.user_id): d.relation for d in Declared.objects.filter(
        round=round_, application__isnull=False).order_by("at", "pk")}
    rows = Assigned.objects.filter(application__round=round_).select_related("user", "application", "sheet")
    return [AssignedTask(application=t.application.public_id, expert=t.user.public_id, name=t.user.name, state=t.state,
                         tie=ties.get((t.application_id, t.user_id), ""), reason=t.reason, deadline=t.deadline,
                         handed_in=hasattr(t, "sheet") and t.sheet.submitted is not None)
            for t in rows.order_by("application", "user__name")]


def _proposal(kept: Run) -> Proposal:
    return Proposal(
        id=kept.public_id, number=kept.number, state=kept.state, at=kept.at, by=kept.by.name,
        why=_texts(kept.found.get("why", [])), gaps=_texts(kept.found.get("gaps", [])),
        panels=[ProposedPanel(application=p.application_id, title=p.title, text=s.said(p.text),
                              pairs=list(map(_pair, p.pairs))) for p in proposal_rows(kept)])


def _texts(kept: list[dict[str, str]]) -> list[s.Words]:
    return [s.said(Text(x["zh"], x["en"])) for x in kept]


def _pair(row: PairRow) -> ProposedPair:
    return ProposedPair(
        expert=row.expert.public_id if row.expert else "", name=row.expert.name if row.expert else "", fit=row.fit,
        why=s.said(row.why), fixed=row.fixed, load=row.load, most=row.most,
        disclosed=list(map(s.said, row.disclosed)),
        instead=[Passed(expert=name, fit=fit, because=list(map(s.said, because))) for name, fit, because
                 in row.instead])
