"""Background work."""

from __future__ import annotations

from django_tasks import task


@task()
def forget() -> int:
    from guiju.web.notices.domain.objecting import forget_origins

    return forget_origins()
