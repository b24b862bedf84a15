"""Public notices, what they are about, and what is objected to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.ids import public_id
from guiju.web.kit.subjects import chart_id_of
from guiju.web.kit.text import t
from guiju.web.rounds.models import Round

STATES = {"published": t("已发布", "published"), "withdrawn": t("已撤回", "withdrawn")}


class PublicNotice(models.Model):
    """`notice`: which of the chart's it is (P1); `number`: its place among those of the round. `begins`: the day of
    publication, which does not count; `ends`: the last day, worked out by the calendar. `least`, `unit`: what the
    chart asks for; `days`: how many it stands. `unknown_years`: counted on weekends only. `clauses`: on which it rests.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    notice = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    begins = models.DateField()
    ends = models.DateField()
    least = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    unknown_years = models.JSONField(default=list)
    clauses = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="published")
    withdrawn_why = models.CharField(max_length=500, blank=True)
    published = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "number"], name="one_notice_a_number"),
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="notice_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(days__gte=F("least")), name="notice_stands_for_the_least"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="notice_in_a_known_state"),
        )
        indexes = (models.Index(fields=["-published"], name="notice_by_day"),)

    def __str__(self) -> str:
        return self.title


@chart_id_of.register
def _(notice: PublicNotice) -> str:
    return notice.round.chart


class NoticeItem(models.Model):
    """A case that a notice is about, as it was made public: `name` the laboratory's, `host` whose it is."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="items")
    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="noticed")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    host = models.CharField(max_length=200)
    result_zh = models.CharField(max_length=120)
    result_en = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "case"], name="case_once_a_notice"),)

    @property
    def result(self) -> Text:
        return Text(self.result_zh, self.result_en)


class Objection(models.Model):
    """What somebody objects to an item; `thread`: the case's sub-procedure that it opened. Who it was stands here and
    nowhere else: the case knows him as `objector:…` or `anonymous:…`.

    `code`: SHA-256 of the receipt's code. `origin`: from where it was sent, unreadable, for a day's count.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    item = models.ForeignKey(NoticeItem, models.PROTECT, related_name="objections")
    thread = models.CharField(max_length=80)
    named = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="objections")
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    ground = models.TextField()
    code = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=64, blank=True)
    made = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(named=True) & ~Q(name="") | Q(named=False, name="", contact="",
                                                                             user__isnull=True),
                                   name="objector_is_named_or_not_kept"),
            models.UniqueConstraint(fields=["item", "thread"], name="one_objection_a_thread"),
        )
        indexes = (models.Index(fields=["origin", "made"], name="objection_by_origin"),)


class Inquiry(models.Model):
    """What the handler asks while he looks into an objection. `to`: the objector, who answers by his code, or somebody
    else, whose answer the handler writes down."""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="inquiries")
    to = models.CharField(max_length=10)
    of = models.CharField(max_length=120, blank=True)
    question = models.TextField()
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(to__in=["objector", "other"]), name="inquiry_to_somebody"),
            models.CheckConstraint(condition=Q(answered__isnull=True, answer="")
                                   | Q(answered__isnull=False) & ~Q(answer=""), name="inquiry_answered_with_words"),
        )
