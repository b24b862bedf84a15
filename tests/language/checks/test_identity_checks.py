"""Terms and dated values, parameters, goals, doubts about the source."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
HEAD = """\
id: policy
title: 试行办法
FORCE
clauses: {"1": {zh: 唯一的一条}}
parameters:
  p: PARAMETER
goals:
  - {id: goal, name: 目标, main: true, require: [C]}
"""
FORCE = 'in_force: {from: 2024-01-01, cite: "1"}'


def with_parameter(find: Find, parameter: str, test: str = "面积 >= 门槛") -> list[str]:
    policy = HEAD.replace("FORCE", FORCE).replace("PARAMETER", parameter)
    return find(f'conditions:\n  - {{id: C, require: {test}, cite: "1"}}\n', policy)


def test_dated_values_do_not_repeat_a_day(find: Find) -> None:
    assert with_parameter(find, """
    {name: 门槛, type: number, unit: 平方米, cite: "1", values: [{from: 2024-01-01, value: 100 平方米},
     {from: 2024-01-01, value: 200 平方米}, {from: 2024-01-01, published: 2024-06-01, value: 300 平方米}]}
""") == ["policy.yaml:6 E310"]


@pytest.mark.parametrize(("documents", "expected"), [
    ("1: {zh: 办法}", []),
    ("1: {zh: 办法, region: '54'}", []),
    ("1: {zh: 办法, region: '540100'}", []),
    ("1: {zh: 办法, region: '99'}", ["policy.yaml:5 E307"]),
    ("1: {zh: 办法, region: 西藏}", ["policy.yaml:5 E307"]),
    ("函: {zh: 通知}", ["policy.yaml:5 W308"]),
])
def test_an_abbreviation_stands_for_a_document_with_clauses_and_of_a_region_that_there_is(
        find: Find, documents: str, expected: list[str]) -> None:
    policy = HEAD.replace("parameters:\n  p: PARAMETER\n", f"documents: {{{documents}}}\n").replace("FORCE", FORCE)

    assert find(policy=policy) == expected


@pytest.mark.parametrize(("start", "default", "expected"), [
    ("2024-01-01", "", []),
    ("2024-01-02", "", ["policy.yaml:6 W311"]),
    ("2024-01-02", "default: 50 平方米, ", []),
])
def test_dated_values_cover_the_policys_first_day(find: Find, start: str, default: str, expected: list[str]) -> None:
    assert with_parameter(find, f"""
    {{name: 门槛, type: number, unit: 平方米, cite: "1", {default}values: [{{from: {start}, value: 100 平方米}}]}}
""") == expected


@pytest.mark.parametrize(("force", "expected"), [
    ("in_force: {from: 2024-01-01, to: 2024-01-01, cite: '1'}", []),
    ("in_force: {from: 2024-01-01, to: 2023-12-31, cite: '1'}", ["policy.yaml:1 E312"]),
    ("in_force: {from: 2024-01-01, cite: '1'}\npublished: 2024-01-02", ["policy.yaml:1 W313"]),
])
def test_a_policy_begins_after_publication_and_before_its_end(find: Find, force: str, expected: list[str]) -> None:
    policy = HEAD.replace("parameters:\n  p: PARAMETER\n", "").replace("FORCE", force)

    assert find(policy=policy) == expected


@pytest.mark.parametrize(("parameter", "expected"), [
    ('{name: 门槛, type: choice, default: 甲, or: [乙], cite: "1", note: 未写, ref: A1}', []),
    ('{name: 门槛, type: choice, default: 甲, or: [乙, 甲], cite: "1", note: 未写, ref: A1}', ["policy.yaml:6 E314"]),
    ('{name: 门槛, type: choice, default: 甲, or: [乙], cite: "1", ref: A1}', ["policy.yaml:6 W315"]),
    ('{name: 门槛, type: choice, default: 甲, or: [乙], cite: "1", note: 未写}', ["policy.yaml:6 W315"]),
    ('{name: 门槛, type: choice, default: 甲, cite: "1"}', ["policy.yaml:6 W316", "rules.yaml:2 W341"]),
])
def test_a_choice_has_several_readings_and_a_reason(find: Find, parameter: str, expected: list[str]) -> None:
    assert with_parameter(find, parameter, "门槛 = 甲") == expected


def test_an_open_parameter_says_what_is_open(find: Find) -> None:
    parameter = '{name: 门槛, type: number, unit: 平方米, cite: "1"NOTE}'

    assert with_parameter(find, parameter.replace("NOTE", "")) == ["policy.yaml:6 W317"]
    assert with_parameter(find, parameter.replace("NOTE", ", note: 由省定")) == []


BENEFITS = """\
benefits:
  - id: grant
    table: |
      id | 金额
      B1 | 20 万元
    cite: "1"
"""


@pytest.mark.parametrize(("goal", "rules", "expected"), [
    ("{id: goal, name: 目标, require: [C]}", "", ["policy.yaml:1 E370"]),
    ("{id: goal, name: 目标, main: true}", "", ["policy.yaml:6 E371", "rules.yaml:2 W303"]),
    ("{id: goal, name: 目标, main: true, require: [C], pays: true}", "", ["policy.yaml:6 E372"]),
    ("{id: goal, name: 目标, main: true, require: [C], pays: true}", BENEFITS, []),
    ("{id: goal, name: 目标, main: true, require: [C]}", BENEFITS, ["rules.yaml:4 W373"]),
])
def test_goals_ask_something_and_pay_what_there_is(find: Find, goal: str, rules: str, expected: list[str]) -> None:
    policy = HEAD.replace("parameters:\n  p: PARAMETER\n", "").replace("FORCE", FORCE)
    policy = policy.replace("{id: goal, name: 目标, main: true, require: [C]}", goal)

    assert find('conditions:\n  - {id: C, require: 已批准, cite: "1"}\n' + rules, policy) == expected


def test_a_goal_of_hints_requires_nothing(find: Find) -> None:
    assert find('conditions:\n  - {id: C, require: 已批准, strength: hint, cite: "1"}\n') == ["policy.yaml:6 E371"]


def test_a_doubt_has_words(find: Find) -> None:
    policy = HEAD.replace("parameters:\n  p: PARAMETER\n", "").replace("FORCE", FORCE + "\nunverified: ['']")

    assert find(policy=policy) == ["policy.yaml:1 W390"]
