"""Behaviour at the edges of the core that no other test pins: each example here killed a mutant that survived."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import inf
from typing import Any

import pytest
from test_corner_cases import benefit, paid, value_of

from guiju.evaluate import arithmetic, runtime
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS, REVIEW, UNKNOWN, Quantity

HALF = Fraction(1, 2)
POINTS: list[Quantity] = [(v, v, 0) for v in (-2, 0, HALF, 1, 3)]
INTERVALS: list[Quantity] = [
    (-2, 3, UNKNOWN), (-5, -1, REVIEW), (-5, 0, UNKNOWN), (0, 4, OPEN), (HALF, 3, UNKNOWN), (1, 4, REVIEW),
    (0, inf, UNKNOWN), (3, inf, UNKNOWN), (-inf, 0, UNKNOWN), (-inf, inf, UNKNOWN)]
NOTHING: list[Quantity] = [(0, 0, NOT_APPLICABLE), (-inf, inf, NOT_APPLICABLE)]
TEXTS: list[Quantity] = [("甲", "甲", 0), ("乙", "乙", 0), (None, None, REVIEW), (None, None, NOT_APPLICABLE)]
STATUSES = [PASS, FAIL, NOT_APPLICABLE, REVIEW, UNKNOWN, OPEN]


# The functions of the closure against the reference, on every pair of a small grid


@pytest.mark.parametrize("name", ["multiply", "divide"])
@pytest.mark.parametrize("a", POINTS + INTERVALS)
def test_the_closure_calculates_as_the_reference_does(name: str, a: Quantity) -> None:
    fast, reference = getattr(runtime, name), getattr(arithmetic, name)

    for b in POINTS + INTERVALS:
        assert fast(*a, *b) == reference(a, b), b


@pytest.mark.parametrize("name", ["floor", "absolute"])
@pytest.mark.parametrize("a", POINTS + INTERVALS + [NOTHING[0]])
def test_the_closure_rounds_as_the_reference_does(name: str, a: Quantity) -> None:
    assert getattr(runtime, name)(*a) == getattr(arithmetic, name)(a)


@pytest.mark.parametrize("op", ["ge", "gt"])
@pytest.mark.parametrize("bound", [-1, 0, HALF, 1, 3])
def test_a_ratio_is_compared_as_a_quotient_is(op: str, bound: Any) -> None:
    point = (bound, bound, 0)

    for a, b in product(POINTS + INTERVALS, repeat=2):
        quotient = arithmetic.divide(a, b)
        assert runtime.compare_ratio(op, True, bound, *a, *b) == arithmetic.compare(op, quotient, point), (a, b)
        assert runtime.compare_ratio(op, False, bound, *a, *b) == arithmetic.compare(op, point, quotient), (a, b)


@pytest.mark.parametrize("a", [(1, 1, 0), (2, 2, 0), (1, 5, UNKNOWN), (-inf, inf, REVIEW), (9, 9, NOT_APPLICABLE)])
def test_the_closure_moves_dates_as_the_reference_does(a: Quantity) -> None:
    for days in [(0, 0, 0), (3, 3, 0), (3, 3, NOT_APPLICABLE), (-2, 4, UNKNOWN)]:
        assert runtime.shift_days(*a, *days) == arithmetic.shift_days(a, days), days


@pytest.mark.parametrize("cause", [UNKNOWN, REVIEW, NOT_APPLICABLE])
def test_the_closure_spans_values_as_the_reference_does(cause: int) -> None:
    for values in ([*POINTS, *INTERVALS, *NOTHING], TEXTS):
        for a, b in product(values, repeat=2):
            assert runtime.hull(cause, *a, *b) == arithmetic.hull([a, b], cause), (a, b)
            if cause != NOT_APPLICABLE:
                several = runtime.the([a, b], True, cause, -inf, inf, 0)
                assert several == arithmetic.hull([a, b], cause | UNKNOWN), (a, b)


@pytest.mark.parametrize(("domain", "value"), [
    ((0, 4, OPEN), (0, 4, OPEN | UNKNOWN)), ((3, 3, 0), (3, 3, 0)), ((None, None, 0), (None, None, UNKNOWN)),
])
def test_the_value_in_no_row_is_any(domain: Quantity, value: Quantity) -> None:
    assert runtime.the([], False, 0, *domain) == value


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_closure_joins_statuses_as_the_reference_does(size: int) -> None:
    for statuses in product(STATUSES, repeat=size):
        assert runtime.some(statuses) == arithmetic.some(statuses), statuses
        for k in range(1, size + 1):
            assert runtime.at_least(k, statuses) == arithmetic.at_least(k, statuses), (k, statuses)


# Known answers


@pytest.mark.parametrize(("a", "size"), [
    ((-5, -1, UNKNOWN), (1, 5, UNKNOWN)), ((-5, 0, UNKNOWN), (0, 5, UNKNOWN)), ((HALF, 3, REVIEW), (HALF, 3, REVIEW)),
    ((-2, 3, UNKNOWN), (0, 3, UNKNOWN)), ((-3, -3, 0), (3, 3, 0)), ((-2, 2, UNKNOWN), (0, 2, UNKNOWN)),
])
def test_the_size_of_an_interval(a: Quantity, size: Quantity) -> None:
    assert arithmetic.absolute(a) == runtime.absolute(*a) == size


@pytest.mark.parametrize(("rows", "count"), [
    ("[{级别: 市级}, {级别: 市级}, {级别: 省级}]", (2, 2, 0)),
    ("[{级别: 市级}, {费用: 1 元}]", (1, 2, UNKNOWN)),
    ("[{费用: 1 元}]", (1, 1, 0)),
    ("[{费用: 1 元}, {费用: 2 元}]", (1, 2, UNKNOWN)),
])
def test_different_values_of_rows_that_are_known_in_part(rows: str, count: Quantity) -> None:
    assert value_of("distinct(成果.级别)", f"成果: {rows}") == count


@pytest.mark.parametrize(("rows", "count"), [
    ("[{级别: 市级, 认可: '?'}]", (0, 1, REVIEW)),
    ("[{级别: 市级}, {级别: 省级}]", (0, 2, REVIEW)),
    ("[{费用: 1 元}]", (0, 1, UNKNOWN | REVIEW)),
])
def test_different_values_of_rows_that_may_fit(rows: str, count: Quantity) -> None:
    assert value_of("distinct(成果.级别 where 认可)", f"成果: {rows}") == count


def test_a_sum_over_rows_of_which_none_can_fit_is_nothing() -> None:
    assert value_of("sum(成果.费用 where 联合)", "联合: 否") == (0, 0, 0)
    assert value_of("sum(成果.费用 where 联合)", "联合: 是") == (0, inf, UNKNOWN)


# Money


def test_a_series_of_which_no_row_surely_qualifies_may_be_worth_nothing() -> None:
    rules = {"benefits": [benefit(when=["认可"], merge={"by": ["系列"], "id": "M"})]}

    assert paid(rules, "成果: [{系列: 甲}, {系列: 甲}]") == (0, 5, REVIEW, REVIEW)


def test_the_doubts_of_every_row_are_doubts_of_the_series() -> None:
    rules = {"benefits": [benefit("费用", when=["认可"], merge={"by": ["系列"], "id": "M"})]}

    assert paid(rules, "成果: [{系列: 甲}, {系列: 甲, 费用: 3 万元}]") == (0, inf, UNKNOWN | REVIEW, UNKNOWN | REVIEW)


@pytest.mark.parametrize(("rows", "expected"), [
    ("[{系列: 甲, 级别: 市级}, {系列: 甲, 级别: 省级}]", (5, 5, 0, PASS)),
    ("[{系列: 甲, 级别: 市级}]", (0, 0, 0, PASS)),
])
def test_a_series_with_an_amount_that_is_fixed_elsewhere(rows: str, expected: tuple[Any, ...]) -> None:
    table = "id | 级别 | 金额\nP-1 | 市级 | 外部规定\nP-2 | 省级 | 5 万元\n"
    rules = {"benefits": [benefit(table=table, merge={"by": ["系列"], "id": "M"})]}

    assert paid(rules, f"成果: {rows}") == expected


# Limits one after another


def limited(facts: str, *limits: dict[str, Any], **more: Any) -> tuple[Any, Any]:
    """What works at 费用 and awards at 奖金 come to under these limits."""
    rules = {"benefits": [benefit("费用", category="甲类", **more),
                          benefit("奖金", id="c", each="奖项", category="乙类")],
             "limits": [{"cite": "1", **limit} for limit in limits]}
    return paid(rules, facts)[:2]


KNOWN = "成果: [{级别: 市级, 费用: 3 万元}, {级别: 省级, 费用: 4 万元}]\n奖项: [{种类: 企业, 奖金: 5 万元}]"


@pytest.mark.parametrize(("limits", "sums"), [
    # inside one another: the least case stands
    ([{"id": "A", "keep": 1, "of": "b", "by": ["级别"]}, {"id": "B", "cap": "6 万元", "of": "b"}], (8, 11)),
    ([{"id": "A", "keep": 1, "of": "b", "by": ["级别"]}, {"id": "B", "keep": 2, "of": "all"}], (8, 9)),
    ([{"id": "A", "keep": 1, "of": "b"}, {"id": "B", "best": 1, "of": "category"}], (5, 5)),
    ([{"id": "A", "keep": 2, "of": "b"}, {"id": "B", "cap": "10 万元", "of": "all"}], (8, 10)),
    ([{"id": "A", "cap": "6 万元", "of": "b"}, {"id": "B", "cap": "9 万元", "of": "all"}], (8, 9)),
    # a limit on one item alone crosses nothing
    ([{"id": "A", "keep": 1, "of": "c"}, {"id": "B", "cap": "6 万元", "of": "b"}], (8, 11)),
    # across one another: the items concerned count nothing in the least case
    ([{"id": "A", "keep": 2, "of": "all"}, {"id": "B", "cap": "6 万元", "of": "b"}], (0, 9)),
])
def test_limits_inside_and_across_one_another(limits: list[dict[str, Any]], sums: tuple[int, int]) -> None:
    rest = KNOWN.replace("级别: 省级, 费用: 4 万元", "级别: 省级, 费用: 4 万元, 认可: '?'")

    assert limited(rest, *limits, when=["认可 or 级别 = 市级"]) == sums


@pytest.mark.parametrize(("cap", "sums"), [
    ("10 万元 / 3", (8.333333, 8.333333)),  # down to the fen
    ("利润", (5, 12)),  # not known: from nothing to no limit at all
])
def test_a_cap_that_is_not_a_whole_amount(cap: str, sums: tuple[Any, Any]) -> None:
    assert limited(KNOWN, {"id": "A", "cap": cap, "of": "b"}) == sums
