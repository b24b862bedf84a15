"""What a panel's leader does: vetoes, visits, closing the marks, the panel's moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction

from guiju.review.scores import stated
from guiju.web.accounts.models import User
from guiju.web.cases.domain import assign, release
from guiju.web.cases.models import CaseRecord, RoleHolder
from guiju.web.files.domain import Upload, attach
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain.moving import formed, moved, yes
from guiju.web.reviewing.models import Assigned, Panel, Placement, VetoClaim, Visit
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.models.marking import VETOES
from guiju.web.reviewing.queries.marks import VISIT_HOLDER, claims_of, result_for
from guiju.web.rounds.procedure import chart_for
from guiju.web.rounds.review_rules import rules_of

LEADER_ROLE = "PANEL"
REPORT = "现场评审报告"


def take_the_lead(placement: Placement, user: User) -> None:
    """The leader's part in the case, in the caller's transaction. In a round where names are hidden it does not show
    him the case, and he takes it up only after his own marks are in."""
    own = Assigned.objects.filter(application=placement.application, user=user, state__in=STANDING).first()
    waits = own is not None and not (hasattr(own, "sheet") and own.sheet.submitted)
    if waits and rules_of(placement.panel.round).hides_names:
        raise Refused("本批次匿名评审：先提交您自己的打分，再办专家组的事",
                      "names are hidden in this round: hand in your own marks first")
    chart = chart_for(placement.panel.round)
    held = RoleHolder.objects.filter(chart=chart.id, role=LEADER_ROLE, case=placement.application.case, user=user,
                                     until__isnull=True)
    if not held.exists():
        assign(chart, LEADER_ROLE, user=user, case=placement.application.case)


def hand_over(panel: Panel, leader: User) -> None:
    """A leader who leads no more has no part in the panel's cases."""
    cases = panel.placements.values("application__case")
    for holder in RoleHolder.objects.filter(role=LEADER_ROLE, case__in=cases, user=leader, until__isnull=True):
        release(holder)


@transaction.atomic
def settle_claim(placement: Placement, claim_id: str, upheld: bool, finding: str, user: User) -> VetoClaim:
    """Confirm a claimed veto or dismiss it, with the reason."""
    claim = VetoClaim.objects.select_for_update(of=("self",)).filter(
        public_id=claim_id, sheet__assigned__application=placement.application).first()
    if claim is None or claim.state != "claimed":
        raise Refused("这一条已经认定", "it was settled already")
    if not finding.strip():
        raise Refused("写明认定的理由", "say why")
    claim.state, claim.finding = "confirmed" if upheld else "dismissed", finding.strip()
    claim.settled, claim.settled_by = now(), user
    claim.save()
    return claim


@transaction.atomic
def close_marks(placement: Placement) -> None:
    """No more marks: everyone who reviews has handed in, and every claim of a veto is settled."""
    locked = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    rows = Assigned.objects.filter(application=locked.application_id, state__in=STANDING).select_related(
        "sheet", "user")
    late = [r.user.name for r in rows if not hasattr(r, "sheet") or r.sheet.submitted is None]
    if late or not rows:
        raise Refused("还没有提交打分：" + ("、".join(late) or "还没有专家"),
                      "not handed in yet: " + (", ".join(late) or "nobody reviews it"))
    if any(c.state == "claimed" for c in claims_of(locked.application)):
        raise Refused("还有否决项没有认定", "a claimed veto is not settled")
    locked.closed = now()
    locked.save(update_fields=["closed"])


@transaction.atomic
def reopen_marks(placement: Placement) -> None:
    """Let experts revise again, as long as the application is with the panel."""
    locked = hold(Placement.objects.select_related("application__case"), pk=placement.pk)
    if locked.application.case.stage not in ("S11", "S12"):
        raise Refused("申报已离开专家组", "the application has left the panel")
    locked.closed = None
    locked.save(update_fields=["closed"])


@transaction.atomic
def arrange_visit(placement: Placement, user: User, needed: str, begins: dt.date | None, ends: dt.date | None,
                  visitors: str) -> Visit:
    """T13a: a visit is necessary, for a reason. Raises NotMade."""
    if not needed.strip():
        raise Refused("写明为什么有必要现场评审", "say why a visit is necessary")
    if begins and ends and ends < begins:
        raise Refused("结束日不能早于开始日", "it can't end before it begins")
    take_the_lead(placement, user)
    made = Visit.objects.create(application=placement.application, needed=needed.strip(), begins=begins, ends=ends,
                                visitors=visitors.strip(), arranged=now())
    moved(placement.application.case, "T13a", user, {**formed(placement.panel.round), "有必要现场评审": yes(True)},
          note=needed.strip())
    return made


@transaction.atomic
def report_visit(visit: Visit, placement: Placement, user: User, conditions: bool, direction: bool, findings: str,
                 upload: Upload | None, onward: bool) -> CaseRecord:
    """T13b: back to the marks; or T13c, `onward`: on to the committee, with the score. Raises NotMade."""
    locked = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if locked.reported is not None:
        raise Refused("这次现场评审已经报告", "this visit was reported already")
    if not findings.strip():
        raise Refused("写明现场所见", "say what was found")
    take_the_lead(placement, user)
    locked.conditions, locked.direction, locked.findings = conditions, direction, findings.strip()
    locked.reported, locked.reported_by = now(), user
    locked.save()
    if upload is not None:
        attach([upload], VISIT_HOLDER, locked.public_id, user)
    given: dict[str, Any] = {**formed(placement.panel.round), "现场认定具备建设条件": yes(conditions),
                             "现场认定符合申报方向": yes(direction)}
    if onward:
        given |= _outcome(placement)
    return moved(placement.application.case, "T13c" if onward else "T13b", user, given,
                 uploads=[upload] if upload else [])


@transaction.atomic
def to_the_committee(placement: Placement, user: User) -> CaseRecord:
    """T14a: scored, on to the vote. Raises NotMade; Refused where there is no score, with the rule that has to be set.
    """
    take_the_lead(placement, user)
    return moved(placement.application.case, "T14a", user, {**formed(placement.panel.round), **_outcome(placement)})


@transaction.atomic
def out_by_veto(placement: Placement, user: User) -> CaseRecord:
    """T14b: a veto was confirmed. Marks count for nothing. Raises NotMade."""
    if not any(c.state == "confirmed" for c in claims_of(placement.application)):
        raise Refused("没有已确认的否决项", "no veto was confirmed")
    take_the_lead(placement, user)
    Placement.objects.filter(pk=placement.pk, closed=None).update(closed=now())
    return moved(placement.application.case, "T14b", user, vetoes_of(placement))


def vetoes_of(placement: Placement) -> Map[str, str]:
    """The four facts that a veto may rest on, as the panel settled them."""
    confirmed = {c.kind for c in claims_of(placement.application) if c.state == "confirmed"}
    return {kind: yes(kind in confirmed) for kind in VETOES}


def _outcome(placement: Placement) -> dict[str, str]:
    """The score, computed by the round's rules, with the vetoes."""
    locked = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if locked.closed is None:
        raise Refused("先结束打分", "close the marks first")
    result = result_for(placement.application)
    if result.total is None:
        raise Refused(result.text.zh, result.text.en)
    return {"评审得分": f"{stated(result.total)} 分", **vetoes_of(placement)}
