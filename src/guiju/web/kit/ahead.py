"""What a process reads before the first request, so that nobody waits for it, least of all inside a transaction that
others wait for. An app enters what it needs when it is ready."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable

from django.db import close_old_connections
from django.urls import get_resolver

log = logging.getLogger(__name__)
AHEAD: list[Callable[[], object]] = []
OBJECTS = 20_000  # made between two looks for unreachable cycles; by default 700


def read_ahead() -> None:
    """Read all of it. What can't be read now is read, or fails, where it is asked for."""
    for read in (lambda: get_resolver().url_patterns, *AHEAD):
        try:
            read()
        except Exception as error:
            log.warning("not read ahead: %s", error)
    close_old_connections()


def settle() -> None:
    """What has been read stays to the end, so it is not looked through for cycles again and again; and new objects are
    looked through less often, since few pages leave cycles behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
