"""Receipts: the same question has the same receipt, and whatever changes the question or the answer changes it."""

from typing import Any

import pytest
from small import ASKED, answer, condition, policy

RULE = "面积 >= 3 平方米 and count(成果) > 0"
FACTS = "面积: 4\n联合: 是\n成果: [{级别: 市级, 费用: 3 万元}, {级别: 省级}]\n"
HEAD = ASKED + "parameters:\n  way: {name: 读法, type: choice, default: 甲, or: [乙]}\n"


def receipt(rule: str = RULE, facts: str = FACTS, as_of: str = "2022-06-30", **setting: object) -> str:
    return answer(condition(rule, head=HEAD), facts, as_of, **setting).receipt.id


@pytest.mark.parametrize("facts", [
    FACTS,
    "联合: 是\n成果: [{费用: 30000 元, 级别: 市级}, {级别: 省级}]\narea: 4 平方米\n",
    "面积: 4\n联合: 是\n成果: [{级别: 省级}, {级别: 市级, 费用: 3 万元}]\n",
    FACTS + "人数:\n",
], ids=["the same", "in another order and other units", "rows in another order", "a blank"])
def test_the_same_facts_have_the_same_receipt(facts: str) -> None:
    assert receipt(facts=facts) == receipt()


@pytest.mark.parametrize("change", [
    {"facts": FACTS.replace("面积: 4", "面积: 5")}, {"facts": FACTS.replace("市级", "国家级")},
    {"facts": FACTS + "人数: 3\n"}, {"facts": FACTS.replace(", {级别: 省级}", "")},
    {"rule": RULE.replace("3 平方米", "2 平方米")}, {"rule": RULE.replace(">= 3", "> 3")},
    {"way": "乙"}, {"as_of": "2022-07-01"}, {"known_at": "2022-06-29"}, {"presuming": True},
], ids=str)
def test_another_question_has_another_receipt(change: dict[str, Any]) -> None:
    assert receipt(**change) != receipt()


def test_a_receipt_names_what_it_rests_on() -> None:
    one = answer(condition(RULE, head=HEAD), FACTS).receipt
    other = answer(condition(RULE, head=HEAD), FACTS.replace("面积: 4", "面积: 5")).receipt

    assert (one.rules, one.engine, one.setting, one.outcome) == (
        other.rules, other.engine, other.setting, other.outcome)
    assert one.facts != other.facts
    assert len(one.id) == 16


def test_which_goals_are_main_is_part_of_the_rules() -> None:
    goals = "goals:\n- {id: a, name: 甲, main: true, require: [C]}\n- {id: b, name: 乙, main: %s, require: [D]}\n"
    rules = "conditions:\n- {id: C, require: 联合}\n- {id: D, require: 上市}\n"
    one, other = (answer(policy(rules, goals % main), "联合: 否\n上市: 是") for main in ("true", "false"))

    assert (one.outcome, other.outcome) == ("eligible", "ineligible")
    assert one.receipt.id != other.receipt.id
