"""Lists by score: places with ties and in bounds, the line, and what one point more would do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from crowds import LIBRARY, crowds, worked
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.population.questions.ranks import (
    Contest,
    PassLine,
    contest,
    pass_line,
    places_within,
    ranking,
    scored_goal,
)
from guiju.source.diagnostics import GuijuError
from guiju.values import FAIL

TIERS = "national/sme-tiers-2022"


def scores(*ends: Any) -> Contest:
    low = np.array([e[0] if isinstance(e, tuple) else e for e in ends], np.float64)
    high = np.array([e[1] if isinstance(e, tuple) else e for e in ends], np.float64)
    names = pa.chunked_array([[f"U{n:04}" for n in range(len(ends))]], pa.string())
    return Contest(names, low, high, 0, len(ends))


def test_equal_points_share_a_place_and_bounds_give_places_in_bounds() -> None:
    first, last = places_within(*(getattr(scores(90, 80, 80, (70, 85), 60), end) for end in ("low", "high")))

    assert first.tolist() == [1, 2, 2, 2, 5]
    assert last.tolist() == [1, 3, 3, 4, 5]


ENDS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda e: (e[0], e[0] + e[1])), min_size=1,
                max_size=30)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(ENDS, st.data())
def test_whatever_the_scores_turn_out_to_be_the_places_lie_inside(ends: list[tuple[int, int]], data: Any) -> None:
    found = scores(*ends)
    first, last = places_within(found.low, found.high)
    final = [data.draw(st.integers(*e)) for e in ends]

    places = [1 + sum(other > own for other in final) for own in final]

    assert all(f <= p <= w for f, p, w in zip(first, places, last, strict=True))


def test_who_may_be_over_the_line_is_neither_above_nor_below() -> None:
    found = ranking(scores(75, 60, (55, 65), 59.5, 59, 58), PassLine(60), None, around=2)

    assert (found.above, found.possibly, found.below) == (2, 1, 3)
    assert found.one_more == 2  # 59.5 and 59; of the one in bounds the least counts
    assert [(r.low, r.side, r.reaches) for r in found.near] == [
        (75, "above", False), (60, "above", False), (55, "possibly", False), (59.5, "below", True), (59, "below", True)]


def test_a_line_that_has_to_be_passed_is_not_met_by_its_own_points() -> None:
    found = ranking(scores(60, 61), PassLine(60, reached=False), None)

    assert (found.above, found.below, found.one_more) == (1, 1, 1)


def test_equals_across_the_last_place_are_only_possibly_in() -> None:
    found = ranking(scores(90, 80, 80, 79, 70), None, 2, around=2)

    assert (found.above, found.possibly, found.below) == (1, 2, 2)
    assert (found.cut, found.tied_at_cut) == ((80, 80), 2)
    assert [(r.side, r.reaches) for r in found.near] == [
        ("above", False), ("possibly", True), ("possibly", True), ("below", False), ("below", False)]


def test_who_has_just_the_same_points_is_told_and_who_may_have_them_is_not_counted() -> None:
    found = ranking(scores(80, 80, (70, 80), 60), PassLine(60), None)

    assert [(r.name, r.tied) for r in found.top] == [("U0000", 2), ("U0001", 2), ("U0002", 0), ("U0003", 1)]


def test_without_a_line_there_is_a_list_and_nobody_is_cut_off() -> None:
    found = ranking(scores(90, 80), None, None)

    assert [(r.low, r.first) for r in found.top] == [(90, 1), (80, 2)]
    assert found.near == ()


def test_the_line_is_the_policys_own_with_its_condition() -> None:
    policy = LIBRARY.policy(TIERS)
    line = pass_line(policy, scored_goal(policy, "specialised"))

    assert line is not None
    assert line.condition is not None
    assert (line.points, line.reached, line.condition.id) == (60, True, "H4.score")


def test_a_policy_with_two_scores_asks_which_and_one_without_refuses() -> None:
    with pytest.raises(GuijuError, match="innovative、specialised"):
        scored_goal(LIBRARY.policy(TIERS))
    with pytest.raises(GuijuError, match="没有评分"):
        scored_goal(LIBRARY.policy("tianjin/standardisation-fund-2021"))


def test_scores_are_those_of_one_applicant_and_who_fails_another_condition_is_left_out() -> None:
    policy = LIBRARY.policy(TIERS)
    goal = scored_goal(policy, "specialised")
    day = dt.date(2022, 9, 1)
    cases = worked(TIERS, day)[::8]
    found = contest(crowds([c.facts for c in cases], size=30), policy, goal, cases[0].setting)

    line = pass_line(policy, goal)
    assert line is not None
    others = [c for c in goal.conditions if c.counts and all(x is not line.condition for x in c.descendants())]
    kept = [n for n, c in enumerate(cases) if not any(c.interpreter.status(x.node) == FAIL for x in others)]
    assert found.names.to_pylist() == [f"U{n:04}" for n in kept]
    assert found.everybody - found.refused == len(kept)
    ends = [cases[n].interpreter.quantity(policy.scores["specialised_score"].node)[:2] for n in kept]
    assert list(zip(found.low, found.high, strict=True)) == [tuple(map(float, e)) for e in ends]
    assert 0 < found.refused < found.everybody
