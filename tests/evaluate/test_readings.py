"""Ambiguities: the answer under the other reading, wherever it differs, whichever reading was chosen."""

import pytest
from small import ASKED, PAYING, answer, condition, policy

from guiju.evaluate.answer import Amount

SILL = ASKED + """\
parameters:
  sill: {name: 门槛, type: money, default: 5 万元, or: [3 万元], cite: "1", note: {zh: 两读, en: two}, ref: A-1}
"""


def test_the_other_reading_is_shown_where_it_differs() -> None:
    (reading,) = answer(condition("资产 >= 门槛", head=SILL), "资产: 4").readings

    assert (reading.parameter, reading.name, reading.value, reading.default) == ("sill", "门槛", "3 万元", "5 万元")
    assert (reading.outcome, reading.goals, reading.clauses, reading.ref) == (
        "eligible", {"goal": "eligible"}, ("1",), "A-1")
    assert (reading.note.zh, reading.amount) == ("两读", Amount("none", 0, 0))


@pytest.mark.parametrize("given", ["资产: 6", "资产: 2", ""])
def test_a_reading_that_changes_nothing_is_not_shown(given: str) -> None:
    assert answer(condition("资产 >= 门槛", head=SILL), given).readings == ()


def test_the_default_is_shown_beside_a_chosen_reading() -> None:
    found = answer(condition("资产 >= 门槛", head=SILL), "资产: 4", sill="3 万元")

    assert (found.outcome, [(r.value, r.default, r.outcome) for r in found.readings]) == (
        "eligible", [("5 万元", "3 万元", "ineligible")])


def test_out_of_force_no_reading_matters() -> None:
    assert answer(condition("资产 >= 门槛", head=SILL), "资产: 4", "2025-01-01").readings == ()


def test_every_other_value_of_a_choice_is_tried() -> None:
    rules = condition("资产 >= (if 读法 = 甲 then 5 万元 else if 读法 = 乙 then 3 万元 else 1 万元)",
                      head=ASKED + "parameters:\n  way: {name: 读法, type: choice, default: 甲, or: [乙, 丙]}\n")

    assert [[(r.value, r.outcome) for r in answer(rules, f"资产: {n}").readings] for n in (4, 2)] == [
        [("乙", "eligible"), ("丙", "eligible")], [("丙", "eligible")]]


def test_an_open_parameter_shows_what_each_reading_would_give() -> None:
    rules = condition("资产 >= 门槛", head=SILL.replace("default: 5 万元, or: [3 万元]", "or: [5 万元, 3 万元]"))
    found = answer(rules, "资产: 4")

    assert (found.outcome, [(r.value, r.default, r.outcome) for r in found.readings]) == (
        "not_computable", [("5 万元", "未定", "ineligible"), ("3 万元", "未定", "eligible")])


def test_a_reading_may_change_the_amount_alone() -> None:
    rules = policy("benefits:\n- {id: a, each: 成果, table: \"id | 金额\\nA | 8 万元\"}\n"
                   "limits:\n- {id: L, keep: 1, of: all, when: 读法 = 从严}\n",
                   PAYING % "" + "parameters:\n  way: {name: 读法, type: choice, default: 从宽, or: [从严]}\n")

    found = answer(rules, "成果: [{级别: 市级}, {级别: 省级}]")
    assert [(r.value, r.outcome, r.goals, r.amount.high) for r in found.readings] == [
        ("从严", "eligible", {}, 8_000_000)]
    assert answer(rules, "成果: [{级别: 市级}]").readings == ()


@pytest.mark.parametrize(("declared", "condition_", "value"), [
    ("type: ratio, default: 5%, or: [2.5%]", "占比 >= 读法", "2.5%"),
    ("type: date, default: 2020-01-01, or: [2021-01-01]", "成立日 >= 读法", "2021-01-01"),
    ("type: bool, default: 是, or: [否]", "读法 and 联合", "否"),
    ("type: number, unit: 人, default: 5 人, or: [30 人]", "人数 >= 读法", "30"),
])
def test_a_reading_is_spelt_in_its_own_terms(declared: str, condition_: str, value: str) -> None:
    rules = condition(condition_, head=ASKED + f"parameters:\n  way: {{name: 读法, {declared}}}\n")

    found = answer(rules, "占比: 3%\n成立日: 2020-06-01\n联合: 是\n人数: 10", way={
        "2.5%": "5%", "2021-01-01": "2020-01-01", "否": "是", "30": "5 人"}[value])
    assert [r.value for r in found.readings] == [value]
