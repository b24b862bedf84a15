"""Who is one change away from a goal, and by which change. Every change that is named has been evaluated.

An organisation is asked about only where the goal surely fails, or where only a person's decision is open. A fact is
first taken as not known at all: where the goal then still fails, no value of it helps, and none is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.facts.model import Row
from guiju.language.policy import Goal, Policy
from guiju.population.people import Population, Stored
from guiju.population.questions.altered import blanked, picked, with_fact, without_records
from guiju.population.questions.asking import Chunk, answered, in_order, narrowed
from guiju.population.questions.levers import Cone, Options, cone_of, options
from guiju.population.questions.rows import more_rows
from guiju.values import FAIL, NOT_APPLICABLE, PASS, REVIEW, UNDECIDED, Value
from guiju.vocabulary import Field

Codes = NDArray[np.uint8]
AT_ONCE = 262_144  # organisations that are tried with other values at a time


@dataclass(frozen=True, slots=True)
class Step:
    """One change for one organisation: a fact gets a value, or a record set `times` more rows like `row`. `before` and
    `after`: the goal's status."""

    number: int
    name: str
    goal: str
    target: str
    before: int
    after: int
    now: Value | None = None
    value: Value | None = None
    row: Row | None = None
    times: int = 0

    @property
    def surely(self) -> bool:
        """Whether the goal then surely holds."""
        return self.after in (PASS, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Near:
    """One chunk's answer: how many were asked, hold, fail, wait for a person, or are not decided; and the changes, at
    most one of each fact and each record set for each organisation, the smallest."""

    everybody: int
    holding: int
    failing: int
    waiting: int
    undecided: int
    steps: tuple[Step, ...]


def near(chunks: Iterable[Chunk], policy: Policy, goal: Goal, setting: Setting) -> Iterator[Near]:
    """Chunk by chunk."""
    cone = cone_of(policy, goal)
    for first, names, people in in_order(chunks):
        yield _near(_Question(policy, goal, setting, cone, people, names, first))


@dataclass(slots=True)
class _Question:
    policy: Policy
    goal: Goal
    setting: Setting
    cone: Cone
    people: Population
    names: list[str]
    first: int

    def status(self, people: Population, *, payment: bool = True) -> Codes:
        """The goal's status for each; without `payment`, of its conditions alone."""
        pays = self.goal.pays and payment
        asked = narrowed(self.policy, goals=(replace(self.goal, pays=pays),), scores={},
                         benefits=self.policy.benefits if pays else (), limits=self.policy.limits if pays else ())
        return answered(asked, self.setting, people).goals[0]


def _near(q: _Question) -> Near:
    before = q.status(q.people)
    failing, waiting = before == FAIL, before == REVIEW
    pool = np.flatnonzero(failing | waiting)
    steps: list[Step] = []
    if len(pool):
        pool = pool[_open_at_all(q, picked(q.people, pool))]
        for entry in q.cone.levers(q.policy):
            steps += _by_fact(q, entry, pool, before)
        for record in _records(q):
            steps += _by_record(q, record, pool, before)
    steps.sort(key=lambda s: (s.number, not s.surely))
    return Near(len(before), int(np.count_nonzero((before == PASS) | (before == NOT_APPLICABLE))), int(failing.sum()),
                int(waiting.sum()), int(np.count_nonzero((before & UNDECIDED > 0) & ~waiting)), tuple(steps))


def _records(q: _Question) -> list[str]:
    paid = [b.record for b in q.policy.benefits if b.record] if q.goal.pays else []
    return [r for r in dict.fromkeys([*q.cone.records(), *paid]) if r in q.people.tables]


def _open_at_all(q: _Question, people: Population) -> NDArray[np.bool_]:
    """Whose conditions do not fail whatever could be changed."""
    for entry in q.cone.levers(q.policy):
        people = blanked(people, entry.id)
    for record in _records(q):
        people = without_records(people, record)
    return np.asarray(q.status(people, payment=False) != FAIL)


def _by_fact(q: _Question, entry: Field, pool: Any, before: Codes) -> Iterator[Step]:
    some = picked(q.people, pool)
    pool = pool[q.status(blanked(some, entry.id), payment=False) != FAIL]
    if not len(pool):
        return
    some = picked(q.people, pool)
    found = options(q.policy, q.cone, entry, some, q.setting)
    after = _tried(q, entry, some, found)
    for at, way in _smallest(before[pool], after, found):
        number = int(pool[at])
        yield Step(q.first + number, q.names[number], q.goal.id, entry.id, int(before[number]), int(after[way, at]),
                   now=_value_now(some, entry, at), value=_value(found, way, at, entry, some))


def _tried(q: _Question, entry: Field, people: Population, found: Options) -> Codes:
    """The goal's status with each value, for each organisation; FAIL where there is no value to try."""
    after = np.full(found.values.shape, FAIL, np.uint8)
    ways, places = np.nonzero(~np.isnan(found.values))
    for start in range(0, len(ways), AT_ONCE):
        way, place = ways[start:start + AT_ONCE], places[start:start + AT_ONCE]
        changed = with_fact(picked(people, place), entry.id, found.column(entry, found.values[way, place]), found.scale)
        after[way, place] = q.status(changed)
    return after


def _smallest(before: Codes, after: Codes, found: Options) -> Iterator[tuple[int, int]]:
    """Each organisation that a value betters, with the value: surely before possibly, then the smallest change."""
    sure = (after == PASS) | (after == NOT_APPLICABLE)
    better = sure | ((after & UNDECIDED > 0) & (before == FAIL))
    change = np.abs(found.values - found.now) / (np.abs(found.now) + found.scale)
    change = np.where(np.isnan(change), 0.0, change)
    ways, places = np.nonzero(better)
    order = np.lexsort((ways, change[ways, places], ~sure[ways, places], places))
    last = -1
    for at in order:
        if places[at] != last:
            last = int(places[at])
            yield last, int(ways[at])


def _value(found: Options, way: int, at: int, entry: Field, people: Population) -> Value:
    return Stored(found.column(entry, found.values[way, at:at + 1]), found.scale).value(0, people.texts, entry)


def _value_now(people: Population, entry: Field, at: int) -> Value | None:
    held = people.facts.get(entry.id)
    return None if held is None else held.value(at, people.texts, entry)


def _by_record(q: _Question, record: str, pool: Any, before: Codes) -> Iterator[Step]:
    some = picked(q.people, pool)
    pool = pool[q.status(without_records(some, record), payment=False) != FAIL]
    if not len(pool):
        return
    some = picked(q.people, pool)
    best: dict[int, Step] = {}
    for addition in more_rows(q.policy, q.goal, q.cone, record, some, q.setting):
        after = np.concatenate([q.status(addition.applied(some, part)) for part in addition.parts(AT_ONCE)] or
                               [np.zeros(0, np.uint8)])
        for place, times, which, code in zip(addition.owners, addition.times, addition.which, after, strict=True):
            number = int(pool[place])
            sure = code in (PASS, NOT_APPLICABLE)
            if not sure and not (code & UNDECIDED and before[number] == FAIL):
                continue
            held = best.get(number)
            if held is None or (not sure, times) < (not held.surely, held.times):
                best[number] = Step(q.first + number, q.names[number], q.goal.id, record, int(before[number]),
                                    int(code), row=addition.rows[which], times=int(times))
    yield from best.values()
