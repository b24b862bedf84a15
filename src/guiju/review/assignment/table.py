"""The problem as columns of numbers: one column for each pair that may be made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guiju.review.assignment.fit import fit_of, in_field
from guiju.review.assignment.problem import Pair, Problem
from guiju.review.people import Application, Expert

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Experts and applications in the order of their ids, so that the order in which they came makes no difference.

    Columns, sorted by application, then expert: `application` and `expert` are places in these lists, `fit` whole
    points, `chance` the seed's word on the pair (0 to 1023), `fixed` whether it stands already, `in_field` whether the
    expert knows the field. For each expert: `least`, `most`, `institution` (a number, −1 if not known); `kinds` has a
    row for each required kind.
    """

    problem: Problem
    experts: list[Expert]
    applications: list[Application]
    application: Ints
    expert: Ints
    fit: Ints
    chance: Ints
    fixed: Flags
    in_field: Flags
    least: Ints
    most: Ints
    institution: Ints
    kinds: Flags

    def pairs(self, columns: Ints) -> tuple[Pair, ...]:
        """The pairs of some columns, by application, then expert."""
        return tuple((self.experts[self.expert[c]].id, self.applications[self.application[c]].id)
                     for c in np.sort(columns))

    def panel_fits(self, columns: Ints) -> Ints:
        """The sum of fits of each application's panel."""
        return np.bincount(self.application[columns], self.fit[columns], len(self.applications)).astype(np.int64)


def table_of(problem: Problem) -> Table:
    """The pairs that no conflict, ban or too small a fit keeps out. A fixed pair needs no fit."""
    experts = sorted(problem.experts, key=lambda e: e.id)
    applications = sorted(problem.applications, key=lambda a: a.id)
    fits = fits_of(problem, experts, applications)
    fixed = _marked(problem.fixed, experts, applications)
    out = _marked(problem.barred() | problem.forbidden, experts, applications)
    row, column = np.nonzero(~out & ((fits >= problem.least_fit) | fixed))
    known = np.array([[in_field(e, a) for e in experts] for a in applications], dtype=bool)
    shape = (len(applications), len(experts))
    loads = [problem.load_of(e.id) for e in experts]
    return Table(
        problem, experts, applications, row, column, fits[row, column],
        _chances(problem.seed, experts, applications)[row, column], fixed[row, column],
        known.reshape(shape)[row, column], np.array([x.least for x in loads], np.int64),
        np.array([x.most for x in loads], np.int64), _institutions(experts),
        np.array([[kind in e.kinds for e in experts] for kind in sorted(problem.kinds)], dtype=bool)
        .reshape(len(problem.kinds), len(experts)))


def fits_of(problem: Problem, experts: list[Expert], applications: list[Application]) -> Ints:
    """Points for every pair, a row for each application."""
    given = problem.fit
    points = [[fit_of(e, a).points if given is None else given[e.id, a.id] for e in experts] for a in applications]
    return np.array(points, np.int64).reshape(len(applications), len(experts))


def _marked(pairs: frozenset[Pair], experts: list[Expert], applications: list[Application]) -> Flags:
    marks = np.zeros((len(applications), len(experts)), dtype=bool)
    rows = {a.id: n for n, a in enumerate(applications)}
    columns = {e.id: n for n, e in enumerate(experts)}
    for expert, application in pairs:
        marks[rows[application], columns[expert]] = True
    return marks


def _institutions(experts: list[Expert]) -> Ints:
    keys = sorted({e.organisation.key for e in experts} - {""})
    places = {"": -1, **{key: n for n, key in enumerate(keys)}}
    return np.array([places[e.organisation.key] for e in experts], np.int64)


def _chances(seed: str, experts: list[Expert], applications: list[Application]) -> Ints:
    """A number from 0 to 1023 for each pair that depends on the seed and the two ids alone."""
    rows, columns = (np.array([_word(f"{seed}\n{side}\n{x.id}") for x in listed], np.uint64)
                     for side, listed in (("application", applications), ("expert", experts)))
    mixed = rows[:, None] ^ _mixed(columns)[None, :]
    return (_mixed(mixed) >> np.uint64(54)).astype(np.int64)


def _word(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _mixed(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Every bit of the result depends on every bit of the word: the finaliser of SplitMix64 (Steele et al. 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
