"""The rules in Guiju's columns: the benchmark's policy as it is, with its outcome, score and payment."""

from __future__ import annotations

from typing import Any

import numpy as np
from engines.guiju_rules import YUAN, compiled

from crowd.columns import CHOICES, MONEY, Columns
from guiju.population.columns import Quantity, Status
from guiju.population.kernels.given import BYTE, bounds_of
from guiju.population.match import Answers, Matcher
from guiju.population.people import Population, Stored, Texts

_POLICY, _SETTING = compiled()  # with its module, as the other engines' rules are
_BASE = {**dict.fromkeys(MONEY, YUAN), "niche_years": 12}  # money in fen, years in months


def load(count: int, columns: Columns) -> Any:
    """The arrays as they are given; enumerations and small numbers in bytes."""
    facts = {}
    for name, values in columns.items():
        if values.dtype == np.bool_:
            facts[name] = Stored(Status(values, True))
            continue
        if name in CHOICES:
            enumeration = _POLICY.vocabulary.facts[name].enumeration
            assert enumeration is not None
            values = np.array([enumeration.index(word) for word in CHOICES[name]], np.int8)[values]
        elif max(map(abs, bounds_of(values))) <= BYTE:
            values = values.astype(np.int8)
        facts[name] = Stored(Quantity(values, values), 100 if name == "director_share" else 1,
                             bounds=bounds_of(values), times=_BASE.get(name, 1))
    return Matcher([(_POLICY, _SETTING)]), Population(count, facts, {}, Texts(), _POLICY.vocabulary)


def run(loaded: Any) -> dict[str, Any]:
    """Outcome, points, amount, some rows after another."""
    matcher, people = loaded
    found = {name: np.empty(people.count, kind)
             for name, kind in (("outcome", np.uint8), ("points", np.int32), ("amount", np.int32))}
    for rows, answers in matcher.parts(people):
        _keep(answers[0], {name: values[rows] for name, values in found.items()})
    return found


def _keep(answers: Answers, found: dict[str, Any]) -> None:
    assert answers.payment is not None
    assert not answers.left.any()
    passed, for_a_person = answers.goals[0] == 0, answers.goals[0] == 1
    np.add(passed.view(np.uint8), for_a_person.view(np.uint8) * 2, out=found["outcome"])
    found["points"][:] = answers.scores[0][0]
    found["amount"][:] = answers.payment[0] / YUAN
