"""Ways to qualify or to get more: each was evaluated, none touches what cannot change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import ASKED, condition, evaluated, fund, policy

from guiju.evaluate.assess import outcome_name, payable
from guiju.evaluate.evaluation import Evaluation, evaluate
from guiju.evaluate.improve import Plan, improvements
from guiju.language.library import installed_library
from guiju.language.policy import Policy

SKETCH = """
奖项: []
技术组织: []
领跑者评估: []
境外采信: []
标准化会议: []
标准:
- {级别: 国家标准, 制修订: 制定, 位次: 1, 发布日期: 2021-05-01, 数量: 6}
- {级别: 行业标准, 制修订: 制定, 位次: 1, 发布日期: 2021-03-01, 国标委备案: 是, 数量: 2}
试点示范: [{级别: 国家级, 国家标准化部门下达: 是, 通过验收评估: 是, 验收日期: 2021-11-01}]
领跑者:
- {标准编号: Q/TJ 1-2021, 级别: 国家级, 评估机构正式发布: 是, 发布日期: 2021-09-01}
- {标准编号: Q/TJ 2-2021, 级别: 国家级, 评估机构正式发布: 是, 发布日期: 2021-09-01}
"""


def plans(rules: Policy, given: str) -> list[list[str]]:
    """The changes of each plan, in words."""
    return [[c.text.zh for c in p.changes] for p in improvements(evaluated(rules, given))]


@pytest.mark.parametrize(("expression", "given_", "expected"), [
    ("面积 >= 3000 平方米", "面积: 2999", [["面积：2999 平方米 → 3000 平方米"]]),
    ("面积 > 3000 平方米", "面积: 2999", [["面积：2999 平方米 → 3001 平方米"]]),
    ("利润 < 0 万元", "利润: 1", [["利润：1 万元 → -0.01 元"]]),
    ("联合", "联合: 否", [["联合：否 → 是"]]),
    ("not 联合", "联合: 是", [["联合：是 → 否"]]),
    ("级别 >= 省级", "级别: 市级", [["级别：市级 → 省级"]]),
    ("级别 in [省级, 国家级]", "级别: 市级", [["级别：市级 → 省级"], ["级别：市级 → 国家级"]]),
    ("占比 >= 5%", "占比: 3%", [["占比：3% → 5%"]]),
    ("资产 / 利润 >= 50%", "资产: 4\n利润: 10", [["资产：4 万元 → 5 万元"]]),
    ("联合 and 面积 >= 3 平方米", "联合: 否\n面积: 1", [["联合：否 → 是", "面积：1 平方米 → 3 平方米"]]),
    ("联合 or 面积 >= 3 平方米", "联合: 否\n面积: 1",
     [["联合：否 → 是"], ["面积：1 平方米 → 3 平方米"]]),
    ("count(成果 where 级别 = 省级) >= 2", "成果: [{级别: 市级}]", [["多 2 项成果：级别 省级"]]),
    ("count(成果) >= 1", "成果: []", [["多 1 项成果："]]),
    ("sum(成果.费用) >= 5 万元", "成果: [{费用: 3}]", [["多 1 项成果：费用 2 万元"]]),
])
def test_the_least_change_that_is_enough(expression: str, given_: str, expected: list[list[str]]) -> None:
    assert plans(condition(expression), given_)[:len(expected)] == expected


@pytest.mark.parametrize(("expression", "given_"), [
    ("注册地 under 12", "注册地: '310000'"), ("形式 = 企业", "形式: 高校"), ('名称 = "甲"', "名称: 乙"),
    ("成立日 < 2020-01-01", "成立日: 2021-01-01"), ("注册地 under 12 and 联合", "注册地: '310000'\n联合: 否"),
    ("人数 > 50 人", "人数: 3"), ("none(处罚)", "处罚: [{案由: 企业}]"),
])
def test_what_cannot_change_is_not_proposed(expression: str, given_: str) -> None:
    assert plans(condition(expression), given_) == []


def test_a_goal_that_is_met_needs_no_plan() -> None:
    assert plans(condition("联合"), "联合: 是") == []


def test_of_two_ways_the_easier_comes_first() -> None:
    assert plans(condition("面积 >= 3000 平方米 or 资产 >= 100 万元"), "面积: 10\n资产: 99") == [
        ["资产：99 万元 → 100 万元"], ["面积：10 平方米 → 3000 平方米"]]


def test_an_unmet_principle_is_a_review_that_can_be_mended() -> None:
    (plan,) = improvements(evaluated(condition("面积 >= 3 平方米", "  strength: principle\n"), "面积: 2"))

    assert (plan.outcome_before, plan.outcome_after) == ("review", "eligible")


def test_all_that_fails_is_mended_together() -> None:
    rules = policy("conditions:\n- {id: C, require: 联合}\n"
                   "- {id: D, at_least: 2, of: [面积 > 3 平方米, 人数 > 3 人, 上市]}\n",
                   ASKED.replace("[C]", "[C, D]"))

    assert plans(rules, "联合: 否\n面积: 1\n人数: 9\n上市: 否")[0] == ["联合：否 → 是", "上市：否 → 是"]


SCORED = """\
conditions:
- {id: C, require: 得分 >= 60 分}
scores:
- id: points
  name: 得分
  full: 90
  items:
  - {id: a, full: 40, of: 占比, tiers: ">= 10% | 40\\n>= 5% | 30\\n其余 | 0"}
  - {id: b, full: 50, of: 面积, tiers: ">= 100 平方米 | 50\\n>= 10 平方米 | 30\\n其余 | 10"}
"""


@pytest.mark.parametrize(("given_", "expected"), [
    ("占比: 5%\n面积: 1", ["面积：1 平方米 → 10 平方米"]),
    ("占比: 1%\n面积: 10", ["占比：1% → 5%"]),
    ("占比: 1%\n面积: 1", ["占比：1% → 5%", "面积：1 平方米 → 10 平方米"]),
])
def test_a_score_is_raised_tier_by_tier(given_: str, expected: list[str]) -> None:
    assert plans(policy(SCORED), given_)[0] == expected


# Amounts


def test_tianjin_as_in_the_sketch() -> None:
    """多一项国家级“领跑者”标准 +6；多一项主导制定的区域标准 +3；多一项国家标准不再增加。"""
    rules = installed_library().policy("tianjin/standardisation-fund-2021")
    found = improvements(evaluated(rules, SKETCH, "2022-06-01", presuming=True), limit=10)
    gains = {p.changes[0].text.zh: p.gain // 1_000_000 for p in found}

    assert gains["多 1 项领跑者：企业标准领跑者（国家级）"] == 6
    assert gains["多 1 项标准：制修订标准（区域标准·制定·主导）"] == 3
    assert gains["多 1 项标准：制修订标准（国家标准·制定·主导）"] == 0


BY_GRADE = "id | 级别 | 金额\nX | 国家级 | 8 万元\nY | 省级 | 3 万元"


def test_one_more_of_each_line_by_what_it_brings() -> None:
    assert [([c.text.zh for c in p.changes], p.gain, p.amount_after.high) for p in improvements(
        evaluated(fund(BY_GRADE), "成果: [{级别: 国家级}]"))] == [
        (["多 1 项成果：works（国家级）"], 8_000_000, 16_000_000),
        (["多 1 项成果：works（省级）"], 3_000_000, 11_000_000)]


def test_what_brings_no_more_is_said_last() -> None:
    rules = fund(BY_GRADE, more="limits:\n- {id: L, keep: 1, of: [works], by: [级别]}\n")

    assert [(p.changes[0].text.zh, p.gain) for p in improvements(evaluated(rules, "成果: [{级别: 国家级}]"))] == [
        ("多 1 项成果：works（省级）", 3_000_000), ("多 1 项成果：works（国家级）", 0)]


# Every plan holds


RANK = ["ineligible", "unknown", "not_computable", "review", "eligible"]
RULES = [condition("(联合 and 面积 >= 3 平方米) or 人数 > 30 人"),
         condition("级别 >= 省级 and count(成果 where 级别 = 省级) >= 2"),
         policy(SCORED), fund(BY_GRADE, "  when: [牵头]\n", more="limits:\n- {id: L, cap: 10 万元, of: all}\n")]
GIVEN = st.fixed_dictionaries({}, optional={
    "联合": st.sampled_from(["是", "否"]), "面积": st.sampled_from(["1", "3", "99"]),
    "人数": st.sampled_from(["3", "31"]), "级别": st.sampled_from(["市级", "省级"]),
    "占比": st.sampled_from(["1%", "5%"]),
    "成果": st.lists(st.sampled_from(["{级别: 省级}", "{级别: 国家级, 牵头: 是}", "{}"]), max_size=3).map(
        lambda rows: f"[{', '.join(rows)}]"),
})


def verified(plan: Plan, evaluation: Evaluation) -> bool:
    """Whether a plan does not worsen its goal, and says what was so before."""
    before = outcome_name(evaluation.goals[plan.goal])
    return (plan.outcome_before == before and plan.amount_before == payable(evaluation)
            and RANK.index(plan.outcome_after) >= RANK.index(before) and bool(plan.changes))


@pytest.mark.parametrize("rules", RULES, ids=["conditions", "records", "score", "fund"])
def test_no_plan_worsens_anything(rules: Policy) -> None:
    @given(GIVEN)
    def holds(given_: dict[str, str]) -> None:
        evaluation = evaluated(rules, "\n".join(f"{k}: {v}" for k, v in given_.items()))
        assert [p for p in improvements(evaluation) if not verified(p, evaluation)] == []

    holds()


@pytest.mark.parametrize(("given_", "written"), [
    ("面积: 2999", {"面积": "面积: 3000"}),
])
def test_the_changed_facts_give_the_promised_outcome(given_: str, written: dict[str, str]) -> None:
    rules = condition("面积 >= 3000 平方米")
    before = evaluated(rules, given_)
    (plan,) = improvements(before)
    after = evaluate(rules, evaluated(rules, written[plan.changes[0].name]).facts, before.setting)

    assert (plan.outcome_after, outcome_name(after.status)) == ("eligible", "eligible")


def test_two_conditions_on_one_fact_are_one_change() -> None:
    rules = policy("conditions:\n- {id: C, require: 面积 >= 3 平方米}\n- {id: D, require: 面积 >= 5 平方米}\n",
                   ASKED.replace("[C]", "[C, D]"))

    assert plans(rules, "面积: 1") == [["面积：1 平方米 → 5 平方米"]]
