"""The construction plan and its revisions."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import Laboratory, PlanRevision
from guiju.web.laboratories.queries import plan_of

# While the acceptance looks at the plan, it stands still; afterwards there is nothing left to build.
STAGES = ("S20", "S21", "S22", "S23", "S27")


def may_change(laboratory: Laboratory) -> bool:
    return laboratory.case.stage in STAGES


@transaction.atomic
def adopt_plan(laboratory: Laboratory, user: User, tasks: list[dict[str, Any]], reason: str, seen: int
               ) -> PlanRevision:
    """Adopt a plan as the next revision. `seen`: the number of the revision that was changed. Raises Refused."""
    locked = hold(Laboratory.objects.select_related("case"), pk=laboratory.pk)
    if not may_change(locked):
        raise Refused("现在不能改建设计划：验收期间计划不变，验收之后不再有建设任务",
                      "the plan can't be changed now: it stands still during acceptance, and is over afterwards")
    last = plan_of(locked)
    number = last.number if last else 0
    if number != seen:
        raise Refused("计划刚被别人修订过，请看过新的一版再改", "someone has just changed the plan: look at it first")
    if last is not None and not reason.strip():
        raise Refused("修订计划要写明理由", "say why the plan is changed")
    return locked.plans.create(number=number + 1, tasks=_numbered(tasks, last), reason=reason.strip() if last else "",
                               at=now(), by=user)


def _numbered(tasks: list[dict[str, Any]], last: PlanRevision | None) -> list[dict[str, Any]]:
    """Each with an id of its own: known tasks keep theirs, new ones get the next that was never used."""
    known = {task["id"] for task in last.tasks} if last else set()
    every = {task["id"] for plan in (last.laboratory.plans.all() if last else ()) for task in plan.tasks}
    free = max((int(id_[1:]) for id_ in every), default=0)
    found, used = [], set[str]()
    for task in tasks:
        id_ = task["id"] if task["id"] in known and task["id"] not in used else ""
        if not id_:
            free += 1
            id_ = f"t{free}"
        used.add(id_)
        found.append({**task, "id": id_})
    return found
