"""What may be claimed: as `guiju evaluate` tells one applicant, whatever kind of amount it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crowds import LIBRARY, crowds

from guiju.evaluate.answer import Amount
from guiju.evaluate.assess import payable as payable_to_one
from guiju.evaluate.cases import read_cases
from guiju.evaluate.evaluation import Evaluation, Setting, evaluate, setting_for
from guiju.evaluate.trial import evaluation_of
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language.library import POLICIES, load_library
from guiju.language.policy import Policy
from guiju.population.files.results import columns_of, fields_of
from guiju.population.match import match
from guiju.population.payable import Payable, payable, sum_of
from guiju.source.diagnostics import GuijuError
from guiju.source.document import parse_document
from guiju.values import NOT_APPLICABLE

PAYING = [policy.id for policy in LIBRARY if policy.benefits]
DAY = dt.date(2024, 6, 30)


def told(found: Payable, row: int) -> tuple[Any, ...]:
    """Low and high as one applicant is told them, and whether another document sets the amount."""
    elsewhere = bool(found.elsewhere[row])
    high = None if elsewhere or np.isinf(found.high[row]) else int(found.high[row])
    return int(found.low[row]), high, elsewhere


def expected(amount: Amount) -> tuple[Any, ...]:
    return amount.low, amount.high, amount.kind == "external"


def asked(policy: Policy, everybody: list[Facts], setting: Setting) -> tuple[Payable, list[Evaluation]]:
    people = next(crowds(everybody, len(everybody))).people
    return (payable(policy, match(people, [(policy, setting)])[0]),
            [evaluate(policy, facts, setting) for facts in everybody])


def cases_of(id_: str) -> Iterator[list[Evaluation]]:
    """The worked cases, those under one setting together."""
    policy, found = LIBRARY.policy(id_), []
    for case in read_cases(POLICIES / id_, policy):
        with suppress(GuijuError):  # a case of what is refused
            found.append(evaluation_of(case, policy))
    for _, held in groupby(sorted(found, key=lambda e: repr(e.setting)), key=lambda e: repr(e.setting)):
        yield list(held)


@pytest.mark.parametrize("id_", PAYING)
def test_it_is_what_one_applicant_is_told(id_: str) -> None:
    policy, kinds = LIBRARY.policy(id_), set()
    for cases in cases_of(id_):
        everybody = [case.facts for case in cases]
        found, ones = asked(policy, [*everybody, *(Facts(facts.values) for facts in everybody)], cases[0].setting)
        for row, one in enumerate(ones):
            amount = payable_to_one(one)
            assert told(found, row) == expected(amount)
            if not found.cause[row] and amount.kind != "external":
                assert bool(found.ceiling[row]) is (amount.kind in ("up_to", "discretionary"))
            kinds.add(amount.kind)
    assert len(kinds) > 1
    assert ("external" in kinds) is any(line.amount is None for b in policy.benefits for line in b.rows)


POLICY = """\
id: town/prize
title: 某市奖
in_force: {from: 2020-01-01, to: 2026-12-31, cite: "1"}
clauses: {"1": {zh: 条件}, "2": {zh: 金额}}
goals:
- {id: large, name: 大奖, main: true, require: [E1], pays: true}
- {id: small, name: 小奖, main: true, require: [E2], pays: true}
- {id: name, name: 称号, main: true, require: [E3]}
"""
RULES = """\
conditions:
- {id: E1, when: 境内工商登记, require: 上年度营业收入 >= 500 万元, cite: "1"}
- {id: E2, require: 上年度营业收入 >= 550 万元, cite: "1"}
- {id: E3, require: 职工总数 >= 10, cite: "1"}
benefits:
- id: b
  each: 标准
  cite: "2"
  table: |
    id | 级别     | 金额
    B1 | 国家标准 | 10 万元
    B2 | 行业标准 | 外部规定
    B3 | 地方标准 | 上年度营业收入 * 1% - 1 万元
- id: c
  each: 标准
  cite: "2"
  kind: up_to
  table: |
    id | 级别     | 金额
    C1 | 国际标准 | 20 万元
limits:
- {id: K, cap: 职工总数 * 1 万元, of: all, cite: "2"}
"""


@pytest.fixture
def prize(tmp_path: Path) -> Policy:
    (tmp_path / "town/prize").mkdir(parents=True)
    (tmp_path / "town/prize/policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "town/prize/rules.yaml").write_text(RULES, encoding="utf-8")
    return load_library(tmp_path).policy("town/prize")


def test_several_main_goals_conditions_that_do_not_apply_and_caps_of_nothing(prize: Policy) -> None:
    levels = ("国家标准", "行业标准", "地方标准", "国际标准")
    sets = ["", "{}", *(f"{{级别: {level}}}" for level in levels), "{级别: 行业标准}, {级别: 国际标准}"]
    everybody = [read(revenue, staff, registered, rows) for revenue in ("600 万元", "50 万元", "")
                 for staff in ("200", "0", "") for registered in ("是", "否", "") for rows in sets]
    found, ones = asked(prize, everybody, setting_for(prize, DAY))
    amounts = [payable_to_one(one) for one in ones]
    large = [one.interpreter.status(one.policy.goals[0].node) for one in ones]

    assert [told(found, row) for row in range(len(ones))] == [expected(amount) for amount in amounts]
    assert {a.kind for a in amounts} == {"none", "exact", "up_to", "external"}
    assert {a.kind for a, status in zip(amounts, large, strict=True) if status == NOT_APPLICABLE} > {"exact", "none"}


def read(revenue: str, staff: str, registered: str, rows: str) -> Facts:
    given = {"上年度营业收入": revenue, "职工总数": staff, "境内工商登记": registered, "标准": f"[{rows}]"}
    cells = ", ".join(f"{name}: {value}" for name, value in given.items() if value)
    return facts_from_node(parse_document(f"{{{cells}}}"), LIBRARY.vocabulary)


def test_columns_of_a_file_say_which_amounts_are_ceilings_and_which_another_document_sets(prize: Policy) -> None:
    everybody = [read("600 万元", "200", "是", f"{{级别: {level}}}") for level in ("国家标准", "国际标准", "行业标准")]
    everybody.append(Facts({id_: value for id_, value in everybody[0].values.items() if id_ != "employees"},
                           everybody[0].records))
    people = next(crowds(everybody)).people
    arrays, count = columns_of(match(people, [(prize, setting_for(prize, DAY))])[0], prize, np.array([False] * 4))
    held = {field.name: array.to_pylist() for field, array in zip(fields_of(prize), arrays, strict=True)}

    assert [held[f"town/prize:amount:{end}"] for end in ("low", "high", "state")] == [
        [10_00_00_00, 0, 0, 0], [10_00_00_00, 20_00_00_00, None, 10_00_00_00], [0, 8, 16, 2]]
    assert (count.low, count.high, count.unbounded, count.ceilings, count.elsewhere) == (
        10_00_00_00, 40_00_00_00, 0, 1, 1)


def test_those_whom_a_policy_does_not_address_may_claim_nothing(prize: Policy) -> None:
    people = next(crowds([read("600 万元", "200", "是", f"{{级别: {x}}}") for x in ("国家标准", "行业标准")])).people
    arrays, count = columns_of(match(people, [(prize, setting_for(prize, DAY))])[0], prize, np.array([True, True]))
    held = {field.name: array.to_pylist() for field, array in zip(fields_of(prize), arrays, strict=True)}

    assert [held[f"town/prize:amount:{end}"] for end in ("low", "high", "state")] == [[0, 0], [0, 0], [0, 0]]
    assert (count.outcomes, count.elsewhere) == ({"other_region": 2}, 0)


def test_sums_do_not_wrap() -> None:
    assert sum_of(np.array([2 ** 62, 2 ** 62, 2 ** 62, 5, 0])) == 3 * 2 ** 62 + 5
