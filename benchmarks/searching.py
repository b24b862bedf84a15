"""`make bench-search`: how well and how fast Guiju, plain FTS5, trigrams and tantivy find what was judged to answer the
labelled queries, in one run; and import of the compilation, in pages a second and memory.

Needs the source texts: beside the repository, or where GUIJU_SEEDS says. `--large` also imports 100 MB, which takes
minutes. Prints tables and writes benchmarks/out/search.json.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import Any

from report import processor, table
from search.labels import labelled, line_of
from search.measures import ndcg, share_found
from search.peers import Engine, clauses_of, engines

from guiju.documents.importing import import_file
from guiju.documents.store import Stored
from guiju.search.sources import Sources

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).parent / "out" / "search.json"
PAGE = 22 * 28  # characters of a full page of an official paper
TIMES = 40  # the large store: this many copies of every text
ROUNDS = 3
LARGE = 100 << 20


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="also import a text of 100 MB")
    options = parser.parse_args(arguments)
    seeds = Path(os.environ.get("GUIJU_SEEDS") or ROOT.parent / "shared" / "seeds")
    if not seeds.is_dir():
        print("the source texts are not here: GUIJU_SEEDS names their folder", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as name:
        results = run(seeds, Path(name), options.large)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(text(results))
    print(f"JSON: {OUT}")
    return 0


def run(seeds: Path, folder: Path, large: bool) -> dict[str, Any]:
    """Everything that is measured; figures in seconds and bytes."""
    (folder / "policies").mkdir()
    files = sorted(seeds.glob("*.txt"))
    imports = {"the compilation": imported(max(files, key=lambda f: f.stat().st_size), folder / "one")}
    if large:
        imports["a text of 100 MB"] = imported(long_text(folder / "long.txt"), folder / "two")
    for file in files:
        import_file(file, folder / "texts")
    sources = Sources(folder / "texts", folder / "policies")
    return {"processor": processor(), "queries": len(labelled()), "load": os.getloadavg()[0], "imports": imports,
            "clauses": len(clauses_of(sources)), "engines": compared(sources, folder / "small", True),
            "large_clauses": len(clauses_of(Sources(sources.store, sources.folder))) * TIMES,
            "large": compared(Repeated(sources.store, sources.folder), folder / "large", False)}


class Repeated(Sources):
    """The same texts, as if many more had been imported."""

    def stored(self) -> dict[str, list[Stored]]:
        held = super().stored()
        return {f"{name}.{n}": found for n in range(TIMES) for name, found in held.items()}


def compared(sources: Sources, folder: Path, judge: bool) -> dict[str, dict[str, float]]:
    clauses = clauses_of(sources)
    made = {}
    for name, engine in engines(sources, folder).items():
        begun = perf_counter()
        engine.build(clauses)
        made[name] = {"build": perf_counter() - begun, "size": float(engine.size), **asked(engine, judge)}
    return made


def asked(engine: Engine, judge: bool) -> dict[str, float]:
    """Every query, some times over: quality once, latency each time."""
    times, gains, shares = [], [], []
    for turn in range(ROUNDS):
        for query in labelled():
            begun = perf_counter()
            places = engine.find(query.ask)
            times.append(perf_counter() - begun)
            if judge and not turn:
                lines = [line_of(place) for place in places]
                gains.append(ndcg(lines, query.judged))
                shares.append(share_found(lines, query.judged))
    cuts = quantiles(times, n=20)
    quality = {"ndcg": mean(gains), "found": mean(shares)} if judge else {}
    return {**quality, "p50": cuts[9], "p95": cuts[18]}


def imported(file: Path, store: Path) -> dict[str, float]:
    child = Path(__file__).parent / "search" / "bringing.py"
    done = subprocess.run([sys.executable, str(child), str(file), str(store)], check=True, capture_output=True,
                          text=True)
    return dict(json.loads(done.stdout))


def long_text(path: Path) -> Path:
    """Articles of our own up to 100 MB, with everything that import looks for."""
    with path.open("w", encoding="utf-8") as file:
        number = 0
        while file.tell() < LARGE:
            number += 1
            file.write(f"第{number}条 承担第{number}类检测的单位，按规定给予{number % 90 + 10}万元补助，名单公示７日，"
                       f"期满\n没有异议的，由主管部门公布。\n（一）申请表；\n（二）检测報告。\n")
    return path


def text(results: dict[str, Any]) -> str:
    parts = [f"{results['queries']} labelled queries, {results['clauses']} clauses; {results['processor']}, load "
             f"{results['load']:.1f} before the run.", _engines(results["engines"], True),
             f"The same texts {TIMES} times, {results['large_clauses']} clauses:", _engines(results["large"], False),
             _imports(results["imports"])]
    return "\n\n".join(parts)


def _engines(found: dict[str, dict[str, float]], judged: bool) -> str:
    rows = [["engine", *(["nDCG@10", "full answers in 10"] if judged else []), "p50", "p95", "build", "index"]]
    for name, figures in found.items():
        quality = [f"{figures['ndcg']:.3f}", f"{figures['found']:.3f}"] if judged else []
        rows.append([name, *quality, f"{figures['p50'] * 1e3:.2f} ms", f"{figures['p95'] * 1e3:.2f} ms",
                     f"{figures['build']:.2f} s", f"{figures['size'] / 1e6:.1f} MB"])
    return table(rows)


def _imports(found: dict[str, dict[str, float]]) -> str:
    rows = [["import of", "size", "documents", "time", "pages a second", "peak memory"]]
    for name, figures in found.items():
        pages = figures["characters"] / PAGE / figures["seconds"]
        rows.append([name, f"{figures['bytes'] / 1e6:.2f} MB", f"{figures['documents']:.0f}",
                     f"{figures['seconds']:.2f} s", f"{pages:.0f}", f"{figures['peak'] / 2**20:.0f} MB"])
    return f"{table(rows)}\nA page is {PAGE} characters, the full page of an official paper (GB/T 9704)."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
