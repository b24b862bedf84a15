"""Conditions that say nothing, contradict themselves, repeat each other or have a strength that does nothing."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
CONDITION = 'conditions:\n  - {{id: C, {}, cite: "1"}}\n'
NEVER, ALWAYS, FINE = ["rules.yaml:2 E340"], ["rules.yaml:2 W341"], []


@pytest.mark.parametrize(("test", "expected"), [
    # against the domain
    ("占比 <= 100%", ALWAYS),
    ("占比 > 100%", NEVER),
    ("占比 >= 100%", FINE),
    ("面积 >= 0 平方米", ALWAYS),
    ("面积 > 0 平方米", FINE),
    ("count(项目) >= 0 项", ALWAYS),
    ("year(申报日) >= 1 年度", ALWAYS),
    # against each other
    ("面积 >= 3000 平方米 and 面积 < 3000 平方米", NEVER),
    ("面积 >= 3000 平方米 and 面积 <= 3000 平方米", FINE),
    ("面积 >= 3000 平方米 or 面积 < 3000 平方米", ALWAYS),
    ("面积 > 3000 平方米 or 面积 < 3000 平方米", FINE),
    ("count(项目) > 3 项 and count(项目) < 4 项", NEVER),
    ("形式 = 企业 and 形式 != 企业", NEVER),
    ("形式 in [企业, 学校, 其他]", ALWAYS),
    ("形式 in [企业, 学校]", FINE),
    ("已批准 or not 已批准", ALWAYS),
    ('名称 = "甲" and 名称 = "乙"', NEVER),
    ('名称 != "甲" or 名称 != "乙"', ALWAYS),
    ("成立日 > 2020-01-01 and 成立日 < 2020-01-02", NEVER),
    ("成立日 > 2020-01-01 and 成立日 < 2020-01-03", FINE),
    ("成立日 < 申报日 and 申报日 < 成立日", NEVER),
    ("(if 已批准 then 面积 else 面积 * 2) >= 100 平方米 and 已批准 and 面积 < 100 平方米", NEVER),
    # what a person decides can go either way
    ("能力较强", FINE),
])
def test_a_condition_can_be_met_and_can_be_missed(find: Find, test: str, expected: list[str]) -> None:
    assert find(CONDITION.format(f"require: '{test}'")) == expected


@pytest.mark.parametrize("test", [
    "exists(项目 where 位次 > 3 位 and 位次 < 2 位)",
    "none(项目 where 级别 = 国家 and 级别 = 国际)",
    "已批准 or sum(项目.费用 where 费用 < 0 万元) > 1 万元",
])
def test_some_row_can_pass_a_where(find: Find, test: str) -> None:
    assert find(CONDITION.format(f"require: {test}")) == ["rules.yaml:2 E348"]


def test_a_veto_is_met_where_the_bad_fact_is_absent(find: Find) -> None:
    assert find(CONDITION.format("require: 面积 >= 0 平方米, strength: veto")) == NEVER
    assert find(CONDITION.format("require: 占比 > 100%, strength: veto")) == ALWAYS


@pytest.mark.parametrize(("when", "test", "expected"), [
    ("占比 > 100%", "已批准", ["rules.yaml:2 E342"]),
    ("占比 >= 0%", "已批准", ["rules.yaml:2 W343"]),
    ("占比 >= 5%", "占比 >= 3%", ALWAYS),
    ("占比 >= 5%", "占比 < 3%", NEVER),
    ("占比 >= 3%", "占比 >= 5%", FINE),
])
def test_a_condition_decides_within_its_scope(find: Find, when: str, test: str, expected: list[str]) -> None:
    assert find(CONDITION.format(f"when: {when}, require: {test}")) == expected


def test_parts_contradict_each_other_and_only_the_innermost_fault_is_told(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, all_of: [C1, C2], cite: "1"}
  - {id: C1, all_of: [C3, C4], cite: "1"}
  - {id: C2, require: 已批准, cite: "1"}
  - {id: C3, require: 占比 >= 50%, strength: principle, cite: "1"}
  - {id: C4, require: 占比 <= 40%, cite: "1"}
""") == ["rules.yaml:3 E340"]


def test_many_independent_parts_are_no_obstacle(find: Find) -> None:
    parts = " and ".join(f"(占比 >= {n}% or 面积 < {n} 平方米)" for n in range(1, 17))

    assert find(CONDITION.format(f"require: 收入 >= 2 万元 and {parts} and 收入 < 1 万元")) == NEVER


def test_too_many_cells_are_left_alone(find: Find) -> None:
    ways = [f"exists(项目 where 位次 = {n} 位)" for n in range(1, 21)]
    most, few = ", ".join(ways), ", ".join(f"not {way}" for way in ways)

    assert find(f"""\
conditions:
  - {{id: C, all_of: [C1, C2], cite: "1"}}
  - {{id: C1, at_least: 11, of: [{most}], cite: "1"}}
  - {{id: C2, at_least: 10, of: [{few}], cite: "1"}}
""") == []


def test_a_definition_of_yes_or_no_differs(find: Find) -> None:
    assert find("""\
definitions:
  - {id: any, name: 有面积, value: 面积 >= 0 平方米, cite: "1"}
conditions:
  - {id: C, require: 已批准 and 有面积, cite: "1"}
""") == ["rules.yaml:2 W346"]


def test_two_ids_for_one_test(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, all_of: [C1, C2, C3, C4], cite: "1"}
  - {id: C1, require: 面积 >= 1 平方米, cite: "1"}
  - {id: C2, require: 面积 >= 1 平方米, cite: "1"}
  - {id: C3, require: 面积 >= 1 平方米, when: 已批准, cite: "1"}
  - {id: C4, require: 面积 >= 1 平方米, strength: principle, cite: "1"}
""") == ["rules.yaml:4 W344"]


def test_a_heading_over_one_member_is_no_repetition(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, all_of: [C1], cite: "1"}
  - {id: C1, require: 面积 >= 1 平方米, cite: "1"}
""") == []


@pytest.mark.parametrize(("condition", "expected"), [
    ("require: 能力较强, strength: judgement", []),
    ("require: 已批准, strength: judgement", ["rules.yaml:2 W360"]),
    ("require: 面积 >= 1 平方米, strength: principle, strength_when: 已批准", []),
    ("require: 面积 >= 1 平方米, strength_when: 已批准", ["rules.yaml:2 W361"]),
    ("none_of: [{id: D, require: 已批准, strength: veto, cite: '1'}]", ["rules.yaml:2 W362"]),
    ("any_of: [占比 >= 5%, {id: D, require: 已批准, strength: hint, cite: '1'}]", ["rules.yaml:2 W363"]),
    ("all_of: [占比 >= 5%, {id: D, require: 已批准, strength: hint, cite: '1'}]", []),
])
def test_a_strength_does_something(find: Find, condition: str, expected: list[str]) -> None:
    assert find(CONDITION.format(condition)) == expected


@pytest.mark.parametrize(("pattern", "expected"), [
    ("^.+实验室$", []),
    ("^(GB(/T)? ?[0-9]+)?$", []),
    ("^([0-9]{1,3},)+$", []),
    (r"[(+)]+\(+", []),
    ("^(a+)+$", ["rules.yaml:2 E381"]),
    ("((a*)b?){2,}", ["rules.yaml:2 E381"]),
])
def test_a_pattern_compiles_and_ends(find: Find, pattern: str, expected: list[str]) -> None:
    assert find(CONDITION.format(f"""require: '名称 matches "{pattern}"'""")) == expected


@pytest.mark.parametrize(("test", "expected"), [
    ("exists(项目 where 级别 >= 国家)", []),
    ("exists(项目 where 制修订 = 修订)", []),
    ("exists(项目 where 制修订 >= 修订)", ["rules.yaml:2 E345"]),
    ("max(项目.制修订) = 修订", ["rules.yaml:2 E345"]),
])
def test_only_ordered_enumerations_have_higher_and_lower(find: Find, test: str, expected: list[str]) -> None:
    assert find(CONDITION.format(f"require: {test}")) == expected
