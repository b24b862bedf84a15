"""Random walks as proof: whatever is done to a case, it stays lawful, nothing is lost, every refusal says why and what
would lift it, and an end can still be reached.

GUIJU_HYPOTHESIS=long searches for as long as one has patience; the usual run takes the same few walks of every chart.
"""

from __future__ import annotations

import datetime as dt
import os
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from random_walks import (
    CALENDAR,
    IDS,
    any_try,
    faults_of_case,
    faults_of_looking,
    faults_of_options,
    faults_of_tries,
    faults_of_ways_out,
    some_day,
    walked,
    walker_of,
)

from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.case import Case
from guiju.lifecycle.fold import fold
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.simulation.walker import MOST_EVENTS

LONG = os.environ.get("GUIJU_HYPOTHESIS") in ("long", "many")
COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
SEEDS = st.integers(0, 2**32 - 1)
few = settings(max_examples=400, **COMMON) if LONG else settings(max_examples=4, derandomize=True, database=None,
                                                                 **COMMON)


@pytest.mark.parametrize("id_", IDS)
@few
@given(seed=SEEDS)
def test_whatever_is_done_the_case_stays_lawful(id_: str, seed: int) -> None:
    case, random = walked(id_, seed), Random(seed)
    if case is None:
        return
    assert list(faults_of_case(case)) == []

    part = fold(case.events[:random.randint(1, len(case.events))], case.chart, CALENDAR)
    day = some_day(part, random)
    assert list(faults_of_looking(part, day)) == []
    assert list(faults_of_tries(part, random)) == []
    assert list(faults_of_options(part, day, random)) == []
    for stand in {part.stage: part, case.stage: case}.values():
        assert list(faults_of_ways_out(stand, seed)) == []


class AnyCase(RuleBasedStateMachine):
    """A case of some chart, to which anything is done in any order."""

    case: Case | None = None

    @initialize(id_=st.sampled_from(IDS), seed=SEEDS)
    def open(self, id_: str, seed: int) -> None:
        self.walker, start = walker_of(id_, Random(seed))
        self.case = self.walker.opened("任一案件", start)
        self.today = start if self.case is None else self.case.last.date

    @precondition(lambda self: self.case is not None)
    @rule(days=st.sampled_from([0, 1, 5, 30, 366, 1500]))
    def time_goes_by(self, days: int) -> None:
        assert self.case is not None
        self.today += dt.timedelta(days=days)
        before = self.case
        self.case = case_at(self.case, self.today, CALENDAR)
        assert self.case.events[:len(before.events)] == before.events
        assert list(faults_of_looking(self.case, self.today)) == []

    @precondition(lambda self: self.case is not None and len(self.case.events) < MOST_EVENTS)
    @rule(place=st.integers(0, 40))
    def a_lawful_move(self, place: int) -> None:
        assert self.case is not None
        self.case = case_at(self.case, self.today, CALENDAR)
        ways = list(self.walker.ways(self.case))
        if ways:
            self.take(self.walker.attempt(self.case, ways[place % len(ways)], self.today))

    @precondition(lambda self: self.case is not None)
    @rule(seed=SEEDS, days=st.sampled_from([-1, 0, 1, 30]))
    def any_move(self, seed: int, days: int) -> None:
        assert self.case is not None
        faults, result = any_try(self.case, Random(seed), max(self.today, self.case.last.date) + dt.timedelta(days))
        assert faults == []
        self.take(result)

    def take(self, result: Case | Refusal) -> None:
        """Go on with the case, if there is one."""
        assert self.case is not None
        if isinstance(result, Case):
            assert result.events[:len(self.case.events)] == self.case.events
            assert len(result.events) > len(self.case.events)
            self.case, self.today = result, max(self.today, result.last.date)

    @invariant()
    def stays_lawful(self) -> None:
        if self.case is not None:
            assert self.case.stage in self.case.chart.stages
            assert [e.number for e in self.case.events] == list(range(1, len(self.case.events) + 1))

    def teardown(self) -> None:
        if self.case is not None:
            assert list(faults_of_case(self.case)) == []
            assert list(faults_of_ways_out(self.case, 0)) == []


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = (settings(max_examples=3000, stateful_step_count=40, **COMMON) if LONG else
                        settings(max_examples=25, stateful_step_count=12, derandomize=True, database=None, **COMMON))
