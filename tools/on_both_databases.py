"""Runs all tests on two processors: those of the site on SQLite; beside them those of the site on PostgreSQL; then,
whichever is free, those of the site that run once, and the others.

What the first prints is seen at once, that of each other when it is over; each ends in its summary. Fails if one of
them fails.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROCESSORS = 2
# What it comes to does not rest on the database: who sees what, what is refused, how many questions a page asks, what
# the library says.
ONCE = ("secrecy", "hostile", "speed", "library", "api/test_api_fuzz.py", "laboratories/test_laboratory_timelines.py")
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
APART = [f"--ignore=tests/web/{name}" for name in ONCE]
SITE = [*PYTEST, "tests/web", *APART]
SITE_ONCE = [*PYTEST, *(f"tests/web/{name}" for name in ONCE)]
# Of the tests in a browser the whole story runs twice; the others are about pages.
AGAIN = [sys.executable, str(Path(__file__).with_name("on_postgresql.py")), *PYTEST, "tests/web", "-k", "not browser",
         *APART]
LONG = ("tests/evaluate", "tests/lifecycle")
CORE = [*PYTEST, *LONG]
OTHERS = [*PYTEST, *(f"--ignore={name}" for name in ("tests/web", *LONG))]


def main() -> int:
    """The longest first, so that neither processor waits long for the other."""
    said = {"The site's once more, on PostgreSQL": AGAIN, "The site's that do not rest on the database": SITE_ONCE,
            "All others": OTHERS, "Evaluation and procedures": CORE}
    with ThreadPoolExecutor(PROCESSORS) as processors:
        site = processors.submit(lambda: subprocess.run(SITE, check=False).returncode)
        failed = [*processors.map(_quietly, said, said.values()), site.result()]
    return next(filter(None, failed), 0)


def _quietly(name: str, tests: list[str]) -> int:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        code = subprocess.run(tests, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
        out.seek(0)
        print(f"\n{name}:\n{out.read()}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
