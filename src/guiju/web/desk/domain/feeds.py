"""Calendar feeds: an address with a secret, which its owner makes and takes back."""

from __future__ import annotations

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.desk.models import CalendarFeed
from guiju.web.kit.clock import now
from guiju.web.kit.tokens import digest_of, new_token


@transaction.atomic
def make_feed(user: User, mine: bool) -> str:
    """A new feed's secret, told this once; the one before ends. `mine`: only what is the person's turn."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    end_feed(user)
    secret = new_token()
    CalendarFeed.objects.create(user=user, digest=digest_of(secret), mine=mine, made=now())
    return secret


def end_feed(user: User) -> bool:
    """End the standing feed; whether there was one."""
    return bool(CalendarFeed.objects.filter(user=user, revoked__isnull=True).update(revoked=now()))


def feed_for(secret: str) -> CalendarFeed | None:
    """The feed of a secret, noted as read; none for one that was taken back or never was, or whose owner is gone."""
    found = CalendarFeed.objects.select_related("user").filter(
        digest=digest_of(secret), revoked__isnull=True, user__is_active=True).first()
    if found is not None:
        CalendarFeed.objects.filter(pk=found.pk).update(read=now())
    return found
