"""Who pays for the same record: each row as for one applicant, pairs of policies, and what exclusions took."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from crowds import LIBRARY, crowds, worked

from guiju.evaluate.evaluation import Evaluation, Setting, evaluate, setting_for
from guiju.evaluate.items import Item
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_mapping
from guiju.language.policy import Policy
from guiju.population.people import population_of
from guiju.population.questions.asking import narrowed
from guiju.population.questions.overlaps import RECEIVED, Overlaps, overlaps
from guiju.population.questions.worth import worth_of_rows
from guiju.values import FAIL

TIANJIN = "tianjin/standardisation-fund-2021"
WAN = 1_000_000


@pytest.mark.parametrize("id_", [TIANJIN, "shandong/liaocheng-quality-patent-awards-2021"])
def test_a_row_is_worth_what_it_is_worth_to_one_applicant(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    cases = worked(id_)
    cases = [c for c in cases if c.setting == cases[0].setting]
    people = population_of([c.facts for c in cases], policy.vocabulary)
    checked = 0
    for benefit in policy.benefits:
        if benefit.record not in people.tables:
            continue
        count = len(people.tables[benefit.record].owners)
        worth = worth_of_rows(policy, benefit, cases[0].setting, people, np.ones(count, np.bool_))
        alone = narrowed(policy, goals=(), benefits=(replace(benefit, merge=None),), limits=())
        expected = [(FAIL if i.status == FAIL else i.claims, 0 if i.status == FAIL else i.low,
                     0 if i.status == FAIL else i.high)
                    for c in cases if benefit.record in c.facts.records
                    for i in items_of(alone, c)]
        found = zip(worth.status.tolist(), worth.low.tolist(), worth.high.tolist(), strict=True)
        assert list(found) == expected
        checked += count
    assert checked


ZAOZHUANG, WEIHAI = "shandong/zaozhuang-standardisation-fund-2018", "shandong/weihai-standardisation-fund-2019"


def items_of(policy: Policy, case: Evaluation) -> tuple[Item, ...]:
    payment = evaluate(policy, case.facts, case.setting).payment
    return payment.items if payment else ()


def only_papers(id_: str) -> tuple[Policy, Setting]:
    """The fund as if it asked of an organisation only that its papers are true: two funds then pay for one place."""
    policy = LIBRARY.policy(id_)
    goal = policy.goals[0]
    papers = next(c for c in goal.conditions if c.bare.op == "fact" and c.bare.args[0] == "fund_papers_true")
    same_year = {"programme_year": 1} if id_ == WEIHAI else {}
    setting = setting_for(policy, dt.date(2020, 11, 10), chosen=same_year, presuming=True)
    return narrowed(policy, goals=(replace(goal, conditions=(papers,), node=papers.node),)), setting


def standards(*cells: dict[str, Any], papers: str = "是") -> Facts:
    usual = {"级别": "行业标准", "制修订": "制定", "位次": 1, "发布日期": "2020-06-01", "国标委备案": "是",
             "已批准发布": "是", "已获同类资助额": "0 元", "已获各级资助奖励": "否"}
    rows = [{**usual, **row} for row in cells]
    return facts_from_mapping({"资金申报材料真实": papers, "标准": rows, "其余记录": "无"}, LIBRARY.vocabulary)


def together(*everybody: Facts, size: int = 2) -> Overlaps:
    return overlaps(crowds(everybody, size), [only_papers(ZAOZHUANG), only_papers(WEIHAI)])


def test_what_two_policies_pay_for_one_standard_is_counted_once_with_both_amounts() -> None:
    found = together(standards({"编号": "甲"}, {"编号": "乙"}), standards(), standards({"编号": "丙"}, papers="否"))
    pair = found.pairs["standard", WEIHAI, ZAOZHUANG]

    assert found.everybody == 3
    assert found.records["standard", ZAOZHUANG] == [2, 0]
    assert (pair.surely, pair.possibly) == (2, 0)
    assert (pair.second_low, pair.second_high) == (40 * WAN, 40 * WAN)  # 20 万元 each, fixed
    assert (pair.first_low, pair.first_high) == (0, 40 * WAN)  # at most 20 万元 each


def test_what_is_not_known_is_only_possible() -> None:
    data = {"标准": [{"编号": "甲", "级别": "行业标准", "制修订": "制定", "位次": 1, "发布日期": "2020-06-01"}]}
    found = overlaps(crowds([facts_from_mapping(data, LIBRARY.vocabulary)]),
                     [(p, replace(s, presuming=False)) for p, s in (only_papers(ZAOZHUANG), only_papers(WEIHAI))])
    pair = found.pairs["standard", WEIHAI, ZAOZHUANG]

    assert (pair.surely, pair.possibly) == (0, 1)
    assert pair.second_low == 0
    assert found.unknown["technical_body"] == 1


def test_what_was_received_before_comes_off_or_refuses() -> None:
    found = together(standards({"编号": "甲", "已获同类资助额": "3 万元"}, {"编号": "乙", "已获各级资助奖励": "是"}))
    reduced, refused = (next(b for b in found.bites.values() if b.kind == kind) for kind in ("reduced", "refused"))

    assert (reduced.policy, reduced.rules, reduced.surely, reduced.low) == (ZAOZHUANG, ("ZAO-C05a",), 1, 3 * WAN)
    assert (refused.policy, refused.rules, refused.surely) == (WEIHAI, ("WH-C08a",), 1)
    assert (refused.low, refused.high) == (0, 20 * WAN)
    assert (reduced.paid_elsewhere, refused.paid_elsewhere) == (1, 1)
    assert found.records["standard", WEIHAI] == [1, 0]


def test_chunks_add_up() -> None:
    everybody = [standards({"编号": "甲"}), standards({"编号": "乙", "已获各级资助奖励": "是"}),
                 standards({"编号": "丙"})]

    assert together(*everybody, size=1) == together(*everybody, size=3)


def test_the_fields_that_ask_what_was_received_are_in_the_dictionary() -> None:
    fields = {f.id for r in LIBRARY.vocabulary.all_records() for f in r.fields}

    assert fields >= RECEIVED
