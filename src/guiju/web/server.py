"""`guiju serve`: the database brought up to date, static files collected, a production server, a background worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess  # nosec B404  # our own background worker
import sys
from types import FrameType

from guiju.web.environment import data_directory, read
from guiju.web.secret import prepare

_GRACE = 20  # seconds that the worker gets to finish what it does
_NEAR = 50  # how many ports are tried
# A demonstration is nobody's real data: its clock may be moved, nobody has to set up a phone, mail goes into files.
DEMONSTRATION = {"GUIJU_DATA": "~/.local/share/guiju-demonstration", "GUIJU_CLOCK": "1", "GUIJU_SECOND_FACTOR": "off",
                 "GUIJU_MAIL": "file", "GUIJU_SQLITE_SYNC": "NORMAL"}


def serve(host: str, port: int, worker: bool = True, demonstration: bool = False) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); then nothing is left running. `demonstration`: with invented data,
    made at the first start; on another port where this one is taken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
    if demonstration:
        port = _free_port(host, port)
        for name, value in DEMONSTRATION.items():
            os.environ.setdefault(name, value)
    if not os.environ.get("GUIJU_ORIGIN"):
        os.environ["GUIJU_ORIGIN"] = f"http://{host}:{port}"
    prepare()
    _make_ready(demonstration)
    child = _start_worker() if worker else None
    try:
        _run(host, port)
    finally:
        if child is not None:
            _stop(child)


def _free_port(host: str, port: int) -> int:
    """The port, or the next one that is free; a word where it is another."""
    for tried in range(port, min(port + _NEAR, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as found:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                found.bind((host, tried))
            except OSError:
                continue
        if tried != port:
            print(f"端口 {port} 已被占用，改用 {tried} · port {port} is taken: {tried} instead", flush=True)
        return tried
    raise SystemExit(f"{port}–{port + _NEAR - 1} 的端口都被占用 · every port from {port} on is taken")


def _make_ready(demonstration: bool) -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    if demonstration:
        _seed()


def _seed() -> None:
    """In a process of its own. Papers are set by threads, and the server's processes are forks of this one: what was
    set here would leave them threads that are not there, and their first PDF would never be done."""
    done = subprocess.run([sys.executable, "-m", "guiju.web.manage", "demonstrate"], check=False)  # nosec B603  # ours
    if done.returncode:
        raise SystemExit(done.returncode)


def _run(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    print(f"规矩 Guiju  http://{host}:{port}/\n数据 data: {data_directory()} · Ctrl+C 停止 stops", flush=True)
    signal.signal(signal.SIGTERM, _interrupt)
    Server("guiju.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI,
           workers=int(read("GUIJU_WORKERS")), blocking_threads=4, workers_kill_timeout=10, log_enabled=False,
           respawn_failed_workers=True).serve()


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Before the server has its own way to stop."""
    raise SystemExit(0)


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "guiju.web.manage", "worker"])  # nosec B603  # our own


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
