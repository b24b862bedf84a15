"""Money for records without gaps: columns give what the closure gives, whatever limits bite, beside organisations of
which something is not known too."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any
from unittest.mock import patch

from expressions import Draw
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import Drawn
from situations import AS_OF
from test_populations import outcome, plain
from words import policy_of, vocabulary, written

from guiju.evaluate.evaluation import quick, setting_for
from guiju.facts.model import Facts, Row, unknown
from guiju.language.policy import Policy
from guiju.population import payments
from guiju.population.match import match
from guiju.population.people import population_of
from guiju.values import FAIL, NO_TEXT, PASS, Value, known

WAN = 1_000_000
MONEY = ["0 元", "1 万元", "2 万元", "2 万元", "5 万元", "3333.33 元"]
RECORDS = {"成果": "级别", "奖项": "种类", "": "形式"}
PRICES = {"成果": ["费用", "50% * 费用", "-收益", "费用 / 3", "if 牵头 then 费用 else 1 万元"],
          "奖项": ["奖金", "贡献率 * 奖金", "if 共享 then 1 万元 else 奖金"], "": ["资产", "-利润", "50% * 资产"]}
TESTS = {"成果": ["完成日 >= 2021-12-31", "牵头", "not 牵头", "系列 = “甲”", "费用 >= 2 万元", "认可", "联合",
                  "count(奖项 where 共享) >= 1 项", "级别 in [市级, 国家级]"],
         "奖项": ["颁发日 > 2020-01-01", "共享", "奖金 > 1 万元", "联合"], "": ["联合", "上市", "人数 >= 3 人"]}
KEYS = {"成果": ["系列", "级别", "牵头", "完成日", "year(完成日)", "费用"], "奖项": ["种类", "颁发地", "共享", "奖金"],
        "": ["形式", "联合"]}
ROOMS = ["0 元", "1 万元", "3 万元", "3333.33 元", "资产", "50% * 资产", "if 联合 then 3 万元 else 5 万元", "-资产"]


@st.composite
def funds(draw: Draw) -> Drawn:
    """Benefits for records and for the organisation, under limits of all forms."""
    kinds = draw(st.sampled_from([("exact",), ("exact",), ("up_to",), ("exact", "up_to")]))
    benefits = [_benefit(draw, f"b{n}", draw(st.sampled_from(["成果", "成果", "奖项", ""])), kinds)
                for n in range(draw(st.integers(1, 3)))]
    limits = [_limit(draw, f"L{n}", benefits) for n in range(draw(st.integers(0, 3)))]
    goals = [{"id": "g", "name": "甲", "main": True, "pays": True}]
    rules: dict[str, Any] = {"benefits": benefits, "limits": limits}
    return Drawn(policy_of(rules, goals), written(rules))


def _benefit(draw: Draw, id_: str, record: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    lines = [f"P{id_}-{n} | {draw(st.sampled_from(_cells(record)))} | {draw(st.sampled_from(['-', *TESTS[record]]))} | "
             f"{draw(st.sampled_from([*MONEY, *PRICES[record]]))} | 1" for n in range(draw(st.integers(1, 3)))]
    entry: dict[str, Any] = {"id": id_, "cite": "1", "kind": draw(st.sampled_from(kinds)), "first": True,
                             "table": "\n".join([f"id | {RECORDS[record]} | 条件 | 金额 | 依据", *lines]) + "\n"}
    entry |= {"each": record} if record else {}
    entry |= {"when": [draw(st.sampled_from(TESTS[record]))]} if draw(st.booleans()) else {}
    entry |= {"category": draw(st.sampled_from(["甲类", "乙类"]))} if draw(st.booleans()) else {}
    if draw(st.integers(0, 3)) == 0:
        entry |= {"ceiling": draw(st.sampled_from(MONEY)), "ceiling_id": f"U{id_}"}
    if record and draw(st.integers(0, 4)) == 0:
        entry["merge"] = {"by": [draw(st.sampled_from(KEYS[record]))], "cite": "1", "id": f"M{id_}"}
    return entry


def _cells(record: str) -> list[str]:
    return ["-", "-", "市级", "省级", "国家级", "市级、国家级"] if record == "成果" else ["-", "-", "企业", "高校"]


def _limit(draw: Draw, id_: str, benefits: list[dict[str, Any]]) -> dict[str, Any]:
    named = draw(st.lists(st.sampled_from(benefits), min_size=1, max_size=3, unique_by=lambda b: str(b["id"])))
    records = {b.get("each", "") for b in named}
    form = draw(st.sampled_from(["keep", "keep", "highest", "elect", "best", "cap", "cap"]))
    entry: dict[str, Any] = {"id": id_, "cite": "1", "of": [b["id"] for b in named],
                             form: draw(st.sampled_from(ROOMS)) if form == "cap" else draw(st.integers(1, 2))}
    if form == "best":
        return entry
    if draw(st.booleans()):
        keys = KEYS[next(iter(records))] if len(records) == 1 else ["category", "benefit"]
        entry["by"] = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=1 + (len(records) == 1), unique=True))
    if len(records) == 1 and draw(st.integers(0, 2)) == 0:
        entry["where"] = draw(st.sampled_from(TESTS[next(iter(records))]))
    if draw(st.integers(0, 3)) == 0:
        entry["when"] = draw(st.sampled_from(TESTS[""]))
    return entry


def crowd_of(seed: int) -> list[Facts]:
    """Organisations of which everything is known that the rules ask for: some without a row, some with many alike."""
    dice = random.Random(seed)  # nosec B311: of test data
    return [_organisation(dice) for _ in range(dice.randint(1, 6))]


def _organisation(dice: random.Random) -> Facts:
    values: dict[str, Value] = {"joint": _truth(dice), "listed": _truth(dice), "staff": known(dice.randint(0, 5)),
                                "form": known(dice.randint(0, 1)), "assets": known(dice.choice(AMOUNTS)),
                                "profit": known(dice.choice([-3 * WAN, -1, 0, WAN]))}
    return Facts(values, {"work": tuple(_work(dice) for _ in range(dice.choice([0, 1, 2, 4, 8]))),
                          "award": tuple(_award(dice) for _ in range(dice.choice([0, 0, 1, 3]))), "penalty": ()})


AMOUNTS = [0, 1, 333_333, WAN, 2 * WAN, 2 * WAN, 7 * WAN]
DAYS = [dt.date(2020, 1, 1).toordinal(), dt.date(2021, 12, 31).toordinal(), dt.date(2022, 6, 30).toordinal()]


def _truth(dice: random.Random) -> int:
    return dice.choice([PASS, FAIL])


def _work(dice: random.Random) -> Row:
    text = dice.choice(["甲", "乙", NO_TEXT])
    return ((text, text, 0), known(dice.randint(0, 2)), known(dice.choice(AMOUNTS)),
            known(dice.choice([-2 * WAN, 0, WAN])), known(1), known(dice.choice(DAYS)), _truth(dice), _truth(dice))


def _award(dice: random.Random) -> Row:
    return (known(dice.randint(0, 1)), known(dice.choice(AMOUNTS)), known(dice.choice(DAYS)), known(dice.randint(0, 2)),
            _truth(dice), known(dice.choice([110000, 120000])))


def assert_agreement(policy: Policy, crowd: list[Facts]) -> None:
    setting = setting_for(policy, AS_OF)
    answers = match(population_of(crowd, vocabulary()), [(policy, setting)])[0]
    for number, one in enumerate(crowd):
        assert outcome(answers, number) == plain(quick(policy, one, setting)), number


@given(drawn=funds(), seed=st.integers(0, 2**16))
@settings(max_examples=60)
def test_what_is_certain_is_paid_alike(drawn: Drawn, seed: int) -> None:
    assert_agreement(drawn.policy, crowd_of(seed))


@given(drawn=funds(), seed=st.integers(0, 2**16), data=st.data())
@settings(max_examples=40)
def test_one_gap_leaves_all_answers_right(drawn: Drawn, seed: int, data: st.DataObject) -> None:
    crowd = crowd_of(seed)
    number = data.draw(st.integers(0, len(crowd) - 1))
    crowd[number] = _with_gap(data.draw(st.integers(0, 7)), crowd[number])
    assert_agreement(drawn.policy, crowd)


def _with_gap(place: int, one: Facts) -> Facts:
    """The facts, of which one is not known: of a row, if there is any."""
    work = one.records["work"]
    if not work:
        return one.replacing({"joint": unknown(vocabulary().facts["joint"])})
    gap = unknown(vocabulary().records["work"].fields[place])
    return Facts(one.values, {**one.records, "work": ((*work[0][:place], gap, *work[0][place + 1:]), *work[1:])})


def test_what_is_certain_is_weighed_once() -> None:
    table = "id | 级别 | 金额 | 依据\nP-1 | - | 2 万元 | 1\n"
    policy = policy_of({"benefits": [{"id": "b", "each": "成果", "kind": "exact", "cite": "1", "table": table}],
                        "limits": [{"id": "L", "keep": 1, "of": ["b"], "by": ["级别"], "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "pays": True}])
    crowd = crowd_of(3)
    with patch.object(payments, "settled", side_effect=payments.settled) as both_cases:
        assert_agreement(policy, crowd)
        assert both_cases.call_count == 0
        work = next(one for one in crowd if one.records["work"])
        assert_agreement(policy, [_with_gap(1, work)])
        assert both_cases.call_count == 1


def test_a_row_that_no_line_fits_has_no_say_which_of_equal_categories_stays() -> None:
    def benefit(id_: str, record: str, category: str, line: str) -> dict[str, Any]:
        table = f"id | {RECORDS[record]} | 金额 | 依据\nP{id_} | {line} | 2 万元 | 1\n"
        each = {"each": record} if record else {}
        return {"id": id_, "kind": "exact", "cite": "1", "category": category, "table": table, **each}

    policy = policy_of({"benefits": [benefit("a", "成果", "甲类", "国家级"), benefit("b", "奖项", "乙类", "-"),
                                     benefit("c", "", "甲类", "-")],
                        "limits": [{"id": "L", "best": 1, "of": ["a", "b", "c"], "cite": "1"},
                                   {"id": "M", "cap": "1 万元", "of": ["c"], "cite": "1"}]},
                       [{"id": "g", "name": "甲", "main": True, "pays": True}])
    dice = random.Random(1)  # nosec B311: of test data
    one = _organisation(dice)
    name, _, *others = _work(dice)
    work = (name, known(0), *others)  # 市级
    crowd = [Facts(one.values, {"work": (work,), "award": (_award(dice),), "penalty": ()})]
    assert_agreement(policy, crowd)
