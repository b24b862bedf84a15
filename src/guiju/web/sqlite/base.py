"""SQLite where writers take turns.

SQLite lets one write at a time and keeps no queue: who finds the lock held sleeps for up to a tenth of a second and
looks again. Someone who writes time after time with hardly a pause, as the daily round may, so keeps all others out for
as long as he goes on, till they give up with "database is locked". Here whoever wants to write takes a place in a queue
first, and leaves it as soon as he has SQLite's lock: who has just written then comes after those who wait.

The queue makes it fair, and nothing else: what keeps writers apart is SQLite's lock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from sqlite3 import Connection
from typing import Any

from django.db.backends.sqlite3 import base

_LOOKS = 0.002  # seconds between two looks at the queue
_PREPARED = 512  # statements that a connection keeps ready; a page has up to thirty
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE")


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        found = {"cached_statements": _PREPARED, **super().get_connection_params()}
        self._queue = "" if self.is_in_memory_db() else f"{found['database']}-queue"
        self._patience = float(found.get("timeout", 5))
        return found

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.queue, cursor.patience = self._queue, self._patience
        return cursor


class Cursor(base.SQLiteCursorWrapper):
    """Waits for its turn before what takes the lock: the beginning of a transaction, or one statement alone."""

    connection: Connection
    queue: str
    patience: float

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction or not query.startswith(_WRITES):
            return super().execute(query, params)
        with in_turn(self.queue, self.patience):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        with in_turn(self.queue, self.patience):
            return super().executemany(query, param_list)


@contextmanager
def in_turn(queue: str, patience: float) -> Iterator[None]:
    """Inside, one is first in the queue, a file; "" for a database that nobody shares. Who waited for longer than his
    patience tries his luck without, as everyone does where a system has no such locks."""
    try:
        import fcntl
    except ImportError:
        queue = ""
    if not queue:
        yield
        return
    place = os.open(queue, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(_LOOKS)
        yield
    finally:
        os.close(place)
