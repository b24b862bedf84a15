"""Background work."""

from __future__ import annotations

from django_tasks import task


@task()
def forget_old() -> None:
    from guiju.web.accounts.domain.signing import purge

    purge()
