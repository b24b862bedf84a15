"""The next question: first what decides, last what no applicant can answer, nothing once all is decided."""

from typing import Any

import pytest
from small import ASKED, condition, evaluated, fund, policy

from guiju.evaluate.ask import Question, questions
from guiju.language.policy import Policy


def asked(rules: Policy, given: str = "", **setting: Any) -> list[str]:
    return [q.id for q in questions([evaluated(rules, given, **setting)])]


@pytest.mark.parametrize(("expression", "given", "expected"), [
    ("联合", "", ["joint"]),
    ("联合 and 上市", "", ["joint", "listed"]),
    ("联合 and 上市", "联合: 是", ["listed"]),
    ("(联合 and 上市) or 海外", "联合: 否", ["overseas"]),
    ("(联合 or 面积 > 3 平方米) and 上市", "", ["listed", "joint", "area"]),  # 上市 alone can decide: refuse
    ("(联合 and 面积 > 3 平方米) or 上市", "", ["listed", "joint", "area"]),  # 上市 alone can decide: grant
    ("count(成果) >= 1 and 联合", "", ["work", "joint"]),
    ("count(成果 where 级别 = 省级) >= 1", "成果: [{}]", ["work.grade"]),
])
def test_what_decides_comes_first(expression: str, given: str, expected: list[str]) -> None:
    assert asked(condition(expression), given) == expected


@pytest.mark.parametrize("given", ["联合: 否", "联合: 是\n上市: 是", "上市: 否"])
def test_nothing_is_asked_once_all_is_decided(given: str) -> None:
    assert asked(condition("联合 and 上市"), given) == []


def test_judgements_come_after_facts_and_parameters_last() -> None:
    rules = condition("面积 >= 门槛 and 领先 and 联合",
                      head=ASKED + "parameters:\n  sill: {name: 门槛, type: number, unit: 平方米}\n")

    assert [(q.kind, q.id) for q in questions([evaluated(rules, "面积: 3")])] == [
        ("fact", "joint"), ("judgement", "leading"), ("parameter", "sill")]


def test_a_decided_goal_asks_nothing_of_its_own() -> None:
    rules = policy("conditions:\n- {id: C, require: 联合}\n- {id: D, require: 上市}\n",
                   "goals:\n- {id: a, name: 甲, main: true, require: [C]}\n"
                   "- {id: b, name: 乙, main: true, require: [D]}\n- {id: c, name: 丙, require: [海外]}\n")

    assert asked(rules, "联合: 否") == ["listed"]
    assert asked(rules, "联合: 否\n上市: 否") == []


def test_a_fund_asks_for_what_the_amount_waits_for() -> None:
    rules = fund("id | 级别 | 金额\nX | 国家级 | 8 万元\nY | 省级 | 3 万元")

    assert [asked(rules, given) for given in ("", "成果: [{级别: 国家级}, {}]", "成果: [{级别: 国家级}]")] == [
        ["work"], ["work.grade"], []]


def only(rules: Policy, given: str = "") -> Question:
    (question,) = questions([evaluated(rules, given)])
    return question


def test_a_question_says_what_it_decides() -> None:
    question = only(condition("联合"))

    assert (question.decides, question.choices) == ((("test", "goal"),), ("是", "否"))
    assert (question.why.zh, question.why.en) == ("可定“试行办法”的认定", "may decide title of trial measures")


@pytest.mark.parametrize(("expression", "unit", "choices"), [
    ("面积 > 3 平方米", "平方米", ()), ("资产 > 3 万元", "万元", ()), ("级别 = 省级", "", ("市级", "省级", "国家级")),
    ('名称 = "甲"', "", ()), ("成立日 < 2020-01-01", "", ()),
])
def test_a_question_says_how_to_answer(expression: str, unit: str, choices: tuple[str, ...]) -> None:
    question = only(condition(expression))

    assert (question.unit, question.choices) == (unit, choices)


def test_a_question_of_two_policies_is_asked_once_and_weighs_more() -> None:
    both, one = condition("联合 and 上市"), condition("联合 and 海外")

    found = questions([evaluated(one, ""), evaluated(both, "")])
    assert [(q.id, len(q.decides)) for q in found] == [("joint", 2), ("overseas", 1), ("listed", 1)]


def test_a_decided_question_is_settled_by_its_answer() -> None:
    """Every fact that is said to decide does decide by one of its answers."""
    rules = condition("(联合 or 面积 > 3 平方米) and 上市")

    for question in questions([evaluated(rules, "")]):
        decided = any(not questions([evaluated(rules, f"{question.name}: {answer}")])
                      for answer in question.choices or ("0", "4"))
        assert (question.id, bool(question.decides)) == (question.id, decided)
