"""`guiju serve` as it is used: it comes up on an empty directory, works in the background, and stops whole."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 40) -> bytes:
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                content: bytes = answer.read()
                return content
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def children_of(process: int) -> set[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    own = {int(word) for word in found.stdout.split()}
    return own | {c for child in own for c in children_of(child)}


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def worked(data: Path) -> int:
    """How many tasks the background worker has finished."""
    with contextlib.closing(sqlite3.connect(data / "guiju.sqlite3")) as database:
        done: int = database.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'").fetchone()[0]
        return done


def test_the_site_comes_up_works_and_stops(tmp_path: Path) -> None:
    port = free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GUIJU_", "DATABASE_URL", "DJANGO_"))}
    program = [sys.executable, "-c", "from guiju.cli.main import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(program, env={**inherited, "GUIJU_DATA": str(tmp_path), "GUIJU_WORKERS": "1"},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/healthz") == b"ok"
        home = wait_for(f"http://127.0.0.1:{port}/").decode()
        style = home.split('rel="stylesheet" href="')[1].split('"')[0]
        assert b"--main" in wait_for(f"http://127.0.0.1:{port}{style}")
        until = time.monotonic() + 30
        while worked(tmp_path) == 0 and time.monotonic() < until:
            time.sleep(0.2)
        assert worked(tmp_path) > 0
        family = children_of(process.pid)
        assert len(family) >= 2
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=40)
    assert [p for p in family if is_alive(p)] == []
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said
