"""Kernels give what the closure gives where facts are not known, in part or at all; and it is kernels that give it."""

from __future__ import annotations

from typing import Any

import pytest
from expressions import Draw
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import Drawn
from situations import AS_OF, partial_facts, partial_value
from test_kernels import organisations, policies, sources
from test_populations import outcome, plain
from words import policy_of, vocabulary

from guiju.evaluate.evaluation import quick, setting_for
from guiju.facts.model import Facts, not_applicable, unknown
from guiju.language.policy import Policy
from guiju.population.match import match
from guiju.population.people import population_of
from guiju.values import FAIL, PASS, UNKNOWN, Value, known

WAN = 1_000_000
ENDLESS = float("inf")


@st.composite
def doubtful(draw: Draw) -> Facts:
    """Complete facts, of which some become doubtful in one way or another."""
    if draw(st.integers(0, 3)) == 0:
        return Facts(partial_facts(draw).values)
    facts = draw(organisations())
    for id_ in draw(st.lists(st.sampled_from(sorted(facts.values)), max_size=6, unique=True)):
        facts = facts.replacing({id_: partial_value(draw, vocabulary().facts[id_])})
    return facts if draw(st.integers(0, 5)) else facts.replacing({"assets": known(0)})  # divided by, among others


def held_to_the_closure(policy: Policy, crowd: list[Facts], presuming: bool) -> None:
    setting = setting_for(policy, AS_OF, presuming=presuming)
    answers = match(population_of(crowd, vocabulary()), [(policy, setting)])[0]
    for number, one in enumerate(crowd):
        assert outcome(answers, number) == plain(quick(policy, one, setting))


@given(drawn=policies(), crowd=st.lists(doubtful(), min_size=2, max_size=8), presuming=st.booleans())
@settings(max_examples=60)
def test_facts_in_doubt_are_answered_alike(drawn: Drawn, crowd: list[Facts], presuming: bool) -> None:
    held_to_the_closure(drawn.policy, crowd, presuming)


WAYS = ["{0} and {1}", "{0} or {1}", "not ({0} and not {1})", "{0} and (not {1} or {2})", "({0} or {1}) and {2}",
        "(if {0} then {1} else {2})"]
PARTS = ["资产 + 利润 >= 5 万元", "利润 - 资产 < 0 元", "max(资产, 利润) > 5 万元", "30% * 资产 > 利润",
         "利润 / 资产 >= 5%", "资产 / (资产 + 利润) < 75%",
         "(if 联合 then 资产 else 利润) >= 5 万元", "3 * 利润 = 3 万元", "min(利润, 1 万元) != 资产",
         "-利润 <= 资产", "联合", "上市", "级别 >= 省级", "级别 in [市级, 国家级]", "形式 != 企业",
         "资产 >= 5 万元", "利润 = 1 万元", "利润 < 资产", "占比 > 5%", "占比 = 10%", "人数 <= 3 人",
         "成立日 > 2020-01-01", "名称 = “甲”", "名称 in [“乙”, “丙”]"]


@given(data=st.data(), crowd=st.lists(doubtful(), min_size=2, max_size=8), presuming=st.booleans())
@settings(max_examples=60)
def test_statuses_in_doubt_are_joined_alike(data: st.DataObject, crowd: list[Facts], presuming: bool) -> None:
    some = [data.draw(st.sampled_from(WAYS)).format(*(data.draw(st.sampled_from(PARTS)) for _ in range(3)))
            for _ in range(4)]
    conditions: list[dict[str, Any]] = [
        {"id": "A", "all_of": some[:2], "cite": "1", "when": some[3]},
        {"id": "B", "require": some[2], "strength": "principle", "cite": "1", "when": some[0]},
        {"id": "C", "any_of": some[1:3], "cite": "1"}]
    policy = policy_of({"conditions": conditions},
                       [{"id": "g", "name": "甲", "main": True, "require": ["A", "B", "C"]}])
    held_to_the_closure(policy, crowd, presuming)


def value(id_: str, one: Value) -> Facts:
    return Facts({id_: one})


MONEY = [known(4 * WAN), known(5 * WAN), (0, ENDLESS, UNKNOWN), (0, 4 * WAN, UNKNOWN), (5 * WAN, 9 * WAN, UNKNOWN)]


@pytest.mark.parametrize(("rule", "id_", "values"), [
    ("资产 >= 5 万元", "assets", MONEY),
    ("占比 < 50%", "share", [known(1), unknown(vocabulary().facts["share"])]),
    ("级别 in [市级, 国家级]", "level", [known(0), known(2), unknown(vocabulary().facts["level"])]),
    ("联合", "joint", [PASS, FAIL, UNKNOWN]),
    ("名称 = “甲”", "title", [("甲", "甲", 0), ("乙", "乙", 0), (None, None, UNKNOWN)])],
    ids=["money", "share", "choice", "status", "text"])
def test_a_gap_is_a_kernels_own_matter(rule: str, id_: str, values: list[Value]) -> None:
    policy = policy_of({"conditions": [{"id": "A", "require": rule, "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "require": ["A"]}])
    crowd = [value(id_, one) for one in values]
    held_to_the_closure(policy, crowd, False)

    assert only_facts_are_read(policy, crowd), sources(policy, population_of(crowd, vocabulary()))


def only_facts_are_read(policy: Policy, crowd: list[Facts]) -> bool:
    """Nothing has been worked out node by node for the policy's kernels."""
    read = [line for source in sources(policy, population_of(crowd, vocabulary())) for line in source.splitlines()
            if line.strip().startswith("# f") and ": " in line]
    return bool(read) and not any(": (" in line for line in read)


def test_points_and_ratios_in_doubt_are_a_kernels_own_matter() -> None:
    tiers = {"id": "T", "name": "分一", "full": 20, "cite": "1", "of": "利润 / 资产",
             "tiers": ">= 50% | 20\n>= 5% | 7\n其余 | 1\n"}
    cases = {"id": "U", "name": "分二", "full": 200, "cite": "1",
             "first": "联合 and 利润 + 资产 > 3 万元 | 200\n上市 | 3\n其余 | 0"}
    score = {"id": "total", "name": "得分", "full": 220, "cite": "1",
             "groups": [{"id": "all", "name": "组", "full": 220, "items": [tiers, cases]}]}
    policy = policy_of({"conditions": [{"id": "A", "require": "得分 >= 8 分", "cite": "1"},
                                       {"id": "B", "require": "max(利润, 资产) < 2 * 资产 + 1 万元", "cite": "1"}],
                        "scores": [score]}, [{"id": "g", "name": "甲", "main": True, "require": ["A", "B"]}])
    crowd = [Facts({"assets": assets, "profit": profit, "joint": joint, "listed": listed}, {})
             for assets in (known(0), *MONEY) for profit in (known(0), known(2 * WAN), (-ENDLESS, ENDLESS, UNKNOWN))
             for joint in (PASS, FAIL, UNKNOWN) for listed in (FAIL, UNKNOWN)]
    held_to_the_closure(policy, crowd, False)

    assert only_facts_are_read(policy, crowd), sources(policy, population_of(crowd, vocabulary()))


def test_what_does_not_apply_is_left_to_others() -> None:
    entry = vocabulary().facts["growth"]
    assert entry.not_applicable
    policy = policy_of({"conditions": [{"id": "A", "require": "not (增长率 > 5%)", "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "require": ["A"]}])
    held_to_the_closure(policy, [value(entry.id, known(1)), value(entry.id, not_applicable(entry))], False)
