"""The library on a synthetic population: beside a scan of the same columns, and how it grows with organisations, with
policies and with gaps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from crowd.engines import HERE, Engine, as_json, compared
from crowd.synthetic import scratch, synthesise
from crowd.tables import Table, mb, millions, times

CHUNK = 65_536
WHOLE = 2 * CHUNK
ROWS = (CHUNK // 4, CHUNK, 4 * CHUNK)
POLICIES = (1, 2, 4, 8, 16, 0)  # 0: all
GAPS = (0.0, 0.01, 0.05, 0.2, 0.5)
RULES_OVER = 1_000_000  # organisations of the 31 rules with gaps


def whole() -> dict[str, Any]:
    """Every policy in force over two chunks."""
    with scratch() as folder:
        synthesise(folder / "data", WHOLE)
        return _library(folder / "data", 0, 3)


def growth() -> dict[str, Any]:
    found: dict[str, Any] = {}
    with scratch() as folder:
        for count in ROWS:
            synthesise(folder / str(count), count)
        found["rows"] = [_library(folder / str(count), 0, 1) for count in ROWS]
        found["policies"] = [_library(folder / str(CHUNK), number, 3) for number in POLICIES]
        found["gaps"] = []
        for share in GAPS:
            synthesise(folder / f"gaps {share}", CHUNK, share)
            found["gaps"].append({"share": share, **_library(folder / f"gaps {share}", 0, 2)})
    runs = [as_json(compared({"guiju": Engine("Guiju", "guiju_gaps", {"GAPS": str(share)})}, "columns", RULES_OVER,
                             2.0))[0] for share in GAPS]
    found["rules_with_gaps"] = [{"share": share, **run} for share, run in zip(GAPS, runs, strict=True)]
    return found


def _library(folder: Path, policies: int, repeats: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "crowd.library_child", str(folder), str(policies), str(repeats)]
    done = subprocess.run(command, cwd=HERE, check=False, capture_output=True, text=True,
                          env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {found['policies']} policies, {found['organisations']:,.0f}: {found['matching']:.2f} s", file=sys.stderr,
          flush=True)
    return found


def _microseconds(found: dict[str, Any]) -> str:
    return f"{found['matching'] / found['organisations'] * 1e6:,.2f}"


def whole_tables(found: dict[str, Any]) -> list[Table]:
    pairs = found["organisations"] * found["rules"]
    read = found["read_bytes"] + found["answer_bytes"]
    rows = [["", "seconds", "µs an organisation", "M org·rules/s", "MB/s"],
            ["reading and checking the Parquet", f"{found['reading']:.2f}",
             f"{found['reading'] / found['organisations'] * 1e6:,.1f}", "", mb(found["read_bytes"] / found["reading"])],
            ["all policies", f"{found['matching']:.2f}", _microseconds(found), millions(pairs / found["matching"]),
             mb(read / found["matching"])],
            ["reading the same columns once, writing as many answers", f"{found['scanning']:.3f}",
             f"{found['scanning'] / found['organisations'] * 1e6:,.2f}", "", mb(read / found["scanning"])]]
    note = (f"One thread. {found['scanning'] / found['matching'] * 100:.1f} % of the speed of the scan; "
            f"{found['singly']:,.0f} pairs were answered one by one; at most {mb(found['memory'])} MB held.")
    return [Table(f"the library ({found['policies']} policies in force, {found['rules']:,} rules) over "
                  f"{found['organisations']:,.0f} synthetic organisations with {found['records']:,.0f} records", rows,
                  [note])]


def growth_tables(found: dict[str, Any]) -> list[Table]:
    def row(head: str, run: dict[str, Any], first: dict[str, Any]) -> list[str]:
        return [head, f"{run['matching']:.3f}", _microseconds(run), times(run["matching"] / first["matching"]),
                millions(run["organisations"] * run["rules"] / run["matching"]), mb(run["memory"])]

    heads = ["seconds", "µs an organisation", "to the first", "M org·rules/s", "MB held"]
    made = [Table(title, [[head, *heads], *(row(name(run), run, found[part][0]) for run in found[part])])
            for title, head, part, name in (
                ("with organisations (all policies)", "organisations", "rows", lambda r: f"{r['organisations']:,.0f}"),
                (f"with policies ({CHUNK:,} organisations)", "policies: rules", "policies",
                 lambda r: f"{r['policies']}: {r['rules']:,}"),
                ("with gaps (all policies)", "unknown besides", "gaps", lambda r: f"{r['share']:.0%}"))]
    first = found["rules_with_gaps"][0]
    rows = [["unknown", "seconds", "ns each", "to complete facts", "working MB"]]
    rows += [[f"{run['share']:.0%}", f"{run['seconds']:.3f}", f"{run['seconds'] / run['count'] * 1e9:,.0f}",
              times(run["seconds"] / first["seconds"]), mb(run["working"])] for run in found["rules_with_gaps"]]
    return [*made, Table(f"with gaps (the 31 rules, {RULES_OVER:,} organisations)", rows)]
