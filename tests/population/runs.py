"""A small population and the command that answers for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
from click.testing import CliRunner, Result

from guiju.cli.main import cli

FUND, TIERS = "tianjin/standardisation-fund-2021", "national/sme-tiers-2022"
DAY = dt.date(2023, 6, 1)
NAMES = [f"U{n * 7 % 17:02d}" for n in range(17)]
EVERYBODY = pa.table({"organisation": NAMES, "region": ["天津市", None, "12", "北京市"] * 4 + ["120101"],
                      "revenue_y1[万元]": [n * 1000.5 for n in range(17)], "employees": [n * 60 for n in range(17)],
                      "standard.known": [n % 5 > 0 for n in range(17)]})
OWNERS = [f"U{n * n % 17:02d}" for n in range(40)]
STANDARDS = pa.table({"organisation": OWNERS, "number": [f"N{n}" for n in range(40)],
                      "level": ["international", "national", "local", None] * 10, "action": ["made", "revised"] * 20,
                      "published_on": ["2021-05-01", "2021", None, "2020-01-01"] * 10, "rank": [1, 2, None, 3] * 10})


def match(data: Path, out: Path, *more: str, policies: tuple[str, ...] = (FUND, TIERS), on: str = str(DAY)) -> Result:
    """The command in this process; the day is not said where `on` is empty."""
    named = [word for policy in policies for word in ("--policy", policy)]
    day = ["--on", on] if on else []
    return CliRunner().invoke(cli, ["population", "match", str(data), "--out", str(out), *named, *day, "--workers", "1",
                                    *more])


def bytes_of(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
