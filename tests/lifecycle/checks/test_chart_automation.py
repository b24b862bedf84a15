"""What the system does by itself: one thing at a time, only what it can, and not for ever."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
FACTS = """grade: {name: 等级, type: choice, of: [甲, 乙, 丙]}
           share: {name: 得票, type: ratio}
           passed: {name: 已通过, type: bool}
           since: {name: 起日, type: date}"""
GIVE = "give: {from: open, by: OFFICE, gives: [等级, 得票, 已通过, 起日]}"
TERMS = "T: {length: 5 日, from: 起日, kind: minimum}\nU: {length: 9 日, from: 起日, kind: minimum}"
LIMITED = "end_t: {from: open, to: done, by: HOST, after: [T, U]}"


@pytest.mark.parametrize(("one", "other", "tied"), [
    ("已通过", "not 已通过", False),
    ("已通过", "等级 = 甲", True),
    ("等级 = 甲", "等级 = 乙", False),
    ("等级 = 甲", "等级 in [甲, 乙]", True),
    ("等级 = 甲", "等级 in [乙, 丙]", False),
    ("得票 >= 50%", "得票 < 50%", False),
    ("得票 >= 50%", "得票 <= 50%", True),
    ("今日 > 起日", "今日 <= 起日", False),
    ("已通过 and 等级 = 甲", "等级 = 乙 or not 已通过", False),
])
def test_two_automatic_moves_at_the_same_moment(find: Find, one: str, other: str, tied: bool) -> None:
    assert find(facts=FACTS, terms=TERMS, moves=f"""{GIVE}\n{LIMITED}
        a: {{from: open, to: done, auto: 是, when: [{{require: "{one}"}}]}}
        b: {{from: open, to: done, auto: 是, when: [{{require: "{other}"}}]}}""") == ["E547 b"] * tied


def test_automatic_moves_that_wait_for_different_terms_or_leave_different_stages(find: Find) -> None:
    moves = f"""{GIVE}\n{LIMITED}
        go: {{from: open, to: later, by: HOST}}
        a: {{from: open, to: done, auto: 是, after: T}}
        b: {{from: %s, to: done, auto: 是, after: %s}}"""

    assert find(facts=FACTS, terms=TERMS, stages="later: {}", moves=moves % ("[open, later]", "T")) == ["E547 b"]
    assert find(facts=FACTS, terms=TERMS, stages="later: {}", moves=moves % ("[open, later]", "U")) == []
    assert find(facts=FACTS, terms=TERMS, stages="later: {}", moves=moves % ("later", "T")) == []


def test_automatic_moves_for_duties_not_done(find: Find) -> None:
    moves = f"""{GIVE}\n{LIMITED}
        report: {{from: open, by: HOST}}
        a: {{from: open, to: done, auto: 是}}
        b: {{from: open, to: done, auto: 是}}"""
    duties = """D: {move: report, every: 1 年, from: 起日, while: open, overdue: a, when: 等级 = 甲}
                E: {move: report, every: %s 年, from: 起日, while: open, overdue: b, when: 等级 = %s}"""

    assert find(facts=FACTS, terms=TERMS, moves=moves, duties=duties % (1, "甲")) == ["E547 b"]
    assert find(facts=FACTS, terms=TERMS, moves=moves, duties=duties % (1, "乙")) == []
    assert find(facts=FACTS, terms=TERMS, moves=moves, duties=duties % (2, "甲")) == []


@pytest.mark.parametrize(("more", "faults"), [
    (", by: HOST", 1), (", by: SYSTEM", 0), (", by: [SYSTEM, HOST]", 0), ("", 0),
    (", gives: [等级]", 1), (", may_give: [等级]", 0), (", needs: [{zh: 报告}]", 1),
    (", needs: [{zh: 报告, when: 已通过}]", 0)])
def test_what_the_system_can_not_do_by_itself(find: Find, more: str, faults: int) -> None:
    moves = f"{GIVE}\n{LIMITED}\na: {{from: open, to: done, auto: 是, after: T{more}}}"

    assert find(facts=FACTS, terms=TERMS, moves=moves) == ["E557 a"] * faults


def test_the_system_opens_no_case(find: Find) -> None:
    assert find(moves="a: {from: start, to: open, auto: 是}") == ["E557 a"]


def test_a_move_that_only_the_system_may_make(find: Find) -> None:
    assert find(moves="a: {from: open, to: done, by: SYSTEM}") == ["E558 a"]
    assert find(moves="a: {from: open, to: done, by: [SYSTEM, OFFICE]}") == []


def test_an_automatic_move_that_stays_where_it_is(find: Find) -> None:
    moves = f"{GIVE}\n{LIMITED}\nremind: {{from: open, auto: 是, after: T%s}}"
    loop = "n: {name: 提醒次数, moves: [remind], most: 3}"

    assert find(facts=FACTS, terms=TERMS, moves=moves % "") == ["E560 remind"]
    assert find(facts=FACTS, terms=TERMS, moves=moves % ", to: open") == ["E560 remind"]
    assert find(facts=FACTS, terms=TERMS, moves=moves % ", sets: {起日: 今日}") == []
    assert find(facts=FACTS, terms=TERMS, moves=moves % ", clears: [起日]") == []
    assert find(facts=FACTS, terms=TERMS, moves=moves % "", loops=loop) == []


def test_an_automatic_move_that_asks_how_often_it_was_made(find: Find) -> None:
    moves = f"{GIVE}\n{LIMITED}\nremind: {{from: open, auto: 是, after: T, when: [{{require: 提醒次数 < 3 次}}]}}"

    assert find(facts=FACTS, terms=TERMS, moves=moves, loops="n: {name: 提醒次数, moves: [remind]}") == []


def test_automatic_moves_in_a_circle(find: Find) -> None:
    moves = f"""{GIVE}\n{LIMITED}
        there: {{from: open, to: later, auto: 是, after: T}}
        back: {{from: later, to: open, %s}}"""

    assert find(facts=FACTS, terms=TERMS, stages="later: {}", moves=moves % "auto: 是") == ["E560 there", "E560 back"]
    assert find(facts=FACTS, terms=TERMS, stages="later: {}", moves=moves % "by: HOST") == []
    assert find(facts=FACTS, terms=TERMS, stages="later: {}",
                moves=moves % "auto: 是, when: [{require: 今日 > 进入本环节日 + 1 月}]") == []
