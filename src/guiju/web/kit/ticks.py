"""What is done again and again in the background. An app enters its tasks when it is ready; `worker` runs them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections

log = logging.getLogger(__name__)
_EVERY: dict[Any, tuple[int, Callable[[], bool]]] = {}


def every(seconds: int, task: Any, when: Callable[[], bool] = lambda: True) -> None:
    """Do a task once so many seconds, if there is something to do. It must do no harm to do it twice."""
    _EVERY[task] = (seconds, when)


def enqueue_once(task: Any) -> bool:
    """Put a task into the queue, unless it waits there already; whether it was put."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    if DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY).exists():
        return False
    task.enqueue()
    return True


def run(stop: threading.Event) -> None:
    """Enqueue what is due, till told to stop. A database that is away for a while ends nothing."""
    due = dict.fromkeys(_EVERY, 0.0)
    while not stop.is_set():
        for task, at in due.items():
            if time.monotonic() >= at:
                seconds, when = _EVERY[task]
                due[task] = time.monotonic() + seconds
                try:
                    if when():
                        enqueue_once(task)
                except Exception:
                    log.exception("could not enqueue %s", task.module_path)
        close_old_connections()
        stop.wait(1.0)
