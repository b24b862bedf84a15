"""The register of laboratories. Everything in it follows from cases; what is public of it is here and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.text import t

# What the public reads of where a laboratory stands. Extensions, reviews and objections are no states of these.
STATES = {
    "building": Text("建设期", "being built"), "notice": Text("验收公示", "notice of acceptance"),
    "operating": Text("正式运行", "operating"),
    "rectifying": Text("正式运行，评价不合格，整改或复评中",
                       "operating; failed its evaluation, rectifying or evaluated again"),
    "ended": Text("终止建设，已不在名单", "building ended; off the list"),
    "left": Text("已退出序列", "left the list"),
}
GRADES = {"优秀": Text("优秀", "excellent"), "合格": Text("合格", "passed"), "不合格": Text("不合格", "failed")}
POSTS = {"director": t("实验室主任", "director"), "chair": t("学术委员会主任", "chair of the academic committee")}


class Laboratory(models.Model):
    """A laboratory that was approved. `host`: whose case it is; the partners are the case's parties. `state`: as the
    public knows it. `public_id`: its case's. Dates are those of the case. `name`, `name_en`: as they are now; earlier
    ones are kept beside.
    """

    public_id = models.CharField(max_length=20, unique=True, editable=False)
    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="laboratory")
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="laboratories")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=12, default="building")
    approved_on = models.DateField()
    planned_end = models.DateField(null=True, blank=True)
    operating_since = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    entered = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="laboratory_in_a_known_state"),
            models.CheckConstraint(condition=~Q(name=""), name="laboratory_has_a_name"),
            models.CheckConstraint(condition=Q(state__in=("ended", "left"), over_on__isnull=False)
                                   | (~Q(state__in=("ended", "left")) & Q(over_on__isnull=True)),
                                   name="laboratory_over_on_a_day"),
        )
        indexes = (models.Index(fields=["state", "region"], name="laboratory_by_state"),)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> Text:
        return Text(self.name, self.name_en)

    @property
    def state_label(self) -> Text:
        return STATES[self.state]


class LaboratoryName(models.Model):
    """A name and since when it is borne. `change`: the thread of the major change that brought it; empty for the
    first."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    change = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["laboratory", "change"], name="one_name_a_change"),)


class LaboratoryState(models.Model):
    """When a laboratory came to be in a state, as the public knows it. `event`: the number of the case's event."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="states")
    state = models.CharField(max_length=12)
    since = models.DateField()
    event = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="laboratory_was_in_a_known_state"),
            models.UniqueConstraint(fields=["laboratory", "event"], name="one_state_an_event"),
        )

    @property
    def label(self) -> Text:
        return STATES[self.state]


class Grade(models.Model):
    """A grade of an evaluation. `again`: after rectification."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="grades")
    grade = models.CharField(max_length=10)
    given = models.DateField()
    again = models.BooleanField(default=False)
    event = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(grade__in=list(GRADES)), name="grade_is_known"),
            models.UniqueConstraint(fields=["laboratory", "event"], name="one_grade_an_event"),
        )

    @property
    def label(self) -> Text:
        return GRADES[self.grade]


class Leader(models.Model):
    """A director, or a chair of the academic committee. `user`: his account here, if he has one: he acts for the
    laboratory as an agent of its host, by membership; this row alone gives no right. `stated`: facts of the dictionary
    on which the rules of leadership rest, as words, by id. `until`: the last day."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="leaders")
    post = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    position = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stated = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    entered = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(post__in=list(POSTS)), name="leader_in_a_known_post"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                                   name="leader_ends_after_he_begins"),
            models.UniqueConstraint(fields=["laboratory", "post"], condition=Q(until__isnull=True),
                                    name="one_standing_leader_a_post"),
        )
