"""What many walks are counted to."""

import datetime as dt
from collections import Counter

import pytest
from small_charts import building

from guiju.calendar import Calendar
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.simulation.odds import Odds
from guiju.lifecycle.simulation.report import Report, Run, Span, Spread, by_span, simulate, span_size, spread, stays
from guiju.lifecycle.simulation.samples import Samples, Setting

START = dt.date(2024, 2, 1)


def run(chart: Chart, count: int = 30, seed: int = 1, **words: str) -> Run:
    return Run(chart, Setting("", {"quota": "2 项"} | words), count, START, seed, Odds())


@pytest.fixture(scope="module")
def report(chart: Chart, samples: Samples, calendar: Calendar) -> Report:
    return simulate(run(chart), samples, calendar)


def test_the_same_run_gives_the_same_report(chart: Chart, samples: Samples, calendar: Calendar,
                                           report: Report) -> None:
    assert simulate(run(chart), samples, calendar) == report
    assert simulate(run(chart, seed=2), samples, calendar) != report


def test_a_longer_run_begins_like_a_shorter_one(chart: Chart, samples: Samples, calendar: Calendar,
                                                report: Report) -> None:
    more = simulate(run(chart, 40), samples, calendar)
    assert all(more.made[move] >= times for move, times in report.made.items())


def test_every_case_is_counted_once(report: Report) -> None:
    assert report.count == 30
    assert report.ends.total() + report.stuck.total() + report.running.total() + report.shut == 30
    assert {stage: len(days) for stage, days in report.durations.items()} == dict(report.ends)


def test_every_move_is_counted_once_by_role_and_month(report: Report) -> None:
    assert report.made.total() == report.moves
    assert sum(months.total() for months in report.loads.values()) == report.moves
    assert report.loads["HOST"]["2024-02"] >= 30


def test_waiting_adds_up_to_the_durations(report: Report) -> None:
    assert sum(map(sum, report.waits.values())) == sum(report.all_durations())


def test_the_days_of_each_stage_of_a_case(chart: Chart) -> None:
    assert list(stays(building(chart))) == [("draft", 29), ("review", 210), ("shown", 13)]


def test_what_is_open_leaves_every_case_stuck(chart: Chart, samples: Samples, calendar: Calendar) -> None:
    found = simulate(Run(chart, Setting(), 5, START, 1, Odds()), samples, calendar)
    assert (found.stuck, found.ends) == (Counter({"draft": 5}), Counter())
    assert found.met["open", "in-quota"] >= 5


@pytest.mark.parametrize(("days", "expected"), [
    ([7], Spread(1, 7, 7, 7, 7, 7)),
    ([3, 1, 2], Spread(3, 1, 2, 3, 3, 6)),
    (list(range(1, 11)), Spread(10, 1, 5, 9, 10, 55)),
    (list(range(1, 101)), Spread(100, 1, 50, 90, 100, 5050))])
def test_spreads_by_nearest_rank(days: list[int], expected: Spread) -> None:
    assert spread(days) == expected


def test_months_are_put_together_where_there_are_many() -> None:
    months = Counter({"2024-01": 1, "2024-03": 2, "2024-04": 4, "2025-12": 8})
    assert by_span(months, 3) == [Span("2024Q1", 3), Span("2024Q2", 4), Span("2025Q4", 8)]
    assert by_span(months, 12) == [Span("2024", 7), Span("2025", 8)]
    assert [span_size(months, most) for most in (4, 3, 2)] == [1, 3, 12]
