"""What the questions share: chunks of a population, and policies narrowed to what a question asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Condition, Goal, Policy
from guiju.population.columns import Status
from guiju.population.match import Answers, match
from guiju.population.people import Population
from guiju.population.statuses import some
from guiju.source.diagnostics import Span, fail


class Chunk(Protocol):
    """Some organisations: their keys, ascending through all chunks, and what is known of them."""

    @property
    def names(self) -> Any: ...

    @property
    def people(self) -> Population: ...


def names_of(chunk: Chunk) -> list[str]:
    """The organisations' keys, from a list or from an Arrow column."""
    names = chunk.names
    return list(names.to_pylist() if hasattr(names, "to_pylist") else names)


def in_order(chunks: Iterable[Chunk]) -> Iterator[tuple[int, list[str], Population]]:
    """The chunks with the number of their first organisation and its keys. Raises GuijuError where a key does not stand
    behind the one before: what is decided by key would then hang on the order of the rows."""
    first, last = 0, ""
    for chunk in chunks:
        names = names_of(chunk)
        for before, after in zip([last, *names], names, strict=False):
            if before >= after and (before or first):
                raise fail("E971", Span("organisations"), f"单位“{after}”不在“{before}”之后：须按单位升序、不重复",
                           f"'{after}' does not come after '{before}': organisations must ascend and be unique")
        yield first, names, chunk.people
        first, last = first + len(names), names[-1] if names else last


def narrowed(policy: Policy, **parts: Any) -> Policy:
    """The policy with fewer goals, scores, benefits or limits; an object of its own, with nothing kept."""
    return replace(policy, kept={}, **parts)


def one_goal_each(policy: Policy, goal: Goal, conditions: Sequence[Condition]) -> Policy:
    """A policy that asks each of these conditions of the goal by itself, and the goal's score."""
    goals = tuple(replace(goal, id=c.id, conditions=(c,), node=c.node, pays=False) for c in conditions)
    scores = {goal.score: policy.scores[goal.score]} if goal.score else {}
    return narrowed(policy, goals=goals, scores=scores, benefits=(), limits=())


def answered(policy: Policy, setting: Setting, people: Population) -> Answers:
    return match(people, [(policy, setting)])[0]


def standing(policy: Policy, answers: Answers, paying: bool = False) -> NDArray[np.uint8]:
    """The best of the main goals, or of those that pay, for each organisation."""
    codes = [column for goal, column in zip(policy.goals, answers.goals, strict=True)
             if (goal.pays if paying else goal.main)]
    return np.asarray(some([Status(c) for c in codes]).codes, np.uint8)
