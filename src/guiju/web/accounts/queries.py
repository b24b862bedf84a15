"""Who acts for whom, today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from guiju.web.accounts.models import Delegation, Invitation, Membership, Organisation, Passkey, Session, User
from guiju.web.kit.clock import now, today

RANK = {"reader": 0, "agent": 1, "manager": 2}
ACTING = ("agent", "manager")


@dataclass(frozen=True, slots=True)
class Capacity:
    """In what a person acts: for an organisation, in a role there; `giver`: the one who delegated it, if it was."""

    organisation: Organisation
    role: str
    giver: User | None = None


def standing(day: dt.date) -> Q:
    """Memberships and delegations that hold on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def capacities(user: Any) -> list[Capacity]:
    """For which organisations the person acts today, own parts first. Kept for as long as the user object is."""
    if not getattr(user, "is_authenticated", False):
        return []
    kept: list[Capacity] | None = getattr(user, "_capacities", None)
    if kept is None:
        kept = user._capacities = list(_capacities(user))
    return kept


def forget(user: Any) -> None:
    """After a change to who acts for whom."""
    user.__dict__.pop("_capacities", None)


def _capacities(user: User) -> Iterator[Capacity]:
    day = today()
    own = Membership.objects.filter(standing(day), user=user, organisation__is_active=True)
    found = set()
    for part in own.select_related("organisation", "organisation__above").order_by("organisation__name"):
        found.add(part.organisation_id)
        yield Capacity(part.organisation, part.role)
    lent = Delegation.objects.filter(standing(day), delegate=user, revoked__isnull=True, organisation__is_active=True)
    for given in lent.select_related("organisation", "organisation__above", "giver").order_by("until"):
        if given.organisation_id not in found and _still_acts(given, day):
            found.add(given.organisation_id)
            yield Capacity(given.organisation, "agent", given.giver)


def _still_acts(given: Delegation, day: dt.date) -> bool:
    """A delegation ends with the giver's own part."""
    return given.giver.is_active and Membership.objects.filter(
        standing(day), user=given.giver_id, organisation=given.organisation_id, role__in=ACTING).exists()


def role_in(user: Any, organisation: Organisation) -> str:
    """The person's role in an organisation today; "" for none."""
    return next((c.role for c in capacities(user) if c.organisation.pk == organisation.pk), "")


def people_of(organisation: Organisation, roles: tuple[str, ...] = tuple(RANK)) -> QuerySet[User]:
    """Who has one of the roles there today."""
    parts = Membership.objects.filter(standing(today()), organisation=organisation, role__in=roles)
    return User.objects.filter(pk__in=parts.values("user"), is_active=True).order_by("name", "pk")


def my_organisation(user: Any, public_id: str) -> Organisation:
    """An organisation that the person may see: his own, or any for an operator. Raises Http404."""
    for capacity in capacities(user):
        if capacity.organisation.public_id == public_id:
            return capacity.organisation
    found = Organisation.objects.filter(public_id=public_id).first() if user.is_operator else None
    if found is None:
        raise Http404
    return found


def members(organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation).select_related("user").order_by(
        "until", "user__name", "pk")


def delegations(organisation: Organisation) -> QuerySet[Delegation]:
    return Delegation.objects.filter(organisation=organisation, revoked__isnull=True, until__gte=today()
                                     ).select_related("giver", "delegate").order_by("until", "pk")


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(organisation=organisation, accepted__isnull=True, withdrawn__isnull=True,
                                     expires__gt=now()).select_related("invited_by").order_by("-created", "pk")


def sessions_of(user: Any) -> QuerySet[Session]:
    return Session.objects.filter(user=user, expire_date__gt=now()).order_by("-seen", "session_key")


def passkeys_of(user: Any) -> QuerySet[Passkey]:
    return Passkey.objects.filter(user=user).order_by("created", "pk")


def all_organisations() -> QuerySet[Organisation]:
    """For an operator."""
    return Organisation.objects.order_by("name").prefetch_related(
        Prefetch("memberships", Membership.objects.filter(standing(today())).select_related("user")))
