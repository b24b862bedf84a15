"""What both policies say of each organisation of a chunk, side by side, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

import numpy as np

from guiju.evaluate.assess import OUTCOMES, outcome_name
from guiju.language.policy import Policy
from guiju.population.columns import Mask
from guiju.population.match import Answers
from guiju.population.payable import Amounts, Codes, Payable, best, payable
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

NEWLY, NO_LONGER, GAINS, LOSES, RAISED, LOWERED, UNCHANGED, OPEN = KINDS = (
    "newly_eligible", "no_longer_eligible", "gains", "loses", "ceiling_raised", "ceiling_lowered", "unchanged",
    "undecided")
POSSIBLE = KINDS[:4]
_PLACE = np.array([OUTCOMES.index(outcome_name(code)) for code in range(17)], np.uint8)


@dataclass(frozen=True, slots=True)
class Side:
    """One policy's answers: the best status of its main goals, and what may be claimed."""

    status: Codes
    claim: Payable

    @property
    def outcome(self) -> Codes:
        """The place of each outcome in OUTCOMES."""
        return _PLACE[self.status]

    @property
    def met(self) -> Mask:
        return np.asarray(self.status == PASS)

    @property
    def failed(self) -> Mask:
        return np.asarray((self.status == FAIL) | (self.status == NOT_APPLICABLE))

    @property
    def decided(self) -> Mask:
        """Where nothing is in doubt but how much of a ceiling is granted."""
        return np.asarray((self.claim.cause == 0) & (self.status & UNDECIDED == 0) & ~self.claim.elsewhere)

    @property
    def most(self) -> Amounts:
        """What may be granted at most; what another document sets has no bound here."""
        return np.where(self.claim.elsewhere, np.inf, self.claim.high)


def side_of(answers: Answers, policy: Policy) -> Side:
    return Side(best(policy, answers), payable(policy, answers))


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: the place of each organisation's kind in KINDS. `possible`: of those that are undecided, whom each kind
    may still befall, at most."""

    kind: Codes
    possible: Map[str, Mask]


def change_of(before: Side, after: Side, touched: Codes, priced: Codes, lost: Codes, won: Codes) -> Change:
    """What becomes of each organisation. `touched`: whether the reform can make a difference to it; `priced`: whether
    what it has is paid for otherwise; `lost` and `won`: whether it may be shut out, or let in.

    Under a ceiling anything up to it may be granted. So a gain or a loss is told where it happens whatever is granted;
    where only the ceiling moves, that is said and no more.
    """
    untouched = (touched == FAIL) | (touched == NOT_APPLICABLE)
    old, new = before.claim, after.claim
    told = before.decided & after.decided
    same = (old.low == old.high) & (new.low == new.high) & (old.low == new.low)
    kind: Any = np.select(
        [untouched, before.failed & after.met, before.met & after.failed, told & same, told & (new.low > old.high),
         told & (new.high < old.low), told & (new.high > old.high) & (new.low >= old.low),
         told & (new.high < old.high) & (new.low <= old.low)],
        [KINDS.index(k) for k in (UNCHANGED, NEWLY, NO_LONGER, UNCHANGED, GAINS, LOSES, RAISED, LOWERED)],
        KINDS.index(OPEN))
    open_ = kind == KINDS.index(OPEN)
    paid = open_ & ~before.failed & ~after.failed & (priced != FAIL)
    possible = {NEWLY: open_ & ~before.met & ~after.failed & (won != FAIL),
                NO_LONGER: open_ & ~before.failed & ~after.met & (lost != FAIL),
                GAINS: paid & (after.most > old.low), LOSES: paid & (new.low < before.most)}
    return Change(kind.astype(np.uint8), possible)
