"""Amounts: kinds, sums, items with what each limit took, and why an item gets nothing."""

import pytest
from small import PAYING, answer, evaluated, fund, policy

from guiju.evaluate.answer import Amount, Answer
from guiju.evaluate.evaluation import outcome_of, quick
from guiju.language.policy import Policy

WAN = 1_000_000
BY_GRADE = """\
id | 级别   | 金额
X1 | 国家级 | 8 万元
X2 | 省级   | 50% * X1
X3 | 市级   | 1 万元
"""


def items(found: Answer) -> list[tuple[str, tuple[int, ...], float | None, dict[str, float | None]]]:
    """Each item: its line, its rows, what it gets and what each limit took, in 万元."""
    def wan(fen: int | None) -> float | None:
        return None if fen is None else fen / WAN
    return [(i.id, i.records, wan(i.amount.high), {c.id: wan(c.taken) for c in i.cuts}) for i in found.items]


def works(*grades: str) -> str:
    return "成果:\n" + "\n".join(f"- {{级别: {grade}}}" for grade in grades)


# Kinds


@pytest.mark.parametrize(("kind", "amount"), [
    ("exact", Amount("exact", 8 * WAN, 8 * WAN)), ("up_to", Amount("up_to", 0, 8 * WAN)),
    ("discretionary", Amount("discretionary", 0, 8 * WAN)),
])
def test_the_kind_of_an_amount(kind: str, amount: Amount) -> None:
    assert answer(fund(BY_GRADE, f"  kind: {kind}\n"), works("国家级")).amount == amount


def two(first: str, second: str, table: str = "id | 金额\n    %s | %s 万元") -> Policy:
    """A fund of two benefits, one for works and one for awards, of these kinds."""
    return policy(f"benefits:\n- id: a\n  each: 成果\n  kind: {first}\n  table: |\n    {table % ('A', 8)}\n"
                  f"- id: b\n  each: 奖项\n  kind: {second}\n  table: |\n    {table % ('B', 3)}\n", PAYING % "")


@pytest.mark.parametrize(("first", "second", "amount"), [
    ("exact", "exact", Amount("exact", 11 * WAN, 11 * WAN)),
    ("exact", "up_to", Amount("up_to", 8 * WAN, 11 * WAN)),
    ("up_to", "discretionary", Amount("discretionary", 0, 11 * WAN)),
])
def test_a_sum_is_as_uncertain_as_its_parts(first: str, second: str, amount: Amount) -> None:
    assert answer(two(first, second), "成果: [{级别: 市级}]\n奖项: [{种类: 企业}]").amount == amount


def test_what_is_not_claimed_does_not_colour_the_sum() -> None:
    assert answer(two("exact", "up_to"), "成果: [{级别: 市级}]\n奖项: []").amount == Amount("exact", 8 * WAN, 8 * WAN)


def test_an_amount_fixed_elsewhere() -> None:
    found = answer(fund("id | 金额\nX | 外部规定"), works("市级"))

    assert (found.outcome, found.amount.kind, found.items[0].amount.kind) == ("eligible", "external", "external")


def test_what_a_cap_leaves_nothing_of_may_be_fixed_elsewhere_still() -> None:
    rules = policy("benefits:\n- {id: a, each: 成果, table: \"id | 金额\\nA | 外部规定\"}\n"
                   "- {id: b, each: 成果, table: \"id | 金额\\nB | 8 万元\"}\n"
                   "limits:\n- {id: L1, of: [a], keep: 1}\n- {id: L2, of: [a, b], cap: 0 元, by: [category]}\n",
                   PAYING % "")

    assert [answer(rules, given).amount for given in ("", works("市级"), "成果: []")] == [
        Amount("external", 0, None), Amount("external", 0, None), Amount("none", 0, 0)]


def test_a_limit_holds_a_series_of_which_no_row_is_sure() -> None:
    rules = policy("benefits:\n- {id: a, each: 奖项, table: \"id | 金额\\nA | 1 万元\"}\n"
                   "- id: b\n  each: 成果\n  when: [联合]\n  merge: {id: M, by: [系列], cite: \"1\"}\n"
                   "  table: \"id | 金额\\nB | 5 万元\"\n"
                   "limits:\n- {id: L, of: [a, b], keep: 1}\n", PAYING % "")
    given = "奖项: [{种类: 企业}]\n成果: [{系列: 甲}, {系列: 甲}]\n"

    found = evaluated(rules, given)

    assert found.payment is not None
    assert (found.payment.low, found.payment.high) == (1 * WAN, 5 * WAN)
    assert quick(rules, found.facts, found.setting).payment == outcome_of(found).payment


def test_nothing_bounds_what_is_not_known() -> None:
    assert answer(fund(BY_GRADE), "").amount == Amount("exact", 0, None)


def test_a_doubt_about_the_applicant_leaves_the_highest_amount() -> None:
    rules = policy("conditions:\n- {id: C, require: 联合}\nbenefits:\n- {id: a, each: 成果, "
                   "table: \"id | 金额\\nA | 8 万元\"}\n", PAYING % "C")

    assert [answer(rules, given + "成果: [{级别: 市级}]").amount for given in ("联合: 是\n", "", "联合: 否\n")] == [
        Amount("exact", 8 * WAN, 8 * WAN), Amount("exact", 0, 8 * WAN), Amount("none", 0, 0)]


def test_a_doubt_about_a_row_goes_from_nothing_to_its_highest_price() -> None:
    assert answer(fund(BY_GRADE), "成果: [{级别: 国家级}, {}]").amount == Amount("exact", 8 * WAN, 16 * WAN)


# Items


def test_each_row_gets_the_price_of_its_line() -> None:
    assert items(answer(fund(BY_GRADE), works("省级", "国家级", "省级"))) == [
        ("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 4, {})]


def test_a_row_of_no_line_says_so() -> None:
    found = answer(fund("id | 级别 | 金额\nX | 国家级 | 8 万元"), works("市级", "国家级"))

    assert [(i.id, i.status, [r.id for r in i.reasons]) for i in found.items] == [
        ("works", "fail", ["no_price"]), ("X", "pass", [])]


def test_a_row_that_fails_a_condition_says_which() -> None:
    rules = fund(BY_GRADE, "  when: [{id: W, name: 牵头完成, require: 牵头, cite: \"2\"}]\n")
    found = answer(rules, "成果: [{级别: 国家级, 牵头: 否}, {级别: 省级, 牵头: 是}]")

    assert [(i.id, i.status, i.amount.high) for i in found.items] == [("X1", "fail", 0), ("X2", "pass", 4 * WAN)]
    assert [(r.id, r.name.zh, r.clauses) for r in found.items[0].reasons] == [("W", "牵头完成", ("2",))]


def test_where_nothing_is_paid_the_reasons_of_the_rows_block() -> None:
    found = answer(fund(BY_GRADE, "  when: [{id: W, require: 牵头}]\n"), "成果: [{级别: 国家级, 牵头: 否}]")

    assert (found.outcome, [b.id for b in found.blockers]) == ("ineligible", ["W"])


def test_an_item_of_the_organisation_itself_has_no_rows() -> None:
    found = answer(fund("id | 联合 | 金额\nX | 是 | 8 万元\nY | 否 | 3 万元", record=""), "联合: 否")

    assert [(i.id, i.records, i.record_set, i.amount.high) for i in found.items] == [("Y", (), "", 3 * WAN)]


@pytest.mark.parametrize(("cell", "given", "amount"), [
    ("是、否", "牵头: 是", 8 * WAN), ("是、否", "牵头: 否", 8 * WAN),
    ("是", "牵头: 否", 0), ("否", "牵头: 否", 8 * WAN),
])
def test_a_cell_of_a_yes_or_no(cell: str, given: str, amount: int) -> None:
    assert answer(fund(f"id | 牵头 | 金额\nX | {cell} | 8 万元"), f"成果: [{{{given}}}]").amount.high == amount


# Limits, each by what it took


@pytest.mark.parametrize(("limit", "expected"), [
    ("keep: 2, of: [works]",
     [("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 0, {"L": 4}), ("X3", (4,), 0, {"L": 1})]),
    ("keep: 1, of: [works], by: [级别]",
     [("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 0, {"L": 4}), ("X3", (4,), 1, {})]),
    ("elect: 1, of: [works]",
     [("X2", (1,), 0, {"L": 4}), ("X1", (2,), 8, {}), ("X2", (3,), 0, {"L": 4}), ("X3", (4,), 0, {"L": 1})]),
    ("cap: 10 万元, of: all",
     [("X2", (1,), 2, {"L": 2}), ("X1", (2,), 8, {}), ("X2", (3,), 0, {"L": 4}), ("X3", (4,), 0, {"L": 1})]),
    ("cap: 5 万元, of: all, where: 级别 < 国家级",
     [("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 1, {"L": 3}), ("X3", (4,), 0, {"L": 1})]),
    ("cap: 5 万元, of: all, when: 联合",
     [("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 4, {}), ("X3", (4,), 1, {})]),
    ("cap: if exists(各项 where 级别 = 国家级) then 12 万元 else 5 万元, of: all",
     [("X2", (1,), 4, {}), ("X1", (2,), 8, {}), ("X2", (3,), 0, {"L": 4}), ("X3", (4,), 0, {"L": 1})]),
])
def test_what_a_limit_takes(limit: str, expected: object) -> None:
    rules = fund(BY_GRADE, more=f"limits:\n- {{id: L, {limit}}}\n")

    assert items(answer(rules, "联合: 否\n" + works("省级", "国家级", "省级", "市级"))) == expected


def test_the_best_categories() -> None:
    rules = policy("benefits:\n" + "".join(
        f"- {{id: b{n}, each: {r}, category: 第{n}条, table: \"id | 金额\\nX{n} | {n} 万元\"}}\n"
        for n, r in ((1, "成果"), (2, "成果"), (3, "奖项")))
        + "limits:\n- {id: L, best: 2, of: category}\n", PAYING % "")

    found = answer(rules, "成果: [{级别: 市级}, {级别: 市级}]\n奖项: [{种类: 企业}]")
    assert found.amount == Amount("exact", 7 * WAN, 7 * WAN)
    assert [(i.id, [c.id for c in i.cuts]) for i in found.items if i.cuts] == [("X1", ["L"]), ("X1", ["L"])]


def test_limits_take_one_after_the_other() -> None:
    rules = fund(BY_GRADE, more="limits:\n- {id: CAP, cap: 10 万元, of: all}\n- {id: TOP, keep: 2, of: [works]}\n")

    assert items(answer(rules, works("国家级", "省级", "市级"))) == [
        ("X1", (1,), 8, {}), ("X2", (2,), 2, {"CAP": 2}), ("X3", (3,), 0, {"TOP": 1})]


@pytest.mark.parametrize(("given", "expected"), [
    ("[{级别: 国家级, 费用: 5 万元}]",   [("X1", (1,), 5, {"K": 3})]),
    ("[{级别: 国家级, 费用: 9 万元}]",   [("X1", (1,), 8, {})]),
    ("[{级别: 市级, 费用: 0.5 万元}]",   [("X3", (1,), 0.5, {"K": 0.5})]),
])
def test_no_more_than_the_actual_cost(given: str, expected: object) -> None:
    rules = fund(BY_GRADE, "  ceiling: 费用\n  ceiling_id: K\n")

    assert items(answer(rules, f"成果: {given}")) == expected


@pytest.mark.parametrize(("given", "expected"), [
    ("[{级别: 国家级, 费用: 0 元}]",   [("X1", (1,), 8, {})]),
    ("[{级别: 国家级, 费用: 3 万元}]", [("X1", (1,), 5, {"D": 3})]),
    ("[{级别: 国家级, 费用: 9 万元}]", [("X1", (1,), 0, {"D": 8})]),
])
def test_what_was_received_comes_off_the_price(given: str, expected: object) -> None:
    rules = fund(BY_GRADE, "  less: [{id: D, name: 已得, amount: 费用}]\n")

    assert items(answer(rules, f"成果: {given}")) == expected


@pytest.mark.parametrize(("given", "expected"), [
    ("0 元",   Amount("exact", 8 * WAN, 8 * WAN)),
    ("3 万元", Amount("discretionary", 0, 5 * WAN)),
    ("8 万元", Amount("none", 0, 0)),
    ("未知",   Amount("discretionary", 0, 8 * WAN)),
])
def test_what_remains_of_a_price_may_be_at_discretion(given: str, expected: object) -> None:
    rules = fund(BY_GRADE, "  less: [{id: D, amount: 费用, rest: discretionary}]\n")

    assert answer(rules, f"成果: [{{级别: 国家级, 费用: {given}}}]").amount == expected


def test_one_item_that_is_made_up_at_discretion_leaves_the_others_due() -> None:
    rules = fund(BY_GRADE, "  less: [{id: D, amount: 费用, rest: up_to}]\n")
    found = answer(rules, "成果: [{级别: 国家级, 费用: 3 万元}, {级别: 国家级, 费用: 0 元}]")

    assert found.amount == Amount("up_to", 8 * WAN, 13 * WAN)


def test_several_things_received_come_off_one_after_the_other_and_before_caps() -> None:
    rules = fund(BY_GRADE, "  less: [{id: D, amount: 费用}, {id: E, amount: 2 万元}]\n",
                 "limits:\n- {id: L, cap: 2 万元, of: all}\n")

    assert items(answer(rules, "成果: [{级别: 国家级, 费用: 3 万元}]")) == [("X1", (1,), 2, {"D": 3, "E": 2, "L": 1})]


def test_what_was_received_for_the_rows_of_one_series_is_told_beside_the_series() -> None:
    rules = fund(BY_GRADE, "  less: [{id: D, amount: 费用}]\n  merge: {by: 系列, id: M}\n")
    found = answer(rules, "成果: [{级别: 国家级, 系列: 甲, 费用: 3 万元}, {级别: 省级, 系列: 甲, 费用: 0 元},"
                          " {级别: 市级, 系列: 乙, 费用: 0.4 万元}]")

    assert sorted(items(found)) == [("X1", (1, 2), 5, {"D": 3, "M": 4}), ("X3", (3,), 0.6, {"D": 0.4})]


@pytest.mark.parametrize(("first", "second", "amount", "rows"), [
    ("{级别: 省级, 系列: 甲, 完成日: 2020-05-01}", "{级别: 国家级, 系列: 甲, 完成日: 2021-05-01}", (11, 11), ()),
    ("{级别: 国家级, 系列: 甲, 完成日: 2020-05-01}", "{级别: 省级, 系列: 甲, 完成日: 2021-05-01}", (8, 8), ()),
    ("{级别: 国家级, 系列: 乙, 完成日: 2020-05-01}", "{级别: 省级, 系列: 甲, 完成日: 2021-05-01}", (11, 11), ()),
    ("{级别: 国家级, 系列: 甲}", "{级别: 省级, 系列: 甲, 完成日: 2021-05-01}", (8, 11), (1,)),
    ("{级别: 国家级, 系列: 甲, 完成日: 2020-05-01}", "{级别: 省级, 系列: 甲}", (8, 11), (2,)),
])
def test_a_row_may_be_held_against_the_others(first: str, second: str, amount: object, rows: object) -> None:
    earlier = "none(成果 where 系列 = 本行.系列 and 级别 > 本行.级别 and year(完成日) < year(本行.完成日))"
    rules = fund("id | 级别 | 金额\nX1 | 国家级 | 8 万元\nX2 | 省级 | 3 万元", "  when: [N]\n",
                 f"conditions:\n- {{id: N, on: 成果, require: {earlier}}}\n")
    found = answer(rules, f"成果: [{first}, {second}]")

    assert (found.amount.low // WAN, (found.amount.high or 0) // WAN) == amount
    assert [m.rows for m in found.missing] == ([rows] if rows else [])


def test_rows_of_one_series_are_one_item() -> None:
    rules = fund(BY_GRADE, "  merge: {by: 系列, id: M, strength: principle}\n")
    found = answer(rules, "成果: [{级别: 省级, 系列: 甲}, {级别: 国家级, 系列: 甲}, {级别: 市级, 系列: 无},"
                          " {级别: 市级}]")

    assert sorted(items(found)) == [("X1", (1, 2), 8, {"M": 4}), ("X3", (3,), 1, {}), ("X3", (4,), 1, {})]
    assert [n.text.zh for n in found.notices if n.code == "principle"] == [
        "M 是“原则上”的规定，已照此计算；突破须由人决定"]


def test_a_limit_in_principle_that_takes_nothing_is_not_mentioned() -> None:
    rules = fund(BY_GRADE, more="limits:\n- {id: L, keep: 1, of: all, strength: principle}\n")

    assert [[n.code for n in answer(rules, works(*grades)).notices] for grades in (["市级"], ["市级", "省级"])] == [
        [], ["principle"]]
