"""Tokens with which a program acts for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.web.kit.text import t

SCOPES = {
    "cases:read": t("查看事项、期限、通知", "read cases, deadlines and notices"),
    "cases:write": t("办理事项", "make moves in cases"),
    "applications:read": t("查看申报材料", "read applications"),
    "applications:write": t("填写、提交申报材料", "write applications and hand them in"),
    "review:read": t("查看分给本人的评审", "read the reviews that are one's own"),
    "review:write": t("打分、声明回避", "give marks and declare conflicts"),
    "laboratories:write": t("办理实验室的建设、运行事项", "act for laboratories: plans, reports, acceptance and so on"),
    "people:write": t("管理本单位人员、委托、邀请和本人专家信息", "manage one's organisation and one's expert profile"),
    "rounds:write": t("管理批次、公示", "run rounds and notices"),
    "operator:write": t("指定谁担任流程图的角色（平台管理员）", "name who holds the roles of charts, as the operator"),
}


class ApiToken(models.Model):
    """`digest`: the SHA-256 of the token, which is shown once and never kept. `start`: its first places, to tell it
    by. `scopes`: what it may be used for; never more than the person may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=12)
    scopes = models.JSONField()
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(expires__gt=F("created")), name="token_expires_later"),
                       models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"))
