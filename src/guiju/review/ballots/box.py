"""The ballot box: who may vote on what, who has voted, and, apart from that, what was voted."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from guiju.review.digest import digest
from guiju.review.faults import fault, ids_given_once, refuse
from guiju.source.diagnostics import Diagnostic, Text

Choice = Literal["yes", "no", "abstain"]
Base = Literal["cast", "present", "members"]
CHOICES = {"yes": Text("同意", "yes"), "no": Text("不同意", "no"), "abstain": Text("弃权", "abstain")}
LONGEST_WORD = 40
_CHANCE = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Rule:
    """The round's rule of voting. None: it does not say; whatever depends on that is not computable.

    `quorum`: this share of the members has to be present (至少). `majority`: the yes votes as a share of the base have
    to reach it, or, if `strict`, to be above it (过半数 is 1/2, strict; 三分之二以上 is 2/3, not strict). `base`: the
    votes cast, the members present, or all members. `abstentions_count`: whether an abstention is one of the votes cast
    (only asked where `base` is "cast"). `recused_count`: whether members who have to keep away are among the members,
    and among those present (only asked where there are any).
    """

    quorum: Fraction | None = None
    majority: Fraction | None = None
    strict: bool = False
    base: Base | None = None
    abstentions_count: bool | None = None
    recused_count: bool | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on one motion. `members`: ids of the whole committee; `recused`: those who have to keep away from this
    motion and can't vote. Nothing of it changes once it is open: every paper is bound to its digest."""

    id: str
    motion: Text
    members: frozenset[str]
    recused: frozenset[str] = frozenset()
    rule: Rule = Rule()

    @property
    def voters(self) -> frozenset[str]:
        """Those who may vote."""
        return self.members - self.recused

    @property
    def digest(self) -> str:
        return digest(self)


@dataclass(frozen=True, slots=True)
class Paper:
    """One vote without a name. `commitment`: SHA-256 of the ballot's digest, the choice and the nonce."""

    choice: Choice
    nonce: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes home: with it he finds his paper after the count, and proves that it is his own and no one
    else's: the nonce is made of `chance` and of the `word` that he chose. It does not say what he voted."""

    ballot: str
    commitment: str
    chance: str
    word: str


@dataclass(frozen=True, slots=True)
class Box:
    """An open or closed ballot. `voted`: who has, in no order. `papers`: sorted by commitment, which is by chance."""

    ballot: Ballot
    voted: frozenset[str] = frozenset()
    papers: tuple[Paper, ...] = ()
    closed: bool = False


def open_ballot(ballot: Ballot) -> Box:
    """An empty box. Raises GuijuError E811 for a ballot without an id or voters, E812 for a rule that can't be."""
    refuse([*ids_given_once("E811", "表决", "ballot", [ballot.id]), *_people(ballot), *_rule(ballot.rule)])
    return Box(ballot)


def cast(box: Box, voter: str, choice: Choice, chance: str, word: str = "") -> tuple[Box, Receipt]:
    """The box with one more vote, and the voter's receipt.

    `chance`: 32 random bytes as 64 small hexadecimal digits, new for each vote; this package has no chance of its own.
    `word`: any words of the voter's (40 characters at most); with them, a program that gave two voters one receipt
    would be found out. Raises GuijuError E813 if he can't vote, has voted or the ballot is closed; E814 for a choice,
    chance or word that won't do.
    """
    refuse([*_barred(box, voter), *_input(choice, chance, word)])
    nonce = nonce_of(chance, word)
    paper = Paper(choice, nonce, commitment_of(box.ballot, choice, nonce))
    if any(p.nonce == nonce for p in box.papers):
        refuse([fault("E814", "chance", "随机数与别的选票相同；每票用新的",
                      "this chance was used before; draw a new one")])
    papers = tuple(sorted((*box.papers, paper), key=lambda p: p.commitment))
    return (dataclasses.replace(box, voted=box.voted | {voter}, papers=papers),
            Receipt(box.ballot.digest, paper.commitment, chance, word))


def close(box: Box) -> Box:
    """The box, closed: nothing goes in any more, and it may be counted."""
    return dataclasses.replace(box, closed=True)


def nonce_of(chance: str, word: str) -> str:
    """What hides a choice: SHA-256 of chance and the voter's word."""
    return hashlib.sha256(f"{chance}\n{word}".encode()).hexdigest()


def commitment_of(ballot: Ballot, choice: str, nonce: str) -> str:
    """What binds a paper to its ballot and its choice."""
    return hashlib.sha256(f"guiju ballot 1\n{ballot.digest}\n{choice}\n{nonce}".encode()).hexdigest()


def _people(ballot: Ballot) -> Iterator[Diagnostic]:
    strangers = sorted(ballot.recused - ballot.members)
    if strangers:
        yield fault("E811", ballot.id, f"回避的{'、'.join(strangers)}不是委员",
                    f"recused, but no members: {', '.join(strangers)}")
    if not ballot.voters:
        yield fault("E811", ballot.id, "没有人可以投票", "nobody may vote")


def _rule(rule: Rule) -> Iterator[Diagnostic]:
    for name, zh, share in (("quorum", "到会", rule.quorum), ("majority", "通过", rule.majority)):
        if share is not None and not 0 < share <= 1:
            yield fault("E812", name, f"{zh}比例应大于 0、不超过 1，不是 {share}",
                        f"the {name} lies above 0 and up to 1, not {share}")
    if rule.strict and rule.majority == 1:
        yield fault("E812", "majority", "没有比全体更多的票", "no share is above all votes")
    if rule.base is not None and rule.base not in get_args(Base):
        yield fault("E812", "base", f"计票基数只能是 {'、'.join(get_args(Base))}，不是“{rule.base}”",
                    f"the base is one of {', '.join(get_args(Base))}, not '{rule.base}'")


def _barred(box: Box, voter: str) -> Iterator[Diagnostic]:
    if box.closed:
        yield fault("E813", voter, "表决已经结束", "the ballot is closed")
    elif voter not in box.ballot.members:
        yield fault("E813", voter, "不是本次表决的委员", "no member for this ballot")
    elif voter in box.ballot.recused:
        yield fault("E813", voter, "对这一项须回避，不能投票", "has to keep away from this motion")
    elif voter in box.voted:
        yield fault("E813", voter, "已经投过票；投出的票不能改", "has voted; a vote can't be changed")


def _input(choice: str, chance: str, word: str) -> Iterator[Diagnostic]:
    if choice not in CHOICES:
        yield fault("E814", "choice", f"没有“{choice}”这个选项", f"there is no choice '{choice}'")
    if not _CHANCE.fullmatch(chance):
        yield fault("E814", "chance", "随机数应是 64 位小写十六进制", "chance is 64 small hexadecimal digits")
    if len(word) > LONGEST_WORD or "\n" in word:
        yield fault("E814", "word", f"自选的话至多 {LONGEST_WORD} 字，不换行",
                    f"the word has {LONGEST_WORD} characters at most, on one line")
