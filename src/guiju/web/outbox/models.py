"""One message to one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.source.diagnostics import Text

KINDS = ("mail", "notice", "reminder")


class Message(models.Model):
    """`key` makes it idempotent: the same event tells the same person once. `link`: a path of the site.

    A notice and a reminder show in the site; whatever has an address goes out as mail, too.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages")
    address = models.CharField(max_length=254, blank=True)
    subject_zh = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    body_zh = models.TextField()
    body_en = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField()
    read = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="message_of_a_known_kind"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(address=""), name="message_goes_to_someone"),
            models.CheckConstraint(condition=~Q(key=""), name="message_has_a_key"),
        )
        indexes = (models.Index(fields=["user", "-created"], name="message_by_user"),
                   models.Index(fields=["next_try"], name="message_to_send", condition=Q(sent__isnull=True)))

    @property
    def subject(self) -> Text:
        return Text(self.subject_zh, self.subject_en)

    @property
    def body(self) -> Text:
        return Text(self.body_zh, self.body_en)
