"""Price tables and limits."""

from collections.abc import Callable

import pytest

from guiju.source.diagnostics import Diagnostic

Find = Callable[..., list[str]]
Findings = Callable[[str], list[Diagnostic]]
TABLE = """\
benefits:
  - id: projects
    each: 项目
    first: FIRST
    when: [WHEN]
    cite: "1"
    table: |
"""


def table(rows: str, first: str = "false", when: str = "已完成") -> str:
    body = "".join(f"      {row}\n" for row in rows.strip().splitlines())
    return TABLE.replace("FIRST", first).replace("WHEN", when) + body


WHOLE = """
id | 级别       | 制修订 | 金额
B1 | 国际、国家 | 制定   | 20 万元
B2 | 国际、国家 | 修订   | 10 万元
B3 | 地方       | -      | 5 万元
"""
OVERLAP = """
id | 级别       | 制修订 | 金额
B1 | 国际、国家 | 制定   | 20 万元
B2 | 国家、地方 | -      | 10 万元
B3 | 国际       | 修订   | 5 万元
"""


def test_a_table_without_overlap_and_gap(fund: Find) -> None:
    assert fund(table(WHOLE)) == []


def test_rows_that_overlap_are_named_with_their_cell(fund_findings: Findings, fund: Find) -> None:
    assert fund(table(OVERLAP)) == ["rules.yaml:10 E330"]
    assert fund_findings(table(OVERLAP))[0].message.zh == (
        "价目表有重叠：第 1 行（B1）与第 2 行（B2）都覆盖 国家·制定。删去其一，或写明先后（first: true）")
    assert fund(table(OVERLAP, first="true")) == []


def test_what_the_conditions_ask_of_other_fields_does_not_blur_an_overlap(fund: Find) -> None:
    assert fund(table(OVERLAP, when="已完成, year(发布日) = year(申报日) - 1 年度")) == ["rules.yaml:10 E330"]


def test_rows_that_the_conditions_keep_apart_do_not_overlap(fund: Find) -> None:
    assert fund(table(OVERLAP, when="级别 != 国家")) == []


@pytest.mark.parametrize(("tests", "expected"), [
    (("位次 <= 3 位", "位次 > 3 位"), []),
    (("位次 <= 3 位", "位次 >= 3 位"), ["rules.yaml:10 E330"]),
    (("费用 / 2 >= 10 万元", "费用 <= 5 万元"), ["rules.yaml:10 W331"]),
    (("费用 / 2 >= 10 万元", "费用 / 2 < 10 万元"), []),
])
def test_rows_by_thresholds(fund: Find, tests: tuple[str, str], expected: list[str]) -> None:
    assert fund(table(f"id | 条件 | 金额\nB1 | {tests[0]} | 2 万元\nB2 | {tests[1]} | 1 万元")) == expected


def test_a_row_below_a_wider_one_is_never_reached(fund: Find) -> None:
    rows = "id | 级别 | 金额\nB1 | >= 国家 | 2 万元\nB2 | 国际 | 1 万元\nB3 | - | 1 万元"

    assert fund(table(rows, first="true")) == ["rules.yaml:10 E332"]


def test_a_row_that_the_conditions_exclude_never_pays(fund: Find) -> None:
    assert fund(table(WHOLE, when="级别 != 地方")) == ["rules.yaml:11 W333"]


def test_cells_without_a_price_are_counted(fund_findings: Findings) -> None:
    found = fund_findings(table("id | 级别 | 制修订 | 金额\nB1 | 国际 | 制定 | 2 万元"))

    assert [(d.code, d.severity, d.span.line) for d in found] == [("N334", "note", 2)]
    assert found[0].message.zh.startswith("“projects”的价目表：6 种组合中 5 种没有价目")


def test_one_price_in_two_benefits_is_paid_twice(fund: Find) -> None:
    row = "    table: |\n      id | 条件 | 金额\n      {} | 位次 = 1 位 | 2 万元\n"

    benefits = [f'  - id: {name}\n    each: 项目\n    cite: "1"\n' + row.format(f"B{name}") for name in ("one", "two")]

    assert fund("benefits:\n" + "".join(benefits)) == ["rules.yaml:13 W335"]


TWO = """\
benefits:
  - {id: a, each: 项目, when: [级别 = 国家], cite: "1", table: "id | 金额\\nBa | 2 万元"}
  - {id: b, each: 项目, when: [级别 = 国际], cite: "1", table: "id | 金额\\nBb | 2 万元"}
  - {id: c, each: 项目, when: [级别 = 地方], cite: "1", table: "id | 金额\\nBc | 2 万元"}
limits:
"""


@pytest.mark.parametrize(("limit", "expected"), [
    ("{id: K, keep: 1, of: [a], cite: '1'}", []),
    ("{id: K, keep: 0, of: [a], cite: '1'}", ["rules.yaml:6 E350"]),
    ("{id: K, best: 0, of: category, cite: '1'}", ["rules.yaml:6 E350"]),
    ("{id: K, best: 2, of: category, cite: '1'}", []),
    ("{id: K, best: 3, of: category, cite: '1'}", ["rules.yaml:6 W353"]),
    ("{id: K, cap: 0 万元, of: [a], cite: '1'}", ["rules.yaml:6 E352"]),
    ("{id: K, cap: 5 万元, of: [a], where: 位次 < 1 位, cite: '1'}", ["rules.yaml:6 W347"]),
    ("{id: K, cap: 5 万元, of: [a], when: 占比 > 100%, cite: '1'}", ["rules.yaml:6 W347"]),
])
def test_a_limit_leaves_something_and_takes_something(fund: Find, limit: str, expected: list[str]) -> None:
    assert fund(f"{TWO}  - {limit}\n") == expected


def test_nobody_is_paid_less_than_nothing(fund: Find) -> None:
    assert fund(table(WHOLE.replace("5 万元", "-5 万元"))) == ["rules.yaml:11 E354"]
    assert fund(table(WHOLE.replace("5 万元", "0 万元"))) == []


@pytest.mark.parametrize(("first", "second", "crossing"), [
    ("of: [a, b]", "of: all", False),
    ("of: [a]", "of: [b, c]", False),
    ("of: [a, b]", "of: [b, c]", True),
    ("of: [a], where: 位次 = 1 位", "of: [a]", False),
    ("of: [a], where: 位次 = 1 位", "of: [a], where: 位次 > 1 位", False),
    ("of: [a], where: 位次 = 1 位", "of: [a], where: 位次 <= 3 位", False),
    ("of: [a], where: 位次 <= 3 位", "of: [a], where: 位次 >= 3 位", True),
    ("of: [a, b]", "of: [a], where: 位次 = 1 位", False),
    ("of: [a], where: 已完成", "of: [a, b], where: 位次 = 1 位", True),
    ("of: [a], by: [级别, 制修订]", "of: [a], by: [级别]", False),
    ("of: [a], by: [级别]", "of: [a], by: [制修订]", True),
    ("of: [a, b], by: [benefit]", "of: [a]", False),
    ("of: [a, b], by: [benefit]", "of: [a, b]", False),
    ("of: [a, b], by: [benefit]", "of: [a, b], by: [级别]", True),
    ("of: [a, b], when: 已批准", "of: [b, c], when: not 已批准", False),
])
def test_caps_lie_apart_or_one_inside_the_other(fund: Find, first: str, second: str, crossing: bool) -> None:
    rules = f'{TWO}  - {{id: K1, cap: 3 万元, {first}, cite: "1"}}\n  - {{id: K2, cap: 4 万元, {second}, cite: "1"}}\n'

    assert [f.split()[1] for f in fund(rules)] == (["E351"] if crossing else [])
