"""What experts find: marks, claims of a veto, visits."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.web.applications.models import Application
from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t
from guiju.web.reviewing.models.assigning import Assigned

# The four facts of the chart that a veto may rest on.
VETOES = {"出具虚假报告": t("出具虚假报告", "false reports issued"), "学术不端": t("学术不端", "academic misconduct"),
          "实验数据造假": t("实验数据造假", "fabricated data"),
          "其他违法不诚信行为": t("其他违法、不诚信行为", "other unlawful or dishonest conduct")}
CLAIMS = {"claimed": t("待组长确认", "to be confirmed"), "confirmed": t("已确认", "confirmed"),
          "dismissed": t("不成立", "dismissed")}


class Sheet(models.Model):
    """An expert's review of one application. `version` grows with each change, so that two windows do not overwrite
    each other unseen."""

    assigned = models.OneToOneField(Assigned, models.PROTECT, related_name="sheet")
    opinion = models.TextField(blank=True)
    submitted = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()


class Mark(models.Model):
    """A mark for one indicator, in the round's scale, with its reason. `value` empty: not given yet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    indicator = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sheet", "indicator"], name="one_mark_an_indicator"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="mark_not_negative"),
        )

    @property
    def figure(self) -> str:
        """The mark as one writes it: 85, not 85.00."""
        return "" if self.value is None else f"{self.value.normalize():f}"


class VetoClaim(models.Model):
    """What an expert holds to be a veto, with his evidence; the panel's leader confirms or dismisses it."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=30)
    evidence = models.TextField()
    state = models.CharField(max_length=10, default="claimed")
    finding = models.TextField(blank=True)
    at = models.DateTimeField()
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(VETOES)), name="veto_of_a_known_kind"),
            models.CheckConstraint(condition=~Q(evidence=""), name="veto_has_evidence"),
            models.CheckConstraint(condition=Q(state="claimed") | (~Q(finding="") & Q(settled__isnull=False)),
                                   name="veto_settled_with_a_finding"),
        )

    @property
    def kind_label(self) -> str:
        return VETOES[self.kind]

    @property
    def state_label(self) -> str:
        return CLAIMS[self.state]


class Visit(models.Model):
    """A site visit. `needed`: why; `conditions`: 具备建设条件, `direction`: 符合申报方向; none till it is reported."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    needed = models.TextField()
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    visitors = models.CharField(max_length=500, blank=True)
    conditions = models.BooleanField(null=True)
    direction = models.BooleanField(null=True)
    findings = models.TextField(blank=True)
    arranged = models.DateTimeField()
    reported = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(begins__isnull=True) | Q(ends__gte=F("begins")),
                                   name="visit_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(reported__isnull=True) | Q(conditions__isnull=False,
                                                                         direction__isnull=False),
                                   name="visit_reported_with_findings"),
        )
