"""`make bench-population`: whole populations in Guiju and its peers, answers compared by digest.

Five parts: `peers` (the same rules in seven engines), `records` (a fund over rows of a record set), `library` (every
policy beside a scan of the same columns), `growth` (with organisations, policies and gaps), `files` (Parquet to Parquet
by the command; `--whole`: ten million). `--only PART …` measures some again; the other parts stay as they were.
Prints tables and writes benchmarks/out/population.json, part by part; `--page` writes what is there as Markdown.
Ends with 1 where any two engines answer differently.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, strftime
from typing import Any

from answer import Mismatch
from crowd import files, library, peers, records
from crowd.expected import expected
from crowd.tables import Table
from report import processor

OUT = Path(__file__).parent / "out" / "population.json"
SIZES = [100_000, 1_000_000, 10_000_000]


@dataclass(frozen=True, slots=True)
class Part:
    """How a part is measured, and the tables of what was found."""

    measured: Callable[[argparse.Namespace], dict[str, Any]]
    tables: Callable[[dict[str, Any]], list[Table]]


PARTS = {
    "peers": Part(lambda told: peers.measured(told.sizes), peers.tables),
    "records": Part(lambda told: records.measured([n for n in told.sizes if n < SIZES[-1]]), records.tables),
    "library": Part(lambda told: library.whole(), library.whole_tables),
    "growth": Part(lambda told: library.growth(), library.growth_tables),
    "files": Part(lambda told: files.measured(told.whole), files.tables),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--whole", action="store_true", help="ten million organisations from files to files too")
    parser.add_argument("--page", action="store_true", help="print what was measured last as Markdown, measure nothing")
    told = parser.parse_args()
    if told.page:
        print(page(_held()))
        return 0
    for name in told.only:
        print(f"{name}:", file=sys.stderr, flush=True)
        try:
            _keep(name, _measured(name, told))
        except Mismatch as mismatch:
            print(mismatch, file=sys.stderr)
            return 1
    print(text({name: part for name, part in _held().items() if name in told.only}))
    print(f"JSON: {OUT}")
    return 0


def _measured(name: str, told: argparse.Namespace) -> dict[str, Any]:
    load, begun = os.getloadavg()[0], perf_counter()
    found = PARTS[name].measured(told)
    return {"on": strftime("%Y-%m-%d"), "load": load, "processor": processor() or platform.machine(),
            "processors": os.cpu_count(), "took": perf_counter() - begun, **found}


def _held() -> dict[str, Any]:
    """What has been measured so far, in the order of the parts."""
    found: dict[str, Any] = json.loads(OUT.read_text("utf-8")) if OUT.exists() else {}
    return {name: found[name] for name in PARTS if name in found}


def _keep(name: str, part: dict[str, Any]) -> None:
    OUT.parent.mkdir(exist_ok=True)
    held = {**_held(), name: part}
    told = [one.as_json() for one in expected(held)]
    OUT.write_text(json.dumps({**held, "expected": told}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def text(parts: dict[str, Any]) -> str:
    blocks = [table.text() for name, part in parts.items() for table in PARTS[name].tables(part)]
    return "\n\n".join([*blocks, "\n".join(one.sentence() for one in expected(parts)), "\n".join(_loads(parts))])


def _loads(parts: dict[str, Any]) -> list[str]:
    """Whether the machine had other work."""
    return [f"{name}: {part['took']:.0f} s on {part['on']}; load before {part['load']:.1f} on {part['processors']} "
            f"processors{', so not worth much: run again' if part['load'] > part['processors'] / 2 else ''}"
            for name, part in parts.items()]


def page(parts: dict[str, Any]) -> str:
    """The same for the documentation."""
    blocks = [table.markdown() for name, part in parts.items() for table in PARTS[name].tables(part)]
    places = {f"{part['processor']}, {part['processors']} processors, {part['on']}" for part in parts.values()}
    return "\n\n".join([f"{'; '.join(sorted(places))}.", *blocks, "\n".join(one.sentence() for one in expected(parts))])


if __name__ == "__main__":
    sys.exit(main())
