"""How moves and folding cost as a case grows: cases of 10, 100 and 1,000 events."""

from __future__ import annotations

from dataclasses import dataclass

from machines.guiju import BOTH, CALENDAR, DAY, blank, chart, evidence_of
from timing import Sample, Task, measure

from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import read_case, write_case
from guiju.lifecycle.entry import move
from guiju.lifecycle.events import Evidence
from guiju.lifecycle.fold import fold

SIZES = (10, 100, 1000)
WAY = (("submit", {"area": 150, "staff": 20}), ("accept", {"complete": True}), ("approve", {"score": 95}),
       ("grant", {}))
REPORT = {"in_order": True, "staff": 7}


@dataclass(frozen=True, slots=True)
class Grown:
    """A case of so many events: one move more (guard, two facts, a paper, two hashes), one that is refused, folding all
    its events, and reading its file with every hash checked. Seconds; `size` is the file's, in bytes."""

    events: int
    moved: Sample
    refused: Sample
    folded: Sample
    read: Sample
    size: int


def grown(budget: float) -> list[Grown]:
    cases = _cases()
    good, bad = evidence_of(REPORT, papers=True), evidence_of({"in_order": True, "staff": 4}, papers=True)
    tasks: dict[str, Task] = {}
    for n, case in cases.items():
        text = write_case(case.events)
        tasks |= {f"moved {n}": Task(lambda e, c=case: _moved(c, e), [good]),
                  f"refused {n}": Task(lambda e, c=case: move(c, "report", BOTH, e, DAY, CALENDAR), [bad]),
                  f"folded {n}": Task(lambda c: fold(c.events, c.chart, CALENDAR), [case]),
                  f"read {n}": Task(read_case, [text])}
    times = measure(tasks, budget)
    return [Grown(n, *(times[f"{kind} {n}"] for kind in ("moved", "refused", "folded", "read")),
                  len(write_case(case.events).encode())) for n, case in cases.items()]


def _moved(case: Case, evidence: Evidence, event: str = "report") -> Case:
    made = move(case, event, BOTH, evidence, DAY, CALENDAR)
    assert isinstance(made, Case)
    return made


def _cases() -> dict[int, Case]:
    case, found = blank(chart()), {}
    for event, given in WAY:
        case = _moved(case, evidence_of(given), event)
    report = evidence_of(REPORT, papers=True)
    while len(case.events) < max(SIZES):
        case = _moved(case, report)
        if len(case.events) in SIZES:
            found[len(case.events)] = case
    return found
