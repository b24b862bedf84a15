"""The rows that an assignment must keep to, as one sparse matrix: low ≤ matrix · x ≤ high, x 0 or 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from guiju.review.assignment.table import Floats, Ints, Table

CHANCES = 1024
SCALE = 128.0  # moves the solver's absolute tolerances well below the weight of one chance


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one family: for each entry its row, its column and its weight. `name`: `panel`, `load`, `in_field`,
    `kind:…` (rows: applications, experts for `load`), `institution`, `floor`."""

    name: str
    row: Ints
    column: Ints
    weight: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Columns of a table with their rows. `objective` is to be made as great as possible; `first`: the least value of
    each column, 1 where it is fixed."""

    columns: Ints
    matrix: Any
    low: Floats
    high: Floats
    objective: Floats
    first: Floats


def program_of(table: Table, columns: Ints, floor: int | None) -> Program:
    """The program over some columns. `floor`: what every panel's fit must reach; None: no such row."""
    listed = list(families(table, columns, floor))
    sizes = np.cumsum([0, *(len(f.low) for f in listed)])
    row = np.concatenate([f.row + start for f, start in zip(listed, sizes, strict=False)])
    matrix = sparse.csc_array((np.concatenate([f.weight for f in listed]),
                               (row, np.concatenate([f.column for f in listed]))),
                              shape=(int(sizes[-1]), len(columns)))
    return Program(columns, matrix, np.concatenate([f.low for f in listed]), np.concatenate([f.high for f in listed]),
                   weights(table)[columns], table.fixed[columns].astype(float))


def weights(table: Table) -> Floats:
    """What each pair is worth. The chances of all pairs of a result together weigh less than one point of fit, so a
    greatest sum has the greatest fit, and the seed decides only between equals."""
    pairs = table.problem.panel * len(table.applications)
    return SCALE * (table.fit + table.chance / (CHANCES * (pairs + 1)))


def families(table: Table, columns: Ints, floor: int | None) -> Iterator[Rows]:
    """The rows over some columns, family by family, the floor's last."""
    problem = table.problem
    case, person = table.application[columns], table.expert[columns]
    cases = len(table.applications)
    every = np.arange(len(columns))
    yield _rows("panel", case, every, cases, problem.panel, problem.panel)
    yield _rows("load", person, every, len(table.experts), table.least, table.most)
    if problem.in_field:
        known = table.in_field[columns]
        yield _rows("in_field", case[known], every[known], cases, problem.in_field, np.inf)
    for kind, members in zip(sorted(problem.kinds), table.kinds, strict=True):
        own = members[person]
        yield _rows(f"kind:{kind}", case[own], every[own], cases, problem.kinds[kind], np.inf)
    if problem.one_per_institution:
        yield _institution_rows(table, case, person, every)
    if floor is not None:
        yield _rows("floor", case, every, cases, floor, np.inf, table.fit[columns].astype(float))


def _institution_rows(table: Table, case: Ints, person: Ints, every: Ints) -> Rows:
    """One row for each application and institution of which an expert might review it."""
    groups, group, grouped = institution_groups(table, case, person)
    return _rows("institution", group, every[grouped], len(groups), -np.inf, 1)


def institution_groups(table: Table, case: Ints, person: Ints) -> tuple[Ints, Ints, Ints]:
    """The (application, institution) that occur, as rows; the row of each column with a known institution; and which
    columns these are."""
    grouped = np.nonzero(table.institution[person] >= 0)[0]
    both = np.stack([case[grouped], table.institution[person[grouped]]], axis=1)
    key = both[:, 0] * (len(table.experts) + 1) + both[:, 1]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return both[first], group, grouped


def _rows(name: str, row: Ints, column: Ints, count: int, low: Any, high: Any, weight: Floats | None = None) -> Rows:
    return Rows(name, row, column, np.ones(len(row)) if weight is None else weight,
                np.broadcast_to(np.asarray(low, float), count).copy(),
                np.broadcast_to(np.asarray(high, float), count).copy())
