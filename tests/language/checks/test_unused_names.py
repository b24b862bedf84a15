"""Names that are declared and never used, clauses and rules that do not meet."""

from collections.abc import Callable

Find = Callable[..., list[str]]


def test_a_sound_policy_has_no_findings(find: Find) -> None:
    assert find() == []


def test_a_definition_must_be_used_by_its_name(find: Find) -> None:
    assert find("""\
definitions:
  - {id: large, name: 面积大, value: 面积 >= 5000 平方米, cite: "1"}
  - {id: twice, name: 两倍面积, value: 面积 * 2, cite: "1"}
conditions:
  - {id: C, require: not 面积大, cite: "1"}
""") == ["rules.yaml:3 W301"]


def test_a_definition_is_used_by_a_row_test_a_price_table_or_a_merge_key(fund: Find) -> None:
    assert fund("""\
definitions:
  - {id: leads, name: 是主导, on: 项目, value: 位次 = 1 位, cite: "1"}
  - {id: family, name: 归并, on: 项目, value: year(发布日), cite: "1"}
benefits:
  - id: projects
    each: 项目
    merge: {by: [归并], id: M, cite: "1"}
    table: |
      id | 是主导 | 金额
      B1 | 是     | 20 万元
      B2 | 否     | 10 万元
    cite: "1"
""") == []


def test_a_parameter_must_be_read_and_a_window_reads_one(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, require: exists(项目 where 发布日 within 3 年 before 申报日 口径), cite: "1"}
""", """\
id: policy
title: 试行办法
in_force: {from: 2024-01-01, cite: "1"}
clauses: {"1": {zh: 唯一的一条}}
parameters:
  mode: {name: 口径, type: choice, default: 滚动, or: [自然年], cite: "1", note: 未写, ref: A1}
  spare: {name: 备用, type: choice, default: 甲, or: [乙], cite: "1", note: 未写, ref: A2}
goals:
  - {id: goal, name: 目标, main: true, require: [C]}
""") == ["policy.yaml:7 W302"]


def test_conditions_and_bans_must_be_listed(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, all_of: [C1], cite: "1"}
  - {id: C1, require: 已批准, cite: "1"}
  - {id: D, require: 占比 >= 5%, cite: "1"}
bans:
  - {id: X, name: 禁申, each: 违规, from: 发现日, lasts: 3 年, cite: "1"}
""") == ["rules.yaml:4 W303", "rules.yaml:6 W303"]


SCORE = """\
conditions:
  - {id: C, require: TEST, cite: "1"}
scores:
  - id: score
    name: 总分
    full: 10
    items:
      - id: S1
        name: 面积分
        full: 10
        of: 面积
        tiers: |
          >= 3000 平方米 | 10
          其余           | 0
        cite: "1"
"""


def test_a_score_must_be_shown_or_read(find: Find) -> None:
    assert find(SCORE.replace("TEST", "已批准")) == ["rules.yaml:4 W304"]
    assert find(SCORE.replace("TEST", "总分 >= 6 分")) == []
    assert find(SCORE.replace("TEST", "面积分 >= 6 分")) == []


def test_clauses_are_cited_and_rules_cite(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, require: 面积 >= 3000 平方米}
""", """\
id: policy
title: 试行办法
in_force: {from: 2024-01-01, cite: "1"}
clauses:
  "1": {zh: 施行}
  "2": {zh: 面积}
goals:
  - {id: goal, name: 目标, main: true, require: [C]}
""") == ["policy.yaml:6 W305", "rules.yaml:2 W306"]


def test_a_clause_that_only_a_group_of_scores_cites_is_cited(find: Find) -> None:
    assert find("""\
conditions:
  - {id: C, require: score >= 5 分, cite: "1"}
scores:
  - id: score
    full: 10
    groups:
      - {id: group, full: 10, cite: "2", items: [{id: S1, full: 10, each: 10, of_each: [已批准]}]}
""", """\
id: policy
title: 试行办法
in_force: {from: 2024-01-01, cite: "1"}
clauses: {"1": {zh: 施行}, "2": {zh: 评分}}
goals:
  - {id: goal, name: 目标, main: true, require: [C]}
""") == []
