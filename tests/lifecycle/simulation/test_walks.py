"""Cases walked by chance: lawful, the same for the same seed, led by the odds."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import pytest

from guiju.calendar import Calendar
from guiju.lifecycle.casefile import verify
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.fold import fold
from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.simulation.odds import Exploring, Odds
from guiju.lifecycle.simulation.samples import Samples, example_setting, known_samples
from guiju.lifecycle.simulation.walker import Walk, Walker

START = dt.date(2024, 2, 1)
SETTING = {"quota": "2 项"}


@pytest.fixture
def walk(chart: Chart, samples: Samples, calendar: Calendar) -> Any:
    def walk_(seed: int, odds: Odds | None = None, start: dt.date = START, **parameters: str) -> Walk:
        walker = Walker(chart, calendar, Random(seed), odds or Odds(), parameters=SETTING | parameters,
                        samples=samples)
        return walker.walked("一", start)
    return walk_


def test_the_same_seed_walks_the_same_way(walk: Any) -> None:
    for seed in range(20):
        assert walk(seed) == walk(seed)


def test_every_walk_comes_to_an_end_by_lawful_moves(walk: Any, chart: Chart, calendar: Calendar) -> None:
    for seed in range(40):
        found = walk(seed)
        assert found.end == "ended"
        assert verify(found.case.events, found.case.head) == []
        assert fold(found.case.events, chart, calendar) == found.case


def test_walks_come_to_every_end_and_make_every_move(walk: Any, chart: Chart) -> None:
    odds = Exploring()
    walks = [walk(seed, odds) for seed in range(60)]
    assert {w.case.stage for w in walks} == {"refused", "done", "withdrawn"}
    assert {e.move for w in walks for e in w.case.events if not e.thread} == set(chart.moves)


def test_a_chance_of_nothing_is_never_taken_and_a_chance_of_one_always(walk: Any) -> None:
    odds = Odds({"decline": 0.0, "withdraw": 0.0, "objection:raise": 0.0}, late=0.0)
    assert {walk(seed, odds).case.stage for seed in range(20)} == {"done"}
    odds = Odds({"decline": 1.0})
    assert {walk(seed, odds).case.stage for seed in range(20)} == {"refused"}


def test_a_given_chance_shows_in_the_counts(walk: Any) -> None:
    stages = Counter(walk(seed, Odds({"decline": 0.3, "objection:raise": 0.0})).case.events[-1].move
                     for seed in range(200))
    assert 0.41 < stages["decline"] / 200 < 0.61  # twice 0.3: before the notice and after it


def test_stages_wait_as_long_as_they_are_told(walk: Any) -> None:
    odds = Odds(days={"draft": (3, 3), "review": (10, 10)}, late=0.0)
    for seed in range(20):
        events = [e for e in walk(seed, odds).case.events if not e.thread]
        assert (events[1].date - events[0].date).days == 3
        assert (events[2].date - events[1].date).days == 10


def test_what_is_missed_is_as_frequent_as_told(walk: Any) -> None:
    for late, marked in ((0.0, False), (1.0, True)):
        odds = Odds({"withdraw": 0.0, "decline": 0.0, "extend": 0.0}, late=late)
        assert any(walk(seed, odds).case.marks for seed in range(10)) == marked


def test_a_case_that_can_not_go_on_is_stuck_and_says_why(chart: Chart, samples: Samples, calendar: Calendar) -> None:
    walker = Walker(chart, calendar, Random(1), samples=samples)  # the quota is not set
    found = walker.walked("一", START)
    assert (found.case and found.case.stage, found.end) == ("draft", "stuck")
    assert list(found.met) == [("open", "in-quota"), ("late", "window")]


@pytest.mark.parametrize("id_", ["national/quality-standards-laboratory"])
def test_the_laboratory_comes_into_operation_and_off_the_list(id_: str, calendar: Calendar) -> None:
    chart = installed_charts().chart(id_)
    samples = known_samples(installed_charts(), chart)
    setting = example_setting(chart, samples)
    seen: set[str] = set()
    for seed in range(60):
        walker = Walker(chart, calendar, Random(seed), Odds(), setting.round, setting.parameters, samples)
        case = walker.walked(str(seed), setting.start or START).case
        seen |= {chart.moves[e.move].target for e in case.events if not e.thread} if case is not None else set()
    assert seen >= {"S05", "S14", "S20", "S30", "S39"}
