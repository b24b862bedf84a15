"""Whether a box is whole, and whether a voter's paper is in it: anyone can tell who has the published papers."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.review.ballots.box import CHOICES, Box, Choice, Receipt, commitment_of, nonce_of
from guiju.source.diagnostics import Span, Text, fail


def findings(box: Box) -> tuple[Text, ...]:
    """What is wrong with a box: a paper that was changed, doubled, added or taken out, a voter who could not vote.

    Nothing if it is whole, as far as the box alone can tell: that a paper was exchanged for another one, only its voter
    sees.
    """
    return tuple(_findings(box))


def check_receipt(receipt: Receipt, box: Box) -> Choice:
    """The choice on the paper that a receipt stands for.

    Raises GuijuError E816 if the ballot is still open, is another one, or has no such paper: then a vote was lost or
    changed, and the voter can prove it.
    """
    if not box.closed:
        raise fail("E816", Span(box.ballot.id), "表决结束后才能核对", "not before the ballot is closed")
    if receipt.ballot != box.ballot.digest:
        raise fail("E816", Span(box.ballot.id), "回执属于另一次表决，或表决的事项、委员、规则已被改动",
                   "a receipt of another ballot, or the ballot was changed")
    nonce = nonce_of(receipt.chance, receipt.word)
    for paper in box.papers:
        if paper.nonce == nonce and commitment_of(box.ballot, paper.choice, nonce) == receipt.commitment:
            return paper.choice
    raise fail("E816", Span(box.ballot.id), "票箱里没有这张回执的选票，或选票已被改动",
               "no such paper, or it was changed")


def _findings(box: Box) -> Iterator[Text]:
    ballot = box.ballot
    for voter in sorted(box.voted - ballot.voters):
        yield Text(f"{voter} 不能投票，却记为已投", f"{voter} may not vote, but is said to have voted")
    if len(box.voted) != len(box.papers):
        yield Text(f"已投票 {len(box.voted)} 人，票箱里有 {len(box.papers)} 张",
                   f"{len(box.voted)} voted, but there are {len(box.papers)} papers")
    if len({p.nonce for p in box.papers}) < len(box.papers):
        yield Text("有选票重复", "a paper is doubled")
    if list(box.papers) != sorted(box.papers, key=lambda p: p.commitment):
        yield Text("选票没有按承诺值排列：次序可能泄密",
                   "papers are not in the order of their commitments: it might tell")
    for paper in box.papers:
        if paper.choice not in CHOICES or paper.commitment != commitment_of(ballot, paper.choice, paper.nonce):
            yield Text(f"选票 {paper.commitment[:12]}… 与承诺值不符",
                       f"paper {paper.commitment[:12]}… differs from its commitment")
