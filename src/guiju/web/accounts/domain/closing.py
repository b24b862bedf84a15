"""Closing one's account: nobody signs in by it any more, and what identifies the person beyond the record is erased.

The record stays: events of a case name who made them, in lines that are bound to one another by digests; memberships
say who acted for whom and when. Both are kept as evidence. What goes: the address, the sign-in name, the password,
second factors, passkeys, links to other sign-ins, sessions, and what an expert wrote about himself.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.organisations import end_membership
from guiju.web.accounts.models import Expert, Membership, Organisation, Passkey, Session, TotpDevice, User
from guiju.web.accounts.queries import forget, standing
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused

# An app that keeps running things for an organisation or a person enters here what stands in the way of a close.
HINDRANCES: list[Callable[[User, list[Organisation]], Text | None]] = []


@transaction.atomic
def close(user: User, password: str) -> None:
    """Raises Refused, with what is to be done first."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password() and not user.check_password(password):
        raise Refused("密码不对", "the password is not right")
    parts = list(Membership.objects.filter(standing(today()), user=user).select_related("organisation"))
    alone = [p.organisation for p in parts if _is_alone(p)]
    for hindrance in HINDRANCES:
        found = hindrance(user, alone)
        if found is not None:
            raise Refused(found.zh, found.en)
    for part in parts:
        if part.organisation in alone:
            part.organisation.is_active = False
            part.organisation.save(update_fields=["is_active"])
            Membership.objects.filter(pk=part.pk).update(until=today())
        else:
            end_membership(part)
    _erase(user)
    forget(user)


def _is_alone(part: Membership) -> bool:
    return not Membership.objects.filter(standing(today()), organisation=part.organisation).exclude(pk=part.pk).exists()


def _erase(user: User) -> None:
    user.login, user.email, user.confirmed = f"closed-{user.public_id.lower()}", "", None
    user.is_active, user.closed = False, now()
    user.set_unusable_password()
    user.save()
    Session.objects.filter(user=user).delete()
    TotpDevice.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()
    user.identities.all().delete()
    user.resets.all().delete()
    Expert.objects.filter(user=user).update(biography="", available=False)
