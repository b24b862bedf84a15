"""From files to files: `guiju population synthesise` and `guiju population match`, as anybody would call them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow.parquet as pq

from crowd.synthetic import guiju, processors, scratch, size_of, synthesise
from crowd.tables import Table, mb, times
from guiju.language.library import installed_library
from guiju.population.files.asked import needs_of
from guiju.population.synthetic.model import load_model

SIZES = (100_000, 1_000_000)
CHUNK = 65_536
WHOLE = 10_000_000


def measured(whole: bool) -> dict[str, Any]:
    return {"processors": processors(), "sizes": _with_ten_million([_one(n) for n in (*SIZES, *[WHOLE] * whole)])}


def _one(count: int) -> dict[str, Any]:
    """One population made, answered and copied."""
    day = load_model(installed_library().vocabulary).as_of
    with scratch() as folder:
        data, out = folder / "data", folder / "out"
        making = synthesise(data, count)
        matching = guiju("match", str(data), "--out", str(out), "--on", str(day))
        receipt = json.loads((out / "run.json").read_text("utf-8"))
        copying = _copied(data, out, folder / "copy.parquet")
        given, answers = size_of(data, "*.parquet"), size_of(out, "chunks/*.parquet")
    policies = len(receipt["policies"])
    print(f"  files, {count:,}: made in {making.seconds:.1f} s, answered in {matching.seconds:.1f} s", file=sys.stderr,
          flush=True)
    return {"organisations": receipt["organisations"], "policies": policies, "singly": receipt["answered_singly"],
            "making": asdict(making), "matching": asdict(matching), "copying": copying,
            "data_bytes": given, "answer_bytes": answers,
            "bytes_a_pair": sum(receipt["bytes_a_pair"].values()) / policies,
            "bytes_a_pair_on_disk": answers / policies / receipt["organisations"]}


def _copied(data: Path, out: Path, copy: Path) -> float:
    """Seconds to read the columns that the library reads, and to read the answers and write them again: all but the
    deciding."""
    library = installed_library()
    needs = needs_of(list(library))
    begun = perf_counter()
    for path in sorted(data.glob("*.parquet")):
        asked = needs.facts if path.stem == "organisations" else needs.records.get(path.stem, frozenset())
        with pq.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name == "organisation" or name in asked]
            for batch in file.iter_batches(CHUNK, columns=names):
                del batch
    for path in sorted((out / "chunks").glob("*.parquet")):
        pq.write_table(pq.read_table(path), copy, compression="zstd")
    return perf_counter() - begun


def _with_ten_million(sizes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each size with the seconds of ten million, by the slope from the size before."""
    found = []
    for place, size in enumerate(sizes):
        before = sizes[place - 1] if place else None
        found.append({**size, "ten_million": {key: _extrapolated(key, size, before) for key in ("making", "matching")}})
    return found


def _extrapolated(key: str, size: dict[str, Any], before: dict[str, Any] | None) -> float:
    count, seconds = size["organisations"], size[key]["seconds"]
    rows, took = (count, seconds) if before is None else (count - before["organisations"],
                                                          seconds - before[key]["seconds"])
    return float(seconds + took / rows * (WHOLE - count))


def tables(found: dict[str, Any]) -> list[Table]:
    rows = [["", "organisations", "seconds", "processor-s", "organisations/s", "ten million, s", "peak MB",
             "MB on disk", "to copying"]]
    for size in found["sizes"]:
        for title, key, written in (("synthesise", "making", "data_bytes"), ("match", "matching", "answer_bytes")):
            taken, count = size[key], size["organisations"]
            rows.append([title, f"{count:,}", f"{taken['seconds']:.1f}", f"{taken['processors']:.1f}",
                         f"{count / taken['seconds']:,.0f}", f"{size['ten_million'][key]:,.0f}", mb(taken["peak"]),
                         mb(size[written]), times(taken["seconds"] / size["copying"]) if key == "matching" else ""])
    last = found["sizes"][-1]
    note = (f"{last['bytes_a_pair']:.1f} bytes an organisation and policy, {last['bytes_a_pair_on_disk']:.2f} on disk. "
            "peak: all processes of the command together. ten million: extrapolated by the slope between two sizes, or "
            "measured. copying: reading the same columns and the answers, and writing the answers again.")
    return [Table(f"from Parquet to Parquet by the command, {last['policies']} policies, {found['processors']} "
                  "processors", rows, [note])]
