"""The rules in Guiju's columns: the benchmark's policy as it is, with its outcome, score and payment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from engines.guiju_rules import YUAN, compiled

from crowd.columns import CHOICES, MONEY, Columns
from guiju.population.columns import Quantity, Status, taken
from guiju.population.kernels.given import bounds_of
from guiju.population.match import Matcher
from guiju.population.people import Population, Stored, Texts

_OUTCOMES = np.zeros(256, np.int64)
_OUTCOMES[0], _OUTCOMES[1] = 1, 2  # passed; for a person to decide
_BASE = {**dict.fromkeys(MONEY, YUAN), "niche_years": 12}  # money in fen, years in months
_CHUNK = 65_536


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
        low = values.astype(np.float64) * _BASE.get(name, 1)
        facts[name] = Stored(Quantity(low, low), 100 if name == "director_share" else 1, bounds=bounds_of(low))
    return Matcher([(policy, setting)]), Population(count, facts, {}, Texts(), policy.vocabulary)


def run(loaded: Any) -> dict[str, Any]:
    """Outcome, points, amount, chunk by chunk."""
    matcher, people = loaded
    found: dict[str, Any] = {"outcome": [], "points": [], "amount": []}
    for first in range(0, people.count, _CHUNK):
        answers = matcher(_part(people, first, min(first + _CHUNK, people.count)))[0]
        assert answers.payment is not None
        assert not answers.left.any()
        found["outcome"].append(_OUTCOMES[answers.goals[0]])
        found["points"].append(answers.scores[0][0])
        found["amount"].append(answers.payment[0])
    return {"outcome": np.concatenate(found["outcome"]), "points": np.concatenate(found["points"]),
            "amount": np.concatenate(found["amount"]) / YUAN}


def _part(people: Population, first: int, last: int) -> Population:
    rows = slice(first, last)
    facts = {id_: replace(stored, column=taken(stored.column, rows)) for id_, stored in people.facts.items()}
    return Population(last - first, facts, {}, people.texts, people.vocabulary)
