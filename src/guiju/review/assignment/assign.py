"""The exact assignment, with its record; and the replay that verifies a record."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import scipy

from guiju.review.assignment.concession import concessions
from guiju.review.assignment.floor import fairest
from guiju.review.assignment.problem import Pair, Problem, check
from guiju.review.assignment.relaxation import SolverError
from guiju.review.assignment.result import Assignment, Infeasible, Record
from guiju.review.assignment.shortage import shortages
from guiju.review.assignment.table import table_of
from guiju.review.assignment.verify import breaches
from guiju.review.digest import digest
from guiju.source.diagnostics import Text

SOLVER = f"HiGHS (scipy {scipy.__version__})"


def assign(problem: Problem) -> Assignment | Infeasible:
    """Who reviews what: the highest floor under the worst-served application, then the greatest total fit, then the
    seed. Exact and the same each time; or why there is no assignment, in words.

    Raises GuijuError E801, E805–E807 for a problem that makes no sense.
    """
    check(problem)
    table = table_of(problem)
    fair = fairest(table)
    if fair is None:
        counted = shortages(table)
        return Infeasible(counted, () if counted else concessions(table))
    pairs = table.pairs(fair.chosen)
    wrong = breaches(problem, pairs)
    if wrong:
        raise SolverError(f"{SOLVER}: {wrong[0].en}")
    total = int(table.fit[fair.chosen].sum())
    free = table.panel_fits(fair.free)
    record = Record(input_digest(problem), problem.seed, SOLVER, digest(pairs), fair.floor, total)
    return Assignment(pairs, fair.floor, total, int(free.min()), int(free.sum()),
                      {a.id: int(n) for a, n in zip(table.applications, free, strict=True)}, record)


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay showed. `same`: the very same result came out. `findings`: what differs, empty if `same`."""

    same: bool
    findings: tuple[Text, ...]


def replay(record: Record, problem: Problem) -> Replay:
    """Assign again and compare with the record: the input, the solver, the floor, the total, every pair."""
    found: list[Text] = []
    if input_digest(problem) != record.input:
        found.append(Text("输入与记录的不是同一份（摘要不同）", "the input is not the recorded one"))
    if problem.seed != record.seed:
        found.append(Text(f"种子是“{problem.seed}”，记录的是“{record.seed}”",
                          f"the seed is '{problem.seed}', the recorded one '{record.seed}'"))
    if record.solver != SOLVER:
        found.append(Text(f"求解器是 {SOLVER}，记录的是 {record.solver}：同样好的结果可能有别的取法",
                          f"the solver is {SOLVER}, the recorded one {record.solver}: it may choose between equals"))
    result = assign(problem)
    if isinstance(result, Infeasible):
        return Replay(False, (*found, Text(f"重算没有可行的分配：{result.text.zh}",
                                           f"there is no assignment: {result.text.en}")))
    again = result.record
    if (again.floor, again.total) != (record.floor, record.total):
        found.append(Text(f"重算的底线 {again.floor}、总分 {again.total}，记录的是 {record.floor}、{record.total}",
                          f"floor {again.floor} and total {again.total}, not {record.floor} and {record.total}"))
    if again.result != record.result:
        found.append(Text("重算的配对与记录的不同", "other pairs than the recorded ones"))
    return Replay(again == record, tuple(found))


@dataclass(frozen=True, slots=True)
class Price:
    """Points that a change costs. Where the floor falls, the total may rise: a negative price."""

    floor: int
    total: int


def price_of(problem: Problem, result: Assignment, pair: Pair) -> Price | None:
    """What it would cost to put a pair in, all else as good as can be; None if there is no assignment with it.

    Solves the whole problem again. Raises GuijuError E807 for a pair that is barred or forbidden.
    """
    with_it = assign(dataclasses.replace(problem, fixed=problem.fixed | {pair}))
    if isinstance(with_it, Infeasible):
        return None
    return Price(result.floor - with_it.floor, result.total - with_it.total)


def input_digest(problem: Problem) -> str:
    """The digest of everything that a result depends on, the seed apart. The order of the lists does not count."""
    content: dict[str, Any] = {f.name: getattr(problem, f.name) for f in dataclasses.fields(problem)}
    del content["seed"]
    for name in ("experts", "applications"):
        content[name] = _by_id(content[name])
    content["conflicts"] = frozenset(problem.conflicts)
    return digest(content)


def _by_id(people: Sequence[Any]) -> list[Any]:
    return sorted(people, key=lambda one: one.id)
