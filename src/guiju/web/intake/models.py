"""What recommending bodies and examiners keep beside a case: marks, consultations, opinions, conclusions, batches."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.lifecycle.events import CHINA
from guiju.web.applications.models import Application
from guiju.web.kit.ids import public_id
from guiju.web.kit.subjects import chart_id_of
from guiju.web.kit.text import t
from guiju.web.rounds.models import Round, RoundBody

MATERIALS, FORMAL = "materials", "formal"
MARKS = {"pass": t("通过", "pass"), "doubt": t("存疑", "in doubt"), "fail": t("不通过", "fail")}
CONCLUSIONS = {"pass": t("形审通过", "passed"), "fail": t("形审未通过", "failed")}
DIGEST = 64


class Check(models.Model):
    """A mark for one item of a checklist, with a remark. The body's check of the materials has one mark an item, the
    formal examination one for each examiner. `version` grows, so that nobody overwrites what he has not seen.

    `against`: how the engine answered when the examiner marked otherwise.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=10)
    item = models.CharField(max_length=40)
    mark = models.CharField(max_length=10)
    remark = models.TextField(blank=True)
    against = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=(MATERIALS, FORMAL)), name="check_of_a_known_kind"),
            models.CheckConstraint(condition=Q(mark__in=list(MARKS)), name="check_with_a_known_mark"),
            models.CheckConstraint(condition=Q(mark="pass") | ~Q(remark=""), name="check_says_why_not_passed"),
            models.CheckConstraint(condition=Q(against="") | ~Q(remark=""), name="check_against_the_engine_says_why"),
            models.UniqueConstraint(fields=["application", "item"], condition=Q(kind=MATERIALS),
                                    name="one_mark_of_the_materials"),
            models.UniqueConstraint(fields=["application", "item", "by"], condition=Q(kind=FORMAL),
                                    name="one_mark_an_examiner"),
        )


class Consultation(models.Model):
    """A department in charge of the field that was asked for its opinion. `digest`: of the link by which it may answer
    without an account; `answered_by`: who answered, in his own words; `recorded_by`: who entered an answer that came
    on paper."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="consultations")
    department = models.CharField(max_length=120)
    question = models.TextField(blank=True)
    address = models.EmailField(blank=True)
    digest = models.CharField(max_length=DIGEST, blank=True)
    expires = models.DateTimeField(null=True, blank=True)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(answered_on__isnull=True, answer="")
                                   | (Q(answered_on__isnull=False) & ~Q(answer="")), name="answer_has_a_day"),
            models.CheckConstraint(condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                                   name="answered_after_asked"),
            models.CheckConstraint(condition=Q(digest="") | Q(expires__isnull=False), name="link_ends"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="one_consultation_a_link"),
        )

    @property
    def until(self) -> dt.date | None:
        """The last day on which the link works."""
        return (self.expires - dt.timedelta(minutes=1)).astimezone(CHINA).date() if self.expires else None


class Opinion(models.Model):
    """What the body recommends, and the scan of it with its seal (a file that hangs on "opinion").

    `sealed`: the body states that the scan shows its seal; `joined`: the province's industry department recommends
    jointly; `preferred`: the laboratory has been run two years at the level of a province or ministry.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    application = models.OneToOneField(Application, models.CASCADE, related_name="opinion")
    text = models.TextField()
    head = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    sealed = models.BooleanField(default=False)
    joined = models.BooleanField(default=False)
    preferred = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something"),)


class SendingBack(models.Model):
    """The body gave the application back to be mended before it forwards it, and why. `revision`: the number of the
    state that had been handed in."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="sendings_back")
    reasons = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reasons=""), name="sent_back_with_reasons"),)


class Examination(models.Model):
    """The conclusion of the formal examination before it is published. `decisions`: written reasons by the id of the
    chart's guard that asks for a person's decision; `despite`: the ids of the items that were in question when it
    passed, for which `reasons` says why."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="examination")
    conclusion = models.CharField(max_length=10)
    reasons = models.TextField(blank=True)
    despite = models.JSONField(default=list, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(conclusion__in=list(CONCLUSIONS)), name="conclusion_is_known"),
            models.CheckConstraint(condition=Q(conclusion="pass") | ~Q(reasons=""), name="failed_with_reasons"),
        )


class Batch(models.Model):
    """One move made for several applications at once, and how each came out. `whole`: all or none was asked for;
    `lines`: application, title, whether it was made, and why not."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="batches")
    body = models.ForeignKey(RoundBody, models.PROTECT, null=True, blank=True, related_name="batches")
    move = models.CharField(max_length=20)
    whole = models.BooleanField()
    made = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    lines = models.JSONField()
    notice = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(whole=False) | Q(made=0) | Q(refused=0),
                                              name="whole_batch_is_all_or_none"),)


@chart_id_of.register
def _(batch: Batch) -> str:
    return batch.round.chart
