"""What a person was told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from guiju.web.kit.clock import now
from guiju.web.outbox.models import Message


def inbox(user: Any) -> QuerySet[Message]:
    return Message.objects.filter(user=user, kind__in=("notice", "reminder")).order_by("-created", "-pk")


def is_mail_due() -> bool:
    return Message.objects.filter(sent__isnull=True, next_try__lte=now()).exists()


def unread(user: Any) -> int:
    return inbox(user).filter(read__isnull=True).count()
