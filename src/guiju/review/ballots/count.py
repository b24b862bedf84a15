"""Counting a closed ballot, and deciding by the round's rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from guiju.review.ballots.box import Ballot, Box, Rule
from guiju.review.ballots.verify import findings
from guiju.review.faults import fault, refuse
from guiju.review.unset import Missing, NotComputable, not_computable, unset
from guiju.source.diagnostics import Diagnostic, Text

Decision = Literal["carried", "lost", "no_quorum"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule makes of the votes. `attendance`: those present as a share of the members; `share`: the yes votes
    as a share of `base`, None if the base is 0 (then nothing is carried)."""

    decision: Decision
    attendance: Fraction
    base: int
    share: Fraction | None
    text: Text


@dataclass(frozen=True, slots=True)
class Tally:
    """The count. `members`, `present`: as the rule counts them, without the recused unless it says so. `outcome`:
    NotComputable where the rule leaves something open: the votes are counted all the same."""

    yes: int
    no: int
    abstain: int
    members: int
    present: int
    outcome: Outcome | NotComputable

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstain


def tally(box: Box, present: frozenset[str]) -> Tally:
    """The count of a closed box. `present`: the members at the meeting; where all vote at a distance, those who voted.

    Raises GuijuError E815 if the box is still open, if a paper was tampered with, or if someone voted who was not
    present or is no member.
    """
    refuse(_faults(box, present))
    votes = Counter(paper.choice for paper in box.papers)
    ballot = box.ballot
    away = frozenset() if ballot.rule.recused_count else ballot.recused
    members, there = len(ballot.members - away), len(present - away)
    missing = not_computable(open_rules(ballot))
    outcome = missing or _decided(ballot.rule, votes["yes"], votes["no"], votes["abstain"], members, there)
    return Tally(votes["yes"], votes["no"], votes["abstain"], members, there, outcome)


def open_rules(ballot: Ballot) -> tuple[Missing, ...]:
    """What the round has to set before this ballot can be decided: better asked before it is opened."""
    return tuple(_open(ballot))


def base_of(rule: Rule) -> Text:
    """Of what the yes votes are a share by this rule, and what that makes of those who do not vote."""
    if rule.base == "cast" and rule.abstentions_count:
        return Text("投出的票数，弃权计入；没有投票的不在内",
                    "the votes cast, with abstentions; who did not vote is not in it")
    if rule.base == "cast" and rule.abstentions_count is not None:
        return Text("同意和不同意的票数，弃权不计入；没有投票的不在内",
                    "the yes and no votes, without abstentions; who did not vote is not in it")
    if rule.base == "present":
        return Text("到会人数；到会而没有投票的也在内", "the members present, also who of them did not vote")
    if rule.base == "members":
        return Text("全体委员人数；没有投票的也在内", "all members, also who did not vote")
    return Text("本批次的评审细则没有设定", "not set by the round's rules")


def _open(ballot: Ballot) -> Iterator[Missing]:
    rule = ballot.rule
    if rule.quorum is None:
        yield unset("vote.quorum", "表决的最低到会比例", "quorum")
    if rule.majority is None:
        yield unset("vote.majority", "通过所需的得票比例", "majority needed")
    if rule.base is None:
        yield unset("vote.base", "得票比例的基数（投票数、到会人数或全体委员）",
                    "base of the majority (cast, present, members)")
    if rule.base == "cast" and rule.abstentions_count is None:
        yield unset("vote.abstentions_count", "弃权是否计入投票数", "rule on whether abstentions are votes cast")
    if ballot.recused and rule.recused_count is None:
        yield unset("vote.recused_count", "回避的委员是否计入委员数和到会数", "rule on whether recused members count")


def _decided(rule: Rule, yes: int, no: int, abstain: int, members: int, present: int) -> Outcome:
    assert rule.quorum is not None
    assert rule.majority is not None
    base = {"cast": yes + no + (abstain if rule.abstentions_count else 0), "present": present,
            "members": members}[rule.base or "cast"]
    attendance = Fraction(present, members)
    share = Fraction(yes, base) if base else None
    if attendance < rule.quorum:
        return Outcome("no_quorum", attendance, base, share, Text(
            f"到会 {present} 人，委员 {members} 人，未达到 {rule.quorum}：表决不成立",
            f"{present} of {members} present, below {rule.quorum}: no quorum"))
    carried = share is not None and (share > rule.majority if rule.strict else share >= rule.majority)
    need = Text(f"{'超过' if rule.strict else '达到'} {rule.majority}",
                f"{'above' if rule.strict else 'at least'} {rule.majority}")
    return Outcome("carried" if carried else "lost", attendance, base, share, Text(
        f"同意 {yes} 票，基数 {base}，须{need.zh}：{'通过' if carried else '未通过'}",
        f"{yes} yes of {base}, {need.en} needed: {'carried' if carried else 'lost'}"))


def _faults(box: Box, present: frozenset[str]) -> Iterator[Diagnostic]:
    about = box.ballot.id
    if not box.closed:
        yield fault("E815", about, "表决还没有结束，不能计票", "the ballot is open; close it before it is counted")
    for text in findings(box):
        yield fault("E815", about, text.zh, text.en)
    for one in sorted(box.voted - present):
        yield fault("E815", about, f"{one} 投了票，但不在到会名单上", f"{one} voted, but is not listed as present")
    for one in sorted(present - box.ballot.members):
        yield fault("E815", about, f"到会名单上的 {one} 不是委员", f"{one}, listed as present, is no member")
