"""Kernels give what the closure gives, for rules over facts without gaps, at thresholds and one unit beside them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from expressions import Draw
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import Drawn
from situations import AS_OF
from test_populations import outcome, plain
from words import policy_of, vocabulary, written

from guiju.evaluate.evaluation import quick, setting_for
from guiju.facts.model import Facts, unknown
from guiju.language.policy import Policy
from guiju.population.columns import Quantity, Status
from guiju.population.kernels.kernel import Kernel
from guiju.population.match import Matcher, match
from guiju.population.people import Population, Stored, population_of
from guiju.values import FAIL, PASS, Value, known, whole

WAN = 1_000_000
LINES = ["5%", "33.3%", "50%", "75%", "100%", "0%", "12.5%"]
SHARES = [Fraction(line[:-1]) / 100 for line in LINES]
MONEY = ["0 元", "1 万元", "5 万元", "3333.33 元", "1 亿元"]
ORDERS = ["<", "<=", ">", ">=", "=", "!="]
CLOSE = 2**52  # of products of shares, up to which doubles tell them apart
AMOUNTS = ["资产", "利润", "资产 + 利润", "利润 - 资产", "max(资产, 利润)", "min(利润, 5 万元)", "abs(利润)", "-利润",
           "3 * 利润", "if 联合 then 资产 else 利润", "if 上市 then 1 万元 else 5 亿元",
           "if 级别 >= 省级 then (if 联合 then 3 万元 else 4 亿元) else 0 元", "50% * 资产", "资产 / 3"]
RATIOS = ["利润 / 资产", "(利润 - 资产) / 资产", "占比", "占比", "人数 / 分支人数", "利润 / (资产 + 1 元)"]
TESTS = ["联合", "上市", "not 联合", "级别 >= 省级", "级别 = 市级", "级别 in [市级, 国家级]", "形式 != 企业",
         "名称 = “甲”", "名称 in [“甲”, “丙”]", "成立日 <= 2020-01-01", "人数 + 分支人数 >= 10 人", "人数 > 3 人",
         "面积 = 3 平方米", "专家评分 >= 60 分", "(if 联合 then 上市 else 人数 >= 3 人)"]


@st.composite
def asked(draw: Draw, depth: int) -> str:
    """A condition over facts alone."""
    way = draw(st.integers(0, 5 if depth else 3))
    if way == 0:
        return str(draw(st.sampled_from(TESTS)))
    if way in (1, 2):
        return f"{draw(st.sampled_from(RATIOS))} {draw(st.sampled_from(ORDERS))} {draw(st.sampled_from(LINES))}"
    if way == 3:
        other = draw(st.sampled_from([*MONEY, "资产", "50% * 资产", "max(资产, 利润)"]))
        return f"({draw(st.sampled_from(AMOUNTS))}) {draw(st.sampled_from(ORDERS))} {other}"
    a, b = draw(asked(depth - 1)), draw(asked(depth - 1))
    return f"({a}) {draw(st.sampled_from(['and', 'or']))} ({b})" if way == 4 else f"not ({a})"


@st.composite
def policies(draw: Draw) -> Drawn:
    """Conditions, a score by tiers and cases, and a price for the organisation itself."""
    some = [draw(asked(2)) for _ in range(6)]
    tiers = "\n".join(f"{draw(st.sampled_from(ORDERS[:5]))} {line} | {points}" for line, points in zip(
        draw(st.lists(st.sampled_from(LINES), max_size=3)), (20, 11, 7), strict=False))
    conditions = [
        {"id": "A", "all_of": some[:2], "cite": "1"}, {"id": "B", "at_least": draw(st.integers(1, 3)), "of": some[2:5],
                                                       "cite": "1"},
        {"id": "P", "require": some[5], "strength": "principle", "cite": "1"},
        {"id": "S", "require": f"得分 {draw(st.sampled_from(ORDERS))} 20 分", "cite": "1"}]
    cases = f"{some[0]} | 200\n{some[3]} | 3\n其余 | 0"
    items = [{"id": "T", "name": "分一", "full": 20, "cite": "1", "of": draw(st.sampled_from(RATIOS)),
              "tiers": f"{tiers}\n其余 | 1\n"},
             {"id": "U", "name": "分二", "full": 200, "cite": "1", "first": cases}]
    score = {"id": "total", "name": "得分", "full": 220, "cite": "1",
             "groups": [{"id": "g", "name": "组", "full": 220, "items": items}]}
    prices = [f"P-{n} | {draw(st.sampled_from(['企业', '高校', '-']))} | {draw(st.sampled_from(MONEY))} | 1"
              for n in range(3)]
    benefits = [{"id": f"b{n}", "kind": kind, "cite": "1", "when": [draw(asked(0))], "ceiling": "4 万元",
                 "table": "\n".join(["id | 形式 | 金额 | 依据", *prices]).replace("P-", f"P{n}-") + "\n"}
                for n, kind in enumerate(draw(st.sampled_from([("exact",), ("up_to",), ("exact", "up_to")])))]
    goals = [{"id": "g1", "name": "甲", "main": True, "pays": True, "require": ["A", "P"]},
             {"id": "g2", "name": "乙", "main": False, "require": ["B", "S"]}]
    rules = {"conditions": conditions, "scores": [score], "benefits": benefits}
    return Drawn(policy_of(rules, goals), written(rules))


@st.composite
def organisations(draw: Draw, largest: int = 1) -> Facts:
    """Facts without doubt; money often has a share that stands on a line, or a fen beside it."""
    assets = draw(st.sampled_from([3, WAN, 5 * WAN, 1_999_999, 123 * WAN])) * largest
    profit = int(assets * draw(st.sampled_from([*SHARES, *(1 + s for s in SHARES)]))) + draw(st.integers(-1, 1))
    values: dict[str, Value] = {
        "assets": known(assets), "profit": known(draw(st.sampled_from([profit, profit, -profit, 0]))),
        "share": known(whole(draw(st.sampled_from(SHARES)) + Fraction(draw(st.integers(-1, 1)), 1000))),
        "area": known(draw(st.sampled_from([3, 10, 100]))), "mark": known(draw(st.sampled_from([59, 60, 61]))),
        "founded": known(dt.date(2020, 1, draw(st.integers(1, 2))).toordinal())}
    for id_, least, most in (("staff", 0, 5), ("branches", 1, 10), ("level", 0, 2), ("form", 0, 1)):
        values[id_] = known(draw(st.integers(least, most)))
    for id_ in ("joint", "listed"):
        values[id_] = draw(st.sampled_from([PASS, FAIL]))
    text = draw(st.sampled_from("甲乙"))
    return Facts({**values, "title": (text, text, 0)}, {})


CROWDS = st.lists(organisations(), min_size=2, max_size=6)


def kernels_used(policy: Policy, people: Population, crowd: list[Facts]) -> int:
    """How many kernels have answered; every answer is held to the closure's."""
    setting = setting_for(policy, AS_OF)
    with patch.object(Kernel, "__call__", autospec=True, side_effect=Kernel.__call__) as called:
        answers = match(people, [(policy, setting)])[0]
    for number, one in enumerate(crowd):
        assert outcome(answers, number) == plain(quick(policy, one, setting))
    return called.call_count


def sources(policy: Policy, people: Population) -> list[str]:
    """The kernels that answer the policy."""
    matcher = Matcher([(policy, setting_for(policy, AS_OF))])
    matcher(people)
    return matcher.sources()


def in_bytes(people: Population) -> Population:
    """The same with small whole numbers in one byte each."""
    return dataclasses.replace(people, facts={id_: smaller(stored) for id_, stored in people.facts.items()})


def smaller(stored: Stored) -> Stored:
    column = stored.column
    if isinstance(column, Status) or not column.point or np.abs(column.low).max() > 127:
        return stored
    low: Any = np.asarray(column.low).astype(np.int8)
    return dataclasses.replace(stored, column=Quantity(low, low))


def as_given(people: Population, narrow: bool = True) -> Population:
    """The same as arrays of whole numbers and of yes and no, which stand for ten or a hundred where that goes; in four
    bytes where they have room there, and that is asked."""
    return dataclasses.replace(people, facts={id_: adopted(stored, narrow) for id_, stored in people.facts.items()})


def adopted(stored: Stored, narrow: bool) -> Stored:
    column = stored.column
    if isinstance(column, Status):
        return Stored(Status(np.asarray(column.codes) == PASS, True)) if column.plain else stored
    if not column.point:
        return stored
    low: Any = np.asarray(column.low).astype(np.int64)
    times = next(n for n in (100, 10, 1) if not (low % n).any())
    low = low // times
    low = low.astype(np.int32) if narrow and np.abs(low).max() < 2**31 else low
    return Stored(Quantity(low, low), stored.scale, times=times)


@given(drawn=policies(), crowd=CROWDS)
@settings(max_examples=50)
def test_complete_facts_are_answered_by_a_kernel(drawn: Drawn, crowd: list[Facts]) -> None:
    people = population_of(crowd, vocabulary())
    assert kernels_used(drawn.policy, people, crowd) == 1
    assert kernels_used(drawn.policy, in_bytes(people), crowd) == 1
    assert kernels_used(drawn.policy, as_given(people), crowd) == 1
    assert kernels_used(drawn.policy, as_given(people, narrow=False), crowd) == 1


@given(drawn=policies(), crowd=CROWDS, data=st.data())
@settings(max_examples=20)
def test_facts_with_gaps_are_answered_alike(drawn: Drawn, crowd: list[Facts], data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(crowd[0].values)))
    gap = crowd[0].replacing({id_: unknown(vocabulary().facts[id_])})
    people = population_of([gap, *crowd[1:]], vocabulary())
    for held in (people, in_bytes(people), as_given(people)):
        kernels_used(drawn.policy, held, [gap, *crowd[1:]])


@given(drawn=policies(), crowd=st.lists(organisations(largest=5 * 10**6), min_size=2, max_size=4))
@settings(max_examples=20)
def test_numbers_too_large_for_a_kernel_are_answered_alike(drawn: Drawn, crowd: list[Facts]) -> None:
    people = population_of(crowd, vocabulary())
    for held in (people, as_given(people)):
        kernels_used(drawn.policy, held, crowd)


@given(drawn=policies(), crowd=CROWDS, large=st.lists(organisations(largest=5 * 10**6), max_size=2), gap=st.booleans(),
       data=st.data())
@settings(max_examples=20)
def test_parts_are_answered_as_the_whole(drawn: Drawn, crowd: list[Facts], large: list[Facts], gap: bool,
                                         data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(crowd[0].values)))
    crowd = [crowd[0].replacing({id_: unknown(vocabulary().facts[id_])} if gap else {}), *crowd[1:], *large]
    people = population_of(crowd, vocabulary())
    asked = [(drawn.policy, setting_for(drawn.policy, AS_OF))]
    whole = match(people, asked)[0]
    seen = 0
    with patch("guiju.population.match.BLOCK", 4):  # no more rows at once
        for rows, (part,) in Matcher(asked).parts(people):
            assert rows.start == seen
            for number in range(rows.start, rows.stop):
                assert outcome(part, number - seen) == outcome(whole, number)
                assert part.reasons[number - seen] == whole.reasons[number]
                assert part.left[number - seen] == whole.left[number]
            seen = rows.stop
    assert seen == len(crowd)


@given(below=st.integers(1, 2**30), line=st.fractions(0, 4, max_denominator=1000), beside=st.integers(-1, 1))
def test_doubles_stand_in_the_order_of_shares(below: int, line: Fraction, beside: int) -> None:
    over = below * line.numerator // line.denominator + beside
    assert max(abs(over) * line.denominator, below * line.numerator) < CLOSE
    share = Fraction(over, below)
    assert (over / below >= float(line), over / below == float(line)) == (share >= line, share == line)


def test_a_share_next_to_its_line_is_not_told_by_doubles_that_are_equal() -> None:
    policy = policy_of({"conditions": [{"id": "A", "require": "利润 / 资产 > 33.3%", "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "require": ["A"]}])
    times = 8 * 10**12
    crowd = [Facts({"assets": known(1000 * times + assets), "profit": known(333 * times + profit)}, {})
             for assets, profit in ((0, 0), (3, 1))]
    assert (333 * times + 1) / (1000 * times + 3) == 0.333  # and yet it is more
    people = population_of(crowd, vocabulary())
    assert kernels_used(policy, people, crowd) == 1
    assert ["(gt), codes" in source for source in sources(policy, people)] == [True]  # compared by others


@pytest.mark.parametrize("held", [Stored(Quantity(values, values), times=times) for values, times in (
    (np.array([1, 2**53 + 1]), 1), (np.array([2**50]), 100))])
def test_numbers_that_doubles_cannot_hold_are_refused(held: Stored) -> None:
    with pytest.raises(OverflowError):
        held.ready()


def test_a_kernel_can_be_read() -> None:
    policy = policy_of({"conditions": [{"id": "A", "require": "资产 >= 5 万元", "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "require": ["A"]}])
    matcher = Matcher([(policy, setting_for(policy, AS_OF))])
    matcher(population_of([Facts({"assets": known(assets)}, {}) for assets in (1, 10 * WAN)], vocabulary()))

    assert ["less(f0, c0, out=t0)" in source and "c0 = 5000000.0" in source for source in matcher.sources()] == [True]
