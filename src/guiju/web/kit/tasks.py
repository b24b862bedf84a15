"""Background work."""

from __future__ import annotations

from django_tasks import task

_DAYS = 14


@task()
def forget_results() -> None:
    """Results of background work are kept for two weeks."""
    from django.core.management import call_command

    call_command("prune_db_task_results", min_age_days=_DAYS, failed_min_age_days=_DAYS * 4, verbosity=0)
