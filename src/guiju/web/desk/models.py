"""What a person sets for himself: a calendar that others' programs may read, and when he wants to be reminded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.lifecycle.agenda import REMIND

DIGEST = 64


def usual_days() -> list[int]:
    return list(REMIND)


class CalendarFeed(models.Model):
    """An address under which a calendar program reads a person's deadlines without signing in. Only the SHA-256 of its
    secret is kept. One at a time: a new one ends the one before."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=DIGEST, unique=True)
    mine = models.BooleanField(default=False)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    read = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(digest=""), name="feed_has_a_digest"),
            models.UniqueConstraint(fields=["user"], condition=Q(revoked__isnull=True), name="one_standing_feed"),
        )


class ReminderWish(models.Model):
    """`days`: how many days ahead; none for no reminders ahead. `mail`: by mail as well as on the site."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_wish")
    days = models.JSONField(default=usual_days)
    mail = models.BooleanField(default=True)
    changed = models.DateTimeField()
