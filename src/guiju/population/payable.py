"""What each organisation may claim under a policy: the one reading of `match.Answers` that everything with money uses.

The same as `guiju.evaluate.assess.payable` for one: nothing where no goal that pays can hold, from nothing on where
that is undecided; an amount that another document sets is no number, and none of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guiju.language.policy import Policy
from guiju.population.columns import EXACT, Mask, Status
from guiju.population.match import Answers
from guiju.population.statuses import some
from guiju.source.diagnostics import Span, fail
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

Codes = NDArray[np.uint8]
Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Payable:
    """`status`: the best of the goals that pay. Fen from `low` to `high`, infinite where nothing bounds it; `cause`:
    the doubts about that, with those about the goals; `elsewhere`: who may claim nothing but what another document sets
    (both ends are 0, and mean no number)."""

    status: Codes
    low: Amounts
    high: Amounts
    cause: Codes
    elsewhere: Mask

    @property
    def ceiling(self) -> Mask:
        """Where `high` is a ceiling: nothing is in doubt, and what is granted may still be less."""
        return np.asarray((self.cause == 0) & (self.low != self.high))

    @property
    def unbounded(self) -> Mask:
        return np.isinf(self.high)

    def among(self, rows: Mask) -> Payable:
        """What is payable to those of these rows; nothing to the others."""
        return Payable(np.where(rows, self.status, np.uint8(NOT_APPLICABLE)), np.where(rows, self.low, 0.0),
                       np.where(rows, self.high, 0.0), np.where(rows, self.cause, np.uint8(0)), self.elsewhere & rows)


def payable(policy: Policy, answers: Answers) -> Payable:
    """What everybody may claim. Raises GuijuError E970 where an amount is past what doubles hold to the fen."""
    count = len(answers.left)
    if answers.payment is None or not any(goal.pays for goal in policy.goals):
        nothing = np.zeros(count)
        return Payable(np.full(count, FAIL, np.uint8), nothing, nothing, np.zeros(count, np.uint8),
                       np.zeros(count, np.bool_))
    status = best(policy, answers, paying=True)
    low, high, cause, _ = answers.payment
    _refuse_inexact(policy, low, high)
    surely = (status == PASS) | (status == NOT_APPLICABLE)
    fails = status == FAIL
    doubt = np.where(fails | (high == 0) & ~answers.elsewhere, 0, cause | status & UNDECIDED)
    whole = np.floor(high)  # a bound on rows that are not known may be told to less than a fen
    return Payable(status, np.where(surely, low, 0.0), np.where(fails, 0.0, whole), doubt.astype(np.uint8),
                   answers.elsewhere & ~fails)


def _refuse_inexact(policy: Policy, low: Amounts, high: Amounts) -> None:
    """An amount past 2⁵³ fen would be rounded, and past 2⁶³ another number altogether where it is written."""
    over = int(((low > EXACT) | (high > EXACT) & np.isfinite(high)).sum())
    if over:
        raise fail("E970", Span(policy.id),
                   f"{over} 家的金额超过 90 万亿元，数不到分；核对政策、改革里的数和数据里的金额",
                   f"{over} have amounts above 90 trillion yuan, which can't be told to the fen: check the figures of "
                   "the policy, of the reform and in the data")


def paid_for(answers: Answers) -> Payable:
    """What the benefits come to, whatever the goals say; `status`: whether anything is paid for."""
    assert answers.payment is not None
    low, high, cause, status = answers.payment
    return Payable(status, low, high, cause, answers.elsewhere)


def sum_of(amounts: NDArray[np.int64]) -> int:
    """The sum of whole numbers, however large: the upper and the lower half of each are added by themselves."""
    return (int((amounts >> 32).sum()) << 32) + int((amounts & 0xFFFFFFFF).sum())


def best(policy: Policy, answers: Answers, paying: bool = False) -> Codes:
    """The best of the main goals, or of those that pay, for each organisation; where there is none, all fail."""
    codes = [Status(column) for goal, column in zip(policy.goals, answers.goals, strict=True)
             if (goal.pays if paying else goal.main)]
    found = some(codes).codes if codes else np.uint8(FAIL)
    return np.array(np.broadcast_to(found, len(answers.left)), np.uint8)
