"""Who is one change away from a goal, and by which change. Every change that is named has been evaluated.

An organisation is asked about only where the goal surely fails, or where only a person's decision is open. A fact is
first taken as not known at all: where the goal then still fails, no value of it helps, and none is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.facts.model import Row, unknown
from guiju.language.policy import Condition, Goal, Policy
from guiju.population.people import Population, Stored
from guiju.population.questions.altered import blanked, with_fact, without_records
from guiju.population.questions.asking import Chunk, in_order
from guiju.population.questions.levers import Cone, Options, cone_of, options
from guiju.population.questions.rows import Addition, RowMaker
from guiju.population.questions.trials import Asked, Base, Change, Codes, Places
from guiju.values import FAIL, NOT_APPLICABLE, PASS, REVIEW, UNDECIDED, Value
from guiju.vocabulary import Field

AT_ONCE = 262_144  # organisations that are tried with other values at a time


@dataclass(frozen=True, slots=True)
class Step:
    """One change for one organisation: a fact gets a value, or a record set `times` more rows like `row`. `before` and
    `after`: the goal's status; `mends`: the conditions that then stand better."""

    number: int
    name: str
    goal: str
    target: str
    before: int
    after: int
    mends: tuple[Condition, ...] = ()
    now: Value | None = None
    value: Value | None = None
    row: Row | None = None
    times: int = 0

    @property
    def surely(self) -> bool:
        """Whether the goal then surely holds."""
        return self.after in (PASS, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Steps:
    """The changes of one fact or record set: of organisations by their number in the source, ascending, at most one
    each. `mends`: of each condition that counts, whose it mends; `step` makes one of them."""

    target: str
    numbers: NDArray[np.int64]
    sure: NDArray[np.bool_]
    mends: tuple[tuple[Condition, NDArray[np.bool_]], ...]
    step: Callable[[int], Step]


@dataclass(frozen=True, slots=True)
class Near:
    """One chunk's answer: how many were asked, hold, fail, wait for a person, or are not decided; and the changes, at
    most one of each fact and each record set for each organisation, the smallest."""

    everybody: int
    holding: int
    failing: int
    waiting: int
    undecided: int
    changes: tuple[Steps, ...]

    @property
    def steps(self) -> Iterator[Step]:
        """By organisation; those that surely do before those that possibly do."""
        numbers, unsure, place, at = self._columns()
        for n in np.lexsort((at, place, unsure, numbers)):
            yield self.changes[int(place[n])].step(int(at[n]))

    def first(self, count: int, *, sure: bool) -> list[Step]:
        """So many of the steps that surely bring it, or only possibly, by organisation."""
        numbers, unsure, place, at = self._columns()
        here = np.flatnonzero(unsure != sure) if count else numbers[:0]
        order = here[np.lexsort((at[here], place[here], numbers[here]))][:count]
        return [self.changes[int(place[n])].step(int(at[n])) for n in order]

    def near(self) -> tuple[int, int]:
        """How many organisations are near, and how many of them surely."""
        numbers, unsure, _, _ = self._columns()
        return len(np.unique(numbers)), len(np.unique(numbers[~unsure]))

    def _columns(self) -> tuple[Any, Any, Any, Any]:
        """Of all steps: whose, whether only possibly, in which group and where there."""
        groups = self.changes
        if not groups:
            return np.zeros(0, np.int64), np.zeros(0, np.bool_), np.zeros(0, np.int64), np.zeros(0, np.int64)
        sizes = [len(group.numbers) for group in groups]
        return (np.concatenate([group.numbers for group in groups]), ~np.concatenate([group.sure for group in groups]),
                np.repeat(np.arange(len(groups)), sizes), np.concatenate([np.arange(size) for size in sizes]))


def near(chunks: Iterable[Chunk], policy: Policy, goals: Sequence[Goal],
         setting: Setting) -> Iterator[tuple[Near, ...]]:
    """Chunk by chunk, for each goal."""
    questions = [_Question(policy, goal, setting) for goal in goals]
    for first, names, people in in_order(chunks):
        yield tuple(_Near(question, Base(question.asked, people), names, first).found() for question in questions)


class _Question:
    """One goal, and what of it is the same for every chunk."""

    def __init__(self, policy: Policy, goal: Goal, setting: Setting) -> None:
        self.asked = Asked(policy, goal, setting)
        self.cone: Cone = cone_of(policy, goal)
        self.levers = self.cone.levers(policy)
        paid = [b.record for b in policy.benefits if b.record] if goal.pays else []
        self.records = list(dict.fromkeys([*self.cone.records(), *paid]))
        self.rows = RowMaker(policy, goal, self.cone)


@dataclass(slots=True)
class _Near:
    """One goal asked of one chunk."""

    q: _Question
    base: Base
    names: list[str]
    first: int

    def found(self) -> Near:
        now = self.base.now.goal
        waiting = now == REVIEW
        changes: list[Steps] = []
        pool = self._open_at_all(np.flatnonzero((now == FAIL) | waiting))
        if len(pool):
            changes += [steps for entry in self.q.levers for steps in self._by_fact(entry, pool)]
            changes += [steps for record in self._records() for steps in self._by_record(record, pool)]
        holding = (now == PASS) | (now == NOT_APPLICABLE)
        return Near(len(now), int(np.count_nonzero(holding)), int(np.count_nonzero(now == FAIL)), int(waiting.sum()),
                    int(np.count_nonzero((now & UNDECIDED > 0) & ~waiting)), tuple(changes))

    def _records(self) -> list[str]:
        return [record for record in self.q.records if record in self.base.people.tables]

    def _open_at_all(self, pool: Places) -> Places:
        """Whose conditions do not fail whatever could be changed."""
        records = self._records()

        def nothing_known(people: Population, at: Places) -> Population:
            for entry in self.q.levers:
                people = blanked(people, entry.id)
            for record in records:
                people = without_records(people, record)
            return people

        levers = frozenset([*(entry.id for entry in self.q.levers), *records])
        return np.asarray(pool[self.base.goal_if(levers, pool, nothing_known, payment=False) != FAIL])

    def _helped(self, lever: str, pool: Places, blank: Callable[[Population], Population]) -> Places:
        """Whose conditions do not fail whatever this one thing is."""
        found = self.base.goal_if(frozenset({lever}), pool, lambda people, at: blank(people), payment=False)
        return np.asarray(pool[found != FAIL])

    def _by_fact(self, entry: Field, pool: Places) -> Iterator[Steps]:
        pool = self._helped(entry.id, pool, lambda people: blanked(people, entry.id))
        if not len(pool):
            return
        found = options(self.base, self.q.cone, entry, pool)
        after = self._tried(entry, pool, found)
        at, ways = _smallest(self.base.now.goal[pool], after, found)
        if not len(at):
            return
        places, values = pool[at], found.values[ways, at]
        column = Stored(found.column(entry, values), found.scale)
        people = self.base.people
        held = people.facts.get(entry.id)

        def change(some: Population, here: Places) -> Population:
            return with_fact(some, entry.id, found.column(entry, values[here]), found.scale)

        def what(number: int) -> dict[str, Any]:
            now = unknown(entry) if held is None else held.value(int(places[number]), people.texts, entry)
            return {"now": now, "value": column.value(number, people.texts, entry)}

        yield self._steps(entry.id, places, after[ways, at], change, what)

    def _tried(self, entry: Field, pool: Places, found: Options) -> Codes:
        """The goal's status with each value, for each organisation; FAIL where there is no value to try."""
        after = np.full(found.values.shape, FAIL, np.uint8)
        ways, at = np.nonzero(~np.isnan(found.values))
        for start in range(0, len(ways), AT_ONCE):
            way, place = ways[start:start + AT_ONCE], at[start:start + AT_ONCE]
            values = found.values[way, place]

            def change(people: Population, here: Places, values: Any = values) -> Population:
                return with_fact(people, entry.id, found.column(entry, values[here]), found.scale)

            after[way, place] = self.base.goal_if(frozenset({entry.id}), pool[place], change)
        return after

    def _by_record(self, record: str, pool: Places) -> Iterator[Steps]:
        pool = self._helped(record, pool, lambda people: without_records(people, record))
        found = [(addition, self._with_rows(addition)) for addition in self.q.rows.more_rows(self.base, record, pool)
                 ] if len(pool) else []
        if not found:
            return
        places, times = (np.concatenate([getattr(a, name) for a, _ in found]) for name in ("places", "times"))
        after = np.concatenate([codes for _, codes in found])
        turn = np.concatenate([np.full(len(codes), n) for n, (_, codes) in enumerate(found)])
        within = np.concatenate([np.arange(len(codes)) for _, codes in found])
        sure = (after == PASS) | (after == NOT_APPLICABLE)
        better = np.flatnonzero(sure | ((after & UNDECIDED > 0) & (self.base.now.goal[places] == FAIL)))
        order = better[np.lexsort((turn[better], times[better], ~sure[better], places[better]))]
        best = order[np.unique(places[order], return_index=True)[1]]  # the first of each organisation
        for number, (addition, codes) in enumerate(found):
            here = within[best[turn[best] == number]]
            if len(here):
                yield self._added(record, addition, here, codes[here])

    def _with_rows(self, addition: Addition) -> Codes:
        parts = [addition.part(slice(start, start + AT_ONCE)) for start in range(0, len(addition.places), AT_ONCE)]
        return np.concatenate([self.base.goal_if(frozenset({addition.record}), part.places, part.applied)
                               for part in parts] or [np.zeros(0, np.uint8)])

    def _added(self, record: str, addition: Addition, here: Places, after: Codes) -> Steps:
        def what(number: int) -> dict[str, Any]:
            at = here[number]
            return {"row": addition.rows[int(addition.which[at])], "times": int(addition.times[at])}

        def change(people: Population, at: Places) -> Population:
            return addition.applied(people, here[at])

        return self._steps(record, addition.places[here], after, change, what)

    def _steps(self, target: str, places: Places, after: Codes, change: Change,
               what: Callable[[int], dict[str, Any]]) -> Steps:
        """The steps with what they mend; `what` says what is changed in one of them."""
        before = self.base.now
        conditions = self.q.asked.conditions
        then = self.base.statuses_if(frozenset({target}), places, change)
        mends = tuple((c, _better(old[places], new)) for c, old, new in zip(conditions, before.conditions, then,
                                                                           strict=True))
        goal = self.q.asked.goal.id

        def made(number: int) -> Step:
            place = int(places[number])
            return Step(self.first + place, self.names[place], goal, target, int(before.goal[place]),
                        int(after[number]), tuple(c for c, mended in mends if mended[number]), **what(number))

        return Steps(target, self.first + places, (after == PASS) | (after == NOT_APPLICABLE), mends, made)


def _better(before: Codes, after: Codes) -> NDArray[np.bool_]:
    """What failed and fails no longer, or was open and is decided for good."""
    settled = (after == PASS) | (after == NOT_APPLICABLE)
    return np.asarray(((before == FAIL) & (after != FAIL)) | ((before & UNDECIDED > 0) & settled))


def _smallest(before: Codes, after: Codes, found: Options) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each organisation that a value betters, and the value: surely before possibly, then the smallest change."""
    sure = (after == PASS) | (after == NOT_APPLICABLE)
    better = sure | ((after & UNDECIDED > 0) & (before == FAIL))
    ways, places = np.nonzero(better)
    order = np.lexsort((ways, found.changes()[ways, places], ~sure[ways, places], places))
    first = order[np.unique(places[order], return_index=True)[1]]
    return places[first], ways[first]
