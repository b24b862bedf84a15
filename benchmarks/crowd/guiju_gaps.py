"""The rules in Guiju's columns where a share of all facts, as GAPS says, is not known."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from crowd import guiju_columns
from crowd.columns import SEED, Columns
from guiju.population.columns import Quantity, Status, merged
from guiju.population.people import Population, Stored, blank_column


def load(count: int, columns: Columns) -> Any:
    matcher, people = guiju_columns.load(count, columns)
    share, random = float(os.environ["GAPS"]), np.random.default_rng(SEED)
    facts = {id_: _hollow(stored, random.random(count) < share, people, id_) for id_, stored in people.facts.items()}
    return matcher, Population(count, facts, {}, people.texts, people.vocabulary)


def _hollow(stored: Stored, missing: Any, people: Population, id_: str) -> Stored:
    if not missing.any():
        return stored
    stored = stored.plain()
    column, blank = stored.column, blank_column(people.vocabulary.facts[id_])
    if isinstance(column, Status):
        assert isinstance(blank, Status)
        return Stored(Status(np.where(missing, blank.codes, column.codes).astype(np.uint8)))
    assert isinstance(blank, Quantity)
    whole = Quantity(blank.low * stored.scale, blank.high * stored.scale, blank.cause)
    return Stored(merged(missing, whole, column), stored.scale)


run = guiju_columns.run
