"""A round of a programme, the bodies that recommend in it, and every change to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, RecommendingBody
from guiju.web.cases.models import ChartRevision
from guiju.web.kit.ids import public_id
from guiju.web.kit.subjects import chart_id_of, region_of
from guiju.web.kit.text import t

STATES = {"draft": t("草稿", "draft"), "open": t("正在申报", "open"), "closed": t("已截止", "closed"),
          "over": t("已办结", "over")}


class Round(models.Model):
    """`parameters`: those of the chart, by id, as words; `rules`: the review's detailed rules; `texts`: wording of
    the call and of notices, by name. `revision`: the chart's text, kept when the round is published; cases of the round
    begin with it. `opens`, `closes`: the days on which applications may be begun and handed in, both included.

    `office`: who runs the round. `caller`: as whom the call was made, as the core's `Actor` is written.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    chart = models.CharField(max_length=120)
    form = models.CharField(max_length=120, blank=True)
    revision = models.ForeignKey(ChartRevision, models.PROTECT, null=True, blank=True, related_name="rounds")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    year = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="draft")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds")
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    rules = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    caller = models.JSONField(default=dict, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="round_in_a_known_state"),
            models.CheckConstraint(condition=Q(closes__isnull=True) | Q(opens__isnull=True) | Q(closes__gte=F("opens")),
                                   name="round_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(state="draft") | Q(published__isnull=False, revision__isnull=False),
                                   name="round_published_with_its_chart"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> Text:
        return Text(self.title, self.title_en)


class RoundBody(models.Model):
    """A recommending body of a round. `deadline`: the last day of the applicants, `copies`: paper copies, as the body
    set them; `places`: how many it may recommend; `department_quota`: how many one department below may organise.
    Empty: nothing is set."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(RecommendingBody, models.PROTECT, related_name="rounds")
    deadline = models.DateField(null=True, blank=True)
    copies = models.PositiveIntegerField(null=True, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    department_quota = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "body"], name="body_once_a_round"),)


@chart_id_of.register
def _(round_: Round) -> str:
    return round_.chart


@chart_id_of.register
def _(body: RoundBody) -> str:
    return body.round.chart


@region_of.register
def _(body: RoundBody) -> str:
    return body.body.region


class RoundChange(models.Model):
    """What was changed in a round, by whom and why. `before`, `after`: only what differs, by name; `impact`: what the
    officer was shown before he confirmed it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    impact = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "version"], name="one_change_a_version"),)
