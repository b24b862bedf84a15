"""Organisations, and who acts for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t

models.CharField.register_lookup(Length)
KINDS = {
    "institute": t("科研院所", "research institute"), "university": t("高等院校", "university"),
    "enterprise": t("企业", "enterprise"), "association": t("社会团体", "association"),
    "office": t("行政机关", "public authority"), "evaluator": t("评估机构", "evaluating body"),
    "other": t("其他单位", "other"),
}
ROLES = {"manager": t("单位管理员", "manager"), "agent": t("经办人", "agent"), "reader": t("查阅人", "reader")}
_DATED = Q(until__isnull=True) | Q(until__gte=F("since"))


class Organisation(models.Model):
    """`code`: its unified social credit code. `region`: six digits. `above`: the body to which it is subordinate."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    region = models.CharField(max_length=6, blank=True)
    ministry = models.CharField(max_length=60, blank=True)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(code__length=18), name="credit_code_of_18_places"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="organisation_of_a_known_kind"),
            models.CheckConstraint(condition=Q(above__isnull=True) | ~Q(above=F("id")),
                                   name="organisation_not_above_itself"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's part in an organisation. `until`: the last day; none while it lasts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_in_a_known_role"),
            models.CheckConstraint(condition=_DATED, name="membership_ends_after_it_begins"),
            models.UniqueConstraint(fields=["user", "organisation"], condition=Q(until__isnull=True),
                                    name="one_standing_membership"),
        )


class Delegation(models.Model):
    """While it lasts, `delegate` acts for the organisation as `giver` may. It always has an end."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="delegation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(giver=F("delegate")), name="delegation_not_to_oneself"),
        )


class RecommendingBody(models.Model):
    """An organisation that recommends: for a region, or for a ministry."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="recommending_body")
    region = models.CharField(max_length=6, blank=True)
    ministry = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(
            condition=(Q(region="") & ~Q(ministry="")) | (~Q(region="") & Q(ministry="")),
            name="recommends_for_a_region_or_a_ministry"),)
