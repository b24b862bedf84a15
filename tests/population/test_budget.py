"""The budget stage: to the fen, no one above his amount, the same whatever the order of the rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.population.budget import (
    BEYOND,
    FULL,
    OPEN,
    PART,
    SHARING,
    Shares,
    allocate,
    by_quota,
    by_rank,
    places_of,
)

YUAN = 100
AMOUNTS = st.lists(st.one_of(st.integers(0, 50), st.integers(0, 10 ** 13)), min_size=1, max_size=12)


def fen(*amounts: int) -> Any:
    return np.array(amounts, np.int64)


def keys(count: int) -> Any:
    return np.arange(count)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(AMOUNTS, st.integers(0, 10 ** 14), st.sampled_from(sorted(SHARING)))
def test_shares_come_to_the_budget_and_none_is_above_its_amount(amounts: list[int], budget: int, how: str) -> None:
    shares = SHARING[how](fen(*amounts), budget, keys(len(amounts)))

    assert shares.sum() == min(budget, sum(amounts))
    assert np.all((shares >= 0) & (shares <= fen(*amounts)))


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(AMOUNTS, st.integers(0, 10 ** 14), st.sampled_from(["equal", "pro-rata"]))
def test_who_claims_more_gets_no_less(amounts: list[int], budget: int, how: str) -> None:
    shares = SHARING[how](fen(*amounts), budget, keys(len(amounts))).tolist()
    fen_by_key = 1 if how == "equal" else 0  # of equal shares the fen that remain go by key

    pairs = list(zip(amounts, shares, strict=True))
    assert all(x >= y - fen_by_key for a, x in pairs for b, y in pairs if a > b)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(AMOUNTS, st.integers(0, 10 ** 14), st.integers(0, 1000), st.sampled_from(["equal", "key"]))
def test_a_larger_budget_takes_from_nobody(amounts: list[int], budget: int, more: int, how: str) -> None:
    before, after = (SHARING[how](fen(*amounts), b, keys(len(amounts))) for b in (budget, budget + more))

    assert np.all(after >= before)


CLAIMS = st.lists(st.tuples(st.integers(0, 10 ** 9), st.integers(0, 4)), min_size=1, max_size=10)
WAYS = st.sampled_from(["rank", "quota", "equal", "pro-rata"])
LINES = st.sampled_from(["hold", "equal", "pro-rata", "key"])


def stage(way: str, amounts: Any, budget: int, order: Any, points: Any, line: Any) -> Shares:
    places = places_of(points.astype(np.float64))
    if way == "rank":
        return by_rank(amounts, budget, order, places, line)
    if way == "quota":
        return by_quota(amounts, 3, order, places, budget, line)
    return allocate(amounts, budget, order, way)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(CLAIMS, st.integers(0, 10 ** 10), WAYS, LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(claims: list[tuple[int, int]], budget: int, way: str, line: str,
                                               random: Any) -> None:
    amounts, points = (np.array(column) for column in zip(*claims, strict=True))
    order = keys(len(claims))
    turned = list(range(len(claims)))
    random.shuffle(turned)

    one = stage(way, amounts, budget, order, points, line)
    other = stage(way, amounts[turned], budget, order[turned], points[turned], line)

    assert one.granted[turned].tolist() == other.granted.tolist()
    assert one.state[turned].tolist() == other.state.tolist()
    assert (one.held, one.places) == (other.held, other.places)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(CLAIMS, st.integers(0, 10 ** 10), LINES)
def test_by_rank_what_is_granted_and_held_comes_to_the_budget(claims: list[tuple[int, int]], budget: int,
                                                              line: str) -> None:
    amounts, points = (np.array(column) for column in zip(*claims, strict=True))

    shares = stage("rank", amounts, budget, keys(len(claims)), points, line)

    assert shares.granted.sum() + shares.held == min(budget, amounts.sum())
    assert np.all(shares.granted <= amounts)
    assert (shares.held > 0) == bool(np.any(shares.state == OPEN))


def test_fen_that_remain_go_to_the_largest_remainders_then_by_key() -> None:
    # 100 fen over 1, 1 and 1: equal remainders; over 2, 1 and 1 with 3 to share: 1.5, 0.75, 0.75.
    assert SHARING["pro-rata"](fen(100, 100, 100), 100, keys(3)).tolist() == [34, 33, 33]
    assert SHARING["pro-rata"](fen(2, 1, 1), 3, keys(3)).tolist() == [1, 1, 1]
    assert SHARING["equal"](fen(100, 100, 100), 101, fen(2, 1, 0)).tolist() == [33, 34, 34]


def test_equal_shares_pass_on_what_someone_does_not_need() -> None:
    assert SHARING["equal"](fen(10, 100, 100), 110, keys(3)).tolist() == [10, 50, 50]


def test_amounts_beyond_64_bits_times_the_budget_are_shared_exactly() -> None:
    amounts = fen(3 * 10 ** 15, 10 ** 15)

    assert SHARING["pro-rata"](amounts, 10 ** 15 + 1, keys(2)).tolist() == [750000000000001, 250000000000000]


@pytest.mark.parametrize(("line", "granted", "held"), [
    ("hold", [100, 0, 0, 0], 90), ("equal", [100, 40, 50, 0], 0), ("pro-rata", [100, 28, 62, 0], 0),
    ("key", [100, 40, 50, 0], 0)])
def test_the_place_on_the_line_waits_for_a_decision_or_is_shared_as_chosen(line: Any, granted: list[int],
                                                                           held: int) -> None:
    places = places_of(np.array([90.0, 80, 80, 70]))
    shares = by_rank(fen(100, 40, 90, 10), 190, keys(4), places, line)

    assert (shares.granted.tolist(), shares.held) == (granted, held)
    assert shares.state[0] == FULL
    assert shares.state[3] == BEYOND


def test_a_part_is_told_from_a_full_amount() -> None:
    shares = allocate(fen(10, 100, 0), 60, keys(3), "equal")

    assert shares.state.tolist() == [FULL, PART, FULL]


def test_equals_across_the_last_place_leave_places_open_with_the_money_for_them() -> None:
    places = places_of(np.array([9.0, 8, 8, 8, 7]))

    held = by_quota(fen(10, 20, 30, 40, 50), 3, keys(5), places)
    keyed = by_quota(fen(10, 20, 30, 40, 50), 3, keys(5), places, line="key")

    assert (held.granted.tolist(), held.places, held.held) == ([10, 0, 0, 0, 0], 2, 70)
    assert held.state.tolist() == [FULL, OPEN, OPEN, OPEN, BEYOND]
    assert keyed.granted.tolist() == [10, 20, 30, 0, 0]


def test_equal_points_have_one_place_and_the_next_is_skipped() -> None:
    assert places_of(np.array([70.0, 90, 80, 80, 60])).tolist() == [4, 1, 2, 2, 5]


def test_equals_across_the_last_place_have_nothing_to_wait_for_where_the_budget_is_used_up() -> None:
    places = places_of(np.array([9.0, 8, 8]))

    used_up = by_quota(fen(10, 20, 20), 2, keys(3), places, 10)
    one_on_the_line = by_quota(fen(10, 20, 20), 2, keys(3), places, 5)

    assert (used_up.granted.tolist(), used_up.state.tolist()) == ([10, 0, 0], [FULL, BEYOND, BEYOND])
    assert (used_up.held, used_up.places) == (0, 0)
    assert (one_on_the_line.state.tolist(), one_on_the_line.held) == ([OPEN, BEYOND, BEYOND], 5)
