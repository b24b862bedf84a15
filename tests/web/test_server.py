"""`guiju serve` as it is used: it comes up on an empty directory, works in the background, and stops whole."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

MEGABYTE = 1 << 20


def free_port() -> int:
    """Of those that are not given to whoever opens a connection: one of these a browser beside us may take at once."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def wait_for(address: str, seconds: float = 300) -> bytes:
    until = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=60) as answer:
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


def sent_in_chunks(port: int, path: str, chunks: Iterable[bytes], **headers: str) -> tuple[int, str, int]:
    """Status and page for a body whose length is not said beforehand, and how many bytes went out; the site may answer,
    and hang up, before all have."""
    sent = 0
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.putrequest("POST", path)
        for name, value in {"Transfer-Encoding": "chunked", **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with contextlib.suppress(ConnectionError):
            for chunk in chunks:
                connection.send(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                sent += len(chunk)
            connection.send(b"0\r\n\r\n")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), sent


def most_memory(processes: Iterable[int]) -> int:
    """The most that they have had of memory so far, in bytes."""
    lines = [line for p in processes for line in Path(f"/proc/{p}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) << 10


def a_body_in_chunks_is_cut_off_at_the_limit(port: int, family: set[int]) -> None:
    """Of a gigabyte hardly anything is taken, and nothing of it is kept in memory; what is within the limit arrives."""
    before = most_memory(family)
    status, page, sent = sent_in_chunks(port, "/account/sign-in/", (b"x" * MEGABYTE for _ in range(1024)))
    assert (status, "1 MB" in page) == (413, True)
    assert sent < 64 * MEGABYTE
    assert most_memory(family) - before < 64 * MEGABYTE
    token = "a" * 32
    form = urlencode({"csrfmiddlewaretoken": token, "login": "nobody-of-that-name", "password": "x"}).encode()
    status, page, _ = sent_in_chunks(port, "/account/sign-in/", (form[:20], form[20:]), Cookie=f"csrftoken={token}",
                                     Content_Type="application/x-www-form-urlencoded")
    assert (status, "nobody-of-that-name" in page) == (200, True)


def serving(data: Path, port: int, *options: str, **settings: str) -> subprocess.Popen[str]:
    """`guiju serve` on an empty directory, with one process that serves."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GUIJU_", "DATABASE_URL", "DJANGO_"))}
    program = [sys.executable, "-c", "from guiju.cli.main import main; main()", "serve", "--port", str(port), *options]
    return subprocess.Popen(program, env={**inherited, "GUIJU_DATA": str(data), "GUIJU_WORKERS": "1", **settings},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_site_comes_up_works_and_stops(tmp_path: Path) -> None:
    port = free_port()
    process = serving(tmp_path, port, GUIJU_UPLOAD_MB="1")
    try:
        assert wait_for(f"http://127.0.0.1:{port}/healthz") == b"ok"
        home = wait_for(f"http://127.0.0.1:{port}/").decode()
        style = home.split('rel="stylesheet" href="')[1].split('"')[0]
        assert b"--main" in wait_for(f"http://127.0.0.1:{port}{style}")
        until = time.monotonic() + 300
        while worked(tmp_path) == 0 and time.monotonic() < until:
            time.sleep(0.2)
        assert worked(tmp_path) > 0
        family = children_of(process.pid)
        assert len(family) >= 2
        a_body_in_chunks_is_cut_off_at_the_limit(port, family)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=120)
    assert [p for p in family if is_alive(p)] == []
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}/" in said


def test_papers_are_set_right_after_the_demonstration_was_made(tmp_path: Path) -> None:
    """As `make run` on a new machine: the seeding sets papers itself, and the processes that serve still can."""
    port = free_port()
    process = serving(tmp_path, port, "--demonstration")
    address = f"http://127.0.0.1:{port}"
    try:
        assert wait_for(f"{address}/healthz", seconds=300) == b"ok"
        paper = re.search(r"/rounds/[0-9A-Z-]+/", wait_for(f"{address}/rounds/").decode())
        assert paper
        with urlopen(f"{address}{paper[0]}call.pdf", timeout=60) as answer:
            assert answer.read(5) == b"%PDF-"
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=120)
    assert re.search("密码 password: guiju-[0-9a-f]{8}\n", said)
