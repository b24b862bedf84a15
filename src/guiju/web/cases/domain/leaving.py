"""What of cases stands in the way of closing an account."""

from __future__ import annotations

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.models import CaseRecord, RoleHolder


def hindrance(user: User, organisations: list[Organisation]) -> Text | None:
    """Open cases that would be in nobody's hands, and roles held in person."""
    if CaseRecord.objects.filter(organisation__in=organisations, final=False).exists():
        return Text("您是单位里唯一的人，单位还有没办完的事项；请先邀请同事并移交，或等事项办完",
                    "your organisation has open cases and nobody else: invite a colleague and hand over first")
    if CaseRecord.objects.filter(owner=user, final=False).exists():
        return Text("还有您经办的事项没有办完；请先由单位管理员移交",
                    "open cases are in your hands: hand them over first")
    if RoleHolder.objects.filter(user=user, until__isnull=True).exists():
        return Text("您还担任评审等角色；请先请平台管理员解除",
                    "you hold roles in person: have the operator end them first")
    return None
