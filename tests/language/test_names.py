"""What a name means where it stands: row fields first, then the policy's own names, then the dictionary."""

from collections.abc import Callable

import pytest

from guiju.language.policy import Policy

Compile = Callable[..., Policy]
Expressed = Callable[..., Policy]
Fault = Callable[..., str]


def rule_of(expression: str, expressed: Expressed) -> str:
    """The rule of an expression."""
    return repr(expressed(expression).conditions["C"].bare)


@pytest.mark.parametrize(("expression", "rule"), [
    # a name, an id, and an alias find the same fact
    ("资产 > 0 万元", "gt(fact('assets'), const(0))"), ("assets > 0 万元", "gt(fact('assets'), const(0))"),
    # the year of application is built in
    ("申报年度 = 2024 年度", "eq(year(fact('application_date')), const(2024))"),
    ("application_year = 2024 年度", "eq(year(fact('application_date')), const(2024))"),
    # a member by name or id, only where the other side is that enumeration, on either side
    ("级别 = 省级", "eq(fact('level'), const(1))"), ("level = province", "eq(fact('level'), const(1))"),
    ("省级 = 级别", "eq(const(1), fact('level'))"), ('级别 = "省级"', "eq(fact('level'), const(1))"),
    ("级别 in [市级, 国家级]", "in(fact('level'), (0, 2))"),
    # inside a row the field wins over the fact of the same name
    ("exists(成果 where 级别 = 省级)", "ge(count('work', eq(field('work', 1), const(1))), const(1))"),
    ("exists(成果 where 本单位.级别 = 省级)", "ge(count('work', eq(fact('level'), const(1))), const(1))"),
    ("exists(成果 where 成果.级别 = 省级)", "ge(count('work', eq(field('work', 1), const(1))), const(1))"),
    ("exists(成果 where work.grade = 省级)", "ge(count('work', eq(field('work', 1), const(1))), const(1))"),
    ("exists(成果 where 资产 > 费用)", "ge(count('work', gt(fact('assets'), field('work', 2))), const(1))"),
    # of two open rows the inner is seen first, the outer by its name
    ("exists(成果 where exists(奖项 where 奖金 > 费用))",
     "ge(count('work', ge(count('award', gt(field('award', 1), field('work', 2))), const(1))), const(1))"),
    # regions by prefix, short codes filled up
    ("注册地 = 12", "eq(fact('seat'), const(120000))"),
    ("注册地 under 1201", "all(ge(fact('seat'), const(120100)), le(fact('seat'), const(120199)))"),
    ("注册地 under 12", "all(ge(fact('seat'), const(120000)), le(fact('seat'), const(129999)))"),
    # sugar
    ("none(处罚)", "not(ge(count('penalty', const(0)), const(1)))"),
    ("级别 not in [省级]", "not(eq(fact('level'), const(1)))"),
    ("成立日 within 3 年 before 申报日 滚动",
     "all(ge(fact('founded'), shift(fact('application_date'), const(-36))), "
     "le(fact('founded'), fact('application_date')))"),
    ("成立日 within 3 年 before 申报日 calendar",
     "all(ge(year(fact('founded')), sub(year(fact('application_date')), const(3))), "
     "lt(year(fact('founded')), year(fact('application_date'))))"),
])
def test_a_name_means(expressed: Expressed, expression: str, rule: str) -> None:
    assert rule_of(expression, expressed) == rule


@pytest.mark.parametrize(("expression", "place"), [
    ("费用 > 3 万元",                          "1 E220"),  # a field outside its rows
    ("exists(成果 where 奖金 > 3 万元)",       "17 E220"),  # a field of other rows
    ("exists(成果 where 奖项.奖金 > 3 万元)",  "17 E220"),
    ("exists(成果 where 本单位.费用 > 3 万元)", "17 E220"),
    ("成果.级别 = 省级",                       "1 E220"),
    ("企业 = 形状",                            "1 E220"),
])
def test_a_name_that_means_nothing_here(fault: Fault, expression: str, place: str) -> None:
    assert fault(expression) == place


WINDOW = """\
id: p
title: 试行办法
in_force: {from: 2020-01-01}
clauses: {"1": {zh: 第一条}}
goals:
- {id: goal, name: 目标, main: true, require: [C]}
parameters:
  kind: {name: 窗口口径, type: choice, default: %s, or: [%s]}
"""
BY_CHOICE = "conditions:\n- {id: C, require: 成立日 within 3 年 before 申报日 窗口口径}\n"


def test_a_window_may_follow_a_parameter(compiled: Compile) -> None:
    rule = compiled(BY_CHOICE, WINDOW % ("滚动", "自然年")).conditions["C"].bare

    assert (rule.op, repr(rule.args[0])) == ("if", "eq(param('p:kind'), const(0))")


def test_the_parameter_of_a_window_has_the_two_readings(mistakes: Callable[..., list[str]]) -> None:
    assert mistakes(BY_CHOICE, WINDOW % ("滚动", "会计年")) == [
        "rules.yaml:2:24 E225 “窗口口径”的取值应是 滚动 与 自然年"]


DEFINED = """\
definitions:
- {id: twice, name: 双倍, en: twice, value: 一倍 * 2}
- {id: once, name: 一倍, value: 资产 + 1 万元}
- {id: dear, name: 昂贵, on: 成果, value: 费用 > 门槛}
- {id: sill, name: 门槛, value: 双倍}
conditions:
- {id: C, require: exists(成果 where 昂贵) and twice > 3 万元}
"""


def test_definitions_stand_in_any_order(compiled: Compile) -> None:
    policy = compiled(DEFINED)

    assert repr(policy.definitions["twice"].node) == "mul(add(fact('assets'), const(1000000)), const(2))"
    assert policy.definitions["dear"].node.rows == {"work"}
    assert policy.definitions["sill"].node is policy.definitions["twice"].node


def test_a_definition_wins_over_a_fact(compiled: Compile) -> None:
    policy = compiled("definitions:\n- {id: d, name: 资产, value: 利润}\n"
                      "conditions:\n- {id: C, require: 资产 > 0 元}\n")

    assert repr(policy.conditions["C"].bare) == "gt(fact('profit'), const(0))"


@pytest.mark.parametrize(("rules", "found"), [
    ("- {id: a, name: 甲, value: 甲 + 1}",
     ["rules.yaml:2:3 E242 “definition a”的含义绕回了自己"]),
    ("- {id: a, name: 甲, value: 乙 + 1}\n- {id: b, name: 乙, value: 甲 + 1}",
     ["rules.yaml:2:3 E242 “definition a”的含义绕回了自己", "rules.yaml:3:3 E242 “definition b”的含义绕回了自己"]),
])
def test_a_circle_of_definitions(mistakes: Callable[..., list[str]], rules: str, found: list[str]) -> None:
    assert mistakes(f"definitions:\n{rules}\nconditions:\n- {{id: C, require: 联合}}\n") == found


def test_a_definition_of_rows_needs_an_open_row(fault: Fault) -> None:
    assert fault("昂贵", "definitions:\n- {id: dear, name: 昂贵, on: 成果, value: 牵头}\n") == "1 E220"
