"""Who holds which role in which cases; partners."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.invitations import JOINS, invite
from guiju.web.accounts.domain.transfer import HANDOVERS
from guiju.web.accounts.models import Invitation, Organisation, User
from guiju.web.cases.models import CaseParty, CaseRecord, RoleHolder
from guiju.web.cases.rules import PERSONAL, roles_held_by
from guiju.web.kit.clock import now, today
from guiju.web.kit.once import forget
from guiju.web.kit.permissions import Refused


@transaction.atomic
def assign(chart: Chart, role: str, *, organisation: Organisation | None = None, user: User | None = None,
           case: CaseRecord | None = None, round_id: str = "", until: dt.date | None = None) -> RoleHolder:
    """Let an organisation or a person hold a role of a chart: in every case, a round's, or one. Raises Refused."""
    if role not in roles_held_by(chart, "office", "round", *PERSONAL):
        raise Refused(f"“{role}”不是要指定的角色", f"'{role}' is no role that someone is named for")
    if (organisation is None) == (user is None):
        raise Refused("指定一个单位，或者一个人", "name one organisation or one person")
    if organisation is not None and role in roles_held_by(chart, "expert"):
        raise Refused("专家要指定到人", "experts are named as persons")
    if until is not None and until < today():
        raise Refused(f"“至”不能早于今天（{today()}）", f"the last day can't be before today, {today()}")
    forget()
    return RoleHolder.objects.create(chart=chart.id, role=role, round=round_id, case=case, organisation=organisation,
                                     user=user, since=today(), until=until)


def release(holder: RoleHolder) -> None:
    """From today on the role is not held any more."""
    forget()
    if holder.since >= today():
        holder.delete()
    else:
        holder.until = today() - dt.timedelta(days=1)
        holder.save(update_fields=["until"])


def invite_partner(record: CaseRecord, by: User, email: str) -> str:
    """Ask another organisation, by mail, to take part in a case; the link's token."""
    return invite(record.organisation, by, email, role="manager", subject=record.public_id)


def _join(invitation: Invitation, organisation: Organisation) -> None:
    """A partner has accepted: it takes part in the case. The case may have gone to another owner meanwhile."""
    record = CaseRecord.objects.filter(public_id=invitation.subject, organisation=invitation.organisation).first()
    if record is None:
        raise Refused("邀请所指的事项已经不在了", "the case of this invitation is gone")
    CaseParty.objects.get_or_create(case=record, organisation=organisation, defaults={"joined": now()})


def _hand_over(leaver: User, successor: User, organisation: Organisation) -> int:
    """The cases that the leaver saw to for his organisation. Roles held in person stay with the person: an expert is
    chosen for who he is."""
    return CaseRecord.objects.filter(organisation=organisation, owner=leaver).update(owner=successor)


def enter() -> None:
    """Take part in what `accounts` does."""
    if _join not in JOINS:
        JOINS.append(_join)
        HANDOVERS.append((Text("申请事项", "cases"), _hand_over))
