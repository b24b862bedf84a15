"""`guiju serve`: the database brought up to date, static files collected, a production server, a background worker."""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404  # our own background worker
import sys
from types import FrameType

from guiju.web.environment import data_directory, read
from guiju.web.secret import prepare

_GRACE = 20  # seconds that the worker gets to finish what it does


def serve(host: str, port: int, worker: bool = True) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); then nothing is left running."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
    if not os.environ.get("GUIJU_ORIGIN"):
        os.environ["GUIJU_ORIGIN"] = f"http://{host}:{port}"
    prepare()
    _make_ready()
    child = _start_worker() if worker else None
    try:
        _run(host, port)
    finally:
        if child is not None:
            _stop(child)


def _make_ready() -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()


def _run(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    print(f"规矩 http://{host}:{port}/  （数据 {data_directory()}；Ctrl+C 停止）", flush=True)
    signal.signal(signal.SIGTERM, _interrupt)
    Server("guiju.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
           workers=int(read("GUIJU_WORKERS")), blocking_threads=4, workers_kill_timeout=10, log_enabled=False,
           respawn_failed_workers=True).serve()


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Before the server has its own way to stop."""
    raise SystemExit(0)


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "guiju.web.manage", "worker"])  # nosec B603


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
