"""The library over a synthetic population in a process of its own, prints one line of JSON:
`python -m crowd.library_child FOLDER POLICIES REPEATS [POLICY...]` (POLICIES: so many of those in force; 0 is all).

Chunk by chunk, as the command does: reading; the best of several runs of all policies; the best of as many scans, each
of which reads every column that was read once and writes as many bytes as the answers have. One thread.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from child import peak

from crowd.memory import forget_peak, limit, resident
from guiju.evaluate.evaluation import setting_for
from guiju.language.library import installed_library
from guiju.population.columns import Status
from guiju.population.files.asked import needs_of
from guiju.population.files.source import open_source
from guiju.population.match import Answers, Matcher
from guiju.population.people import Population
from guiju.population.synthetic.model import load_model


def main(folder: Path, policies: int, repeats: int, named: list[str]) -> None:
    limit()
    library = installed_library()
    day = load_model(library.vocabulary).as_of
    asked = [policy for policy in library if policy.in_force(day) and (not named or policy.id in named)]
    asked = asked[:policies or None]
    matcher = Matcher([(policy, setting_for(policy, day)) for policy in asked])
    chunks = open_source(folder, library.vocabulary, needs_of(asked)).chunks()
    before = resident()
    forget_peak()
    total: dict[str, float] = dict.fromkeys(("organisations", "records", "reading", "matching", "scanning", "singly",
                                             "read_bytes", "answer_bytes"), 0)
    while (found := _timed(lambda: next(chunks, None)))[1] is not None:
        total["reading"] += found[0]
        people = found[1].people
        for key, value in _chunk(matcher, people, repeats).items():
            total[key] += value
        del found, people
    told = {"policies": len(asked), "rules": sum(len(policy.rule_ids()) for policy in asked),
            "memory": peak() - before, **total}
    print(json.dumps(told))


def _timed(run: Any) -> tuple[float, Any]:
    begun = perf_counter()
    found = run()
    return perf_counter() - begun, found


def _chunk(matcher: Matcher, people: Population, repeats: int) -> dict[str, float]:
    answers: list[Answers] = matcher(people)
    singly = sum(int(found.left.sum()) for found in answers)
    written = sum(array.nbytes for array in _answers(answers))
    matching = [_timed(lambda: matcher(people))[0] for _ in range(repeats)]
    columns = list(_columns(people))
    scanning = [_timed(lambda: _scan(columns, written))[0] for _ in range(max(repeats, 3))]
    return {"organisations": people.count, "records": sum(len(table.owners) for table in people.tables.values()),
            "matching": min(matching), "scanning": min(scanning), "singly": singly,
            "read_bytes": sum(column.nbytes for column in columns), "answer_bytes": written}


def _columns(people: Population) -> Iterator[Any]:
    """Every array that holds facts."""
    stored = [*people.facts.values(), *(field for table in people.tables.values() for field in table.fields)]
    for column in (held.column for held in stored):
        parts = (column.codes,) if isinstance(column, Status) else (column.low, column.high, column.cause)
        for place, part in enumerate(parts):
            if isinstance(part, np.ndarray) and not any(part is earlier for earlier in parts[:place]):
                yield part
    yield from (table.owners for table in people.tables.values())


def _answers(answers: list[Answers]) -> Iterator[Any]:
    """Every array of answers."""
    for found in answers:
        parts = [*found.goals, found.reasons, *(part for score in found.scores for part in score),
                 *(found.payment or ())]
        yield from (part for part in parts if isinstance(part, np.ndarray))


def _scan(columns: list[Any], written: int) -> None:
    for column in columns:
        column.sum()
    np.zeros(written, np.uint8).fill(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
