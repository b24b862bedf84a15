"""Runs all tests on two processors: those of the site on SQLite; beside them all others, then the site's on PostgreSQL.

What the second processor's runs printed follows when the first is over, and ends in a summary. Fails if one of them
fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

# What it comes to does not rest on the database: who sees what, what is refused, how many questions a page asks.
ONCE = ("secrecy", "hostile", "speed", "api/test_api_fuzz.py")
PYTEST = [sys.executable, "-m", "pytest"]
SITE = [*PYTEST, "tests/web"]
ELSEWHERE = [*PYTEST, "-p", "no:cacheprovider", "--ignore=tests/web"]
AGAIN = [sys.executable, str(Path(__file__).with_name("on_postgresql.py")), *PYTEST, "-p", "no:cacheprovider",
         "tests/web", *(f"--ignore=tests/web/{name}" for name in ONCE)]


def main() -> int:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        site = subprocess.Popen(SITE)
        failed = [subprocess.run(tests, stdout=said, stderr=subprocess.STDOUT, check=False).returncode
                  for tests in (ELSEWHERE, AGAIN)]
        failed.append(site.wait())
        said.seek(0)
        print("\nAll other tests, and the site's once more on PostgreSQL:", flush=True)
        print(said.read(), flush=True)
    return next(filter(None, failed), 0)


if __name__ == "__main__":
    sys.exit(main())
