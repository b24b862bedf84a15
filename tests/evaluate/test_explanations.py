"""Explanations: the smallest proof of what is so, with its facts and where they come from."""

import datetime as dt

import pytest
from small import ASKED, condition, evaluated, policy

from guiju.evaluate.explain import FactLine, Proof, explain_goal
from guiju.facts.model import Provenance
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text

TREE = """\
conditions:
- id: C
  all_of:
  - {id: A, any_of: [{id: A1, require: 联合}, {id: A2, require: 上市}, {id: A3, require: 海外}]}
  - {id: B, at_least: 2, of: [{id: B1, require: 面积 > 1 平方米}, {id: B2, require: 面积 > 2 平方米},
       {id: B3, require: 资产 > 3 万元}]}
  - {id: D, none_of: [{id: D1, require: 人数 > 5 人}, {id: D2, require: 人数 > 9 人}]}
  - {id: E, require: 占比 > 5%, strength: preference}
"""


def shape(proofs: tuple[Proof, ...]) -> str:
    """A proof as `id status(members)`."""
    return " ".join(f"{p.id} {p.status}" + (f"({shape(p.members)})" if p.members else "") for p in proofs)


def proof(given: str, rules: Policy | None = None) -> str:
    return shape(explain_goal(evaluated(rules or policy(TREE), given), "goal"))


MET = "联合: 否\n上市: 是\n海外: 是\n面积: 5\n人数: 3\n"


@pytest.mark.parametrize(("given", "expected"), [
    # of alternatives one that is enough, of k as many as it takes, of what must not be all
    (MET, "C pass(A pass(A2 pass) B pass(B1 pass B2 pass) D pass(D1 fail D2 fail))"),
    # a refusal: only what failed
    (MET.replace("上市: 是\n海外: 是", "上市: 否\n海外: 否"), "C fail(A fail(A1 fail A2 fail A3 fail))"),
    (MET.replace("人数: 3", "人数: 7"), "C fail(D fail(D1 pass))"),
    (MET.replace("面积: 5", "面积: 1\n资产: 5"), "C fail(B fail(B1 fail B2 fail))"),
    (MET.replace("面积: 5", "面积: 1"), "C fail(B fail(B1 fail B2 fail))"),
    # undecided: what waits, with what there already is
    (MET.replace("上市: 是\n海外: 是", "上市: 否"), "C unknown(A unknown(A3 unknown))"),
    (MET.replace("面积: 5", "面积: 2"), "C unknown(B unknown(B1 pass B3 unknown))"),
    (MET.replace("人数: 3\n", ""), "C unknown(D unknown(D1 unknown D2 unknown))"),
])
def test_a_proof_holds_only_what_decides(given: str, expected: str) -> None:
    assert proof(given) == expected


def test_what_does_not_apply_proves_nothing() -> None:
    rules = policy("conditions:\n- id: C\n  all_of:\n  - {id: A, require: 联合, when: 上市}\n"
                   "  - {id: B, require: 面积 > 1 平方米}\n")

    assert proof("上市: 否\n面积: 2", rules) == "C pass(B pass)"


def test_a_line_says_what_is_required_and_under_which_clause() -> None:
    rules = condition("面积 >= 3 平方米", "  name: {zh: 面积够, en: enough room}\n"
                                         "  cite: [\"1\", \"2\"]\n  strength: principle\n")
    (line,) = explain_goal(evaluated(rules, "面积: 2"), "goal")

    assert (line.name, line.status, line.strength, line.form, line.clauses) == (
        Text("面积够", "enough room"), "review", "principle", "require", ("1", "2"))
    assert line.statement == Text("面积 ≥ 3 平方米", "area ≥ 3 m²")


def test_the_facts_of_a_line_with_where_they_come_from() -> None:
    rules = condition("面积 >= 3 平方米 and 领先 and count(成果) > 1 and none(处罚) and (资产 > 0 万元 or 联合)")
    given = """\
面积: {值: 4.5, 来源: 台账}
领先: {值: 是, 判定人: 专家组, 日期: 2022-05-01, 依据: 评审意见}
成果: [{级别: 市级}, {级别: 省级}]
"""
    (line,) = explain_goal(evaluated(rules, given), "goal")

    assert line.facts == (
        FactLine("area", "面积", Text("4.5 平方米", "4.5 m²"), True, Provenance(source="台账")),
        FactLine("leading", "领先", Text("是", "yes"), True,
                 Provenance(by="专家组", on=dt.date(2022, 5, 1), evidence="评审意见")),
        FactLine("work", "成果", Text("2 条", "2 rows"), True, Provenance()),
        FactLine("penalty", "处罚", Text("未给", "not given"), False, Provenance()),
        FactLine("assets", "资产", Text("未给", "not given"), False, Provenance()),
        FactLine("joint", "联合", Text("未给", "not given"), False, Provenance()))


def test_a_fact_is_named_once() -> None:
    (line,) = explain_goal(evaluated(condition("面积 > 1 平方米 and 面积 < 9 平方米"), "面积: 4"), "goal")

    assert [f.id for f in line.facts] == ["area"]


def test_a_goal_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        explain_goal(evaluated(condition("联合"), ""), "other")


def test_a_goal_without_conditions_needs_no_proof() -> None:
    assert explain_goal(evaluated(condition("联合", head=ASKED.replace("[C]", "[]")), ""), "goal") == ()
