"""Runs all tests on two processors: those of the site on SQLite; beside them, whichever is free, those of the site on
PostgreSQL, those of the site that run once, and the others.

On PostgreSQL runs what a database decides: acts, constraints, queries, many at once, backups, migrations, the pages of
the demonstration, the whole story in a browser. What else pages show, and to whom, is looked at on SQLite.

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
# the library says, how a server begins and ends.
ONCE = ("secrecy", "hostile", "speed", "library", "api/test_api_fuzz.py", "laboratories/test_laboratory_timelines.py",
        "test_server.py")
# What pages show and to whom, and the same acts by the machine's door: on SQLite.
SHOWN = {
    "accounts": ("passkeys",),
    "api": ("api_applying", "api_consulting", "api_covers_pages", "api_desk", "api_laboratories", "api_meetings",
            "api_objections", "api_organising", "api_reviewing"),
    "applications": ("application_secrets", "applying_pages", "eligibility_panel"),
    "base": ("asked_once", "error_pages", "mail_server", "menu", "navigation"),
    "intake": ("forwarding_page", "sheets", "standing", "typed_stays_in_intake"),
    "laboratories": ("desk_pages", "laboratory_rights", "register_pages"),
    "notices": ("notice_pages",),
    "reviewing": ("assigning_pages", "committee_pages", "keeping_away", "marking_pages", "review_secrets",
                  "typed_stays"),
    "rounds": ("rounds_pages",),
}
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]


def _but(*names: str) -> list[str]:
    return [f"--ignore=tests/web/{name}" for name in names]


SITE = [*PYTEST, "tests/web", *_but(*ONCE)]
SITE_ONCE = [*PYTEST, *(f"tests/web/{name}" for name in ONCE)]
# Of the tests in a browser the whole story runs twice; the others are about pages.
AGAIN = [sys.executable, str(Path(__file__).with_name("on_postgresql.py")), *PYTEST, "tests/web", "-k", "not browser",
         *_but(*ONCE, *(f"{folder}/test_{name}.py" for folder, names in SHOWN.items() for name in names))]
LONG = ("tests/evaluate", "tests/lifecycle")
CORE = [*PYTEST, *LONG]
POPULATIONS = [*PYTEST, "tests/population"]
OTHERS = [*PYTEST, *(f"--ignore={name}" for name in ("tests/web", "tests/population", *LONG))]


def main() -> int:
    """The longest first, so that neither processor waits long for the other."""
    said = {"The site's once more, on PostgreSQL": AGAIN, "The site's that do not rest on the database": SITE_ONCE,
            "All others": OTHERS, "Whole populations": POPULATIONS, "Evaluation and procedures": CORE}
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
