"""The committee's meeting and its secret ballots.

A box is one sealed value that is written over at each vote: who has voted, and the papers, with nothing that joins the
two; no row, no time and no number belongs to a single vote.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.web.applications.models import Application
from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t
from guiju.web.reviewing.models.bodies import Committee, Seat
from guiju.web.rounds.models import Round

HEARINGS = {"waiting": t("待审议", "waiting"), "voting": t("投票中", "voting"), "closed": t("已计票", "counted")}


class Meeting(models.Model):
    """`agenda`: in the words of whoever called it; `minutes`: what is added to the facts that the record has."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    begins = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    agenda = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    present = models.ManyToManyField(Seat, related_name="present_at", blank=True)
    over = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Hearing(models.Model):
    """One application on the agenda. `notes`: of the hearing; `visited`: a visit took place at this stage; `tally`: the
    result once it is closed."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="hearings")
    application = models.ForeignKey(Application, models.PROTECT, related_name="hearings")
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    notes = models.TextField(blank=True)
    visited = models.BooleanField(default=False)
    tally = models.JSONField(default=dict, blank=True)
    opened = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(HEARINGS)), name="hearing_in_a_known_state"),
            models.UniqueConstraint(fields=["meeting", "application"], name="heard_once_a_meeting"),
        )

    @property
    def state_label(self) -> str:
        return HEARINGS[self.state]


class Box(models.Model):
    """The ballot box of a hearing, sealed, as one value: see `guiju.review.ballots` for what it keeps and what not."""

    hearing = models.OneToOneField(Hearing, models.CASCADE, related_name="box")
    sealed = models.TextField()
