"""`make bench-charts`: what a move, folding and a look at all deadlines cost, and two libraries of state machines on
the part that they can say, results compared. Prints tables and writes benchmarks/out/charts.json; ends with 1 where
two engines answer differently.
"""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from answer import Mismatch
from growth import Grown, grown
from machines import MACHINES, load
from million import Million, measured
from report import processor, ratio, table, us
from scripts import Step, Try, scripts
from timing import Sample, Task, measure

OUT = Path(__file__).parent / "out" / "charts.json"
COUNT, MOST = 200, 40
BUDGET = 6.0  # seconds for each engine
CALM = 1.25  # a median this many times the best says that the machine had other work
PACKAGES = ("guiju", "python-statemachine", "transitions")
OURS = "guiju"


@dataclass(frozen=True, slots=True)
class Peer:
    """One engine: seconds for a whole script with a fresh case, for the fresh case alone, and for one try."""

    whole: Sample
    create: Sample
    each: float


@dataclass(frozen=True, slots=True)
class Results:
    tries: int
    made: int
    peers: dict[str, Peer]
    grown: list[Grown]
    million: Million
    load: float
    seconds: float


def main() -> int:
    try:
        results = run()
    except Mismatch as mismatch:
        print(mismatch, file=sys.stderr)
        return 1
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(as_json(results), ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(text(results))
    print(f"JSON: {OUT}")
    return 0


def run() -> Results:
    """All measurements, after all answers have been compared. Raises Mismatch."""
    begun, load_before = perf_counter(), os.getloadavg()[0]
    played = scripts(COUNT, MOST)
    steps = compare(played)
    tries = sum(map(len, played))
    print(f"{tries} tries: all engines agree", file=sys.stderr)
    peers = _peers(played, tries)
    print("peers measured", file=sys.stderr)
    growing = grown(BUDGET / 4)
    print("growing cases measured", file=sys.stderr)
    return Results(tries, sum(s.made for came in steps for s in came), peers, growing, measured(), load_before,
                   perf_counter() - begun)


def compare(played: list[list[Try]]) -> list[list[Step]]:
    """What came of every try; raises Mismatch where two engines differ."""
    answers = {}
    for name in MACHINES:
        machine = load(name)
        answers[name] = [machine.steps(machine.run(machine.prepare(script))) for script in played]
    for name, answer in answers.items():
        for number, (ours, theirs) in enumerate(zip(answers[OURS], answer, strict=True)):
            if ours != theirs:
                place = next(i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b)
                raise Mismatch(f"script {number}, try {place} {played[number][place]}: {OURS} {ours[place]}, "
                               f"{name} {theirs[place]}")
    return answers[OURS]


def _peers(played: list[list[Try]], tries: int) -> dict[str, Peer]:
    tasks: dict[str, Task] = {}
    for name in MACHINES:
        machine = load(name)
        tasks[name] = Task(machine.run, [machine.prepare(script) for script in played])
        tasks[f"{name} create"] = Task(lambda _, create=machine.create: create(), [None])
    times = measure(tasks, BUDGET)
    found = {}
    for name in MACHINES:
        whole, create = times[name], times[f"{name} create"]
        found[name] = Peer(whole, create, (whole.median - create.median) * COUNT / tries)
    return found


def text(r: Results) -> str:
    """The tables and sentences that are printed."""
    versions = ", ".join(f"{p} {version(p)}" for p in PACKAGES)
    parts = [f"A made-up chart of 11 stages and 16 moves: {COUNT} scripts, {r.tries} tries, {r.made} of them let pass; "
             f"every answer and every stage equal in all engines.\n"
             f"Python {platform.python_version()}, {processor() or platform.machine()}; {versions}.",
             _machines(r), _growth(r), _million(r.million), f"The whole run took {r.seconds:.0f} s."]
    disturbed = median(s.median / s.best for p in r.peers.values() for s in (p.whole, p.create))
    if disturbed > CALM or r.load > (os.cpu_count() or 1) / 2:
        parts.append(f"The machine had other work (load {r.load:.1f} on {os.cpu_count()} processors before the run; "
                     f"medians {disturbed:.1f} times the best): run again when it is calm.")
    return "\n\n".join(parts)


def _machines(r: Results) -> str:
    rows = [["engine", "one try", "ratio", "a fresh case"]]
    rows += [[title, us(r.peers[name].each), ratio(r.peers[name].each / r.peers[OURS].each),
              us(r.peers[name].create.median) if name != "guiju_question" else ""]
             for name, title in MACHINES.items()]
    return (f"{table(rows)}\n"
            "one try: warm, let pass or refused, without making the case. The whole move of Guiju also reads the "
            "evidence, names clause and\nremedy of each refusal, writes an event with two hashes and makes a new case; "
            "the peers do none of that. 'only whether it\nmay be made' leaves this out and still looks at role, bans, "
            "terms, notices, duties and papers.")


def _growth(r: Results) -> str:
    rows = [["a case of", "move", "moves/s", "refusal", "folding", "an event", "reading, checked", "file"]]
    rows += [[f"{g.events} events", us(g.moved.median), f"{1 / g.moved.median:,.0f}", us(g.refused.median),
              _ms(g.folded.median), us(g.folded.median / g.events), _ms(g.read.median), f"{g.size / 1024:,.0f} KB"]
             for g in r.grown]
    return table(rows)


def _million(m: Million) -> str:
    whole = m.bytes * m.cases / 1e6
    return (f"What is due among {m.cases:,} open cases with {m.deadlines:,} deadlines: {m.seconds:.2f} s for one look "
            f"({m.found:,} found);\n{m.bytes:,.0f} bytes a case, {whole:,.0f} MB in all. Working out one case's agenda "
            f"anew takes {us(m.making)}.")


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.2f} ms"


def as_json(r: Results) -> dict[str, Any]:
    """The same, with every figure in seconds and bytes."""
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "processor": processor(),
                    "versions": {p: version(p) for p in PACKAGES}},
        "answers": "all equal", "tries": r.tries, "made": r.made, "load": r.load,
        "engines": {name: {"title": title, **dataclasses.asdict(r.peers[name])} for name, title in MACHINES.items()},
        "growth": [dataclasses.asdict(g) for g in r.grown], "due": dataclasses.asdict(r.million),
        "run_seconds": r.seconds,
    }


if __name__ == "__main__":
    sys.exit(main())
