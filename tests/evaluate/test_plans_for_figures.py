"""Ways through a calculated figure: an `if`, a largest of several, a sum. What a plan says is written into the facts
as a reader would, and they are evaluated anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import condition, evaluated

from guiju.evaluate.assess import outcome_name
from guiju.evaluate.improve import Plan, improvements
from guiju.language.library import installed_library

RANK = ["ineligible", "unknown", "not_computable", "review", "eligible"]


def plans(expression: str, given_: dict[str, str]) -> list[Plan]:
    return improvements(evaluated(condition(expression), written(given_)), limit=8)


def written(given_: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in given_.items())


def changed(given_: dict[str, str], plan: Plan) -> dict[str, str]:
    """The facts as a reader writes them who does what the plan says."""
    found = dict(given_)
    for change in plan.changes:
        words = change.text.zh
        if words.startswith("多 "):
            times, _, cells = words.removeprefix("多 ").partition(" 项成果：")
            row = ", ".join(cell.replace(" ", ": ", 1) for cell in cells.split("，") if cell)
            rows = [found["成果"].strip("[]"), *["{" + row + "}"] * int(times)]
            found["成果"] = f"[{', '.join(filter(None, rows))}]"
        else:
            found[change.name] = words.partition(" → ")[2]
    return found


def outcome(expression: str, given_: dict[str, str]) -> str:
    return outcome_name(evaluated(condition(expression), written(given_)).status)


BRANCHED = "(if 联合 then 面积 else {other}) >= 3 平方米"
SUMMED = "(if 联合 then sum(成果.费用 where 级别 = 省级) else sum(成果.费用)) >= 5 万元"


@pytest.mark.parametrize(("expression", "given_", "expected"), [
    (BRANCHED.format(other="0 平方米"), {"联合": "是", "面积": "1"}, ["面积：1 平方米 → 3 平方米"]),
    (BRANCHED.format(other="5 平方米"), {"联合": "是", "面积": "1"}, ["面积：1 平方米 → 3 平方米", "联合：是 → 否"]),
    (BRANCHED.format(other="0 平方米"), {"联合": "否", "面积": "4"}, ["联合：否 → 是"]),
    (BRANCHED.format(other="0 平方米"), {"联合": "否", "面积": "1"}, ["联合：否 → 是；面积：1 平方米 → 3 平方米"]),
    ("if 联合 then 面积 >= 3 平方米 else 上市", {"联合": "是", "面积": "1", "上市": "否"},
     ["面积：1 平方米 → 3 平方米", "联合：是 → 否；上市：否 → 是"]),
    (SUMMED, {"联合": "是", "成果": "[{费用: 3}]"},
     ["多 1 项成果：级别 省级，费用 5 万元"]),
    (SUMMED, {"联合": "否", "成果": "[{费用: 3}]"},
     ["多 1 项成果：费用 2 万元"]),
    ("资产 + (if 联合 then sum(成果.费用) else 0 万元) >= 9 万元", {"资产": "2", "联合": "是", "成果": "[{费用: 3}]"},
     ["资产：2 万元 → 6 万元", "多 1 项成果：费用 4 万元"]),
    ("max(count(成果), if 联合 then count(成果) * 2 else 0) >= 2", {"联合": "是", "成果": "[]"},
     ["多 1 项成果："]),
])
def test_a_figure_is_looked_into(expression: str, given_: dict[str, str], expected: list[str]) -> None:
    found = ["；".join(c.text.zh for c in p.changes) for p in plans(expression, given_)]

    assert [words for words in expected if words not in found] == []


@pytest.mark.parametrize("given_", [
    {"成果": "[{费用: 3}]"},
    {"成果": "[{费用: 3, 级别: 省级}]"},
])
def test_while_nobody_knows_which_branch_counts_each_is_considered(given_: dict[str, str]) -> None:
    found = plans(SUMMED, given_)
    outcomes = {"；".join(c.name for c in p.changes): p.outcome_after for p in found}

    assert outcomes["成果"] in ("unknown", "eligible")  # one branch may do, or one row serves both
    assert "eligible" in outcomes.values()
    assert any(len(p.changes) == 2 and "联合" in [c.name for c in p.changes] for p in found)


PROJECTS = """
申报日: 2026-01-05
注册地: "320000"
承担科研项目:
- {项目级别: {值: 国家级, 判定人: 某甲, 日期: 2026-01-05, 依据: 任务书},
   属相关领域: {值: 是, 判定人: 某甲, 日期: 2026-01-05, 依据: 任务书}, 项目金额: 800 万元, 立项日: 2024-01-01}
"""


@pytest.mark.parametrize(("scope", "expected"), [
    ("国家级且近五年", "项目级别 国家级，属相关领域 是，立项日 2026-01-05，项目金额 1200 万元"),
    ("全部相关项目", "属相关领域 是，项目金额 1200 万元")])
def test_a_laboratorys_amount_of_projects_is_made_up_in_the_branch_that_counts(scope: str, expected: str) -> None:
    rules = installed_library().policy("national/quality-standards-laboratory-2023")
    found = improvements(evaluated(rules, PROJECTS, "2026-01-05", presuming=True, project_amount_scope=scope))

    assert f"多 1 项承担科研项目：{expected}" in [c.text.zh for p in found for c in p.changes]


TESTS = ("联合", "上市", "人数 >= 10 人", "级别 >= 省级", "not 联合")
LEAVES = ("资产", "利润", "sum(成果.费用)", "sum(成果.费用 where 级别 = 省级)", "sum(成果.费用 where 牵头)")
FIGURES = st.recursive(st.sampled_from(LEAVES), lambda inner: st.one_of(
    st.builds("(if {} then {} else {})".format, st.sampled_from(TESTS), inner, inner),
    st.builds("max({}, {})".format, inner, inner), st.builds("min({}, {})".format, inner, inner),
    st.builds("({} + {})".format, inner, inner)), max_leaves=4)
ROWS = st.lists(st.sampled_from(["{费用: 1, 级别: 省级, 牵头: 是}", "{费用: 2, 级别: 市级}", "{费用: 3, 牵头: 否}"]),
                max_size=2).map(lambda rows: f"[{', '.join(rows)}]")
KNOWN = {"资产": st.sampled_from(["0", "4"]), "利润": st.sampled_from(["-2", "3"]), "成果": ROWS}
TESTED = {"联合": st.sampled_from(["是", "否"]), "上市": st.sampled_from(["是", "否"]),
          "人数": st.sampled_from(["3", "30"]), "级别": st.sampled_from(["市级", "国家级"])}


GIVEN = st.one_of(st.fixed_dictionaries(KNOWN | TESTED), st.fixed_dictionaries(KNOWN, optional=TESTED))


@given(FIGURES, GIVEN, st.sampled_from(["20", "7.5"]))
@settings(max_examples=100, deadline=None)
def test_every_plan_does_what_it_says_and_one_leads_all_the_way(
        figure: str, given_: dict[str, str], bound: str) -> None:
    expression = f"{figure} >= {bound} 万元"
    before = outcome(expression, given_)
    found = plans(expression, given_)

    for plan in found:
        after = outcome(expression, changed(given_, plan))
        assert (plan.outcome_before, plan.outcome_after) == (before, after)
        assert RANK.index(after) > RANK.index(before)
    if before == "ineligible" and given_.keys() == {*KNOWN, *TESTED}:
        assert "eligible" in [p.outcome_after for p in found]
