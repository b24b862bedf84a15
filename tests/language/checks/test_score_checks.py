"""Tables of points and full marks."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]


def with_items(find: Find, items: str, full: int = 10, group: int = 10) -> list[str]:
    return find(f"""\
conditions:
  - {{id: C, require: score >= 5 分, cite: "1"}}
scores:
  - id: score
    full: {full}
    groups:
      - id: group
        full: {group}
        items:
{items}""")


ITEM = """\
          - id: S1
            full: 10
            of: 占比
            tiers: |
              {}
              其余 | 0
            cite: "1"
"""
COVERED, RISING, OTHER_MARK = "rules.yaml:10 E320", "rules.yaml:10 W321", "rules.yaml:10 E322"


@pytest.mark.parametrize(("rows", "expected"), [
    (">= 5% | 10; >= 3% | 5", []),
    ("< 3% | 10; <= 3% | 5", []),
    (">= 3% | 10; >= 5% | 5", [COVERED]),
    (">= 3% | 10; >= 3% | 5", [COVERED]),
    ("> 100% | 20; >= 3% | 10", [COVERED]),
    (">= 5% | 5; >= 3% | 10", [RISING]),
    ("< 3% | 5; > 5% | 10", []),
    (">= 5% | 8; >= 3% | 5", [OTHER_MARK]),
    (">= 5% | 12; >= 3% | 5", [OTHER_MARK]),
])
def test_rows_are_reached_fall_and_lead_to_the_full_mark(find: Find, rows: str, expected: list[str]) -> None:
    assert with_items(find, ITEM.format(rows.replace("; ", "\n              "))) == expected


def test_tiers_over_a_formula(find: Find) -> None:
    item = ITEM.replace("占比", "收入 / (收入 + 1 万元)")

    assert with_items(find, item.format(">= 3% | 10\n              >= 5% | 5")) == [COVERED]


def test_a_list_of_tests_covers_what_stands_below(find: Find) -> None:
    item = """\
          - id: S1
            full: 10
            first: |
              exists(项目 where 级别 >= 国家) or 已批准 | 10
              已批准 and 占比 > 5%                      | 5
              其余                                      | 0
            cite: "1"
"""
    assert with_items(find, item) == [COVERED]


@pytest.mark.parametrize(("scoring", "expected"), [
    ("each: 5, of_each: [已批准, 占比 > 5%, 能力较强]", []),
    ("each: 3, of_each: [已批准, 占比 > 5%, 能力较强]", [OTHER_MARK]),
    ("'points': 'min(10 分, floor(面积 / 2 平方米) * 1 分)'", []),
    ("'points': 'floor(面积 / 2 平方米) * 1 分'", [OTHER_MARK]),
])
def test_the_highest_points_are_the_full_mark(find: Find, scoring: str, expected: list[str]) -> None:
    assert with_items(find, f'          - {{id: S1, full: 10, {scoring}, cite: "1"}}\n') == expected


def test_full_marks_add_up(find: Find) -> None:
    item = '          - {id: S1, full: 10, each: 10, of_each: [已批准], cite: "1"}\n'

    assert with_items(find, item, full=10, group=12) == ["rules.yaml:4 E324", "rules.yaml:7 E323"]
    assert with_items(find, item, full=12, group=10) == ["rules.yaml:4 E324"]
