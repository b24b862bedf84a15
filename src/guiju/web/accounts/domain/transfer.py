"""When a person leaves: everything that was his in an organisation goes to a successor, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.organisations import add_member, end_membership
from guiju.web.accounts.models import Delegation, Invitation, Membership, Organisation, User
from guiju.web.accounts.queries import RANK, forget
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out

# An app that keeps things in a person's hands enters here how they go to another; each answers how many went.
Handover = Callable[[User, User, Organisation], int]
HANDOVERS: list[tuple[Text, Handover]] = []


@transaction.atomic
def hand_over(organisation: Organisation, leaver: User, successor: User) -> list[tuple[Text, int]]:
    """The successor takes the leaver's part and all that hangs on it; the leaver's part ends today.

    What was done stays under the name of who did it. Raises Refused.
    """
    if leaver.pk == successor.pk:
        raise Refused("请选另一个人接手", "choose another person")
    parts = Membership.objects.filter(organisation=organisation, until__isnull=True)
    left, taken = parts.filter(user=leaver).first(), parts.filter(user=successor).first()
    if left is None:
        raise Refused(f"{leaver.name}不是本单位的人", f"{leaver.name} does not belong to the organisation")
    if taken is None:
        add_member(organisation, successor, left.role)
    elif RANK[taken.role] < RANK[left.role]:
        taken.role = left.role
        taken.save(update_fields=["role"])
    moved = [(label, hand(leaver, successor, organisation)) for label, hand in HANDOVERS]
    Invitation.objects.filter(organisation=organisation, invited_by=leaver, accepted__isnull=True,
                              withdrawn__isnull=True).update(invited_by=successor)
    Delegation.objects.filter(organisation=organisation, delegate=leaver, revoked__isnull=True).update(revoked=now())
    end_membership(left)
    forget(successor)
    put_out([Letter(f"handover/{left.organisation_id}/{leaver.pk}/{now().isoformat()}", "notice",
                    Text(f"您接手了{leaver.name}在{organisation.name}的工作", f"You take over from {leaver.name}"),
                    Text("、".join(f"{x.zh} {n} 项" for x, n in moved) or "没有待办的事项",
                         ", ".join(f"{x.en}: {n}" for x, n in moved) or "nothing is waiting"), user=successor)])
    return moved
