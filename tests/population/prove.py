"""`make prove-population`: 100,000 synthetic organisations × every policy of the library, by columns, by the generated
closure and by the traced interpreter: `python tests/population/prove.py [--count N] [--seed S] [--workers K]`.

What is finished is kept in benchmarks/out/proof: after an interruption the same command goes on. Other rules, settings,
data or engine are another proof. Prints and writes a receipt; ends with 1 where any two answer differently.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from proving import MIXES, SEED, Mix, Tally, asked_of, compared, population

from guiju.language.library import Library, installed_library
from guiju.population.files.faults import Faults
from guiju.population.files.identity import hash_of, identity_of
from guiju.population.files.places import tables_at
from guiju.population.files.source import Part, Source
from guiju.population.match import Matcher
from guiju.population.synthetic.model import load_model

OUT = Path(__file__).parents[2] / "benchmarks" / "out" / "proof"
SHOWN = 20  # differences of one policy that a receipt tells of


@dataclass(frozen=True, slots=True)
class Task:
    """One chunk of one population, and what the proof of that population is called."""

    folder: Path
    mix: int
    part: Part
    run: str
    answer: Path


@dataclass(frozen=True, slots=True)
class Proof:
    """A population, what makes its proof what it is, and its chunks."""

    mix: Mix
    identity: dict[str, Any]
    tasks: list[Task]

    @property
    def run(self) -> str:
        return self.tasks[0].run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=OUT)
    told = parser.parse_args()
    proofs = [_proof(number, -(-told.count // len(MIXES)), told.seed, told.out) for number in range(len(MIXES))]
    missing = [task for task in _in_turn(proofs) if _found(task) is None]
    _work_off(missing, told.workers)
    receipt = _receipt(proofs, told.seed)
    (told.out / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print("\n".join([*_summary(receipt), f"receipt: {told.out / 'receipt.json'}"]))
    return 1 if receipt["differences"] else 0


def _proof(number: int, count: int, seed: int, out: Path) -> Proof:
    library, mix = _library(), MIXES[number]
    folder = out / f"{number}-{count}-{seed}"
    source = population(folder, mix, count, library, seed)
    tables = tables_at(folder, library.vocabulary, Faults())
    identity = identity_of(asked_of(library, mix, _day(library)), True, tables, mix.chunk, True)
    run = hash_of(identity)[:16]
    answers = out / "answers" / run
    answers.mkdir(parents=True, exist_ok=True)
    tasks = [Task(folder, number, part, run, answers / f"{part.number:05}.json") for part in source.parts(mix.chunk)]
    return Proof(mix, identity, tasks)


def _in_turn(proofs: list[Proof]) -> Iterator[Task]:
    """Chunks of all populations, evenly mixed, so that a proof that is cut short is one of all kinds."""
    placed = [(place / len(proof.tasks), task) for proof in proofs for place, task in enumerate(proof.tasks)]
    return (task for _, task in sorted(placed, key=lambda found: found[0]))


def _work_off(tasks: list[Task], workers: int) -> None:
    begun = perf_counter()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for done, future in enumerate(as_completed([pool.submit(_do, task) for task in tasks]), 1):
            future.result()
            print(f"\r{done}/{len(tasks)} chunks, {perf_counter() - begun:.0f} s", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


@cache
def _library() -> Library:
    return installed_library()


def _day(library: Library) -> Any:
    return load_model(library.vocabulary).as_of


@cache
def _engine(mix: int) -> Any:
    asked = asked_of(_library(), MIXES[mix], _day(_library()))
    return asked, Matcher(asked)


@cache
def _source(folder: Path, mix: int) -> Source:
    return population(folder, MIXES[mix], 0, _library())


def _do(task: Task) -> None:
    """Compare a chunk, and keep what came of it."""
    begun = process_time()
    asked, matcher = _engine(task.mix)
    chunk = next(_source(task.folder, task.mix).read([task.part]))
    tallies = compared(chunk.names.to_pylist(), chunk.people, matcher, asked)
    found = {"organisations": chunk.people.count, "records": sum(len(t.owners) for t in chunk.people.tables.values()),
             "policies": {id_: asdict(tally) for id_, tally in tallies.items()}, "seconds": process_time() - begun}
    partial = task.answer.with_suffix(".partial")
    partial.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    partial.replace(task.answer)


def _found(task: Task) -> dict[str, Any] | None:
    return json.loads(task.answer.read_text("utf-8")) if task.answer.exists() else None


def _receipt(proofs: list[Proof], seed: int) -> dict[str, Any]:
    policies: dict[str, Tally] = {id_: Tally() for id_ in _library().ids()}
    populations = []
    for proof in proofs:
        answers = [json.loads(task.answer.read_text("utf-8")) for task in proof.tasks]
        for answer in answers:
            for id_, tally in answer["policies"].items():
                policies[id_].add(Tally(**tally))
        populations.append({**asdict(proof.mix), "run": proof.run, "identity": proof.identity,
                            **{key: sum(answer[key] for answer in answers)
                               for key in ("organisations", "records", "seconds")}})
    told = {id_: {**asdict(tally), "differences": len(tally.differences), "differ": tally.differences[:SHOWN]}
            for id_, tally in policies.items()}
    return {"seed": seed, "organisations": sum(p["organisations"] for p in populations),
            "records": sum(p["records"] for p in populations), "pairs": sum(t["pairs"] for t in told.values()),
            "singly": sum(t["singly"] for t in told.values()),
            "differences": sum(t["differences"] for t in told.values()), "policies": told, "populations": populations}


def _summary(receipt: dict[str, Any]) -> list[str]:
    lines = [f"{'policy':48}{'pairs':>10}{'may be paid':>12}{'singly':>8}{'differ':>8}  outcomes"]
    for id_, held in receipt["policies"].items():
        outcomes = ", ".join(f"{name} {number:,}" for name, number in sorted(held["outcomes"].items()))
        lines.append(f"{id_:48}{held['pairs']:>10,}{held['paid']:>12,}{held['singly']:>8,}{held['differences']:>8,}"
                     f"  {outcomes}")
        lines += [f"    {words}" for words in held["differ"]]
    lines += [f"{p['name']}: {p['organisations']:,} organisations, {p['records']:,} records, "
              f"{p['seconds']:.0f} processor-seconds, proof {p['run']}" for p in receipt["populations"]]
    return [*lines, f"seed {receipt['seed']}: {receipt['pairs']:,} pairs of organisation and policy, "
                    f"{receipt['differences']:,} differ"]


if __name__ == "__main__":
    sys.exit(main())
