"""Who reviews: the expert committee of a round, and its panels by field."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.web.applications.models import Application
from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t
from guiju.web.rounds.models import Round

POSTS = {"chair": t("主任委员", "chair"), "vice": t("副主任委员", "vice-chair"), "member": t("委员", "member")}
COMMITTEE_STATES = ("draft", "confirmed", "former")


class Committee(models.Model):
    """The expert committee of a round. `reason`: why it was confirmed where a person had to decide; `record`: what the
    policy answered when it was confirmed."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="committees")
    name = models.CharField(max_length=120)
    formed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default="draft")
    reason = models.TextField(blank=True)
    record = models.JSONField(default=dict, blank=True)
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=COMMITTEE_STATES), name="committee_in_a_known_state"),
            models.CheckConstraint(condition=Q(state="draft") | Q(formed_on__isnull=False, confirmed__isnull=False),
                                   name="committee_confirmed_when_formed"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="confirmed"),
                                    name="one_committee_sits_in_a_round"),
        )

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A post in a committee. One person in two posts can be written down; the policy finds it (C6)."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    post = models.CharField(max_length=10)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(post__in=list(POSTS)), name="seat_of_a_known_post"),)

    @property
    def post_label(self) -> str:
        return POSTS[self.post]


class Panel(models.Model):
    """Experts of one field. `leader` makes the panel's moves."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="panels")
    field = models.CharField(max_length=60)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="leads")
    created = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "field"], name="one_panel_a_field"),)

    def __str__(self) -> str:
        return self.field


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panels")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["panel", "user"], name="on_a_panel_once"),)


class Placement(models.Model):
    """Which panel an application goes to. `closed`: when its marks became final. `nameless`: public ids of attachments
    that an officer looked through and found to name nobody: reviewers get them where names are hidden, too."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="placement")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="placements")
    closed = models.DateTimeField(null=True, blank=True)
    nameless = models.JSONField(default=list, blank=True)
