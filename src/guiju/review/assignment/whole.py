"""The integer programme: the best result there is, proved best.

The linear bound tells which pairs can't matter: one whose reduced profit lies further below 0 than the gap between
bound and result is in no better result, one as far above 0 is in all of them. So only a few thousand pairs go to the
integer solver, and the proof covers all. Should the gap turn out wider than was guessed, the pairs are chosen again.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from scipy import optimize

from guiju.review.assignment.program import SCALE, Program, program_of
from guiju.review.assignment.reach import reaching
from guiju.review.assignment.relaxation import INFEASIBLE, Bound, SolverError, bound_of
from guiju.review.assignment.table import Ints, Table

FEW, MORE = 2, 6  # columns left open, for each pair that is to be made
SLACK = 1e-3 * SCALE
ALL = float("inf")


def best(table: Table, floor: int | None = None, known: Ints | None = None) -> Ints | None:
    """The columns of the best assignment whose every panel has a fit of at least `floor`; None if there is none.

    Best: the greatest total fit, and of these the one that the seed prefers. `known`: some assignment that keeps the
    floor, which saves looking for one.
    """
    program = program_of(table, reaching(table, floor), floor)
    bound = bound_of(program, table.application[program.columns])
    if bound is None:
        return None
    if known is None:
        found, gap = _first(program, bound, _pairs(table))
        if found is None:
            return None
    else:
        found, gap = np.searchsorted(program.columns, known), 0.0
    loss = bound.value - float(program.objective[found].sum())
    if loss > gap:
        found = _solved(program, bound, loss + SLACK)
        assert found is not None  # the result just found is still among the choices
    return program.columns[found]


def good(table: Table, floor: int) -> Ints | Literal["none", "unsure"]:
    """Some good assignment that keeps the floor, "none" if there surely is none, "unsure" if there is none among the
    few pairs that were looked at. Quick, where `best` may take its time."""
    program = program_of(table, reaching(table, floor), floor)
    bound = bound_of(program, table.application[program.columns])
    if bound is None:
        return "none"
    gap = _gap_for(bound, FEW * _pairs(table))
    found = _solved(program, bound, gap)
    if found is None:
        return "none" if gap == ALL else "unsure"
    return program.columns[found]


def solve(objective: Any, matrix: Any, low: Any, high: Any, first: Any, last: Any) -> Any:
    """Whole numbers between `first` and `last` with the greatest objective, or None if there are none."""
    found = optimize.milp(-objective, integrality=np.ones(len(objective), np.int64),
                          bounds=optimize.Bounds(first, last),
                          constraints=optimize.LinearConstraint(matrix, low, high), options={"mip_rel_gap": 0})
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise SolverError(f"HiGHS: {found.message}")
    return np.rint(found.x)


def _pairs(table: Table) -> int:
    return table.problem.panel * len(table.applications)


def _first(program: Program, bound: Bound, pairs: int) -> tuple[Ints | None, float]:
    """A result from as few columns as will do, and the gap within which they were chosen. That there is none at all,
    only all columns together can tell."""
    for gap in (_gap_for(bound, FEW * pairs), _gap_for(bound, MORE * pairs), ALL):
        found = _solved(program, bound, gap)
        if found is not None or gap == ALL:
            break
    return found, gap


def _gap_for(bound: Bound, wanted: int) -> float:
    """A gap that leaves about so many columns open; infinite if there are no more."""
    if wanted >= len(bound.profit):
        return ALL
    return float(np.partition(np.abs(bound.profit), wanted)[wanted]) + SLACK


def _solved(program: Program, bound: Bound, gap: float) -> Ints | None:
    """The best choice among the columns that matter within the gap, as places in the programme."""
    sure = (bound.profit > gap) | (program.first > 0)
    columns = np.nonzero(sure | (np.abs(bound.profit) <= gap))[0]
    found = solve(program.objective[columns], program.matrix[:, columns].tocsr(), program.low, program.high,
                  sure[columns].astype(float), np.ones(len(columns)))
    return None if found is None else columns[found > 0]
