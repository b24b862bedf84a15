"""Running the solver, accepting what it found, letters to experts, what they answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse

from guiju.review.assignment import Assignment, Infeasible, Problem, Record, Replay, assign, replay
from guiju.review.assignment.explain import PanelReason, explain
from guiju.review.conflicts import Findings
from guiju.review.digest import canonical
from guiju.source.diagnostics import GuijuError, Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.models import Application
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out
from guiju.web.reviewing.models import Assigned, Declared, PairRule, Placement, Run
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.problem import kept_form, missing_figures, problem_from, problem_of
from guiju.web.reviewing.queries.scene import conflicts_in, title_of
from guiju.web.rounds.models import Round

LONGEST = 500  # characters of a tie, or of why one declines
_BARRED = "申明的关系须回避"


def run(round_: Round, by: User) -> Run:
    """Assign anew, from what stands now, and keep the whole: input, result, reasons, or why there is none."""
    open_ = missing_figures(round_)
    if open_ is not None:
        raise Refused(open_.text.zh, open_.text.en)
    number = (round_.runs.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    problem, findings = problem_of(round_, f"{round_.public_id}/{number}")
    if not problem.applications:
        raise Refused("还没有进入评审并定了专家组的申报", "no application has begun its review and has a panel")
    try:
        result = assign(problem)
    except GuijuError as error:
        first = error.diagnostics[0].message
        raise Refused(first.zh, first.en) from None
    with transaction.atomic():
        round_.runs.filter(state="proposed").update(state="dropped")
        return _kept(round_, number, problem, findings, result, by)


def _kept(round_: Round, number: int, problem: Problem, findings: Findings, result: Assignment | Infeasible, by: User
          ) -> Run:
    found: dict[str, Any] = {"gaps": [{"about": g.about, "zh": f"{g.text.zh}；{g.lift.zh}",
                                       "en": f"{g.text.en}; {g.lift.en}"} for g in findings.gaps]}
    record: dict[str, Any] = {}
    if isinstance(result, Infeasible):
        texts = [s.text for s in result.shortages] + [c.text for c in result.concessions]
        found["why"] = [{"zh": t.zh, "en": t.en} for t in texts]
    else:
        record = dataclasses.asdict(result.record)
        found.update(pairs=[list(p) for p in result.pairs], floor=result.floor, total=result.total, price=result.price,
                     free_total=result.free_total, free_floor=result.free_floor,
                     panels={a.id: _reasons(explain(problem, result, a.id)) for a in problem.applications})
    return Run.objects.create(round=round_, number=number, state="proposed" if record else "infeasible",
                              problem=kept_form(problem), record=record, found=json.loads(canonical(found)), at=now(),
                              by=by)


def _reasons(panel: PanelReason) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(canonical(panel))
    return {**made, "zh": panel.text.zh, "en": panel.text.en}


def verify(kept: Run) -> Replay:
    """Solve the kept problem again and hold it to the record."""
    return replay(Record(**kept.record), problem_from(kept.problem))


@transaction.atomic
def set_pair(application: Application, user: User, kind: str, reason: str, by: User) -> None:
    """An officer's own word on a pair; `kind` "": none any more. It counts from the next run on."""
    if kind == "":
        PairRule.objects.filter(application=application, user=user).delete()
        return
    if not reason.strip():
        raise Refused("指定或禁止一对专家和申报，都要写明理由", "give your reason for fixing or forbidding a pair")
    PairRule.objects.update_or_create(application=application, user=user, defaults={
        "kind": kind, "reason": reason.strip(), "at": now(), "by": by})


@transaction.atomic
def accept(kept: Run, by: User, deadline: dt.date | None) -> int:
    """Let a proposal stand; how many experts are newly asked. Pairs of before that are no longer in it are lifted."""
    locked = hold(Run.objects.select_related("round"), pk=kept.pk)
    if locked.state != "proposed":
        raise Refused("这个方案已不是待定的方案，请看最新的一次", "this proposal waits no more: see the latest")
    pairs = {(e, a) for e, a in locked.found["pairs"]}
    people = {u.public_id: u for u in User.objects.filter(public_id__in=[e for e, _ in pairs])}
    papers = {a.public_id: a for a in Application.objects.filter(public_id__in=locked.found["panels"])}
    before = {(x.user.public_id, x.application.public_id): x for x in Assigned.objects.select_for_update(
        of=("self",)).filter(application__in=papers.values()).prefetch_related("user", "application")}
    if any(before[p].state == "declined" for p in pairs & before.keys()):
        raise Refused("方案出来之后有专家推辞了，请再分配一次", "an expert has declined since: run it again")
    for pair, row in before.items():
        if pair not in pairs and row.state in STANDING:
            row.state, row.reason = "lifted", f"第 {locked.number} 次分配未列入"
            row.save(update_fields=["state", "reason"])
    fresh = []
    for expert, application in sorted(pairs):
        there = before.get((expert, application))
        if there is not None and there.state in STANDING:
            continue
        row = there or Assigned(application=papers[application], user=people[expert])
        row.run, row.state, row.reason, row.deadline, row.at = locked, "asked", "", deadline, now()
        row.save()
        fresh.append(row)
    locked.state = "accepted"
    locked.save(update_fields=["state"])
    put_out(_asking(locked, fresh))
    return len(fresh)


def _asking(kept: Run, fresh: Iterable[Assigned]) -> Iterator[Letter]:
    """One letter an expert: how many applications, by when, and the request to declare ties. It names nobody."""
    mine: dict[User, list[Assigned]] = {}
    for row in fresh:
        mine.setdefault(row.user, []).append(row)
    for user, rows in mine.items():
        day = rows[0].deadline
        yield Letter(
            f"review/{kept.public_id}/{user.pk}", "notice",
            Text(f"请您评审 {len(rows)} 份申报", f"you are asked to review {len(rows)} applications"),
            Text(f"批次：{kept.round.title}。请先逐份声明有无利害关系，再打分"
                 + (f"；{day} 截止" if day else "") + "。不能评审的，可说明理由推辞。",
                 "Declare your ties to each before you mark it" + (f"; the last day is {day}" if day else "")
                 + ". If you can't review one, decline with a reason."),
            user=user, link=reverse("reviewing:desk"))


@transaction.atomic
def declare(assigned: Assigned, relation: str) -> Assigned:
    """Say what ties one has to the application, or that there is none. Where the round's rule bars, the task ends."""
    row, said = standing(assigned), within(LONGEST, relation, "利害关系", "tie")
    Declared.objects.create(round=row.application.round, application=row.application, user=row.user,
                            relation=said, at=now())
    barred = said and conflicts_in(row.application.round, [row.user], [row.application]).barred()
    if barred:
        row.state, row.reason = "declined", _BARRED
        _tell_office(row, Text("申明须回避的关系", "declared a tie that bars"))
    else:
        row.state = "taken"
        if said:
            _tell_office(row, Text("申明了利害关系", "declared a tie"))
    row.save(update_fields=["state", "reason"])
    return row


@transaction.atomic
def declare_organisation(round_: Round, user: User, code: str, relation: str) -> None:
    """Say what ties one has to an organisation, whatever it takes part in: how it is done where names are hidden. Tasks
    that the round's rule bars for it end."""
    said = within(LONGEST, relation, "利害关系", "tie")
    if not said:
        raise Refused("写明是什么关系", "say what tie it is")
    Declared.objects.create(round=round_, organisation=code, user=user, relation=said, at=now())
    rows = list(Assigned.objects.select_for_update(of=("self",)).filter(
        user=user, state__in=STANDING, application__round=round_).prefetch_related("application", "user"))
    barred = {a for _, a in conflicts_in(round_, [user], [r.application for r in rows]).barred()} if rows else set()
    for row in rows:
        if row.application.public_id in barred:
            row.state, row.reason = "declined", _BARRED
            row.save(update_fields=["state", "reason"])
            _tell_office(row, Text("申明须回避的关系", "declared a tie that bars"))


@transaction.atomic
def decline(assigned: Assigned, reason: str) -> Assigned:
    """Give a task back, with the reason; the office runs the assignment again for the gap."""
    row = standing(assigned)
    row.reason = within(LONGEST, reason, "推辞的理由", "reason")
    if not row.reason:
        raise Refused("请写明推辞的理由", "say why you decline")
    row.state = "declined"
    row.save(update_fields=["state", "reason"])
    _tell_office(row, Text("推辞了评审", "declined to review"))
    return row


def standing(assigned: Assigned) -> Assigned:
    """The task, held, and with it that its panel's marks stay open. Raises Refused."""
    Placement.objects.select_for_update().get(application=assigned.application_id)
    row = hold(Assigned.objects.select_related(
        "application", "application__round", "application__placement", "user", "application__organisation",
        "application__case"), pk=assigned.pk)
    if row.state not in STANDING:
        raise Refused("这项任务已不在您这里", "this task is not yours any more")
    if row.application.placement.closed is not None:
        raise Refused("这份申报的评审已经结束", "the review of this application is closed")
    return row


def _tell_office(row: Assigned, what: Text) -> None:
    round_, title = row.application.round, title_of(row.application)
    put_out(Letter(f"review/{row.public_id}/{row.state}/{now():%Y%m%d%H%M%S}/{person.pk}", "notice",
                   Text(f"专家{row.user.name}{what.zh}：{title}", f"expert {row.user.name} {what.en}: {title}"),
                   Text("请看分配页，需要时再分配一次补上空缺。", "see the assignment; run it again to fill the gap."),
                   user=person, link=reverse("reviewing:assignment", args=[round_.public_id]))
            for person in people_of(round_.office, ACTING))
