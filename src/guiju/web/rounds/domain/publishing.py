"""Publishing a round, closing it for applications, and ending it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from guiju.lifecycle.events import Actor
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.charts import installed, keep
from guiju.web.cases.domain import assign
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.checks import open_points
from guiju.web.rounds.domain.drafting import locked
from guiju.web.rounds.models import Round, RoundChange
from guiju.web.rounds.procedure import caller_role, chart_for, offices_of


@transaction.atomic
def publish(round_: Round, user: User, version: int | None = None) -> Round:
    """Make the call: the chart's text is kept, the offices hold their roles, applications may be begun from `opens`.

    Raises Refused where something that publication needs is open.
    """
    found = locked(round_, round_.version if version is None else version)
    if found.state != "draft":
        raise Refused("这个批次已经发布", "this round is published already")
    blocking = [p for p in open_points(found) if p.blocks]
    if blocking:
        raise Refused("还不能发布：" + "；".join(p.what.zh for p in blocking),
                      "it can't be published: " + "; ".join(p.what.en for p in blocking))
    chart = installed(found.chart)
    found.revision = keep(chart)
    found.caller = _as_json(user, found.office, caller_role(chart))
    found.published, found.published_by, found.state = now(), user, "open"
    found.version += 1
    found.save()
    offices = found.rules["offices"]
    for role in offices_of(chart):
        if role in offices:
            assign(chart, role, organisation=Organisation.objects.get(public_id=offices[role]),
                   round_id=found.public_id)
    return found


def _as_json(user: User, office: Organisation, role: str) -> dict[str, Any]:
    above, row = [], office.above
    while row is not None:
        above.append(row.code)
        row = row.above
    return {"id": user.public_id, "name": user.name, "role": role, "organisation": office.code, "above": above}


def caller_of(round_: Round) -> Actor:
    """As whom the call was made, as the core knows him."""
    kept = round_.caller
    return Actor(kept["id"], kept["name"], frozenset({kept["role"]}), kept["organisation"], tuple(kept["above"]))


@transaction.atomic
def close(round_: Round, user: User, reason: str = "") -> Round:
    """No more applications; those that are in go on. Raises Refused: not open, or before its last day without a
    reason."""
    early = round_.closes is not None and today() <= round_.closes
    if early and not reason.strip():
        raise Refused("还没到截止日，提前截止要写明理由", "it is before the last day: say why it closes early")
    return _on(round_, "open", "closed", user, reason, Refused("批次不在申报期", "the round is not open"))


@transaction.atomic
def finish(round_: Round, user: User) -> Round:
    """The round is over. Those who were approved go on with their laboratories. Raises Refused while an application
    is not decided."""
    chart = chart_for(round_)
    first = next(iter(chart.phases))
    waiting = CaseRecord.objects.filter(round=round_.public_id, final=False, stage__in=[
        s.id for s in chart.stages.values() if s.phase == first]).count()
    if waiting:
        raise Refused(f"还有 {waiting} 个申报没有办结", f"{waiting} applications are not decided yet")
    return _on(round_, "closed", "over", user, "", Refused("先截止申报", "close it for applications first"))


def _on(round_: Round, before: str, after: str, user: User, reason: str, otherwise: Refused) -> Round:
    found = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if found.state != before:
        raise otherwise
    found.state = after
    found.version += 1
    found.save(update_fields=["state", "version"])
    RoundChange.objects.create(round=found, version=found.version, before={"state": before}, after={"state": after},
                               reason=reason.strip(), at=now(), by=user)
    return found
