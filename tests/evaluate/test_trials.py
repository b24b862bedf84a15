"""Worked cases: run beside their policy; a wrong one says where it stands, an unproved rule is named.

Those of the installed policies are run by `guiju test`, in `make test`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from small import ASKED, HEAD, PAYING
from words import vocabulary

from guiju.evaluate.trial import Trial, try_policy
from guiju.language.compile import compile_policy

RULES = "conditions:\n- {id: C, require: 面积 >= 3 平方米}\n"
FUND = """\
benefits:
- id: works
  each: 成果
  table: |
    id | 级别   | 金额
    X  | 国家级 | 8 万元
    Y  | 省级   | 3 万元
limits:
- {id: L, keep: 1, of: [works]}
bans:
- {id: B, each: 处罚, from: 决定日, lasts: 3 年}
"""
SCORE = """\
conditions:
- {id: C, require: 得分 >= 5 分}
- {id: D, require: 联合, strength: principle}
- {id: R, on: 成果, require: 牵头}
scores:
- {id: s, name: 得分, full: 10, items: [{id: a, full: 10, of: 面积, tiers: ">= 3 平方米 | 10\\n其余 | 0"}]}
definitions:
- {id: twice, name: 双倍, value: 面积 * 2}
- {id: big, name: 大, value: 面积 > 3 平方米}
"""

Try = Callable[..., Trial]


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """The trial of a policy with these cases."""
    def try_(cases: str, rules: str = RULES, head: str = ASKED) -> Trial:
        for name, text in (("policy", HEAD + head), ("rules", rules), ("cases", cases)):
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return try_policy(compile_policy(tmp_path, vocabulary()), tmp_path)
    return try_


@pytest.fixture
def found(tried: Try) -> Callable[..., list[str]]:
    """What is wrong with one case that is given and expected so."""
    def find(given: str, expect: str, rules: str = RULES, head: str = ASKED) -> list[str]:
        trial = tried(f"- name: 例\n  as_of: 2022-06-30\n  given: {given}\n  expect: {expect}\n", rules, head)
        return [d.render() for v in trial.failed for d in v.mismatches]
    return find


def test_a_case_that_holds(tried: Try) -> None:
    trial = tried("- {name: 例, as_of: 2022-06-30, covers: [C], given: {面积: 3}, expect: {outcome: eligible}}\n")

    assert (trial.policy, len(trial.verdicts), trial.failed, trial.findings) == ("test", 1, [], ())


def test_a_case_that_fails_says_where(found: Callable[..., list[str]]) -> None:
    assert found("{面积: 2}", "{outcome: eligible}") == [
        "policies/test/cases.yaml:4:21  E401  例：outcome 应为 eligible，实为 ineligible"]


def test_a_table_is_one_case_a_line(tried: Try) -> None:
    trial = tried("- name: 边界\n  as_of: 2022-06-30\n  covers: [C]\n  given: {}\n  table: |\n"
                  "    面积 | outcome\n    3    | eligible\n    2.9  | eligible\n")

    assert [v.case.name for v in trial.verdicts] == ["边界：3 eligible", "边界：2.9 eligible"]
    assert [d.render() for v in trial.failed for d in v.mismatches] == [
        "policies/test/cases.yaml:8:12  E401  边界：2.9 eligible：outcome 应为 eligible，实为 ineligible"]


@pytest.mark.parametrize(("expect", "is_met"), [
    ("{goals: {goal: review}}", True), ("{conditions: {C: pass, D: review}}", True), ("{conditions: {C: fail}}", False),
    ("{scores: {s: 10, a: 10}}", True), ("{scores: {s: [0, 10]}}", False), ("{scores: {twice: 8}}", True),
    ("{scores: {twice: 9}}", False), ("{blockers: [C]}", False), ("{missing: 上市}", False),
])
def test_expectations_of_conditions_and_scores(found: Callable[..., list[str]], expect: str, is_met: bool) -> None:
    mistakes = found("{面积: 4, 联合: 否}", expect, SCORE, ASKED.replace("[C]", "[C, D]"))

    assert [m.split()[1] for m in mistakes] == ([] if is_met else ["E401"])


@pytest.mark.parametrize(("expect", "is_met"), [
    ("{amount: 8 万元}", True), ("{amount: 至多 8 万元}", False), ("{amount: 80000 元}", True),
    ("{amount: 9 万元}", False), ("{amount: 外部规定}", False), ("{items: {X: 外部规定}}", False),
    ("{amount: {low: 8 万元, high: 8 万元}}", True), ("{amount: {low: 0 元, high: 8 万元}}", False),
    ("{items: {X: 8 万元, works: 8 万元, Y: 0 元}}", True), ("{items: {Y: 3 万元}}", False),
    ("{cut: [L]}", True), ("{cut: [K]}", False), ("{bars: {B: 2024-01-05}}", True), ("{bars: {B: 2024-01-06}}", False),
    ("{differs: []}", True), ("{differs: [way]}", False),
])
def test_expectations_of_money(found: Callable[..., list[str]], expect: str, is_met: bool) -> None:
    given = "{成果: [{级别: 国家级}, {级别: 省级}], 处罚: [{案由: 企业, 决定日: 2021-01-05}]}"
    mistakes = found(given, expect, FUND, PAYING % "")

    assert [m.split()[1] for m in mistakes] == ([] if is_met else ["E401"])


@pytest.mark.parametrize(("expect", "code"), [
    ("{amount: 很多}", "E403"), ("{amount: 1.2.3 万元}", "E403"), ("{items: {X: 8}}", "E404"),
    ("{scores: {a: 很多}}", "E403"), ("{scores: {b: 3}}", "E404"), ("{conditions: {R: pass}}", "E404"),
    ("{scores: {big: 1}}", "E404"),
])
def test_an_expectation_that_makes_no_sense(found: Callable[..., list[str]], expect: str, code: str) -> None:
    assert [m.split()[1] for m in found("{面积: 4}", expect, SCORE)] == [code]


@pytest.mark.parametrize(("case", "finding"), [
    ("given: {用地: 3}", "policies/test/cases.yaml:1:40  E104"),
    ("given: {面积: 多}", "policies/test/cases.yaml:1:44  E106"),
    ("given: {}, set: {way: 甲}", "policies/test/cases.yaml:1:54  E141"),
])
def test_a_case_whose_facts_cannot_be_read(tried: Try, case: str, finding: str) -> None:
    (verdict,) = tried(f"- {{name: 例, as_of: 2022-06-30, {case}}}\n").verdicts

    assert [d.render().rsplit("  ", 1)[0] for d in verdict.mismatches] == [finding]


def test_rules_that_no_case_proves_and_words_that_are_no_rule(tried: Try) -> None:
    trial = tried("- {name: 例, as_of: 2022-06-30, covers: [D, goal], given: {}}\n")

    assert [d.render().split("/")[-1] for d in trial.findings] == [
        "cases.yaml:1:3  E405  covers 里的“D”不是规则",
        "policy.yaml:1:1  E406  规则 C 没有案例；在 cases 里加一个 covers 它的案例"]


def test_a_common_record_covers_bare_judgements(tried: Try) -> None:
    trial = tried("recorded: {by: 专家组, on: 2022-05-01, evidence: 评审意见}\n"
                  "cases:\n- {name: 例, as_of: 2022-06-30, covers: [C], given: {领先: 是}, "
                  "expect: {outcome: eligible}}\n",
                  "conditions:\n- {id: C, require: 领先}\n")

    assert (trial.failed, trial.findings) == ([], ())
