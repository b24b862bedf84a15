"""Who pays for the same record: each row as for one applicant, pairs of policies, and what exclusions took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
from guiju.population.people import Population, population_of
from guiju.population.questions.asking import narrowed
from guiju.population.questions.bites import Bite, Sum, asks_what_was_received
from guiju.population.questions.overlaps import Listed, Overlaps, overlaps, same_records
from guiju.population.questions.worth import Pricing
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
        worth, = Pricing(policy, [benefit], cases[0].setting)(people, np.ones(count, np.bool_))
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
    assert (pair.second_money.low, pair.second_money.high) == (40 * WAN, 40 * WAN)  # 20 万元 each, fixed
    assert (pair.first_money.low, pair.first_money.high) == (0, 40 * WAN)  # at most 20 万元 each


def test_a_record_that_both_pay_for_is_listed_once_a_policy() -> None:
    listed: list[tuple[str, str, str, bool, float, float]] = []

    def listing(names: Sequence[str], people: Population, found: Listed) -> None:
        owners = people.tables[found.record].owners[found.rows]
        listed.extend((names[n], found.policy, found.how, *cells) for n, *cells in zip(
            owners.tolist(), found.surely.tolist(), found.low.tolist(), found.high.tolist(), strict=True))

    overlaps(crowds([standards({"编号": "甲"}), standards({"编号": "乙"}, papers="否")]),
             [only_papers(ZAOZHUANG), only_papers(WEIHAI)], listing=listing)

    assert sorted(listed) == [("U0000", WEIHAI, "paid", True, 0, 20 * WAN),
                              ("U0000", ZAOZHUANG, "paid", True, 20 * WAN, 20 * WAN)]


def test_what_is_not_known_is_only_possible() -> None:
    data = {"标准": [{"编号": "甲", "级别": "行业标准", "制修订": "制定", "位次": 1, "发布日期": "2020-06-01"}]}
    found = overlaps(crowds([facts_from_mapping(data, LIBRARY.vocabulary)]),
                     [(p, replace(s, presuming=False)) for p, s in (only_papers(ZAOZHUANG), only_papers(WEIHAI))])
    pair = found.pairs["standard", WEIHAI, ZAOZHUANG]

    assert (pair.surely, pair.possibly) == (0, 1)
    assert pair.second_money.low == 0
    assert found.unknown["technical_body"] == 1


def test_what_was_received_before_comes_off_or_refuses() -> None:
    found = together(standards({"编号": "甲", "已获同类资助额": "3 万元"}, {"编号": "乙", "已获各级资助奖励": "是"}))
    reduced, refused = (next(b for b in found.bites.values() if b.kind == kind) for kind in ("reduced", "refused"))

    assert (reduced.policy, reduced.rules, reduced.surely, reduced.money.low) == (ZAOZHUANG, ("ZAO-C05a",), 1, 3 * WAN)
    assert (refused.policy, refused.rules, refused.surely) == (WEIHAI, ("WH-C08a",), 1)
    assert (refused.money.low, refused.money.high) == (0, 20 * WAN)
    assert (reduced.paid_elsewhere, refused.paid_elsewhere) == (1, 1)
    assert found.records["standard", WEIHAI] == [1, 0]


def test_chunks_add_up() -> None:
    everybody = [standards({"编号": "甲"}), standards({"编号": "乙", "已获各级资助奖励": "是"}),
                 standards({"编号": "丙"})]

    assert together(*everybody, size=1) == together(*everybody, size=3)


def doubled(row: dict[str, str]) -> Facts:
    """Tables may have equal rows; of one applicant's facts they are refused."""
    facts = facts_from_mapping({"技术组织": [row]}, LIBRARY.vocabulary)
    return facts.replacing({}, {"technical_body": facts.records["technical_body"] * 2})


def test_equal_rows_are_one_record_whatever_the_member_of_an_enumeration_in_their_key() -> None:
    """A key of a name and a duty: no member of the duties may be taken for a text that is not there."""
    duties = [m.id for m in LIBRARY.vocabulary.enumerations["technical_body_duty"].members]
    bodies = [doubled({"名称": "某委员会", "承担职责": duty}) for duty in duties]
    people = population_of(bodies, LIBRARY.vocabulary)
    people.texts.code("")  # the code of no text is as small a number as those of the members
    number, count = same_records(people, "technical_body")

    assert count == len(duties)
    assert number.tolist() == [n for n in range(len(duties)) for _ in range(2)]


def test_rows_that_name_nothing_or_of_which_the_name_is_not_known_are_records_of_their_own() -> None:
    everybody = [doubled({**name, "承担职责": "秘书处"}) for name in ({"名称": "甲"}, {"名称": ""}, {"名称": "未知"})]
    number, count = same_records(population_of(everybody, LIBRARY.vocabulary), "technical_body")

    assert (number[0] == number[1], count) == (True, 5)


def doubly_refused(*rows: dict[str, Any]) -> list[Bite]:
    """What bites where Weihai's own exclusion stands beside a second one, on money from the city."""
    policy, setting = only_papers(WEIHAI)
    benefit = next(b for b in policy.benefits if b.id == "standards")
    linyi = LIBRARY.policy("shandong/linyi-standardisation-fund-2019")
    second = next(c for b in linyi.benefits for c in b.when if c.id == "LY-C10a")
    both = narrowed(policy, benefits=(replace(benefit, when=(*benefit.when, second)),), limits=())
    return list(overlaps(crowds([standards(*rows)]), [(both, setting)]).bites.values())


def test_what_two_exclusions_refuse_together_is_counted_under_both() -> None:
    once, other, twice = ({"编号": "甲", "已获各级资助奖励": "是", "已获市级财政支持": "否"},
                          {"编号": "乙", "已获市级财政支持": "是"},
                          {"编号": "丙", "已获各级资助奖励": "是", "已获市级财政支持": "是"})
    found = {bite.rules: (bite.surely, bite.possibly, bite.money.high) for bite in doubly_refused(once, other, twice)}

    assert found == {("WH-C08a",): (1, 0, 20 * WAN), ("LY-C10a",): (1, 0, 20 * WAN),
                     ("WH-C08a", "LY-C10a"): (1, 0, 20 * WAN)}


def test_what_was_received_is_asked_by_the_fields_that_the_dictionary_marks() -> None:
    policy = LIBRARY.policy("shandong/linyi-standardisation-fund-2019")
    asking = {c.id for b in policy.benefits for c in b.when if asks_what_was_received(c, policy)}

    assert asking == {f"LY-C10{letter}" for letter in "abcdefgh"}


def test_money_is_whole_and_counts_apart_what_nothing_bounds() -> None:
    found = Sum()
    found.add(np.array([2.0 ** 53, 1.0]), np.array([2.0 ** 53, np.inf]), np.array([False, False]))
    found.add(np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([False, True]))

    assert found == Sum(2 ** 53 + 2, 2 ** 53 + 1, unbounded=1, elsewhere=1)


def test_what_another_document_sets_is_no_amount_and_counted() -> None:
    """One may be paid for by two policies that leave the amount to the city; another is refused as paid for before."""
    project = facts_from_mapping({"资金申报材料真实": "是", "标准化突出贡献": "是", "其余记录": "无", "标准化项目": [
        {"名称": "甲", "项目类型": "标准化突出贡献工作"},
        {"名称": "乙", "项目类型": "市级标准化宣传培训教育", "已获各级资助奖励": "是"}]}, LIBRARY.vocabulary)
    zaozhuang, setting = only_papers(ZAOZHUANG)
    listed: list[tuple[str, list[float], list[float]]] = []
    found = overlaps(crowds([project]), [(zaozhuang, setting), (replace(zaozhuang, id="other", kept={}), setting),
                                         only_papers(WEIHAI)],
                     listing=lambda names, people, rows: listed.append((rows.how, rows.low.tolist(),
                                                                        rows.high.tolist())))
    pair = found.pairs["standards_project", "other", ZAOZHUANG]
    refused = [bite.money for bite in found.bites.values() if bite.policy == WEIHAI]

    assert (pair.surely, pair.possibly) == (1, 0)
    assert pair.first_money == pair.second_money == Sum(0, 0, 0, 1)
    assert refused == [Sum(0, 0, 0, 1)]
    assert len(listed) == 3
    assert np.isnan([ends for _, low, high in listed for ends in (*low, *high)]).all()
