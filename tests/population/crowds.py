"""Small populations: the worked cases of a policy as its organisations, and facts that differ in one point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.cases import read_cases
from guiju.evaluate.evaluation import Evaluation, Setting, setting_for
from guiju.evaluate.trial import evaluation_of
from guiju.facts.model import Facts
from guiju.language.library import POLICIES, load_library
from guiju.language.policy import Policy
from guiju.population.people import Population, population_of
from guiju.source.diagnostics import GuijuError

LIBRARY = load_library()


@dataclass(frozen=True, slots=True)
class Crowd:
    """A chunk as the questions take it."""

    names: Sequence[str]
    people: Population


def worked(id_: str, as_of: dt.date | None = None) -> list[Evaluation]:
    """The cases of a policy that can be evaluated under its own readings, on one day if one is given."""
    policy = LIBRARY.policy(id_)
    found = []
    for case in read_cases(POLICIES / id_, policy):
        try:
            made = evaluation_of(case, policy)
        except GuijuError:
            continue  # a case of what is refused
        usual = setting_for(policy, made.setting.as_of, made.setting.known_at)
        if made.setting == usual and as_of in (None, made.setting.as_of):
            found.append(made)
    return found


def crowds(everybody: Sequence[Facts], size: int = 1000, named: Sequence[str] = ()) -> Iterator[Crowd]:
    """The organisations in chunks, called U0000, U0001 … where they have no names."""
    names = list(named) or [f"U{n:04}" for n in range(len(everybody))]
    for start in range(0, len(everybody), size):
        part = slice(start, start + size)
        yield Crowd(names[part], population_of(everybody[part], LIBRARY.vocabulary))


def usual(policy: Policy, as_of: str) -> Setting:
    return setting_for(policy, dt.date.fromisoformat(as_of))


def number_of(rows: Iterable[Any]) -> list[int]:
    return [row.number for row in rows]
