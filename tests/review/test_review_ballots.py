"""The secret ballot: counted right, one vote each, decided by the round's rule, checked by its voters, no names."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.review import NotComputable
from guiju.review.ballots import (
    Ballot,
    Box,
    Choice,
    Outcome,
    Receipt,
    Rule,
    base_of,
    cast,
    check_receipt,
    close,
    findings,
    of_data,
    open_ballot,
    open_rules,
    tally,
    to_data,
)
from guiju.source.diagnostics import GuijuError, Text

MOTION = Text("将申报1列入建议名单", "put application 1 on the proposed list")
HALF = Rule(quorum=Fraction(2, 3), majority=Fraction(1, 2), strict=True, base="cast", abstentions_count=True)
quick = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def chance(number: int) -> str:
    """64 hexadecimal digits, different for each number, in no order."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def ballot(size: int = 9, rule: Rule = HALF, recused: int = 0) -> Ballot:
    members = [f"m{n}" for n in range(size)]
    return Ballot("b1", MOTION, frozenset(members), frozenset(members[size - recused:]), rule)


def voted(choices: list[Choice], on: Ballot | None = None) -> tuple[Box, list[Receipt]]:
    """The open box after m0, m1, … have voted, and their receipts."""
    box, receipts = open_ballot(on or ballot()), []
    for n, choice in enumerate(choices):
        box, receipt = cast(box, f"m{n}", choice, chance(n), f"我的话{n}")
        receipts.append(receipt)
    return box, receipts


def outcome(choices: list[Choice], on: Ballot | None = None, present: int | None = None) -> Outcome | NotComputable:
    box, _ = voted(choices, on)
    there = frozenset(f"m{n}" for n in range(len(choices) if present is None else present))
    return tally(close(box), there).outcome


def decision(choices: list[Choice], on: Ballot | None = None, present: int | None = None) -> str:
    got = outcome(choices, on, present)
    assert isinstance(got, Outcome)
    return got.decision


def test_every_way_to_vote_is_counted_as_it_was_cast() -> None:
    for size in range(6):
        for choices in itertools.combinations_with_replacement(("yes", "no", "abstain"), size):
            box, receipts = voted(list(choices))
            count = tally(close(box), frozenset(f"m{n}" for n in range(size)))
            assert (count.yes, count.no, count.abstain, count.cast) == (
                choices.count("yes"), choices.count("no"), choices.count("abstain"), size)
            assert [check_receipt(r, close(box)) for r in receipts] == list(choices)


@pytest.mark.parametrize(("yes", "no", "abstain", "rule", "decided"), [
    (5, 4, 0, {}, "carried"), (4, 4, 0, {}, "lost"), (4, 4, 0, {"strict": False}, "carried"),
    (4, 3, 1, {}, "lost"), (4, 3, 1, {"abstentions_count": False}, "carried"),
    (5, 1, 0, {"base": "members"}, "carried"), (4, 2, 0, {"base": "members"}, "lost"),
    (6, 3, 0, {"majority": Fraction(2, 3), "strict": False}, "carried"),
    (5, 3, 0, {"majority": Fraction(2, 3), "strict": False}, "lost"),
    (6, 3, 0, {"majority": Fraction(2, 3)}, "lost"),
    (0, 0, 7, {"abstentions_count": False}, "lost"),
])
def test_the_majority_is_of_what_the_rule_says(yes: int, no: int, abstain: int, rule: dict[str, Any],
                                               decided: str) -> None:
    counts: dict[Choice, int] = {"yes": yes, "no": no, "abstain": abstain}
    choices = [choice for choice, count in counts.items() for _ in range(count)]

    assert decision(choices, ballot(rule=dataclasses.replace(HALF, **rule))) == decided


def test_members_who_are_present_and_do_not_vote_count_where_the_base_is_the_present() -> None:
    of_present = ballot(rule=dataclasses.replace(HALF, base="present"))

    assert decision(["yes"] * 4, of_present, present=7) == "carried"
    assert decision(["yes"] * 4, of_present, present=8) == "lost"


@pytest.mark.parametrize(("rule", "said"), [
    ({}, "弃权计入；没有投票的不在内"), ({"abstentions_count": False}, "弃权不计入；没有投票的不在内"),
    ({"abstentions_count": None}, "没有设定"), ({"base": None}, "没有设定"),
    ({"base": "present"}, "到会而没有投票的也在内"), ({"base": "members"}, "全体委员")])
def test_the_base_is_said_with_what_it_makes_of_those_who_do_not_vote(rule: dict[str, Any], said: str) -> None:
    assert said in base_of(dataclasses.replace(HALF, **rule)).zh


@pytest.mark.parametrize(("present", "decided"), [(6, "carried"), (5, "no_quorum")])
def test_a_quorum_of_two_thirds_of_nine_is_six(present: int, decided: str) -> None:
    assert decision(["yes"] * 5, present=present) == decided


def test_recused_members_count_only_if_the_rule_says_so() -> None:
    def with_rule(counts: bool | None) -> Ballot:
        return ballot(9, dataclasses.replace(HALF, quorum=Fraction(2, 3), recused_count=counts), recused=3)

    assert decision(["yes"] * 4, with_rule(False)) == "carried"  # 4 of 6
    assert decision(["yes"] * 4, with_rule(True)) == "no_quorum"  # 4 of 9
    got = outcome(["yes"] * 4, with_rule(None))
    assert isinstance(got, NotComputable)
    assert [m.parameter for m in got.missing] == ["vote.recused_count"]


@pytest.mark.parametrize("name", ["quorum", "majority", "base", "abstentions_count"])
def test_a_rule_that_the_round_does_not_set_is_named_and_the_votes_are_counted_all_the_same(name: str) -> None:
    on = ballot(rule=dataclasses.replace(HALF, **{name: None}))
    box, _ = voted(["yes"] * 6, on)

    count = tally(close(box), frozenset(f"m{n}" for n in range(6)))

    assert count.yes == 6
    assert isinstance(count.outcome, NotComputable)
    assert [m.parameter for m in count.outcome.missing] == [f"vote.{name}"] == [m.parameter for m in open_rules(on)]


def test_abstentions_need_no_rule_where_the_base_is_not_the_votes_cast() -> None:
    assert open_rules(ballot(rule=dataclasses.replace(HALF, base="members", abstentions_count=None))) == ()


@pytest.mark.parametrize(("voter", "why"), [
    ("m0", "已经投过票"), ("m8", "须回避"), ("x", "不是本次表决的委员")])
def test_who_may_not_vote_or_has_voted_is_told_so(voter: str, why: str) -> None:
    box, _ = voted(["yes"], ballot(recused=1))

    with pytest.raises(GuijuError, match=why):
        cast(box, voter, "no", chance(99))


def test_nothing_goes_into_a_closed_box_and_nothing_is_counted_before() -> None:
    box, receipts = voted(["yes", "no"])

    with pytest.raises(GuijuError, match="E813"):
        cast(close(box), "m5", "yes", chance(99))
    with pytest.raises(GuijuError, match="E815"):
        tally(box, frozenset({"m0", "m1"}))
    with pytest.raises(GuijuError, match="E816"):
        check_receipt(receipts[0], box)


@pytest.mark.parametrize(("choice", "chance_", "word"), [
    ("maybe", chance(9), ""), ("yes", "00", ""), ("yes", "G" * 64, ""), ("yes", chance(9), "话" * 41),
    ("yes", chance(9), "\n")])
def test_a_vote_that_can_not_be_is_refused(choice: Any, chance_: str, word: str) -> None:
    with pytest.raises(GuijuError, match="E814"):
        cast(open_ballot(ballot()), "m0", choice, chance_, word)


def test_chance_is_used_once() -> None:
    box, _ = voted(["yes"])

    with pytest.raises(GuijuError, match="E814"):
        cast(box, "m1", "no", chance(0), "我的话0")


def first_paper(box: Box, **changes: Any) -> Box:
    return dataclasses.replace(box, papers=(dataclasses.replace(box.papers[0], **changes), *box.papers[1:]))


@pytest.mark.parametrize("tampered", [
    lambda box: dataclasses.replace(box, papers=box.papers[1:]),
    lambda box: dataclasses.replace(box, papers=box.papers + box.papers[:1]),
    lambda box: dataclasses.replace(box, papers=box.papers[::-1]),
    lambda box: first_paper(box, choice="abstain"),
    lambda box: first_paper(box, nonce=chance(50)),
    lambda box: dataclasses.replace(box, voted=box.voted | {"m8"}),
    lambda box: dataclasses.replace(box, voted=box.voted - {"m0"} | {"m8"}),
    lambda box: dataclasses.replace(box, ballot=dataclasses.replace(box.ballot, motion=Text("另一项", "another"))),
    lambda box: dataclasses.replace(box, ballot=dataclasses.replace(box.ballot, rule=Rule())),
], ids=["lost", "doubled", "ordered", "choice", "nonce", "voter more", "voter who may not", "motion", "rule"])
def test_a_box_that_was_tampered_with_is_not_counted(tampered: Any) -> None:
    box, _ = voted(["yes", "no", "yes", "no", "yes"], ballot(recused=1))
    assert findings(close(box)) == ()

    wrong = tampered(close(box))

    assert findings(wrong) != ()
    with pytest.raises(GuijuError, match="E815"):
        tally(wrong, frozenset(f"m{n}" for n in range(9)))


def test_a_paper_exchanged_for_another_is_found_by_its_voter() -> None:
    on = ballot()
    box, receipts = voted(["yes", "no", "yes"], on)
    mine = next(p for p in box.papers if p.commitment == receipts[0].commitment)
    forged, _ = cast(open_ballot(on), "m0", "no", chance(77))
    exchanged = dataclasses.replace(box, papers=tuple(sorted(
        ({*box.papers} - {mine}) | {*forged.papers}, key=lambda p: p.commitment)), closed=True)

    assert findings(exchanged) == ()
    assert check_receipt(receipts[1], exchanged) == "no"
    with pytest.raises(GuijuError, match="没有这张回执的选票"):
        check_receipt(receipts[0], exchanged)


def test_one_receipt_can_not_serve_two_voters() -> None:
    box, receipts = voted(["yes", "yes"])
    given_twice = dataclasses.replace(receipts[0], word="第二个人自己的话")

    with pytest.raises(GuijuError, match="E816"):
        check_receipt(given_twice, close(box))


def test_a_receipt_of_another_ballot_is_told_so() -> None:
    _, receipts = voted(["yes"])
    box, _ = voted(["yes"], dataclasses.replace(ballot(), id="b2"))

    with pytest.raises(GuijuError, match="回执属于另一次表决"):
        check_receipt(receipts[0], close(box))


@quick
@given(st.lists(st.sampled_from(["yes", "no", "abstain"]), min_size=1, max_size=9), st.randoms())
def test_who_voted_first_leaves_no_trace_in_what_is_kept(choices: list[Choice], random_: random.Random) -> None:
    order = list(enumerate(choices))
    boxes = []
    for _ in range(2):
        random_.shuffle(order)
        box = open_ballot(ballot())
        for n, choice in order:
            box, _receipt = cast(box, f"m{n}", choice, chance(n))
        boxes.append(json.dumps(to_data(box), sort_keys=True))

    assert boxes[0] == boxes[1]


def test_what_is_kept_names_no_voter_beside_a_vote_and_no_receipt() -> None:
    box, receipts = voted(["yes", "no", "abstain"])
    data = to_data(box)

    assert [set(paper) for paper in data["papers"]] == [{"choice", "nonce", "commitment"}] * 3
    assert not any(m in json.dumps(data["papers"]) for m in box.ballot.members)
    assert not any(r.chance in json.dumps(data) or r.word in json.dumps(data, ensure_ascii=False) for r in receipts)


def test_the_places_of_papers_are_unlike_the_order_of_votes() -> None:
    places: Counter[int] = Counter()
    for turn in range(300):
        box, receipt = cast(open_ballot(ballot()), "m0", "yes", chance(1000 * turn))
        first = receipt.commitment
        for n in (1, 2):
            box, _ = cast(box, f"m{n}", "yes", chance(1000 * turn + n))
        places[[p.commitment for p in box.papers].index(first)] += 1

    assert all(70 < places[place] < 130 for place in range(3))


@quick
@given(st.lists(st.sampled_from(["yes", "no", "abstain"]), max_size=9), st.booleans())
def test_a_box_is_kept_and_read_back_whole(choices: list[Choice], closed: bool) -> None:
    box, _ = voted(choices)
    box = close(box) if closed else box

    assert of_data(json.loads(json.dumps(to_data(box)))) == box


@pytest.mark.parametrize(("code", "changes"), [
    ("E811", {"id": ""}), ("E811", {"members": frozenset()}), ("E811", {"recused": frozenset({"x"})}),
    ("E811", {"recused": ballot().members}),
    ("E812", {"rule": Rule(quorum=Fraction(0))}), ("E812", {"rule": Rule(majority=Fraction(3, 2))}),
    ("E812", {"rule": Rule(majority=Fraction(1), strict=True)}),
    ("E812", {"rule": Rule(base="half")})])  # type: ignore[arg-type]  # no such base
def test_a_ballot_that_can_not_be_is_refused(code: str, changes: dict[str, Any]) -> None:
    with pytest.raises(GuijuError, match=code):
        open_ballot(dataclasses.replace(ballot(), **changes))


@pytest.mark.parametrize("present", [frozenset({"m0"}), frozenset({"m0", "m1", "x"})])
def test_the_list_of_those_present_fits_the_votes(present: frozenset[str]) -> None:
    box, _ = voted(["yes", "no"])

    with pytest.raises(GuijuError, match="E815"):
        tally(close(box), present)
