"""Runs a command with DATABASE_URL naming an empty PostgreSQL of its own, which is gone afterwards.

    .venv/bin/python tools/on_postgresql.py .venv/bin/python -m pytest tests/web

The server stands in a temporary directory and is reached by a socket there: nothing of an installed cluster is touched.
Without PostgreSQL nothing is run, and the reason is said; under CI=true that is a failure.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# A server for an hour: it need not survive a power cut.
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
            "max_connections": "200", "shared_buffers": "128MB"}


def programs() -> Path | None:
    """Where initdb and its like are: on the path, or in Debian's directory of the newest version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    places = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return places[-1].parent if places else None


@contextlib.contextmanager
def cluster(bin_: Path) -> Iterator[str]:
    """The address of an empty database `guiju` on a server that lives as long as the context."""
    folder = Path(tempfile.mkdtemp(prefix="guiju-pg-"))
    owner = _owner(folder)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([str(bin_ / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)

    try:
        run("initdb", "-D", f"{folder}/data", "-U", "guiju", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(f"-c {name}={value or repr('')}" for name, value in SETTINGS.items())
        run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", f"-k {folder} {options}", "start")
        try:
            run("createdb", "-h", str(folder), "-U", "guiju", "guiju")
            yield f"postgresql://guiju@/guiju?host={folder}"
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, str | int | list[int]]:
    """PostgreSQL doesn't run as root: there, as the user whom the package made."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def main(command: list[str]) -> int:
    bin_ = programs()
    if bin_ is None:
        print("PostgreSQL is not installed (apt-get install postgresql): nothing was run on it", file=sys.stderr)
        return int(os.environ.get("CI", "").lower() == "true")
    with cluster(bin_) as address:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
