"""`make bench-population`: the same rules for whole populations in Guiju and its peers, answers compared by digest.

Prints tables and writes benchmarks/out/population.json. Ends with 1 where any two engines answer differently.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from answer import RULES, Mismatch

HERE = Path(__file__).parent
OUT = HERE / "out" / "population.json"
SIZES = (100_000, 1_000_000, 10_000_000)
BUDGET = 5.0  # seconds of runs for each engine and size
# The word in the JSON → the title in the table, the module, and what its process is told.
ENGINES = {
    "guiju": ("Guiju columns", "guiju_columns", {}),
    "openfisca": ("openfisca-core", "fiscal", {"FISCAL": "openfisca"}),
    "policyengine": ("policyengine-core", "fiscal", {"FISCAL": "policyengine"}),
    "polars": ("Polars, lazy", "polars_rules", {}),
    "duckdb": ("DuckDB, one statement", "sql", {}),
    "numpy": ("plain numpy, complete facts only", "plain_numpy", {}),
    "scan": ("reading every fact once", "scan", {}),
}
_ONE_THREAD = {"ENGINE_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds`: the best run over all `count` organisations; `peak`: bytes beyond the facts; `digest`: of all answers,
    of nothing for a scan."""

    engine: str
    count: int
    seconds: float
    peak: int
    digest: str

    @property
    def rate(self) -> float:
        """Organisations × rules a second."""
        return self.count * len(RULES) / self.seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().sizes
    before = os.getloadavg()[0]
    try:
        runs = [run for count in sizes for run in compared(count)]
    except Mismatch as mismatch:
        print(mismatch, file=sys.stderr)
        return 1
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([{**dataclasses.asdict(r), "rate": r.rate} for r in runs], indent=2) + "\n", "utf-8")
    print("\n".join([*table(runs), "", *findings(runs), f"load before: {before:.1f}", f"JSON: {OUT}"]))
    return 0


def compared(count: int) -> list[Run]:
    """All engines that can hold so many. Raises Mismatch where two answer differently."""
    runs = [run for name in ENGINES if (run := measured(name, count)) is not None]
    digests = {run.engine: run.digest for run in runs if run.engine != "scan"}
    if len(set(digests.values())) > 1:
        raise Mismatch(f"{count} organisations: the answers differ: {digests}")
    return runs


def measured(name: str, count: int) -> Run | None:
    """One engine in a process of its own; none where it ends for want of memory."""
    _, module, told = ENGINES[name]
    done = subprocess.run([sys.executable, "-m", "crowd.child", module, str(count), str(BUDGET)], cwd=HERE, check=False,
                          capture_output=True, text=True, env={**os.environ, **_ONE_THREAD, **told})
    if done.returncode < 0:
        print(f"{name}, {count}: ended by signal {-done.returncode}", file=sys.stderr)
        return None
    if done.returncode:
        raise RuntimeError(f"{name}, {count}:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"{name}, {count}: {found['seconds']:.3f} s", file=sys.stderr)
    return Run(name, count, found["seconds"], found["peak"], found["digest"])


def table(runs: list[Run]) -> list[str]:
    lines = [f"{'engine':36}{'organisations':>15}{'seconds':>10}{'ns each':>10}{'M org·rules/s':>15}{'peak MB':>10}"]
    for run in runs:
        lines.append(f"{ENGINES[run.engine][0]:36}{run.count:>15,}{run.seconds:>10.3f}"
                     f"{run.seconds / run.count * 1e9:>10.0f}{run.rate / 1e6:>15,.0f}{run.peak / 2**20:>10,.0f}")
    return lines


def findings(runs: list[Run]) -> list[str]:
    """Guiju beside each peer, size by size: how many times as fast, and what share of its memory."""
    by_place = {(run.engine, run.count): run for run in runs}
    lines = []
    for count in dict.fromkeys(run.count for run in runs):
        ours = by_place["guiju", count]
        for name in ENGINES:
            if name != "guiju" and (peer := by_place.get((name, count))) is not None:
                lines.append(f"{count:>12,}: {peer.seconds / ours.seconds:6.2f}x the speed of {ENGINES[name][0]}, "
                             f"{ours.peak / max(peer.peak, 1):6.2f} of its memory")
    return lines


if __name__ == "__main__":
    sys.exit(main())
