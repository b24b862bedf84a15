"""The outcome of an answer: whether conditions are met, what blocks, what waits, what is missing, when."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from small import ASKED, PAYING, answer, condition, fund, policy

from guiju.evaluate.answer import Answer
from guiju.language.policy import Policy

RECORDED = "判定记录: {判定人: 专家组, 日期: 2022-05-01, 依据: 评审意见}\n"


def ids(findings: Iterable[Any]) -> list[str]:
    return [f.id for f in findings]


@pytest.mark.parametrize(("strength", "met", "unmet", "not_given"), [
    ("hard",       "eligible",   "ineligible", "unknown"),
    ("judgement",  "eligible",   "ineligible", "unknown"),
    ("principle",  "eligible",   "review",     "unknown"),
    ("silent",     "eligible",   "review",     "unknown"),
    ("veto",       "ineligible", "eligible",   "unknown"),
    ("preference", "eligible",   "eligible",   "eligible"),
    ("hint",       "eligible",   "eligible",   "eligible"),
])
def test_the_outcome_by_strength(strength: str, met: str, unmet: str, not_given: str) -> None:
    rules = condition("联合", f"  strength: {strength}\n")

    assert [answer(rules, given).outcome for given in ("联合: 是", "联合: 否", "")] == [met, unmet, not_given]


@pytest.mark.parametrize(("given", "outcome"), [
    (RECORDED + "领先: 是", "eligible"), (RECORDED + "领先: 否", "ineligible"), ("", "review"),
])
def test_a_judgement_waits_for_a_person(given: str, outcome: str) -> None:
    assert answer(condition("领先"), given).outcome == outcome


@pytest.mark.parametrize(("given", "outcome"), [
    ("海外: 是", "eligible"), ("海外: 否", "ineligible"), ("海外: 不适用", "eligible"),
])
def test_what_does_not_apply_does_not_refuse(given: str, outcome: str) -> None:
    assert answer(condition("海外", "- {id: D, require: 联合}\n", ASKED.replace("[C]", "[C, D]")),
                  given + "\n联合: 是").outcome == outcome


def test_a_condition_applies_only_where_it_says() -> None:
    rules = condition("面积 >= 3 平方米", "  when: 联合\n")

    assert [answer(rules, given).goals[0].outcome for given in ("联合: 否", "联合: 是\n面积: 1", "面积: 3")] == [
        "not_applicable", "ineligible", "eligible"]


@pytest.mark.parametrize(("given", "outcome"), [
    ("联合: 是\n上市: 是", "eligible"), ("联合: 是\n上市: 否\n海外: 否", "ineligible"), ("联合: 是", "unknown"),
    ("联合: 否\n上市: 否", "ineligible"),
])
def test_two_of_three(given: str, outcome: str) -> None:
    rules = policy("conditions:\n- {id: C, at_least: 2, of: [联合, 上市, 海外]}\n")

    assert answer(rules, given).outcome == outcome


def test_an_open_parameter_keeps_the_answer_from_being_computed() -> None:
    rules = condition("面积 >= 门槛", head=ASKED + "parameters:\n  sill: {name: 门槛, type: number, unit: 平方米}\n")

    open_, set_ = answer(rules, "面积: 3"), answer(rules, "面积: 3", sill="2 平方米")
    assert (open_.outcome, set_.outcome) == ("not_computable", "eligible")
    assert [(m.kind, m.id, m.name) for m in open_.missing] == [("parameter", "sill", "门槛")]


def test_a_number_that_the_source_leaves_open_decides_only_where_it_matters() -> None:
    rules = condition("人数 >= open(3, 5)")

    assert [answer(rules, f"人数: {n}").outcome for n in (2, 3, 5)] == ["ineligible", "not_computable", "eligible"]


# In force


@pytest.mark.parametrize(("as_of", "outcome", "blocker"), [
    ("2019-12-31", "ineligible", "2020-01-01 起施行，2019-12-31 尚未生效"),
    ("2020-01-01", "eligible",   ""),
    ("2024-12-31", "eligible",   ""),
    ("2025-01-01", "ineligible", "2024-12-31 已失效"),
])
def test_in_force_from_the_first_to_the_last_day(as_of: str, outcome: str, blocker: str) -> None:
    found = answer(condition("联合"), "联合: 是", as_of)

    assert (found.outcome, [b.name.zh for b in found.blockers]) == (outcome, [blocker] if blocker else [])


def test_out_of_force_nothing_is_payable() -> None:
    rules = fund("id | 金额\nX | 8 万元", record="")

    assert [(a.amount.kind, a.amount.high, len(a.items)) for a in (answer(rules, "", "2024-12-31"),
                                                                   answer(rules, "", "2025-01-01"))] == [
        ("exact", 8_000_000, 1), ("none", 0, 0)]


DATED = ASKED + """\
parameters:
  sill: {name: 门槛, type: number, unit: 平方米, default: 3 平方米, values: [
    {from: 2022-01-01, published: 2021-10-01, value: 5 平方米},
    {from: 2022-01-01, published: 2022-04-01, value: 7 平方米}]}
"""


@pytest.mark.parametrize(("as_of", "known_at", "outcome"), [
    ("2021-12-31", "", "eligible"),              # three are enough
    ("2022-01-01", "", "ineligible"),            # five, as published before
    ("2022-01-01", "2021-09-30", "eligible"),    # what was then known of the new year: still three
    ("2021-12-31", "2022-12-31", "eligible"),
])
def test_a_dated_figure_as_it_was_known(as_of: str, known_at: str, outcome: str) -> None:
    assert answer(condition("面积 >= 门槛", head=DATED), "面积: 4", as_of, known_at=known_at).outcome == outcome


@pytest.mark.parametrize(("known_at", "outcome"), [("2022-03-31", "eligible"), ("2022-04-01", "ineligible")])
def test_a_corrected_figure_counts_once_it_is_published(known_at: str, outcome: str) -> None:
    assert answer(condition("面积 >= 门槛", head=DATED), "面积: 6", "2022-06-30",
                  known_at=known_at).outcome == outcome


def test_the_application_day_is_the_day_of_the_answer_unless_given() -> None:
    rules = condition("成立日 + 2 年 <= 申报日")

    assert [answer(rules, given, "2022-06-30").outcome for given in (
        "成立日: 2020-06-30", "成立日: 2020-07-01", "成立日: 2020-07-01\n申报日: 2022-07-01")] == [
        "eligible", "ineligible", "eligible"]


# Blockers


def nested() -> Policy:
    return policy("""\
conditions:
- id: C
  all_of:
  - {id: C1, name: 面积够, require: 面积 >= 3 平方米, cite: "1"}
  - {id: C2, all_of: [{id: C21, require: 联合}, {id: C22, require: 上市}]}
  - {id: C3, any_of: [{id: C31, require: 海外}, {id: C32, require: 面积 > 100 平方米}]}
  - {id: C4, require: 资产 > 3 万元}
""")


def test_blockers_are_the_leaves_behind_a_refusal() -> None:
    found = answer(nested(), "面积: 2\n联合: 是\n上市: 否\n海外: 否")

    assert [(b.id, b.name.zh, b.clauses, b.status) for b in found.blockers] == [
        ("C1", "面积够", ("1",), "fail"), ("C22", "上市", (), "fail"), ("C3", "", (), "fail")]


def test_what_blocks_says_what_is_required() -> None:
    (blocker,) = answer(condition("面积 >= 3000 平方米"), "面积: 2").blockers

    assert (blocker.statement.zh, blocker.statement.en) == ("面积 ≥ 3000 平方米", "area ≥ 3000 m²")


def test_a_veto_over_several_blocks_by_itself() -> None:
    rules = policy("conditions:\n- {id: C, strength: veto, all_of: [联合, 上市]}\n")

    assert ids(answer(rules, "联合: 是\n上市: 是").blockers) == ["C"]


def test_what_waits_goes_down_to_what_waits() -> None:
    found = answer(nested(), "面积: 3\n联合: 是\n资产: 5 万元")

    assert (found.outcome, ids(found.blockers), ids(found.goals[0].reviews)) == ("unknown", [], ["C22", "C3"])


def test_of_two_main_goals_the_better_is_the_outcome() -> None:
    rules = policy("conditions:\n- {id: C, require: 联合}\n- {id: D, require: 上市}\n",
                   "goals:\n- {id: a, name: 甲, main: true, require: [C]}\n"
                   "- {id: b, name: 乙, main: true, require: [D]}\n- {id: c, name: 丙, require: [海外]}\n")

    found = answer(rules, "联合: 否\n上市: 是\n海外: 否")
    assert (found.outcome, {g.id: g.outcome for g in found.goals}) == (
        "eligible", {"a": "ineligible", "b": "eligible", "c": "ineligible"})
    assert ids(found.blockers) == []
    assert ids(answer(rules, "联合: 否\n上市: 否\n海外: 是").blockers) == ["C", "D"]


# What is missing


@pytest.mark.parametrize(("expression", "given", "missing"), [
    ("面积 > 3 平方米 and 联合", "", [("fact", "area", ()), ("fact", "joint", ())]),
    ("面积 > 3 平方米 and 联合", "联合: 是", [("fact", "area", ())]),
    ("面积 > 3 平方米 or 联合", "联合: 否", [("fact", "area", ())]),
    ("领先", "", [("judgement", "leading", ())]),
    ("count(成果) > 3", "", [("records", "work", ())]),
    ("count(成果 where 级别 = 省级) > 0", "成果: [{级别: 市级}, {}, {}]", [("fact", "work.grade", (2, 3))]),
    ("sum(成果.费用 where 级别 = 省级) > 3 万元", "成果: [{级别: 市级}, {级别: 省级}]", [("fact", "work.cost", (2,))]),
    ("count(成果 where 认可) > 0", "成果: [{级别: 市级}]", [("judgement", "work.accepted", (1,))]),
    ("count(成果 where 级别 = 省级 or 牵头) > 1", "成果: [{级别: 省级}, {牵头: 是}, {级别: 市级}]", []),
    ("资产 / 利润 > 50%", "资产: 5", [("fact", "profit", ())]),
])
def test_what_is_missing(expression: str, given: str, missing: list[tuple[str, str, tuple[int, ...]]]) -> None:
    found = answer(condition(expression), given)

    assert [(m.kind, m.id, m.rows) for m in found.missing] == missing


def test_a_decided_answer_misses_nothing() -> None:
    found: Answer = answer(condition("联合 and 上市"), "联合: 否")

    assert (found.outcome, found.missing) == ("ineligible", ())


# Presuming, notices


PRESUMED = """\
conditions:
- {id: C, name: 甲, require: 联合, cite: "1"}
- {id: D, name: 乙, require: 面积 > 3 平方米, strength: principle, when: 联合 = 是 or 上市}
- {id: E, name: 丙, require: 上市}
- {id: F, name: 丁, strength: veto, require: 海外}
- {id: G, name: 戊, require: none(处罚)}
"""


def test_presuming_lists_what_it_presumes() -> None:
    rules = policy(PRESUMED, ASKED.replace("[C]", "[C, D, E, F, G]"))
    found = answer(rules, "上市: 是", presuming=True)

    assert found.outcome == "eligible"
    assert [(n.text.zh, n.clauses) for n in found.notices if n.code == "presumed"] == [
        ("未给事实，推定满足：甲", ("1",)), ("未给事实，推定满足：乙", ()), ("未给事实，推定满足：丁", ()),
        ("未给事实，推定满足：戊", ())]


def test_what_is_known_is_not_presumed() -> None:
    rules = policy(PRESUMED, ASKED.replace("[C]", "[C, E]"))
    found = answer(rules, "联合: 是\n上市: 否", presuming=True)

    assert (found.outcome, [n.code for n in found.notices]) == ("ineligible", [])


@pytest.mark.parametrize(("strength", "given", "notices"), [
    ("preference", "联合: 是", [("preference", "符合优先条件：联合", "preferred: joint")]),
    ("preference", "联合: 否", []),
    ("preference", "", []),
    ("hint", "联合: 是", []),
    ("hint", "联合: 否", [("hint", "提示：联合", "hint: joint")]),
    ("hint", "", [("hint", "提示：联合", "hint: joint")]),
])
def test_preferences_and_hints_are_told(strength: str, given: str, notices: list[tuple[str, str, str]]) -> None:
    found = answer(condition("联合", f"  strength: {strength}\n"), given)

    assert [(n.code, n.text.zh, n.text.en) for n in found.notices] == notices


@pytest.mark.parametrize(("strength", "notice"), [
    ("hint", ("hint", "提示：要新的（成果第 2、4 条）", "hint: 要新的 (works, row 2, 4)")),
    ("preference", ("preference", "符合优先条件：要新的（成果第 1 条）", "preferred: 要新的 (works, row 1)")),
])
def test_of_rows_they_name_those_that_are_paid_for(strength: str, notice: tuple[str, str, str]) -> None:
    rules = fund("id | 级别 | 金额\nX1 | 国家级 | 8 万元", "  when: [N]\n",
                 f"conditions:\n- {{id: N, name: 要新的, on: 成果, require: 位次 = 1 位, strength: {strength}}}\n")
    works = ["{级别: 国家级, 位次: 1}", "{级别: 国家级, 位次: 2}", "{级别: 市级, 位次: 2}", "{级别: 国家级}"]
    found = answer(rules, f"成果: [{', '.join(works)}]")

    assert [(n.code, n.text.zh, n.text.en) for n in found.notices] == [notice]


def test_doubts_about_the_source_are_told() -> None:
    found = answer(condition("联合", "  unverified: 疑脱一字\n", ASKED + "unverified: [日期待核]\n"), "联合: 是")

    assert [(n.code, n.text.zh) for n in found.notices] == [
        ("unverified", "原文待核：日期待核"), ("unverified", "C 待核：疑脱一字")]


# Bans


BAN = """\
conditions:
- {id: C, require: 联合}
bans:
- {id: B, name: 骗取资金禁申, each: 处罚, where: 案由 = 企业, from: 决定日, lasts: 3 年, at_least: true, cite: "2"}
"""


@pytest.mark.parametrize(("as_of", "outcome", "bars"), [
    ("2020-02-28", "eligible",   []),                                # not yet begun
    ("2020-02-29", "ineligible", [("B", dt.date(2023, 2, 28), True)]),
    ("2023-02-28", "ineligible", [("B", dt.date(2023, 2, 28), True)]),  # the last day
    ("2023-03-01", "eligible",   []),                                # the day after
])
def test_a_ban_ends_after_its_last_day(as_of: str, outcome: str, bars: list[tuple[str, dt.date, bool]]) -> None:
    rules = policy(BAN, ASKED.replace("[C]", "[C, B]"))
    found = answer(rules, "联合: 是\n处罚: [{案由: 企业, 决定日: 2020-02-29}, {案由: 高校, 决定日: 2019-01-01}]", as_of)

    assert (found.outcome, [(b.id, b.until, b.at_least) for b in found.bars]) == (outcome, bars)


def test_of_two_bans_the_longer_counts() -> None:
    rules = policy(BAN, ASKED.replace("[C]", "[C, B]"))
    given = "联合: 是\n处罚: [{案由: 企业, 决定日: 2021-01-05}, {案由: 企业, 决定日: 2020-03-01}]"

    assert [b.until for b in answer(rules, given).bars] == [dt.date(2024, 1, 5)]


@pytest.mark.parametrize(("given", "outcome"), [
    ("", "unknown"), ("处罚: []", "eligible"), ("处罚: [{案由: 企业}]", "unknown"),
    ("处罚: [{案由: 高校}]", "eligible"),
])
def test_an_unknown_ban_is_unknown(given: str, outcome: str) -> None:
    assert answer(policy(BAN, ASKED.replace("[C]", "[C, B]")), f"联合: 是\n{given}").outcome == outcome


def test_a_goal_that_pays_needs_something_to_pay_for() -> None:
    rules = policy("benefits:\n- {id: w, each: 成果, table: \"id | 金额\\nX | 8 万元\"}\n", PAYING % "")

    found = answer(rules, "成果: []")
    assert (found.outcome, ids(found.blockers), found.amount.kind) == ("ineligible", ["no_item"], "none")
