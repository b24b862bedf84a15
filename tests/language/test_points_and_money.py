"""Scores, price tables, limits and bans as a policy's files declare them, and every mistake with its place."""

from collections.abc import Callable

import pytest
from declared import POLICY, RULES

from guiju.language.policy import Policy

Compile = Callable[..., Policy]
Faults = Callable[..., list[str]]


# Scores


def score(items: str, full: str = "10") -> str:
    return f"{RULES}scores:\n- id: s\n  full: {full}\n  items:\n{items}"


SCORE = """\
  - id: a
    full: 4
    of: 占比
    tiers: |
      >= 5% | 4
      >= 3% | 2.5 分
      其余  | 0
  - id: b
    full: 2
    first: |
      联合 and 上市 | 2
      联合          | 1
      其余          | 0
  - {id: c, full: 3, each: 2, of_each: [联合, 上市]}
  - {id: d, full: 1, points: 'min(1 分, floor(年限 / 2 年) * 1 分)'}
  - id: e
    full: 0
    best_of:
    - {of: 资产, tiers: ">= 3 万元 | 1\\n其余 | 0"}
    - {points: 0 分}
"""


def test_a_score_is_the_sum_of_its_items(compiled: Compile) -> None:
    policy = compiled(score(SCORE))

    assert [(i.id, i.full) for i in policy.scores["s"].groups[0].items] == [
        ("a", 4), ("b", 2), ("c", 3), ("d", 1), ("e", 0)]
    assert [[(t.text, t.points) for t in table] for table in policy.scores["s"].groups[0].items[0].tables] == [
        [(">= 5%", 4), (">= 3%", 5 / 2), ("其余", 0)]]


@pytest.mark.parametrize(("item", "found"), [
    ("  - id: a\n    full: 4\n    of: 占比\n    tiers: |\n      >= 5% | 四\n      其余  | 0", "rules.yaml:11:15 E260"),
    ("  - id: a\n    full: 4\n    of: 占比\n    tiers: |\n      >= 5% | 4\n      >= 3% | 3", "rules.yaml:10:12 E261"),
    ("  - id: a\n    full: 4\n    first: |\n      其余 | 4\n      其余 | 0", "rules.yaml:9:12 E261"),
    ("  - id: a\n    full: 4\n    first: |\n      联合\n      其余", "rules.yaml:10:7 E261"),
    ("  - {id: a, full: 4, first: ''}", "rules.yaml:7:29 E261"),
    ("  - id: a\n    full: 4\n    of: 占比\n    tiers: |\n      5%   | 4\n      其余 | 0", "rules.yaml:11:7 E262"),
    ("  - id: a\n    full: 4\n    of: 占比\n    tiers: |\n      >= 5 | 4\n      其余 | 0", "rules.yaml:11:7 E212"),
    ("  - {id: a, full: 4, tiers: '其余 | 0'}", "rules.yaml:7:5 E023"),
    ("  - {id: a, full: 4, points: 资产}", "rules.yaml:7:30 E263"),
    ("  - {id: a, full: 4}", "rules.yaml:7:5 E264"),
    ("  - {id: a, full: 4, points: 1 分, each: 2, of_each: [联合]}", "rules.yaml:7:5 E264"),
    ("  - {id: a, full: 四, points: 1 分}", "rules.yaml:7:5 E265"),
    ("  - {id: a, full: 1/0, points: 1 分}", "rules.yaml:7:5 E265"),
    ("  - {id: a, points: 1 分}", "rules.yaml:7:5 E023"),
    ("  - {id: a, full: 4, each: 一, of_each: [联合]}", "rules.yaml:7:5 E025"),
    ("  - {id: a, full: 4, each: 2, of_each: [资产]}", "rules.yaml:7:41 E210"),
    ("  - {id: a, full: 4, points: s}", "rules.yaml:4:3 E242"),
])
def test_mistakes_of_scores(faults: Faults, item: str, found: str) -> None:
    assert faults(score(item + "\n"), POLICY) == [found]


def test_a_score_without_items(faults: Faults) -> None:
    assert faults(f"{RULES}scores:\n- {{id: s, full: 10}}\n") == ["rules.yaml:4:3 E023"]


# Benefits, limits, bans


def fund(table: str, more: str = "", keys: str = "") -> str:
    lines = "\n".join(f"    {line}" for line in table.splitlines())
    return f"{RULES}benefits:\n- id: works\n  each: 成果\n{keys}  table: |\n{lines}\n{more}"


TABLE = "id | 级别 | 金额\nX1 | 国家级 | 8 万元\nX2 | 市级、省级 | 50% * X1"


def test_a_price_table_line_by_line(compiled: Compile) -> None:
    (benefit,) = compiled(fund(TABLE)).benefits

    assert [(r.id, r.text, repr(r.test), repr(r.amount)) for r in benefit.rows] == [
        ("X1", "国家级", "eq(field('work', 1), const(2))", "const(8000000)"),
        ("X2", "市级、省级", "any(eq(field('work', 1), const(0)), eq(field('work', 1), const(1)))", "const(4000000)")]


@pytest.mark.parametrize(("column", "cell", "rule"), [
    ("级别", "-", "const(0)"), ("级别", ">= 省级", "ge(field('work', 1), const(1))"),
    ("级别", "市级..省级", "all(ge(field('work', 1), const(0)), le(field('work', 1), const(1)))"),
    ("位次", "1..3", "all(ge(field('work', 4), const(1)), le(field('work', 4), const(3)))"),
    ("位次", "= 1", "eq(field('work', 4), const(1))"), ("位次", "2", "eq(field('work', 4), const(2))"),
    ("费用", "> 3 万元", "gt(field('work', 2), const(3000000))"), ("系列", '"甲"', "eq(field('work', 0), const('甲'))"),
    ("牵头", "是", "field('work', 6)"), ("牵头", "否", "not(field('work', 6))"),
    ("条件", "牵头 and 联合", "all(field('work', 6), fact('joint'))"), ("条件", "-", "const(0)"),
])
def test_what_a_cell_tests(compiled: Compile, column: str, cell: str, rule: str) -> None:
    (benefit,) = compiled(fund(f"id | {column} | 金额\nX | {cell} | 1 万元")).benefits

    assert repr(benefit.rows[0].test) == rule


def test_an_amount_fixed_elsewhere(compiled: Compile) -> None:
    assert compiled(fund("id | 金额\nX | 外部规定")).benefits[0].rows[0].amount is None


@pytest.mark.parametrize(("rules", "found"), [
    (fund(TABLE, keys="  kind: about\n"), "rules.yaml:4:3 E271"),
    (fund("id | 金额\nX | 8"), "rules.yaml:8:9 E272"),
    (fund("id | 金额\nX | 位次"), "rules.yaml:8:9 E272"),
    (fund(TABLE, keys="  ceiling: 位次\n"), "rules.yaml:6:12 E272"),
    (fund("id | 级别\nX | 省级"), "rules.yaml:7:5 E273"),
    (fund("级别 | 金额\n省级 | 8 万元"), "rules.yaml:7:5 E273"),
    (f"{RULES}benefits:\n- {{id: works, each: 成果, table: ''}}\n", "rules.yaml:4:3 E273"),
    (fund("id | 级别 | 金额\nX | 县级 | 8 万元"), "rules.yaml:8:9 E221"),
    (fund("id | 位次 | 金额\nX | 8 万元 | 8 万元"), "rules.yaml:8:9 E212"),
    (fund("id | 牵头 | 金额\nX | 联合 | 8 万元"), "rules.yaml:8:9 E211"),
    (fund("id | 牵头 | 金额\nX | 5 | 8 万元"), "rules.yaml:8:9 E211"),
    (fund("id | 大小 | 金额\nX | 5 | 8 万元"), "rules.yaml:7:10 E220"),
    (fund("id | 金额 | 依据\nX | 8 万元 | 9"), "rules.yaml:8:5 E240"),
    (fund("id | 金额\nX | 8 万元\nX | 9 万元"), "rules.yaml:9:5 E241"),
    (fund("id | 金额\nX | 50% * Y\nY | 50% * X"), "rules.yaml:8:5 E242"),
    (fund("id | 金额\nX | 8 万元 | 9"), "rules.yaml:8:5 E010"),
    (fund(TABLE).replace("成果", "成品"), "rules.yaml:5:9 E227"),
    (fund(TABLE, keys="  merge: {id: M}\n  size: 3\n"), "rules.yaml:7:3 E022"),
    (fund(TABLE, keys="  merge: {by: 系列}\n"), "rules.yaml:6:10 E023"),
    (fund(TABLE, keys="  when: [面积]\n"), "rules.yaml:6:10 E210"),
    (fund(TABLE, "limits:\n- {id: L, keep: 3, cap: 5 万元, of: all}\n"), "rules.yaml:11:3 E274"),
    (fund(TABLE, "limits:\n- {id: L, of: all}\n"), "rules.yaml:11:3 E274"),
    (fund(TABLE, "limits:\n- {id: L, keep: 3}\n"), "rules.yaml:11:3 E023"),
    (fund(TABLE, "limits:\n- {id: L, keep: 三, of: all}\n"), "rules.yaml:11:3 E025"),
    (fund(TABLE, "limits:\n- {id: L, cap: 5, of: all}\n"), "rules.yaml:11:16 E270"),
    (fund(TABLE, "limits:\n- {id: L, keep: 3, of: [work]}\n"), "rules.yaml:11:3 E275"),
    (fund(TABLE, "limits:\n- {id: X1, keep: 3, of: all}\n"), "rules.yaml:11:3 E241"),
    (fund(TABLE, "limits:\n- {id: L, keep: 3, of: all, by: [奖金]}\n"), "rules.yaml:11:34 E220"),
    (fund(TABLE, "limits:\n- {id: L, keep: 3, of: all, where: 位次}\n"), "rules.yaml:11:36 E210"),
    (f"{RULES}bans:\n- {{id: B, each: 处罚, from: 决定日, lasts: 3}}\n", "rules.yaml:4:3 E215"),
    (f"{RULES}bans:\n- {{id: B, each: 成果, from: 费用, lasts: 3 万元}}\n", "rules.yaml:4:3 E211"),
    (f"{RULES}bans:\n- {{id: B, each: '', from: 决定日, lasts: 3 年}}\n", "rules.yaml:4:3 E227"),
    (f"{RULES}bans:\n- {{id: B, each: 处罚, lasts: 3 年}}\n", "rules.yaml:4:3 E023"),
])
def test_mistakes_of_funds(faults: Faults, rules: str, found: str) -> None:
    assert found in faults(rules)


def test_limits_act_by_stage_whatever_their_order(compiled: Compile) -> None:
    policy = compiled(fund(TABLE, """\
limits:
- {id: L5, cap: 5 万元, of: all}
- {id: L4, best: 2, of: category}
- {id: L3, keep: 3, of: [works], by: [级别]}
- {id: L2, elect: 1, of: [works]}
- {id: L1, highest: 1, of: [works], by: [系列]}
"""))

    assert [limit.id for limit in policy.limits] == ["L1", "L2", "L3", "L4", "L5"]


def test_a_ban_is_a_condition_too(compiled: Compile) -> None:
    policy = compiled(f"{RULES}bans:\n- {{id: B, each: 处罚, from: 决定日, lasts: 禁申年限}}\n",
                      POLICY.replace("[C]", "[C, B]"))

    assert [c.id for c in policy.goals[0].conditions] == ["C", "B"]
    assert repr(policy.bans[0].until) == (
        "largest('penalty', shift(field('penalty', 1), field('penalty', 2)), "
        "le(field('penalty', 1), fact('application_date')))")
