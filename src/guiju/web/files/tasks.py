"""Background work."""

from __future__ import annotations

from django_tasks import task


@task()
def forget_unused() -> int:
    from guiju.web.files.domain import purge

    return purge()
