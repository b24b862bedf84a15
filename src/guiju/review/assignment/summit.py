"""The highest floor in one integer programme, for the rounds where quick looks can't tell."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from guiju.review.assignment.program import SCALE, program_of
from guiju.review.assignment.reach import reaching
from guiju.review.assignment.relaxation import bound_of
from guiju.review.assignment.table import Ints, Table
from guiju.review.assignment.whole import solve


def summit(table: Table, low: int, high: int) -> Ints | None:
    """An assignment with the highest floor from `low` to `high`; None if not even `low` can be kept.

    The floor is a column of its own, worth more than the total can differ: between the linear bound, and every panel
    just on the floor. So the floor comes first and the total second, as good as it can be, in one go.
    """
    program = program_of(table, reaching(table, low), low)
    bound = bound_of(program, table.application[program.columns])
    if bound is None:
        return None
    cases = len(table.applications)
    worth = bound.value / SCALE - cases * low + 1
    floors: Any = np.zeros((len(program.low), 1))
    floors[-cases:] = -1  # the rows of the floor are the last ones
    least = program.low.copy()
    least[-cases:] = low
    found = solve(np.append(program.objective / SCALE, worth), sparse.hstack([program.matrix, floors]).tocsr(), least,
                  program.high, np.append(program.first, 0), np.append(np.ones(len(program.columns)), high - low))
    return None if found is None else program.columns[found[:-1] > 0]
