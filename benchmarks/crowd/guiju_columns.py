"""The rules in Guiju's columns: the benchmark's policy as it is, with its outcome, score and payment."""

from __future__ import annotations

from typing import Any

import numpy as np
from engines.guiju_rules import YUAN, compiled

from crowd.columns import CHOICES, MONEY, Columns
from guiju.population.columns import Quantity, Status, taken
from guiju.population.kernels.given import BYTE, bounds_of
from guiju.population.match import Answers, Matcher
from guiju.population.people import Population, Stored, Texts

_BASE = {**dict.fromkeys(MONEY, YUAN), "niche_years": 12}  # money in fen, years in months
_CHUNK = 28_672


def load(count: int, columns: Columns) -> Any:
    """The arrays as they are given; enumerations and small numbers in bytes."""
    policy, setting = compiled()
    facts = {}
    for name, values in columns.items():
        if values.dtype == np.bool_:
            facts[name] = Stored(Status(values, True))
            continue
        if name in CHOICES:
            enumeration = policy.vocabulary.facts[name].enumeration
            assert enumeration is not None
            values = np.array([enumeration.index(word) for word in CHOICES[name]], np.int8)[values]
        elif max(map(abs, bounds_of(values))) <= BYTE:
            values = values.astype(np.int8)
        facts[name] = Stored(Quantity(values, values), 100 if name == "director_share" else 1,
                             bounds=bounds_of(values), times=_BASE.get(name, 1))
    return Matcher([(policy, setting)]), Population(count, facts, {}, Texts(), policy.vocabulary)


def run(loaded: Any) -> dict[str, Any]:
    """Outcome, points, amount, chunk by chunk."""
    matcher, people = loaded
    count = people.count
    found = {"outcome": np.empty(count, np.uint8), "points": np.empty(count), "amount": np.empty(count)}
    for first in range(0, count, _CHUNK):
        rows = slice(first, min(first + _CHUNK, count))
        _keep(matcher(_part(people, rows))[0], {name: values[rows] for name, values in found.items()})
    return found


def _keep(answers: Answers, found: dict[str, Any]) -> None:
    assert answers.payment is not None
    assert not answers.left.any()
    passed, for_a_person = answers.goals[0] == 0, answers.goals[0] == 1
    np.add(passed.view(np.uint8), for_a_person.view(np.uint8) * 2, out=found["outcome"])
    found["points"][:] = answers.scores[0][0]
    np.divide(answers.payment[0], YUAN, out=found["amount"])


def _part(people: Population, rows: slice) -> Population:
    facts = {id_: Stored(taken(stored.column, rows), stored.scale, bounds=stored.bounds, times=stored.times)
             for id_, stored in people.facts.items()}
    return Population(rows.stop - rows.start, facts, {}, people.texts, people.vocabulary)
