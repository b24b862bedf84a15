"""The background worker: `db_worker`, with what is done again and again."""

from __future__ import annotations

import os
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from guiju.web.kit.ahead import settle
from guiju.web.kit.ticks import run

_NICE = 5  # somebody waits for a page, nobody for this


class Command(BaseCommand):
    help = "Sends mail, makes automatic moves, reminds: till it is told to stop."

    def handle(self, *_: Any, **__: Any) -> None:
        os.nice(_NICE)
        settle()
        stop = threading.Event()
        thread = threading.Thread(target=run, args=(stop,), daemon=True)
        thread.start()
        try:
            call_command("db_worker", interval=1.0, verbosity=0)
        finally:
            stop.set()
            thread.join(timeout=5)
