"""Invitations by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.web.accounts.models.organisations import ROLES, Organisation
from guiju.web.kit.ids import public_id

PURPOSES = ("member", "partner")


class Invitation(models.Model):
    """A link that one person may use once. Only the digest of its token is kept.

    `member`: to join `organisation` as `role`. `partner`: `organisation` asks another one to join in `subject`
    (a case's public id); that one's name and code come with the acceptance.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    purpose = models.CharField(max_length=10)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=10, default="agent")
    subject = models.CharField(max_length=40, blank=True)
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made")
    created = models.DateTimeField()
    expires = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True,
                                    related_name="invitations_taken")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(purpose__in=PURPOSES), name="invitation_for_a_known_purpose"),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="invitation_to_a_known_role"),
            models.CheckConstraint(condition=Q(expires__gt=F("created")), name="invitation_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(accepted__isnull=True, accepted_by__isnull=True)
                                   | Q(accepted__isnull=False, accepted_by__isnull=False),
                                   name="invitation_accepted_by_someone"),
            models.CheckConstraint(condition=Q(accepted__isnull=True) | Q(withdrawn__isnull=True),
                                   name="invitation_accepted_or_withdrawn"),
            models.CheckConstraint(condition=Q(purpose="member", subject="") | (Q(purpose="partner") & ~Q(subject="")),
                                   name="partner_invited_to_something"),
        )
