"""Who reviews what: what experts declare, what officers fix, what the solver found, what stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.web.applications.models import Application
from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t
from guiju.web.rounds.models import Round

ASSIGNED = {"asked": t("待声明", "to declare"), "taken": t("评审中", "reviewing"), "declined": t("已推辞", "declined"),
            "lifted": t("已解除", "lifted")}
STANDING = ("asked", "taken")
RUNS = ("proposed", "infeasible", "accepted", "dropped")


class Declared(models.Model):
    """What an expert says of his ties: to one application (`relation` empty: none; the last word counts, earlier ones
    stay on record), or to everything that an organisation (`organisation`: its code) takes part in, which is how it is
    done where names are hidden."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="declarations")
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="declarations")
    organisation = models.CharField(max_length=18, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations")
    relation = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(application__isnull=False, organisation="")
                                   | (Q(application__isnull=True) & ~Q(organisation="") & ~Q(relation="")),
                                   name="declared_of_an_application_or_an_organisation"),
        )
        indexes = (models.Index(fields=["round", "user"], name="declared_in_a_round"),)


class PairRule(models.Model):
    """An officer's own word on a pair: it must be, or must not be. `reason` is told with the result."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="pair_rules")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pair_rules")
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("fixed", "forbidden")), name="pair_fixed_or_forbidden"),
            models.CheckConstraint(condition=~Q(reason=""), name="pair_rule_has_a_reason"),
            models.UniqueConstraint(fields=["application", "user"], name="one_rule_a_pair"),
        )


class Run(models.Model):
    """One assignment as the solver made it. `problem`: the whole input in canonical form; `record`: what a replay is
    held to; `found`: pairs, reasons, price, conflicts, gaps, or why there is none; by public ids."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    problem = models.JSONField()
    record = models.JSONField(default=dict, blank=True)
    found = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RUNS), name="run_in_a_known_state"),
            models.UniqueConstraint(fields=["round", "number"], name="one_run_a_number"),
        )


class Assigned(models.Model):
    """An expert for an application. `reason`: why he declined, or why it was lifted. `deadline`: the last day."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="assigned")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assigned")
    run = models.ForeignKey(Run, models.PROTECT, related_name="assigned")
    state = models.CharField(max_length=10, default="asked")
    reason = models.CharField(max_length=500, blank=True)
    deadline = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(ASSIGNED)), name="assigned_in_a_known_state"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="declined_with_a_reason"),
            models.UniqueConstraint(fields=["application", "user"], name="assigned_once"),
        )

    @property
    def state_label(self) -> str:
        return ASSIGNED[self.state]
