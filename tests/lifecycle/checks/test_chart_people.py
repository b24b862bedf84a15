"""Roles: each can be held and acts; rounds say who holds what they give; a ban concerns someone."""

from collections.abc import Callable

import pytest

from guiju.source.diagnostics import GuijuError

Find = Callable[..., list[str]]
VOTE = "vote: {from: open, to: done, by: EXPERT}"
ROUND = "id: r\ntitle: {zh: 批次}\n"


def test_a_role_that_nobody_is_said_to_hold(find: Find) -> None:
    assert find(roles="EXPERT: {label: {zh: 专家, en: expert}}", moves=VOTE) == ["E548 EXPERT"]
    assert find(roles="EXPERT: {held_by: expert}", moves=VOTE) == []


def test_a_role_that_bars_itself(find: Find) -> None:
    assert find(roles="EXPERT: {held_by: expert, bars: [EXPERT]}", moves=VOTE) == ["E548 EXPERT"]
    assert find(roles="EXPERT: {held_by: expert, bars: [HOST]}", moves=VOTE) == []


def test_a_round_that_gives_two_roles_which_bar_each_other_to_one_body(find: Find) -> None:
    roles = "EXPERT: {held_by: expert, bars: [OFFICE]}"
    held = "roles: {OFFICE: {zh: 甲局}, EXPERT: {zh: %s}}"

    for body, faults in (("甲局", ["E548 r"]), ("乙院", [])):
        assert find(roles=roles, moves=VOTE, files={"small/rounds/r.yaml": f"{ROUND}{held % body}\n"}) == faults


def test_a_role_that_makes_no_move(find: Find) -> None:
    assert find(roles="EXPERT: {held_by: expert}") == ["W548 EXPERT"]
    assert find(roles="EXPERT: {held_by: expert}", moves="end: {from: open, to: done, by: [OFFICE, EXPERT]}") == []


def test_a_role_that_acts_in_a_sub_procedure_only(find: Find) -> None:
    procedure = "objections: {use: objection, roles: {raiser: %s, handler: OFFICE}, while: open, sets: {听证期: 1 日}}"

    assert find(roles="PUBLIC: {held_by: anyone}", procedures=procedure % "PUBLIC") == []
    assert find(roles="PUBLIC: {held_by: anyone}", procedures=procedure % "HOST") == ["W548 PUBLIC"]


def test_a_round_says_who_holds_the_roles_that_rounds_give(find: Find) -> None:
    roles, moves = "BODY: {held_by: round}", "end: {from: open, to: done, by: BODY}"

    assert find(roles=roles, moves=moves, files={"small/rounds/r.yaml": ROUND}) == ["W564 r"]
    assert find(roles=roles, moves=moves, files={"small/rounds/r.yaml": f"{ROUND}roles: {{BODY: {{zh: 甲}}}}"}) == []


def test_a_ban_on_a_role_that_there_is_not(find: Find) -> None:
    moves = "expel: {from: open, to: done, by: OFFICE, bans: [year]}"

    with pytest.raises(GuijuError, match="E504  没有角色“HOSTS”"):
        find(moves=moves, bans="year: {length: 1 年, from: 今日, who: HOSTS}")
    assert find(moves=moves, bans="year: {length: 1 年, from: 今日, who: HOST}") == []
    assert find(moves=moves, bans="year: {length: 1 年, from: 今日}") == []
