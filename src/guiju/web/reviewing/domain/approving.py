"""The approvers: the list examined and published, approval after the notice, objections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from collections.abc import Sequence

from django.db import transaction

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import part_holding
from guiju.web.kit.permissions import Refused
from guiju.web.notices.domain import Item, publish
from guiju.web.notices.models import PublicNotice
from guiju.web.reviewing.domain.moving import moved
from guiju.web.reviewing.queries.parts import approver_role
from guiju.web.reviewing.queries.scene import title_of
from guiju.web.rounds.models import Round

EXAMINED, NOTICED, OBJECTED = "S15", "S16", "S17"
NOTICE = "P2"
MOST_DAYS = 366  # of a notice: what is longer is a slip of the pen
LISTED = Text("拟批准建设", "to be approved")


def part_of(user: User, record: CaseRecord, round_: Round) -> str:
    """For whom the person acts as an approver."""
    found = part_holding(user, record, approver_role(round_))
    if found is None:
        raise Refused("由本批次的批准主体办理", "whoever approves in this round does this")
    return found.key


@transaction.atomic
def publish_list(round_: Round, applications: Sequence[Application], user: User, days: int | None = None
                 ) -> PublicNotice:
    """T17 for all of them, and one notice of the list; or nothing. `days`: longer than the chart asks for. Raises
    NotMade."""
    if not applications:
        raise Refused("没有选中申报", "nothing was chosen")
    for application in applications:
        moved(application.case, "T17", user, {}, acting_for=part_of(user, application.case, round_))
    records = CaseRecord.objects.select_related("organisation", "revision").in_bulk([a.case_id for a in applications])
    items = [Item(records[a.case_id], LISTED, "", title_of(a)) for a in applications]
    return publish(round_, NOTICE, items, user, days=days)


@transaction.atomic
def reject(application: Application, user: User, reason: str) -> CaseRecord:
    """T18. Raises NotMade."""
    if not reason.strip():
        raise Refused("写明审定未通过的理由", "say why it is not approved")
    return moved(application.case, "T18", user, {}, acting_for=part_of(user, application.case, application.round),
                 note=reason.strip())


@transaction.atomic
def approve(application: Application, user: User, planned_end: dt.date, reasons: Map[str, str]) -> CaseRecord:
    """T19 after the notice, T20b after objections that were dismissed. Raises NotMade."""
    given = {"计划建成日": planned_end.isoformat()}
    name = "T19"
    if application.case.stage == OBJECTED:
        name, given = "T20b", {**given, "公示异议结论": "不成立"}
    return moved(application.case, name, user, given, decisions=dict(reasons),
                 acting_for=part_of(user, application.case, application.round))


@transaction.atomic
def look_into(application: Application, user: User) -> CaseRecord:
    """T20a. Raises NotMade."""
    return moved(application.case, "T20a", user, {}, acting_for=part_of(user, application.case, application.round))


@transaction.atomic
def uphold_objection(application: Application, user: User) -> CaseRecord:
    """T20c: an objection was upheld; not approved. Raises NotMade."""
    return moved(application.case, "T20c", user, {"公示异议结论": "成立"},
                 acting_for=part_of(user, application.case, application.round))
