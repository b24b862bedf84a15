"""Evidence made up for a move, and the day on which it can be made."""

import datetime as dt
from collections.abc import Callable
from random import Random

import pytest
from small_charts import actor, building, chart_of, evidence, made, on_notice, opened

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.simulation.days import better_day, coming_days
from guiju.lifecycle.simulation.finisher import distances, finished
from guiju.lifecycle.simulation.samples import Samples
from guiju.lifecycle.simulation.trial import Found, Trial

PUZZLE = """
id: demo/puzzle
title: {zh: 难题, en: a puzzle}
cite: "1"
clauses: {"1": {zh: 条款, en: clause}}
parameters: {line: {name: 及格线, type: number, unit: 分, default: 87 分, cite: "1"}}
facts:
  begun: {name: 开工之日, type: date}
  kind: {name: 试题类别, type: choice, of: [甲类, 乙类, 丙类]}
  points: {name: 试题得分, type: number, unit: 分}
  until: {name: 交卷之日, type: date}
  share: {name: 答对比例, type: ratio}
  hard: {name: 属于难题, type: bool}
roles:
  PUPIL: {label: {zh: 考生, en: pupil}, held_by: applicant}
  ONE: {label: {zh: 甲师, en: one}, held_by: office}
  OTHER: {label: {zh: 乙师, en: other}, held_by: office}
stages: {open: {label: {zh: 在考, en: open}}, over: {label: {zh: 交卷, en: over}, final: 是}}
moves:
  enter: {label: {zh: 入场, en: enter}, from: start, to: open, by: PUPIL, sets: {begun: 今日}}
  solve:
    label: {zh: 交卷, en: solve}
    from: open
    to: over
    by: [{role: ONE, when: 及格线 > 90 分}, OTHER]
    gives: [试题类别, 试题得分, 交卷之日, 答对比例, 属于难题]
    when:
      - 试题类别 = 丙类 and not 属于难题
      - 试题得分 = 及格线
      - 交卷之日 = 开工之日 + 8 月
      - 答对比例 > 60% and 答对比例 <= 61%
  never:
    label: {zh: 永不, en: never}
    from: open
    by: ONE
    gives: [试题得分]
    when: [试题得分 > 90 分 and 试题得分 < 80 分]
  later: {label: {zh: 过后, en: later}, from: open, by: ONE, when: [今日 > 开工之日 + 3 月]}
"""
MAY = dt.date(2024, 5, 6)


@pytest.fixture(scope="module")
def puzzle(tmp_path_factory: pytest.TempPathFactory) -> Case:
    chart = chart_of(tmp_path_factory.mktemp("puzzle"), PUZZLE, "demo/puzzle")
    return made(begin(chart, "1", "enter", actor("PUPIL"), evidence(), MAY))


def tried(case: Case, name: str, day: dt.date, calendar: Calendar, seed: int = 1) -> Found:
    return Trial(case, case.main, "", case.chart.moves[name], day, calendar, Random(seed)).found()


def test_guards_are_met_one_by_one_at_the_values_where_they_change(puzzle: Case, calendar: Calendar) -> None:
    for seed in range(5):
        found = tried(puzzle, "solve", MAY, calendar, seed)
        assert (found.reasons, found.actor.roles) == ((), {"OTHER"})
        assert made(move(puzzle, "solve", found.actor, found.evidence, MAY, calendar)).stage == "over"


def test_what_can_not_be_met_is_told(puzzle: Case, calendar: Calendar) -> None:
    assert [r.code for r in tried(puzzle, "never", MAY, calendar).reasons] == ["guard"]


def test_papers_are_handed_in_and_reasons_written_only_where_they_are_asked_for(calendar: Calendar,
                                                                                chart: Chart) -> None:
    small, large = (tried(opened(chart, area=area), "submit", dt.date(2024, 3, 1), calendar).evidence
                    for area in ("80 平方米", "120 平方米"))
    assert [d.name for d in small.documents] == ["申请书"]
    assert ([*small.decisions], [*large.decisions]) == (["room"], [])


@pytest.mark.parametrize(("case", "name", "today", "then"), [
    (on_notice, "approve", "2024-09-28", "2024-10-10"),  # the notice runs over the national holiday
    (building, "extend", "2026-07-11", None),  # too late for good
    (building, "finish", "2026-07-11", None)])  # another stage
def test_the_day_on_which_waiting_helps(chart: Chart, calendar: Calendar, case: Callable[[Chart], Case], name: str,
                                        today: str, then: str | None) -> None:
    stands, day = case(chart), dt.date.fromisoformat(today)
    found = tried(stands, name, day, calendar)
    assert found.reasons
    assert better_day(stands, stands.main, chart.moves[name], found.reasons, day, calendar) == (
        dt.date.fromisoformat(then) if then else None)


def test_a_guard_that_compares_today_tells_its_day(puzzle: Case, calendar: Calendar) -> None:
    step = puzzle.chart.moves["later"]
    days = [MAY]
    while reasons := tried(puzzle, "later", days[-1], calendar).reasons:
        later = better_day(puzzle, puzzle.main, step, reasons, days[-1], calendar)
        assert later is not None
        days.append(later)
    assert days == [MAY, dt.date(2024, 8, 6), dt.date(2024, 8, 7)]


def test_days_on_which_something_may_change(chart: Chart, calendar: Calendar) -> None:
    days = coming_days(building(chart), dt.date(2024, 10, 10), calendar)
    assert dt.date(2025, 10, 10) in days  # a report is due
    assert dt.date(2025, 10, 11) in days
    assert dt.date(2026, 10, 10) in days  # the term ends
    assert min(days) > dt.date(2024, 10, 10)


def test_how_far_each_stage_is_from_an_end(chart: Chart) -> None:
    assert distances(chart) == {"refused": 0, "done": 0, "withdrawn": 0, "review": 1, "shown": 1, "building": 1,
                                "ended": 1, "draft": 2}


def test_a_case_is_brought_to_an_end_where_that_can_be(chart: Chart, samples: Samples, calendar: Calendar) -> None:
    assert finished(building(chart), calendar, samples).end == "ended"
    assert finished(opened(chart), calendar, samples).end == "ended"
    unset = made(begin(chart, "1", "open", actor("HOST"), evidence({"场地面积": "120 平方米"}), dt.date(2024, 2, 1)))
    stuck = finished(unset, calendar, samples, tries=2)
    assert (stuck.end, stuck.case and stuck.case.stage) == ("stuck", "draft")
