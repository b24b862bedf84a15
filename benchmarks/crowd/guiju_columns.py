"""The rules in Guiju's columns: the benchmark's policy as it is, with its outcome, score and payment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from engines.guiju_rules import YUAN, compiled

from crowd.columns import CHOICES, MONEY, Columns
from guiju.population.columns import Quantity, Status, taken
from guiju.population.kernels.given import BYTE, bounds_of
from guiju.population.match import Matcher
from guiju.population.people import Population, Stored, Texts

_OUTCOMES = np.zeros(256, np.uint8)
_OUTCOMES[0], _OUTCOMES[1] = 1, 2  # passed; for a person to decide
_BASE = {**dict.fromkeys(MONEY, YUAN), "niche_years": 12}  # money in fen, years in months
_CHUNK = 32_768


def load(count: int, columns: Columns) -> Any:
    policy, setting = compiled()
    facts = {}
    for name, values in columns.items():
        if values.dtype == np.bool_:
            facts[name] = Stored(Status(np.where(values, 0, 8).astype(np.uint8), True))
            continue
        if name in CHOICES:
            enumeration = policy.vocabulary.facts[name].enumeration
            assert enumeration is not None
            values = np.array([enumeration.index(word) for word in CHOICES[name]])[values]
        low: Any = values.astype(np.float64) * _BASE.get(name, 1)
        if abs(low).max() <= BYTE:
            low = low.astype(np.int8)
        facts[name] = Stored(Quantity(low, low), 100 if name == "director_share" else 1, bounds=bounds_of(low))
    return Matcher([(policy, setting)]), Population(count, facts, {}, Texts(), policy.vocabulary)


def run(loaded: Any) -> dict[str, Any]:
    """Outcome, points, amount, chunk by chunk."""
    matcher, people = loaded
    count = people.count
    found = {"outcome": np.empty(count, np.uint8), "points": np.empty(count), "amount": np.empty(count)}
    for first in range(0, count, _CHUNK):
        rows = slice(first, min(first + _CHUNK, count))
        answers = matcher(_part(people, rows))[0]
        assert answers.payment is not None
        assert not answers.left.any()
        np.take(_OUTCOMES, answers.goals[0], out=found["outcome"][rows], mode="clip")
        found["points"][rows] = answers.scores[0][0]
        np.divide(answers.payment[0], YUAN, out=found["amount"][rows])
    return found


def _part(people: Population, rows: slice) -> Population:
    facts = {id_: replace(stored, column=taken(stored.column, rows)) for id_, stored in people.facts.items()}
    return Population(rows.stop - rows.start, facts, {}, people.texts, people.vocabulary)
