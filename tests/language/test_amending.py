"""A policy laid over another: what stands as in the base, what changes, and every mistake with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.evaluate.trial import try_policy
from guiju.language.compile import compile_policy
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import Vocabulary

NATIONAL = """\
id: national/opinion
title: {zh: 国家意见, en: National opinion}
in_force: {from: 2020-01-01}
unverified: [缺页]
clauses: {国一: {zh: 第一条, lines: "1"}, 国二: {zh: 第二条, lines: "2"}}
parameters:
  most: {name: 面积下限, type: number, unit: 平方米, default: 100 平方米, cite: 国一}
goals:
- {id: enter, name: 参评, main: true, require: [A, B, C]}
duties:
- {id: D, kind: note, zh: 说明, cite: 国一}
"""
RULES = """\
definitions:
- {id: wide, name: 够大, value: 面积 >= 面积下限, cite: 国一}
conditions:
- {id: A, require: 够大, cite: 国一}
- id: B
  cite: 国二
  any_of:
  - {id: B1, require: 联合}
  - {id: B2, require: 上市}
- {id: C, require: 联合, cite: 国二}
benefits:
- id: prize
  cite: 国二
  table: |
    id | 上市 | 金额
    P1 | 是   | 3 万元
    P2 | -    | 1 万元
"""
PRIZES = ("prize", "P1", "P2")
LOCAL = """\
id: north/plan
title: 地方方案
in_force: {from: 2021-01-01, cite: 北一}
unverified: [文号未载]
amends: national/opinion
clauses: {北一: {zh: 本地第一条, lines: "10"}}
"""
TOWN = """\
id: north/town
title: 市级方案
in_force: {from: 2022-01-01, cite: 城一}
amends: north/plan
clauses: {城一: {zh: 本市第一条}}
"""

Library = Callable[..., Path]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A folder of policies: id to its files."""
    def write(**files: str) -> Path:
        for name, text in {"national/opinion/policy": NATIONAL, "national/opinion/rules": RULES, **files}.items():
            path = tmp_path / "policies" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "policies"
    return write


@pytest.fixture
def local(library: Library, vocabulary: Vocabulary) -> Callable[..., Policy]:
    """The local plan with these rules, over the national opinion."""
    def compile_(rules: str = "", policy: str = LOCAL) -> Policy:
        files = {"north/plan/policy": policy, **({"north/plan/rules": rules} if rules else {})}
        return compile_policy(library(**files) / "north/plan", vocabulary)
    return compile_


def mistakes(local: Callable[..., Policy], rules: str = "", policy: str = LOCAL) -> list[str]:
    with pytest.raises(GuijuError) as caught:
        local(rules, policy)
    return [f"{d.span.file}:{d.span.line}:{d.span.column} {d.code}" for d in caught.value.diagnostics]


def test_what_is_not_said_stands_as_in_the_base(local: Callable[..., Policy]) -> None:
    policy = local()

    assert (policy.id, policy.title.zh, policy.force_clauses) == ("north/plan", "地方方案", ("北一",))
    assert [(b.id, b.title.en) for b in policy.bases] == [("national/opinion", "National opinion")]
    assert [c.id for c in policy.goals[0].conditions] == ["A", "B", "C"]
    assert policy.unverified == ("文号未载", "缺页")
    assert {c.key: c.policy for c in policy.clauses.values()} == {
        "北一": "", "国一": "national/opinion", "国二": "national/opinion"}
    assert set(policy.rule_ids()) <= policy.inherited


def test_only_the_keys_that_are_given_change(local: Callable[..., Policy]) -> None:
    policy = local("conditions:\n- {id: C, require: 上市, cite: 北一}\n- {id: E, require: 联合, cite: [北一, 国二]}\n")

    assert [(c.id, c.clauses) for c in policy.conditions.values() if "#" not in c.id] == [
        ("A", ("国一",)), ("B1", ()), ("B2", ()), ("B", ("国二",)), ("C", ("北一",)), ("E", ("北一", "国二"))]
    assert policy.inherited == {"wide", "A", "B", "B1", "B2", "most", *PRIZES}


def test_what_names_a_changed_rule_is_changed_with_it(local: Callable[..., Policy]) -> None:
    parameter = LOCAL + "parameters: {most: {default: 50 平方米}}\n"

    assert local(policy=parameter).inherited == {"B", "B1", "B2", "C", *PRIZES}
    assert local("conditions:\n- {id: A, name: 面积}\n").inherited == {"wide", "B", "B1", "B2", "C", "most", *PRIZES}


def test_a_part_is_changed_where_it_stands(local: Callable[..., Policy]) -> None:
    policy = local("conditions:\n- {id: B1, require: 够大}\nbenefits:\n- {id: P2, 金额: 2 万元, 依据: 北一}\n")
    rows = policy.benefits[0].rows

    assert policy.conditions["B"].members[0].node is policy.conditions["A"].node
    assert [(r.id, r.amount.args[0] if r.amount else None, r.clauses) for r in rows] == [
        ("P1", 3_000_000, ("国二",)), ("P2", 2_000_000, ("北一",))]
    assert policy.inherited == {"wide", "A", "C", "most"}


def test_a_part_that_is_dropped_is_gone(local: Callable[..., Policy]) -> None:
    policy = local("conditions:\n- {id: B1, drop: 是}\nbenefits:\n- {id: P1, drop: 是}\n")

    assert [m.id for m in policy.conditions["B"].members] == ["B2"]
    assert [r.id for r in policy.benefits[0].rows] == ["P2"]


def test_a_parameter_is_set_by_its_value(local: Callable[..., Policy]) -> None:
    policy = local(policy=LOCAL + "parameters: {most: 50 平方米}\n")

    assert (policy.parameters["most"].default, policy.parameters["most"].alternatives) == (50, ())
    assert policy.parameters["most"].clauses == ("国一",)


def test_what_is_dropped_leaves_the_lists_that_named_it(local: Callable[..., Policy]) -> None:
    policy = local("conditions:\n- {id: C, drop: 是}\n", LOCAL + "duties:\n- {id: D, drop: 是}\n")

    assert [c.id for c in policy.goals[0].conditions] == ["A", "B"]
    assert (policy.duties, "C" in policy.conditions) == ((), False)


def test_a_layer_on_a_layer(library: Library, vocabulary: Vocabulary) -> None:
    plan = "conditions:\n- {id: C, require: 上市, cite: 北一}\n"
    root = library(**{"north/plan/policy": LOCAL, "north/plan/rules": plan,
                      "north/town/policy": TOWN, "north/town/rules": "conditions:\n- {id: A, drop: 是}\n"})
    policy = compile_policy(root / "north/town", vocabulary)

    assert [b.id for b in policy.bases] == ["north/plan", "national/opinion"]
    assert [c.id for c in policy.goals[0].conditions] == ["B", "C"]
    assert {c.key: c.policy for c in policy.clauses.values()} == {
        "城一": "", "北一": "north/plan", "国一": "national/opinion", "国二": "national/opinion"}
    assert {"B", "C"} <= policy.inherited


def test_inherited_rules_need_no_case_and_changed_ones_do(library: Library, vocabulary: Vocabulary) -> None:
    folder = library(**{"north/plan/policy": LOCAL,
                        "north/plan/rules": "conditions:\n- {id: C, require: 上市, cite: 北一}\n"}) / "north/plan"
    found = try_policy(compile_policy(folder, vocabulary), folder).findings

    assert [(d.code, d.message.zh[:4]) for d in found] == [("E406", "规则 C")]


@pytest.mark.parametrize(("rules", "policy", "found"), [
    ("", LOCAL.replace("北一", "国一"), "policies/north/plan/policy.yaml:6:11 E005"),
    ("", LOCAL.replace("national/opinion", "national/other"), "policies/north/plan/policy.yaml:5:9 E140"),
    ("", LOCAL.replace("national/opinion", "../policies/national/opinion"), "policies/north/plan/policy.yaml:5:9 E140"),
    ("", LOCAL.replace("national/opinion", "north/plan"), "policies/north/plan/policy.yaml:5:9 E282"),
    ("", LOCAL + "parameters: {least: {drop: 是}}\n", "policies/north/plan/policy.yaml:7:14 E022"),
    ("conditions:\n- {id: Z, drop: 是}\n", LOCAL, "policies/north/plan/rules.yaml:2:3 E022"),
    ("conditions:\n- {id: A, drop: 或许}\n", LOCAL, "policies/north/plan/rules.yaml:2:17 E024"),
    ("conditions:\n- {id: E, require: 联合}\n- {id: E, require: 上市}\n", LOCAL,
     "policies/north/plan/rules.yaml:3:3 E241"),
    ("definitions:\n- {id: wide, drop: 是}\n", LOCAL, "policies/national/opinion/rules.yaml:4:20 E220"),
    ("conditions:\n- {id: B, require: 上市}\n", LOCAL, "policies/north/plan/rules.yaml:2:3 E251"),
    ("", LOCAL + "parameters: {leest: 5 平方米}\n", "policies/north/plan/policy.yaml:7:14 E022"),
    ("", LOCAL + "parameters: {most: 五}\n", "policies/north/plan/policy.yaml:7:20 E220"),
    ("conditions:\n- {id: B, any_of: [A]}\n- {id: B1, require: 上市}\n", LOCAL,
     "policies/north/plan/rules.yaml:3:3 E022"),
    ("benefits:\n- {id: P1, 数额: 2 万元}\n", LOCAL, "policies/north/plan/rules.yaml:2:12 E022"),
    ("benefits:\n- {id: P1, 金额: 2 平方米}\n", LOCAL, "policies/north/plan/rules.yaml:2:16 E272"),
])
def test_mistakes_of_amending(local: Callable[..., Policy], rules: str, policy: str, found: str) -> None:
    assert found in mistakes(local, rules, policy)


def test_a_policy_that_amends_nothing_drops_nothing(compiled: Callable[..., Policy]) -> None:
    with pytest.raises(GuijuError) as caught:
        compiled("conditions:\n- {id: C, require: 联合, drop: 是}\n")

    assert [d.code for d in caught.value.diagnostics] == ["E022"]
