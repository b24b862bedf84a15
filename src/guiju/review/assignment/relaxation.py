"""The linear programme: how good a result can be at the very most, and what each pair would cost.

Solved over few columns at first. A column that is left out is priced by its reduced profit, its weight less what the
rows' prices say it uses up; those with a profit come in, until none has. Then the bound holds for all columns. Rows
that can't bind within the columns are left out, at price 0, which keeps the bound true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from guiju.review.assignment.program import Program
from guiju.review.assignment.table import Floats, Ints

START = 24  # columns an application begins with, the best ones by weight
SMALL = 6000  # programmes up to so many columns are solved as a whole
EPSILON = 1e-5
INFEASIBLE = 2


class SolverError(RuntimeError):
    """The solver gave up, or gave what does not hold: a fault of ours or of HiGHS, never of the data."""


@dataclass(frozen=True, slots=True)
class Bound:
    """No result is worth more than `value`. `profit`: what a column is worth beyond what it uses up; a result without
    a column of positive profit, or with one of negative profit, is worth at least so much less."""

    value: float
    profit: Floats


def bound_of(program: Program, application: Ints) -> Bound | None:
    """The bound over all columns, or None if there is no result at all. `application`: of each column."""
    if not len(program.columns):
        return None
    chosen = _starting(program, application)
    while True:
        bound = _solved(program, chosen)
        if bound is None:
            if chosen.all():
                return None
            chosen[:] = True
            continue
        lacking = ~chosen & (bound.profit > EPSILON)
        if not lacking.any():
            return bound
        chosen |= lacking


def _starting(program: Program, application: Ints) -> Any:
    """The columns to begin with: all of a small programme, else the best ones of each application."""
    count = len(program.columns)
    if count <= SMALL:
        return np.ones(count, dtype=bool)
    order = np.lexsort((-program.objective, application))
    begins = np.searchsorted(application[order], application[order])
    chosen = program.first > 0
    chosen[order[np.arange(count) - begins < START]] = True
    return chosen


def _solved(program: Program, chosen: Any) -> Bound | None:
    """The bound over the chosen columns, with the profit of every column."""
    columns = np.nonzero(chosen)[0]
    matrix = program.matrix[:, columns].tocsr()
    can_bind = _can_bind(matrix, program)
    low, high = program.low[can_bind], program.high[can_bind]
    rows = matrix[can_bind]
    equal, above, below = low == high, np.isfinite(high) & (low != high), np.isfinite(low) & (low != high)
    bounds: Any = np.column_stack([program.first[columns], np.ones(len(columns))])
    found: Any = optimize.linprog(
        -program.objective[columns], sparse.vstack([rows[above], -rows[below]]),
        np.concatenate([high[above], -low[below]]), rows[equal], low[equal],
        bounds, method="highs-ds")
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise SolverError(f"HiGHS: {found.message}")
    price = np.zeros(len(program.low))
    places = np.nonzero(can_bind)[0]
    split = int(above.sum())
    price[places[equal]] = -found.eqlin.marginals
    price[places[above]] = -found.ineqlin.marginals[:split]
    price[places[below]] += found.ineqlin.marginals[split:]
    return Bound(-float(found.fun), program.objective - program.matrix.T @ price)


def _can_bind(rows: Any, program: Program) -> Any:
    """The rows that some choice of 0 and 1 would break. Weights are never negative."""
    return (np.asarray(rows.sum(axis=1)).ravel() > program.high) | (program.low > 0)
