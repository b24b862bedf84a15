"""Runs all tests, and beside them those of the site once more on PostgreSQL. Two processors, one run each.

What the second run printed follows when the first is over, and ends in its summary. Fails if one of them fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

# What it comes to does not rest on the database: who sees what, what is refused, how many questions a page asks.
ONCE = ("secrecy", "hostile", "speed", "api/test_api_fuzz.py")
SITE = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/web",
        *(f"--ignore=tests/web/{name}" for name in ONCE)]


def main() -> int:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        beside = subprocess.Popen([sys.executable, str(Path(__file__).with_name("on_postgresql.py")), *SITE],
                                  stdout=said, stderr=subprocess.STDOUT)
        first = subprocess.run([sys.executable, "-m", "pytest"], check=False).returncode
        second = beside.wait()
        said.seek(0)
        print("\nThe site's tests on PostgreSQL:", flush=True)
        print(said.read(), flush=True)
    return first or second


if __name__ == "__main__":
    sys.exit(main())
