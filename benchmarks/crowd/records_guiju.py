"""The fund in Guiju's columns, with its outcome and payment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np

from crowd.columns import Columns
from crowd.record_columns import FACTS, FIELDS, LEVELS
from guiju.evaluate.evaluation import setting_for
from guiju.language.compile import compile_policy
from guiju.population.columns import Quantity, Status
from guiju.population.match import Matcher
from guiju.population.people import Population, Stored, Table, Texts
from guiju.vocabulary import load_vocabulary

HERE = Path(__file__).parent.parent
AS_OF = dt.date(2025, 6, 1)
YUAN = 100  # fen
_CHUNK = 65_536


def load(count: int, columns: Columns) -> Any:
    vocabulary = load_vocabulary(HERE / "vocabulary")
    policy = compile_policy(HERE / "fund", vocabulary)
    record = vocabulary.records["standard"]
    enumeration = record.fields[record.position("level")].enumeration
    assert enumeration is not None
    places = np.array([enumeration.index(word) for word in LEVELS])
    held = {**columns, "level": places[columns["level"]], "cost": columns["cost"] * YUAN}
    facts = {id_: _stored(held[id_]) for id_ in FACTS}
    fields = tuple(_stored(held[field.id]) for field in record.fields)
    assert {field.id for field in record.fields} == set(FIELDS)
    return Matcher([(policy, setting_for(policy, AS_OF))]), Population(
        count, facts, {"standard": Table(columns["owner"], fields)}, Texts(), vocabulary)


def _stored(values: Any) -> Stored:
    if values.dtype == np.bool_:
        return Stored(Status(np.where(values, 0, 8).astype(np.uint8), True))
    low = values.astype(np.float64)
    return Stored(Quantity(low, low))


def run(loaded: Any) -> dict[str, Any]:
    """Outcome (1: something is paid) and amount in yuan, chunk by chunk."""
    matcher, people = loaded
    outcome, amount = [], []
    for first in range(0, people.count, _CHUNK):
        answers = matcher(people.part(slice(first, min(first + _CHUNK, people.count))))[0]
        assert answers.payment is not None
        assert not answers.left.any()
        outcome.append(answers.goals[0] == 0)
        amount.append(answers.payment[0])
    return {"outcome": np.concatenate(outcome), "amount": np.concatenate(amount) / YUAN}
