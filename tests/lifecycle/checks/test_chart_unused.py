"""What is declared is used."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
SINCE = "since: {name: 起日, type: date}"
GIVE = "give: {from: open, by: HOST, gives: [起日]}"


@pytest.mark.parametrize("using", [
    "end: {from: open, to: done, by: HOST, after: M}", "end: {from: open, to: done, by: HOST, within: M}",
    "end: {from: open, to: done, by: HOST, when: [{require: 今日 > M止日}]}"])
def test_a_minimum_for_which_nothing_waits(find: Find, using: str) -> None:
    term = "M: {length: 3 日, from: 起日, kind: minimum}"

    assert find(facts=SINCE, terms=term, moves=GIVE) == ["W553 M"]
    assert find(facts=SINCE, terms=term, moves=f"{GIVE}\n{using}") == []


def test_a_limit_of_opening_moves_that_bounds_none(find: Find) -> None:
    opening = "apply: {from: start, to: open, by: HOST, gives: [起日], %s}"
    term = "T: {length: 3 日, from: 起日, in: start}"

    assert find(facts=SINCE, terms=term, moves=opening % "") == ["W553 T"]
    assert find(facts=SINCE, terms=term, moves=opening % "within: T") == []


def test_a_ban_that_no_move_begins(find: Find) -> None:
    ban = "year: {length: 1 年, from: 今日, who: HOST}"

    assert find(bans=ban) == ["W553 year"]
    assert find(bans=ban, moves="expel: {from: open, to: done, by: OFFICE, bans: [year]}") == []


def test_a_count_that_nothing_reads_or_bounds(find: Find) -> None:
    loop = "n: {name: 次数, moves: [again]%s}"
    again = "again: {from: open, by: HOST}"

    assert find(moves=again, loops=loop % "") == ["W553 n"]
    assert find(moves=again, loops=loop % ", most: 3") == []
    assert find(moves="again: {from: open, by: HOST, when: [{require: 次数 < 3 次}]}", loops=loop % "") == []


def test_a_sub_procedure_that_is_never_opened(find: Find) -> None:
    procedure = "P: {use: objection, roles: {raiser: HOST, handler: OFFICE}%s}"
    notice = "N: {stage: open, from: 进入本环节日, at_least: 3 日, blocks: [finish], objections: P}"

    assert find(procedures=procedure % "") == ["W553 P"]
    assert find(procedures=procedure % ", while: open") == []
    assert find(procedures=procedure % "", notices=notice) == []


@pytest.mark.parametrize("using", ["gives: [起日]", "may_give: [起日]", "sets: {起日: 今日}"])
def test_a_fact_that_nothing_gives_or_reads(find: Find, using: str) -> None:
    assert find(facts=SINCE) == ["W554 since"]
    assert find(facts=SINCE, moves=f"end: {{from: open, to: done, by: HOST, {using}}}") == []


@pytest.mark.parametrize("citing", [
    {"moves": 'end: {from: open, to: done, by: HOST, cite: "2"}'},
    {"moves": 'end: {from: open, to: done, by: HOST, when: [{id: g, require: 今日 > 进入本环节日, cite: "2"}]}'},
    {"stages": 'on: {cite: "2"}', "moves": "a: {from: open, to: on, by: HOST}\nb: {from: on, to: done, by: HOST}"},
    {"roles": 'EXPERT: {held_by: expert, cite: "2"}', "moves": "a: {from: open, to: done, by: EXPERT}"},
    {"head": 'cite: ["1", "2"]'}])
def test_a_clause_that_nothing_cites(find: Find, citing: dict[str, str]) -> None:
    clauses = '"1": {zh: 一}\n"2": {zh: 二}'

    assert find(clauses=clauses) == ["W555 2"]
    assert find(clauses=clauses, **citing) == []


def test_a_parameter_that_nothing_reads(find: Find) -> None:
    parameters = 'reading: {name: 读法, type: choice, default: 甲, or: [乙], cite: "1"}'

    assert find(parameters=parameters) == ["W556 reading"]
    assert find(parameters=parameters, moves="end: {from: open, to: done, by: [{role: HOST, when: 读法 = 甲}]}") == []


def test_a_variant_answers_only_for_what_it_adds(find: Find) -> None:
    base = "id: base\ncite: '1'\nclauses: {'1': {zh: 一}, '2': {zh: 二}}\nroles: {HOST: {held_by: applicant}}\n" \
           "stages: {open: {}, done: {final: 是}}\nfacts: {since: {name: 起日, type: date}}\n" \
           "moves: {begin: {from: start, to: open, by: HOST}, end: {from: open, to: done, by: HOST}}\n"
    variant = "id: small\namends: base\nclauses: {'3': {zh: 三}}\nroles: {OFFICE: {held_by: office}}\n"

    assert find(files={"small/chart.yaml": variant, "base/chart.yaml": base}) == ["W555 3", "W548 OFFICE"]
