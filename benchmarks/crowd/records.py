"""Rows of a record set, read and reduced: a made-up fund in Guiju, DuckDB and Polars."""

from __future__ import annotations

from typing import Any

from crowd.engines import Engine, as_json, compared
from crowd.record_columns import columns
from crowd.tables import Table, mb, millions, times

BUDGET = 5.0
ENGINES = {
    "guiju": Engine("Guiju", "records_guiju"),
    "duckdb": Engine("DuckDB, one statement", "records_sql"),
    "polars": Engine("Polars, lazy", "records_polars"),
    "scan": Engine("reading every value once", "scan", answers=False),
}


def measured(sizes: list[int]) -> dict[str, Any]:
    """Raises Mismatch where two engines answer differently."""
    found = []
    for count in sizes:
        rows = len(columns(count)["owner"])
        found += [{**run, "rows": rows} for run in as_json(compared(ENGINES, "record_columns", count, BUDGET))]
    return {"runs": found}


def tables(found: dict[str, Any]) -> list[Table]:
    ours = {run["count"]: run for run in found["runs"] if run["engine"] == "guiju" and not run["failed"]}
    rows = [["engine", "organisations", "records", "seconds", "M records/s", "Guiju's speed to it", "own form MB",
             "working MB"]]
    for run in found["runs"]:
        head = [ENGINES[run["engine"]].title, f"{run['count']:,}", f"{run['rows']:,}"]
        if run["failed"]:
            rows.append([*head, run["failed"], *[""] * 4])
            continue
        mine = ours.get(run["count"])
        rows.append([*head, f"{run['seconds']:.3f}", millions(run["rows"] / run["seconds"]),
                     "" if mine is None else times(run["seconds"] / mine["seconds"]), mb(run["held"]),
                     mb(run["working"])])
    return [Table("a fund: a window, what was paid before, prices by level and role, the best three of a level, a cap, "
                  "a count and a sum; all answers equal by digest", rows, ["One thread each; memory as above."])]
