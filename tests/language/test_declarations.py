"""What a policy's files declare of itself, its parameters and conditions, and every mistake with its place."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from declared import POLICY, RULES

from guiju.language.compile import compile_policy
from guiju.language.policy import Parameter, Policy
from guiju.source.diagnostics import GuijuError
from guiju.values import FAIL, PASS
from guiju.vocabulary import Vocabulary

Compile = Callable[..., Policy]
Faults = Callable[..., list[str]]


# policy.yaml


def test_a_policy_says_what_it_is(compiled: Compile) -> None:
    policy = compiled(policy="""\
id: p
title: {zh: 试行办法, en: Trial}
issuer: [甲局, 乙局]
number: 甲〔2020〕1 号
region: "12"
published: 2019-12-01
in_force: {from: 2020-01-01, to: 2024-12-31, cite: "1"}
unverified: [日期待核]
clauses: {"1": {zh: 第一条, en: article 1, lines: 3-5}}
goals:
- {id: goal, name: {zh: 目标, en: goal}, main: true, require: [C]}
duties:
- {id: D, kind: report, zh: 报告, en: report, cite: "1"}
""")

    assert (policy.title.en, policy.issuer, policy.number) == ("Trial", ("甲局", "乙局"), "甲〔2020〕1 号")
    assert (policy.published, policy.start, policy.end) == (
        dt.date(2019, 12, 1), dt.date(2020, 1, 1), dt.date(2024, 12, 31))
    assert (policy.clauses["1"].text.zh, policy.clauses["1"].lines) == ("第一条", "3-5")
    assert [(d.id, d.kind, d.clauses) for d in policy.duties] == [("D", "report", ("1",))]
    assert (policy.goals[0].name.en, policy.force_clauses, policy.unverified) == ("goal", ("1",), ("日期待核",))


@pytest.mark.parametrize(("old", "new", "found"), [
    ("title: 试行办法\n", "", "policy.yaml:1:1 E023"),
    ("goals:", "goal:", "policy.yaml:5:1 E022"),
    ("from: 2020-01-01", "form: 2020-01-01", "policy.yaml:3:12 E022"),
    ("2020-01-01", "2020-02-30", "policy.yaml:3:18 E026"),
    ("{from: 2020-01-01}", "{from: 2020-01-01, cite: '9'}", "policy.yaml:3:36 E240"),
    ("{zh: 第一条}", "{en: one}", "policy.yaml:4:16 E023"),
    ("[C]", "[C, D]", "policy.yaml:6:49 E220"),
    ("require: [C]", "require: [C], score: s", "policy.yaml:6:3 E276"),
    ("id: goal", "id: C", "policy.yaml:6:3 E241"),
    ("id: goal", "id: ''", "policy.yaml:6:3 E241"),
    ("main: true", "main: 主", "policy.yaml:6:30 E024"),
    ("goals:", "duties:\n- {id: D, kind: advice, zh: 建议}\ngoals:", "policy.yaml:6:3 E246"),
    ("goals:", "duties:\n- {id: C, kind: note, zh: 建议}\ngoals:", "policy.yaml:6:3 E241"),
    ("goals:", "duties:\n- {id: D, kind: note, zh: 建议, cite: 8}\ngoals:", "policy.yaml:6:37 E240"),
])
def test_mistakes_of_identity(faults: Faults, old: str, new: str, found: str) -> None:
    assert found in faults(RULES, POLICY.replace(old, new, 1))


def test_an_unknown_clause_is_answered_with_the_nearest(mistakes: Faults) -> None:
    assert mistakes("conditions:\n- {id: C, require: 联合, cite: 2(二)}\n") == [
        "rules.yaml:2:30 E240 条款“2(二)”不在 policy.yaml 的 clauses 里。是不是“2(一)”？"]


def test_a_folder_without_a_policy(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        compile_policy(tmp_path, vocabulary)

    assert [d.code for d in caught.value.diagnostics] == ["E280"]


def test_all_mistakes_are_told_at_once_in_file_order(faults: Faults) -> None:
    rules = "conditions:\n- {id: C, require: 面积 > 3}\n- {id: D, require: 用地}\n- {id: D, require: 联合}\n"

    assert faults(rules) == ["rules.yaml:2:23 E212", "rules.yaml:3:20 E220", "rules.yaml:4:3 E241"]


def test_cases_are_no_rules_and_rules_may_be_in_any_file(compiled: Compile) -> None:
    policy = compiled(RULES, other="conditions:\n- {id: D, require: 上市}\n", cases="- nonsense")

    assert sorted(policy.conditions) == ["C", "D"]


# Parameters


def parameter(compiled: Compile, text: str) -> Parameter:
    return compiled(RULES, POLICY + f"parameters:\n  x: {{name: 读法, {text}}}\n").parameters["x"]


@pytest.mark.parametrize(("text", "default", "alternatives"), [
    ("type: choice, default: 甲, or: [乙, 丙]", 0, (1, 2)),
    ("type: choice, or: [甲, 乙]", None, (0, 1)),
    ("type: bool, default: 是, or: [否]", PASS, (FAIL,)),
    ("type: number, unit: 项, default: 3 项", 3, ()),
    ("type: number, unit: 年, default: 3 年, or: [30 月]", 36, (30,)),
    ("type: money, default: 20 万元, or: [1 亿元]", 20_000_000, (10**10,)),
    ("type: ratio, default: 50%", 1 / 2, ()),
    ("type: date, default: 2020-01-01", dt.date(2020, 1, 1).toordinal(), ()),
    ("type: money", None, ()),
])
def test_a_parameter_of_every_type(compiled: Compile, text: str, default: object, alternatives: object) -> None:
    found = parameter(compiled, text)

    assert (found.default, found.alternatives) == (default, alternatives)


@pytest.mark.parametrize(("as_of", "known_at", "value"), [
    ("2020-12-31", "2020-12-31", 1),  # before any dated value: the default
    ("2021-01-01", "2021-01-01", 2),
    ("2021-12-31", "2021-12-31", 2),
    ("2022-01-01", "2022-03-31", 2),  # in force, but not yet known
    ("2022-01-01", "2022-04-01", 3),
    ("2021-06-01", "2022-04-01", 2),  # known, but not yet in force
])
def test_a_dated_value_is_in_force_and_known(compiled: Compile, as_of: str, known_at: str, value: int) -> None:
    found = parameter(compiled, "type: number, unit: 项, default: 1 项, values: [{from: 2021-01-01, value: 2 项}, "
                                "{from: 2022-01-01, published: 2022-04-01, value: 3 项}]")

    assert found.value_at(dt.date.fromisoformat(as_of), dt.date.fromisoformat(known_at)) == value


@pytest.mark.parametrize(("text", "found"), [
    ("type: number, default: 3 项", ["policy.yaml:8:6 E243"]),
    ("type: number, unit: 打, default: 3 项", ["policy.yaml:8:6 E243"]),
    ("type: integer", ["policy.yaml:8:6 E244"]),
    ("type: number, unit: 项, default: 3 年", ["policy.yaml:8:49 E245"]),
    ("type: money, default: 20", ["policy.yaml:8:39 E245"]),
    ("type: money, default: 资产", ["policy.yaml:8:39 E245"]),
    ("type: bool, default: 也许", ["policy.yaml:8:38 E245"]),
    ("type: date, default: 2020-13-01", ["policy.yaml:8:38 E026"]),
    ("type: money, values: [{from: 2021-01-01}]", ["policy.yaml:8:39 E023"]),
    ("type: money, size: 3", ["policy.yaml:8:30 E022"]),
    ("default: 3", ["policy.yaml:8:6 E023"]),
])
def test_mistakes_of_parameters(faults: Faults, text: str, found: list[str]) -> None:
    assert faults(RULES, POLICY + f"parameters:\n  x: {{name: 读法, {text}}}\n") == found


# Conditions


def test_members_are_ids_expressions_or_written_in_place(compiled: Compile) -> None:
    policy = compiled("""\
conditions:
- id: C
  all_of:
  - B
  - 上市
  - {id: D, name: 面积, require: 面积 > 3 平方米, strength: principle, cite: "1"}
  - any_of: [海外, B]
- {id: B, require: 联合}
""")

    assert [(m.id, m.form, m.strength) for m in policy.conditions["C"].members] == [
        ("B", "require", "hard"), ("C#2", "require", "hard"), ("D", "require", "principle"), ("C#4", "any_of", "hard")]
    assert sorted(policy.conditions) == ["B", "C", "C#2", "C#4", "C#4#1", "D"]


@pytest.mark.parametrize(("rules", "found"), [
    ("- {id: C, require: 联合, all_of: [上市]}", ["rules.yaml:2:3 E251"]),
    ("- {id: C, name: 空}", ["rules.yaml:2:3 E251"]),
    ("- {id: C, at_least: 3, of: [联合, 上市]}", ["rules.yaml:2:3 E250"]),
    ("- {id: C, at_least: 0, of: [联合, 上市]}", ["rules.yaml:2:3 E250"]),
    ("- {id: C, at_least: 两, of: [联合, 上市]}", ["rules.yaml:2:3 E025"]),
    ("- {id: C, require: 联合, strength: softly}", ["rules.yaml:2:3 E252"]),
    ("- {id: C, all_of: []}", ["rules.yaml:2:3 E253"]),
    ("- {id: C, all_of: 联合}", ["rules.yaml:2:3 E253"]),
    ("- {id: C, at_least: 1}", ["rules.yaml:2:3 E253"]),
    ("- {id: C, all_of: [[联合]]}", ["rules.yaml:2:20 E254"]),
    ("- {id: C, all_of: [R]}\n- {id: R, on: 成果, require: 牵头}", ["rules.yaml:2:20 E255"]),
    ("- {id: C, require: 联合}\n- {id: C, require: 上市}", ["rules.yaml:3:3 E241"]),
    ("- {require: 联合}", ["rules.yaml:2:3 E241"]),
    ("- {id: C, all_of: [D]}\n- {id: D, all_of: [C]}", ["rules.yaml:2:20 E242", "rules.yaml:3:20 E242"]),
    ("- {id: C, requires: 联合}", ["rules.yaml:2:11 E022"]),
    ("- {id: C, require: 联合, when: 面积}", ["rules.yaml:2:30 E210"]),
    ("- {id: C, require: 联合, when: [联合]}", ["rules.yaml:2:30 E021"]),
    ("- {id: C, on: 成品, require: 联合}", ["rules.yaml:2:15 E227"]),
    ("- C", ["rules.yaml:2:3 E020"]),
])
def test_mistakes_of_conditions(faults: Faults, rules: str, found: list[str]) -> None:
    goals = POLICY.replace("[C]", "[]")

    assert faults(f"conditions:\n{rules}\n", goals) == found


@pytest.mark.parametrize(("strength", "rule", "counts"), [
    ("hard", "presume(fact('joint'))", True), ("judgement", "presume(fact('joint'))", True),
    ("veto", "presume(not(fact('joint')))", True), ("principle", "soften(presume(fact('joint')))", True),
    ("silent", "soften(presume(fact('joint')))", True), ("preference", "fact('joint')", False),
    ("hint", "fact('joint')", False),
])
def test_what_a_strength_makes_of_a_test(compiled: Compile, strength: str, rule: str, counts: bool) -> None:
    condition = compiled(f"conditions:\n- {{id: C, require: 联合, strength: {strength}}}\n").conditions["C"]

    assert (repr(condition.node), condition.counts) == (rule, counts)


def test_a_strength_may_hold_only_under_a_condition(compiled: Compile) -> None:
    policy = compiled("conditions:\n- {id: C, require: 联合, strength: principle, strength_when: 上市, when: 海外}\n")

    assert repr(policy.conditions["C"].node) == (
        "guard(fact('overseas'), if(fact('listed'), soften(presume(fact('joint'))), presume(fact('joint'))))")
