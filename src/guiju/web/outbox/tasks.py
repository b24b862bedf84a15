"""Background work."""

from __future__ import annotations

from django_tasks import task

from guiju.web.outbox.domain import send_due


@task()
def send_mail() -> int:
    return send_due()
