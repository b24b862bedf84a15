"""`make bench`: the same rules in Guiju and in its peers, results compared, then time, start-up and memory.

Prints a table and writes benchmarks/out/results.json. Ends with 1 where any two engines answer differently.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter

from answer import Answer, Mismatch, require_equal
from applicants import Applicant, applicants, with_gaps
from engines import ENGINES, Engine, load
from expectations import findings
from library import measured, vocabulary_seconds
from report import Results, as_json, text
from startup import starts
from timing import Sample, Task, measure

OUT = Path(__file__).parent / "out" / "results.json"
COUNT = 200
REFERENCE = "traced"
HEED_GAPS = ("closure", "closure-bind", "closure-data", "handwritten-gaps")
BUDGET = 6.0  # seconds for each engine


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
    people = applicants(COUNT)
    engines = {name: load(name) for name in ENGINES}
    compare(engines, people, tuple(ENGINES))
    gaps = with_gaps(people)
    compare(engines, gaps, HEED_GAPS)
    say(f"{len(people)} applicants: all engines agree")
    times = measure({name: Task(e.run, [e.prepare(p) for p in people]) for name, e in engines.items()}, BUDGET)
    say("times taken")
    batch = openfisca_batch(people)
    began = starts(ENGINES)
    say("start-up and memory taken")
    policies = measured(BUDGET / 6)
    return Results(len(people), len(gaps), times, batch, began, findings({n: t.median for n, t in times.items()}),
                   policies, vocabulary_seconds(), load_before, perf_counter() - begun)


def compare(engines: dict[str, Engine], people: list[Applicant], names: tuple[str, ...]) -> None:
    """Raise Mismatch unless the named engines answer as the traced interpreter does."""
    reference = answers(engines[REFERENCE], people)
    require_equal(reference, {name: answers(engines[name], people) for name in names if name != REFERENCE})


def answers(engine: Engine, people: list[Applicant]) -> list[Answer]:
    return [engine.answer(engine.run(engine.prepare(person))) for person in people]


def openfisca_batch(people: list[Applicant]) -> Sample:
    """OpenFisca as it is meant to be used: all applicants in one simulation; the time for each."""
    from engines import openfisca_rules as rules

    system = rules.system()
    task = Task(lambda many: rules.simulate(system, rules.columns_of(many), len(many)), [people])
    whole = measure({"batch": task}, BUDGET / 6)["batch"]
    return Sample(*(seconds / len(people) for seconds in (whole.median, whole.best, whole.worst)))


def say(words: str) -> None:
    """Progress, apart from the results."""
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
