"""Known answers where arithmetic, dates, missing records and limits are easy to get wrong, by both evaluators."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from math import inf
from typing import Any

import pytest
from situations import AS_OF, WAN
from words import policy_of, vocabulary

from guiju.evaluate import arithmetic, runtime
from guiju.evaluate.closure import compile_closure
from guiju.evaluate.evaluation import evaluate, outcome_of, parameters_of, quick, setting_for
from guiju.facts.model import Facts, not_applicable
from guiju.facts.read import facts_from_node
from guiju.language.ir import Graph, digest
from guiju.source.document import parse_document
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS, REVIEW, UNKNOWN, Quantity, Value

EMPTY = "成果: []"
ANYTHING = (-inf, inf)


def facts_of(text: str) -> Facts:
    return facts_from_node(parse_document(text, "facts.yaml"), vocabulary()) if text else Facts()


def value_of(expression: str, facts: Facts | str = "", presuming: bool = False, **parameters: Any) -> Value:
    """The value of an expression, on which both evaluators must agree."""
    policy = policy_of({"definitions": [{"id": "d", "name": "值", "value": expression}]}, parameters=parameters)
    node = policy.definitions["d"].node
    given = (facts_of(facts) if isinstance(facts, str) else facts).with_default_date(AS_OF)
    setting = setting_for(policy, AS_OF, presuming=presuming)
    traced = evaluate(policy, given, setting).interpreter.value(node)
    assert compile_closure(policy, [node], parameters_of(policy, setting), presuming=presuming)(given) == (traced,)
    return traced


def paid(rules: dict[str, Any], facts: str) -> tuple[Any, Any, int, int]:
    """Least, most, cause and status of the payment, on which both evaluators must agree. Amounts in 万元."""
    policy = policy_of(rules)
    setting = setting_for(policy, AS_OF)
    outcome = quick(policy, facts_of(facts), setting)
    assert outcome == outcome_of(evaluate(policy, facts_of(facts), setting))
    assert outcome.payment is not None
    low, high, cause, status = outcome.payment
    return low / WAN, high / WAN, cause, status


def benefit(amount: str = "5 万元", **more: Any) -> dict[str, Any]:
    """A benefit with one price."""
    id_ = more.get("id", "b")
    return {"id": id_, "each": "成果", "table": f"id | 金额\nP-{id_} | {amount}\n", **more}


# Numbers


@pytest.mark.parametrize(("facts", "quotient", "status"), [
    ("资产: 4 万元\n利润: 8 万元", (Fraction(1, 2), Fraction(1, 2), 0), PASS),
    ("资产: 4 万元\n利润: 0 元", (*ANYTHING, UNKNOWN), UNKNOWN),
    ("资产: 0 元\n利润: 0 元", (*ANYTHING, UNKNOWN), UNKNOWN),
    ("资产: 4 万元", (*ANYTHING, UNKNOWN), UNKNOWN),
])
def test_division_by_what_may_be_zero_has_no_value(facts: str, quotient: Quantity, status: int) -> None:
    assert value_of("资产 / 利润", facts) == quotient
    assert value_of("资产 / 利润 >= 50%", facts) == status


@pytest.mark.parametrize("multiply", [
    arithmetic.multiply, lambda a, b: runtime.multiply(*a, *b)], ids=["reference", "closure"])
@pytest.mark.parametrize(("a", "b", "product"), [
    ((0, 0, 0), (*ANYTHING, UNKNOWN), (0, 0, 0)),
    ((0, inf, UNKNOWN), (0, 0, 0), (0, 0, 0)),
    ((0, inf, UNKNOWN), (-3, 2, REVIEW), (-inf, inf, UNKNOWN | REVIEW)),
    ((-2, 3, UNKNOWN), (-5, 7, UNKNOWN), (-15, 21, UNKNOWN)),
    ((Fraction(1, 2), Fraction(1, 2), 0), (4, 4, 0), (2, 2, 0)),
])
def test_nothing_times_anything_is_nothing(multiply: Any, a: Quantity, b: Quantity, product: Quantity) -> None:
    assert multiply(a, b) == product


@pytest.mark.parametrize(("expression", "facts", "value"), [
    ("mod(面积, 3 平方米)", "面积: 7.5", (Fraction(3, 2), Fraction(3, 2), 0)),
    ("mod(面积, 3 平方米)", "", (0, 3, UNKNOWN)),
    ("floor(面积)", "面积: 7.5", (7, 7, 0)),
    ("floor(利润 / 1 元 * 1)", "利润: -0.5 元", (-1, -1, 0)),
    ("abs(利润)", "", (0, inf, UNKNOWN)),
    ("max(面积, 3 平方米)", "", (3, inf, UNKNOWN)),
    ("面积 * 0", "", (0, 0, 0)),
    ("max(open(1 分, 1 分))", "", (1, 1, 0)),
])
def test_whole_parts_remainders_and_extremes(expression: str, facts: str, value: Quantity) -> None:
    assert value_of(expression, facts) == value


# Dates


@pytest.mark.parametrize("shift", [
    arithmetic.shift, lambda a, b: runtime.shift(*a, *b)], ids=["reference", "closure"])
@pytest.mark.parametrize(("date", "months", "moved"), [
    ("2021-01-31", 1, "2021-02-28"), ("2020-01-31", 1, "2020-02-29"), ("2020-02-29", 12, "2021-02-28"),
    ("2020-02-29", -12, "2019-02-28"), ("2019-02-28", 12, "2020-02-28"), ("2020-02-29", 48, "2024-02-29"),
    ("2021-03-31", -1, "2021-02-28"), ("2021-10-31", 13, "2022-11-30"), ("9999-12-31", 12, "9999-12-31"),
    ("0001-01-31", -1, "0001-01-01"),
])
def test_months_end_at_the_end_of_a_shorter_month(shift: Any, date: str, months: int, moved: str) -> None:
    start, end = (dt.date.fromisoformat(d).toordinal() for d in (date, moved))

    assert shift((start, start, 0), (months, months, 0)) == (end, end, 0)


@pytest.mark.parametrize("month", [arithmetic.month, lambda a: runtime.month(*a)], ids=["reference", "closure"])
@pytest.mark.parametrize(("low", "high", "months"), [
    ("2020-09-30", "2020-09-30", (9, 9, 0)), ("2020-09-30", "2020-10-01", (9, 10, UNKNOWN)),
    ("2020-01-01", "2020-01-31", (1, 1, 0)), ("2020-12-31", "2021-01-01", (1, 12, UNKNOWN)),
])
def test_the_month_of_a_date_that_is_not_known_exactly(month: Any, low: str, high: str, months: Quantity) -> None:
    first, last = (dt.date.fromisoformat(d).toordinal() for d in (low, high))

    assert month((first, last, UNKNOWN if first != last else 0)) == months


@pytest.mark.parametrize(("first", "last", "years"), [
    ("2020-02-29", "2021-02-28", 1), ("2020-02-29", "2021-02-27", 0), ("2019-03-01", "2022-02-28", 2),
    ("2019-03-01", "2022-03-01", 3), ("2022-03-01", "2019-03-01", 0), ("2022-03-01", "2022-03-01", 0),
])
def test_full_years_between_dates(first: str, last: str, years: int) -> None:
    assert value_of("years_between(成立日, 到期日)", f"成立日: {first}\n到期日: {last}") == (12 * years, 12 * years, 0)


@pytest.mark.parametrize(("date", "rolling", "calendar"), [
    ("2019-06-30", PASS, PASS), ("2019-06-29", FAIL, PASS), ("2022-06-30", PASS, FAIL), ("2022-07-01", FAIL, FAIL),
    ("2018-12-31", FAIL, FAIL), ("2021-12-31", PASS, PASS), ("2019-06", UNKNOWN, PASS), ("2022", UNKNOWN, FAIL),
])
def test_windows_of_three_years_before_the_last_of_june(date: str, rolling: int, calendar: int) -> None:
    window = {"window": {"name": "口径", "type": "choice", "or": ["滚动", "自然年"]}}
    facts = f"成立日: {date}"

    assert value_of("成立日 within 3 年 before 申报日 rolling", facts) == rolling
    assert value_of("成立日 within 3 年 before 申报日 calendar", facts) == calendar
    either = value_of("成立日 within 3 年 before 申报日 口径", facts, **window)
    assert either == (rolling if rolling == calendar else either | OPEN)


# Records


@pytest.mark.parametrize(("expression", "none", "missing"), [
    ("count(成果)", (0, 0, 0), (0, inf, UNKNOWN)),
    ("sum(成果.费用)", (0, 0, 0), (0, inf, UNKNOWN)),
    ("sum(成果.收益)", (0, 0, 0), (-inf, inf, UNKNOWN)),
    ("distinct(成果.级别)", (0, 0, 0), (0, inf, UNKNOWN)),
    ("the(成果.位次)", (1, 9, UNKNOWN), (1, 9, UNKNOWN)),
    ("exists(成果)", FAIL, UNKNOWN),
    ("none(成果)", PASS, UNKNOWN),
    ("none(成果 where 否)", PASS, PASS),
    ("max(成果.费用) >= 0 元", FAIL, UNKNOWN),
    ("min(成果.费用) >= 0 元", PASS, PASS),
    ("min(成果.费用) < 1 亿元", FAIL, UNKNOWN),
    ("latest(成果.完成日) + 3 年 < 申报日", PASS, UNKNOWN),
    ("latest(成果.完成日) + 天数 < 申报日", UNKNOWN, UNKNOWN),
    ("year(latest(成果.完成日)) = 1 年度", PASS, UNKNOWN),
])
def test_no_rows_are_known_and_missing_rows_are_not(expression: str, none: Value, missing: Value) -> None:
    assert value_of(expression, EMPTY) == none
    assert value_of(expression) == missing


@pytest.mark.parametrize(("ranks", "value", "status"), [
    ("[{位次: 2}]", (2, 2, 0), PASS),
    ("[{位次: 2}, {位次: 2, 系列: 甲}]", (2, 2, 0), PASS),
    ("[{位次: 2}, {位次: 5}]", (2, 5, UNKNOWN), UNKNOWN),
    ("[{位次: 2}, {系列: 甲}]", (1, 9, UNKNOWN), UNKNOWN),
])
def test_the_value_of_several_rows_that_differ_is_not_known(ranks: str, value: Quantity, status: int) -> None:
    assert value_of("the(成果.位次)", f"成果: {ranks}") == value
    assert value_of("the(成果.位次) <= 2 位", f"成果: {ranks}") == status


def test_rows_open_inside_one_another_are_kept_apart() -> None:
    facts = "成果: [{费用: 1 万元}, {费用: 3 万元}]\n奖项: [{奖金: 2 万元}, {奖金: 9 万元}]"
    dearer = "count(成果 where exists(奖项 where 奖金 > 成果.费用 and count(成果 where 费用 > 奖项.奖金) = 1))"

    assert value_of(dearer, facts) == (1, 1, 0)


# 不适用


def growing(**values: Value) -> Facts:
    """The growth rate does not apply."""
    growth = vocabulary().facts["growth"]
    return Facts({"growth": not_applicable(growth), **values})


@pytest.mark.parametrize(("expression", "status"), [
    ("增长率 >= 5%", NOT_APPLICABLE),
    ("not 增长率 >= 5%", NOT_APPLICABLE),
    ("增长率 >= 5% and 联合", PASS),
    ("增长率 >= 5% or 上市", FAIL),
    ("增长率 * 0% = 0%", NOT_APPLICABLE),
    ("(if 联合 then 增长率 else 5%) = 5%", NOT_APPLICABLE),
    ("(if 领先 then 增长率 else 5%) = 5%", REVIEW),
    ("count(成果 where 增长率 >= 5%) = 0", PASS),
    ("sum(成果.费用 where 增长率 >= 5%) = 0 元", PASS),
    ("none(奖项 where 增长率 >= 5%)", PASS),
])
def test_what_does_not_apply_takes_no_part(expression: str, status: int) -> None:
    facts = growing(joint=PASS, listed=FAIL)

    assert value_of(expression, facts) == status
    assert value_of(expression, facts.replacing({}, {"work": ()})) == status


def test_a_key_that_does_not_apply_is_no_value() -> None:
    rows = "奖项: [{共享: 不适用}, {共享: 是}, {共享: 是}]"

    assert value_of("distinct(奖项.共享)", rows) == (1, 1, 0)


# k of n


@pytest.mark.parametrize(("k", "statuses", "expected"), [
    (1, (PASS, UNKNOWN, FAIL), PASS), (2, (PASS, UNKNOWN, FAIL), UNKNOWN), (3, (PASS, UNKNOWN, FAIL), FAIL),
    (2, (PASS, UNKNOWN, REVIEW), UNKNOWN | REVIEW), (2, (PASS, PASS, OPEN), PASS), (2, (PASS, NOT_APPLICABLE), FAIL),
    (2, (PASS, NOT_APPLICABLE, OPEN), OPEN),
])
def test_at_least(k: int, statuses: tuple[int, ...], expected: int) -> None:
    assert arithmetic.at_least(k, statuses) == runtime.at_least(k, statuses) == expected


def test_presuming_never_fills_in_what_the_source_leaves_open() -> None:
    rules = {"conditions": [{"id": "A", "require": "联合"}, {"id": "B", "require": "人数 >= 人数线"},
                            {"id": "C", "require": "领先", "strength": "judgement"}]}
    policy = policy_of(rules, parameters={"line": {"name": "人数线", "type": "number", "unit": "人"}})
    made = evaluate(policy, Facts(), setting_for(policy, AS_OF, presuming=True)).interpreter

    assert [made.status(c.node) for c in policy.conditions.values()] == [PASS, UNKNOWN | OPEN, PASS]


# Money


@pytest.mark.parametrize(("amount", "facts", "expected"), [
    ("5 万元", EMPTY, (0, 0, 0, FAIL)),
    ("5 万元", "", (0, inf, UNKNOWN, UNKNOWN)),
    ("收益", "成果: [{收益: -3 万元}]", (0, 0, 0, FAIL)),
    ("收益", "成果: [{级别: 市级}]", (0, inf, UNKNOWN, UNKNOWN)),
    ("收益 + 1 万元", "成果: [{收益: 3 万元}]", (4, 4, 0, PASS)),
    ("外部规定", "", (0, 0, 0, UNKNOWN)),
])
def test_a_payment_is_never_below_nothing(amount: str, facts: str, expected: tuple[Any, ...]) -> None:
    assert paid({"benefits": [benefit(amount)]}, facts) == expected


@pytest.mark.parametrize(("more", "limits", "expected"), [
    ({"ceiling": "3 万元"}, [], (0, inf)),
    ({"ceiling": "3 万元"}, [{"id": "L", "keep": 2, "of": "b"}], (0, 6)),
    ({}, [{"id": "L", "keep": 2, "of": "b"}], (0, 10)),
    ({}, [{"id": "L", "keep": 2, "of": "b", "by": ["级别"]}], (0, 30)),
    ({}, [{"id": "L", "keep": 2, "of": "b", "by": ["系列"]}], (0, inf)),
    ({}, [{"id": "L", "cap": "7 万元", "of": "b"}], (0, 7)),
    ({}, [{"id": "L", "cap": "7 万元", "of": "b", "by": ["级别"]}], (0, 21)),
    ({}, [{"id": "L", "cap": "7 万元", "of": "b", "where": "级别 = 市级"}], (0, inf)),
])
def test_rows_that_are_not_known_are_bounded_by_limits_only(
        more: dict[str, Any], limits: list[dict[str, Any]], expected: tuple[Any, Any]) -> None:
    assert paid({"benefits": [benefit(**more)], "limits": limits}, "")[:2] == expected


def test_unknown_rows_do_not_push_out_known_ones_that_are_worth_more() -> None:
    rules = {"benefits": [benefit("3 万元"), benefit("5 万元", id="c", each="奖项")],
             "limits": [{"id": "L", "keep": 1, "of": "all"}]}

    assert paid(rules, "奖项: [{种类: 企业}]") == (5, 5, 0, PASS)


@pytest.mark.parametrize(("rows", "expected"), [
    ("[{系列: 甲, 费用: 3 万元}, {系列: 甲, 费用: 4 万元}]", (5, 5)),
    ("[{系列: 甲, 费用: 3 万元}, {系列: 乙, 费用: 4 万元}]", (7, 7)),
    ("[{费用: 3 万元}, {费用: 4 万元}]", (7, 7)),
    ("[{系列: 甲, 费用: 3 万元}, {系列: 甲}]", (3, 5)),
    ("[{系列: 甲, 费用: 3 万元}, {系列: '?', 费用: 4 万元}]", (3, 10)),
])
def test_rows_of_one_series_are_one_item_and_their_ceilings_add(rows: str, expected: tuple[int, int]) -> None:
    rules = {"benefits": [benefit(ceiling="费用", merge={"by": ["系列"], "id": "M"})]}

    assert paid(rules, f"成果: {rows}")[:2] == expected


@pytest.mark.parametrize(("rows", "expected"), [
    ("[{级别: 国家级}, {级别: 市级}, {级别: 市级}]", (12, 12, 0, PASS)),
    ("[{级别: 市级}, {级别: 市级}, {级别: 市级}]", (7, 7, 0, PASS)),
    ("[{级别: 省级}, {费用: 1 元}, {级别: 市级}]", (7, 12, UNKNOWN, PASS)),
])
def test_a_cap_may_ask_for_the_items_that_it_holds(rows: str, expected: tuple[Any, ...]) -> None:
    cap = "if exists(各项 where 级别 = 国家级) then 12 万元 else 7 万元"
    rules = {"benefits": [benefit()], "limits": [{"id": "L", "cap": cap, "of": "b"}]}

    assert paid(rules, f"成果: {rows}") == expected


def test_an_item_without_amount_is_no_item_for_a_cap() -> None:
    cap = "if none(各项 where 级别 = 国家级) then 12 万元 else 7 万元"
    table = "id | 级别 | 金额\nP-1 | 国家级 | 0 元\nP-2 | 市级 | 9 万元\n"
    rules = {"benefits": [benefit(table=table)], "limits": [{"id": "L", "cap": cap, "of": "b"}]}

    assert paid(rules, "成果: [{级别: 国家级}, {级别: 市级}, {级别: 市级}]") == (12, 12, 0, PASS)


@pytest.mark.parametrize(("facts", "expected"), [
    ("利润: 9 万元", (10, 10)), ("利润: 11 万元", (5, 5)), ("利润: 9.99 万元", (10, 10)), ("", (0, 10))])
def test_limits_that_cross_bound_both_ways(facts: str, expected: tuple[Any, Any]) -> None:
    """More profit displaces the other item and is then cut: the sum falls as an amount rises."""
    rules = {"benefits": [benefit("min(max(利润, 9 万元), 11 万元)", each=""), benefit("10 万元", id="c", each="")],
             "limits": [{"id": "K", "keep": 1, "of": "all"}, {"id": "L", "cap": "5 万元", "of": "b"}]}
    low, high = paid(rules, facts)[:2]

    assert low <= expected[0]
    assert expected[1] <= high
    assert facts == "" or (low, high) == expected


def test_a_cap_that_is_not_known_is_a_doubt_of_the_amount() -> None:
    rules = {"benefits": [benefit(each="")], "limits": [{"id": "L", "cap": "专家评分 / 10 分 * 1 万元", "of": "b"}]}

    assert paid(rules, "") == (0, 5, REVIEW, PASS)
    assert paid({**rules, "limits": [{"id": "L", "cap": "0 元 - 3 万元", "of": "b"}]}, "") == (0, 0, 0, PASS)


def test_an_amount_that_the_source_does_not_bound_survives_a_limit_on_numbers() -> None:
    rules = {"benefits": [benefit("费用")], "limits": [{"id": "L", "keep": 1, "of": "b"}]}

    assert paid(rules, "成果: [{级别: 市级}, {费用: 3 万元}]")[:2] == (3, inf)


# Equal rules


def test_equal_rules_are_one_node_wherever_they_are_written() -> None:
    graph = Graph()
    one = policy_of({"conditions": [{"id": "A", "require": "面积 >= 3 平方米 and 联合"}]}, graph=graph)
    two = policy_of({"conditions": [{"id": "Z", "require": "  面积   >= 3.0 平方米 and (联合)"},
                                    {"id": "Y", "require": "面积 > 3 平方米 and 联合"}]}, graph=graph)

    assert one.conditions["A"].node is two.conditions["Z"].node
    assert one.conditions["A"].node is not two.conditions["Y"].node


def test_a_digest_depends_on_the_rule_alone() -> None:
    texts = [f"count(成果 where 级别 = 省级 and 费用 >= {amount}) >= 2" for amount in ("1 万元", "10000 元", "1 元")]
    first, second, other = (digest(policy_of({"conditions": [{"id": "A", "require": text}]}).conditions["A"].node)
                            for text in texts)

    assert first == second != other
