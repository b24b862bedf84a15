"""What the questions share: chunks of a population, and policies narrowed to what a question asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from guiju.language.policy import Condition, Goal, Policy
from guiju.population.people import Population
from guiju.source.diagnostics import Span, fail


class Chunk(Protocol):
    """Some organisations: their keys, ascending through all chunks, and what is known of them."""

    @property
    def names(self) -> Any: ...

    @property
    def people(self) -> Population: ...


def ordered(chunks: Iterable[Chunk]) -> Iterator[tuple[int, pa.Array, Population]]:
    """The chunks with the number of their first organisation and its keys. Raises GuijuError E971 where a key does not
    stand behind the one before: what is decided by key would then hang on the order of the rows."""
    first, last = 0, None
    for chunk in chunks:
        names = chunk.names if isinstance(chunk.names, pa.Array) else pa.array(chunk.names, pa.string())
        row = names if last is None else pa.concat_arrays([last, names])
        wrong = pc.index(pc.greater_equal(row[:-1], row[1:]), True).as_py()
        if wrong >= 0:
            before, after = row[wrong].as_py(), row[wrong + 1].as_py()
            raise fail("E971", Span("organisations"), f"单位“{after}”不在“{before}”之后：须按单位升序、不重复",
                       f"'{after}' does not come after '{before}': organisations must ascend and be unique")
        yield first, names, chunk.people
        first, last = first + len(names), row[-1:]


def in_order(chunks: Iterable[Chunk]) -> Iterator[tuple[int, list[str], Population]]:
    """The same with the keys as a list."""
    for first, names, people in ordered(chunks):
        yield first, names.to_pylist(), people


def narrowed(policy: Policy, **parts: Any) -> Policy:
    """The policy with fewer goals, scores, benefits or limits; an object of its own, with nothing kept."""
    return replace(policy, kept={}, **parts)


def one_goal_each(policy: Policy, goal: Goal, conditions: Sequence[Condition]) -> Policy:
    """A policy that asks each of these conditions of the goal by itself, and the goal's score."""
    goals = tuple(replace(goal, id=c.id, conditions=(c,), node=c.node, pays=False) for c in conditions)
    scores = {goal.score: policy.scores[goal.score]} if goal.score else {}
    return narrowed(policy, goals=goals, scores=scores, benefits=(), limits=())
