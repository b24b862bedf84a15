"""The same 31 rules in Guiju and its peers, over more and more organisations."""

from __future__ import annotations

from typing import Any

from answer import RULES

from crowd.engines import Engine, as_json, compared
from crowd.tables import Table, mb, millions, times

BUDGET = 5.0  # seconds of runs for each engine and size
ENGINES = {
    "guiju": Engine("Guiju", "guiju_columns"),
    "openfisca": Engine("openfisca-core", "fiscal", {"FISCAL": "openfisca"}),
    "policyengine": Engine("policyengine-core", "fiscal", {"FISCAL": "policyengine"}),
    "polars": Engine("Polars, lazy", "polars_rules"),
    "duckdb": Engine("DuckDB, one statement", "sql"),
    "numpy": Engine("plain numpy", "plain_numpy"),
    "scan": Engine("reading every fact once", "scan", answers=False),
}


def measured(sizes: list[int]) -> dict[str, Any]:
    """Raises Mismatch where two engines answer differently."""
    runs = [run for count in sizes for run in compared(ENGINES, "columns", count, BUDGET)]
    return {"rules": len(RULES), "runs": as_json(runs)}


def tables(found: dict[str, Any]) -> list[Table]:
    ours = {run["count"]: run for run in found["runs"] if run["engine"] == "guiju" and not run["failed"]}
    rows = [["engine", "organisations", "seconds", "ns each", "M org·rules/s", "Guiju's speed to it", "own form MB",
             "working MB", "Guiju's memory to it"]]
    for run in found["runs"]:
        title, count = ENGINES[run["engine"]].title, run["count"]
        if run["failed"]:
            rows.append([title, f"{count:,}", run["failed"], *[""] * 6])
            continue
        seconds, mine = run["seconds"], ours.get(count)
        ratios = ["", ""] if mine is None else [times(seconds / mine["seconds"]),
                                                times(mine["memory"] / run["memory"]) if run["memory"] > 2**20 else ""]
        rows.append([title, f"{count:,}", f"{seconds:.3f}", f"{seconds / count * 1e9:,.0f}",
                     millions(count * found["rules"] / seconds), ratios[0], mb(run["held"]), mb(run["working"]),
                     ratios[1]])
    return [Table(f"{found['rules']} rules, complete facts; all answers equal by digest", rows, [
        "One thread each. own form: the facts as the engine keeps them, beyond the arrays that all are given; working: "
        "the most beyond that in a run, with its answers. The engine's code is not counted."])]
