"""Background work."""

from __future__ import annotations

from django_tasks import task


@task()
def send_reset(email: str) -> int:
    """In the background, so that the answer takes as long for an address that nobody has."""
    from guiju.web.accounts.domain.resetting import send

    return send(email)


@task()
def forget_old() -> None:
    from guiju.web.accounts.domain.signing import purge

    purge()
