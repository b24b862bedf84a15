"""The results as a table for people and as JSON for programs."""

from __future__ import annotations

import dataclasses
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from typing import Any

from answer import RULES
from engines import ENGINES
from expectations import SLOTS, Finding
from library import Measured
from startup import BARE, Start
from timing import Sample

PACKAGES = ("guiju", "zen-engine", "openfisca-core", "numpy", "panzi-json-logic")
_MB = 1024 * 1024
_CALM = 1.25  # a median this many times the best says that the machine had other work


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run has found. `batch`: OpenFisca's time for each of many applicants in one simulation. `load`: the
    machine's load average before the run."""

    applicants: int
    gaps: int
    times: dict[str, Sample]
    batch: Sample
    starts: dict[str, Start]
    findings: list[Finding]
    policies: list[Measured]
    vocabulary: float
    load: float
    seconds: float


def text(r: Results) -> str:
    """The tables and sentences that are printed."""
    parts = [_heading(r), _engines(r), _batch(r), "\n".join(f"- {f.sentence}" for f in r.findings), _policies(r),
             f"The whole run took {r.seconds:.0f} s."]
    if disturbance(r) > _CALM or r.load > (os.cpu_count() or 1) / 2:
        parts.append(f"The machine had other work (load {r.load:.1f} on {os.cpu_count()} processors before the run; "
                     f"medians {disturbance(r):.1f} times the best): run again when it is calm.")
    return "\n\n".join(parts)


def disturbance(r: Results) -> float:
    """How many times its best an engine's median is, in the middle of all engines: near 1 on a calm machine."""
    return median(t.median / t.best for t in r.times.values())


def as_json(r: Results) -> dict[str, Any]:
    """The same, with every figure in seconds and bytes."""
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform(),
                    "processor": processor(), "versions": {p: version(p) for p in PACKAGES}},
        "rules": len(RULES), "applicants": r.applicants, "applicants_with_gaps": r.gaps, "answers": "all equal",
        "load": r.load, "disturbance": disturbance(r),
        "engines": {name: {"title": title, "evaluation": dataclasses.asdict(r.times[name]),
                           "start": dataclasses.asdict(r.starts[name])} for name, (title, _) in ENGINES.items()},
        "bare_python": dataclasses.asdict(r.starts[BARE]),
        "openfisca_batch_each": dataclasses.asdict(r.batch),
        "expectations": [dataclasses.asdict(f) for f in r.findings],
        "vocabulary_seconds": r.vocabulary,
        "policies": {m.example.evaluation.policy.id: _policy_json(m) for m in r.policies},
        "run_seconds": r.seconds,
    }


def processor() -> str:
    """The processor's name, where the system tells."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    except OSError:
        return platform.processor()


def _policy_json(m: Measured) -> dict[str, Any]:
    e = m.example
    return {"rules": len(e.evaluation.policy.rule_ids()), "case": e.case, "compiling": e.compiling,
            "generating": e.generating, "call": dataclasses.asdict(m.call), "bound": dataclasses.asdict(m.bound),
            "traced": dataclasses.asdict(m.traced)}


def _heading(r: Results) -> str:
    versions = ", ".join(f"{p} {version(p)}" for p in PACKAGES)
    return (f"{len(RULES)} rules, a score of six items, a price table: one applicant at a time.\n"
            f"{r.applicants} applicants, every verdict, score, amount and outcome equal in all engines; "
            f"{r.gaps} more with missing facts, equal in those that heed them.\n"
            f"Python {platform.python_version()}, {processor() or platform.machine()}; {versions}.")


def _engines(r: Results) -> str:
    ours = r.times[SLOTS].median
    rows = [["engine", "median", "best", "ratio", "start-up", "peak memory"]]
    for name, (title, _) in ENGINES.items():
        time, start = r.times[name], r.starts[name]
        rows.append([title, us(time.median), us(time.best), ratio(time.median / ours),
                     f"{start.seconds * 1e3:.0f} ms", f"{start.peak / _MB:.0f} MB"])
    bare = r.starts[BARE]
    rows.append(["Python alone", "", "", "", f"{bare.seconds * 1e3:.0f} ms", f"{bare.peak / _MB:.0f} MB"])
    return (f"{table(rows)}\n"
            "median, best: warm, one applicant. ratio: to the closure over bound slots. start-up: new process to "
            "first answer.")


def _batch(r: Results) -> str:
    return (f"OpenFisca is made for many at once: in one simulation of {r.applicants}, {us(r.batch.median)} for each "
            f"({ratio(r.batch.median / r.times[SLOTS].median)} of our closure, which still takes them one by one).")


def _policies(r: Results) -> str:
    rows = [["policy of the library", "rules", "closure", "with binding", "traced", "compiling", "generating"]]
    for m in r.policies:
        e = m.example
        rows.append([e.evaluation.policy.id, str(len(e.evaluation.policy.rule_ids())), us(m.call.median),
                     us(m.bound.median), us(m.traced.median), _ms(e.compiling), _ms(e.generating)])
    rows.append(["all of them", str(sum(int(row[1]) for row in rows[1:])),
                 *(us(sum(getattr(m, kind).median for m in r.policies)) for kind in ("call", "bound", "traced")),
                 _ms(sum(m.example.compiling for m in r.policies)),
                 _ms(sum(m.example.generating for m in r.policies))])
    return (f"{table(rows)}\n"
            f"Each with its fullest worked case; closure and interpreter agree. Reading the dictionary: "
            f"{_ms(r.vocabulary)}.")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns in line; the first to the left, figures to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                       for i, (cell, w) in enumerate(zip(row, widths, strict=True))) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def us(seconds: float) -> str:
    return f"{seconds * 1e6:,.2f} µs" if seconds < 1e-4 else f"{seconds * 1e6:,.0f} µs"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def ratio(value: float) -> str:
    return f"{value:.2f}×" if value < 10 else f"{value:,.0f}×"
