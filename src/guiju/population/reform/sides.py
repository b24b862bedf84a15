"""What both policies say of each organisation of a chunk, side by side, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.assess import outcome_name
from guiju.language.policy import Policy
from guiju.population.columns import Status
from guiju.population.match import Answers
from guiju.population.statuses import some
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

Codes = NDArray[np.uint8]
Amounts = NDArray[np.float64]
Mask = NDArray[np.bool_]
NEWLY, NO_LONGER, GAINS, LOSES, UNCHANGED, OPEN = KINDS = (
    "newly_eligible", "no_longer_eligible", "gains", "loses", "unchanged", "undecided")
POSSIBLE = KINDS[:4]
OUTCOMES = ("eligible", "ineligible", "not_applicable", "review", "unknown", "not_computable")
_PLACE = np.array([OUTCOMES.index(outcome_name(code)) for code in range(17)], np.uint8)


@dataclass(frozen=True, slots=True)
class Side:
    """One policy's answers: the best status of its main goals; what it pays in fen, between `low` and `high` (infinite
    where no number bounds it), and the causes of doubt about that."""

    status: Codes
    low: Amounts
    high: Amounts
    cause: Codes

    @property
    def outcome(self) -> Codes:
        """The place of each outcome in OUTCOMES."""
        return _PLACE[self.status]

    @property
    def ceiling(self) -> Mask:
        """Where `high` is a ceiling: nothing is in doubt, and the amount may still be less."""
        return np.asarray((self.cause == 0) & (self.low != self.high))

    @property
    def decided(self) -> Mask:
        return np.asarray((self.cause == 0) & (self.status & UNDECIDED == 0))


def side_of(answers: Answers, policy: Policy) -> Side:
    main = [Status(column) for column, goal in zip(answers.goals, policy.goals, strict=True) if goal.main]
    count = len(answers.left)
    status = _codes(some(main) if main else Status(FAIL), count)
    paying = [Status(column) for column, goal in zip(answers.goals, policy.goals, strict=True) if goal.pays]
    if answers.payment is None or not paying:
        nothing = np.zeros(count)
        return Side(status, nothing, nothing, np.zeros(count, np.uint8))
    low, high, cause, _ = answers.payment
    pays = _codes(some(paying), count)
    holds = (pays == PASS) | (pays == NOT_APPLICABLE)
    return Side(status, np.where(holds, low, 0.0), np.where(pays == FAIL, 0.0, high),
                np.where(pays == FAIL, 0, cause | (pays & UNDECIDED)).astype(np.uint8))


def _codes(status: Status, count: int) -> Codes:
    return np.array(np.broadcast_to(status.codes, count), np.uint8)


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: the place of each organisation's kind in KINDS. `possible`: of those that are undecided, whom each kind
    may still befall, at most."""

    kind: Codes
    possible: Map[str, Mask]


def change_of(before: Side, after: Side, touched: Codes, priced: Codes, lost: Codes, won: Codes) -> Change:
    """What becomes of each organisation. `touched`: whether the reform can make a difference to it; `priced`: whether
    what it has is paid for otherwise; `lost` and `won`: whether it may be shut out, or let in."""
    untouched = (touched == FAIL) | (touched == NOT_APPLICABLE)
    was, stays_out = _met(before), _failed(before)
    now, fails = _met(after), _failed(after)
    up = (after.low >= before.low) & (after.high >= before.high)
    down = (after.low <= before.low) & (after.high <= before.high)
    same = up & down
    told = before.decided & after.decided & (up | down)
    kind: Any = np.select(
        [untouched, before.decided & after.decided & stays_out & now, before.decided & after.decided & was & fails,
         told & same, told & up, told & down],
        [KINDS.index(k) for k in (UNCHANGED, NEWLY, NO_LONGER, UNCHANGED, GAINS, LOSES)], KINDS.index(OPEN))
    open_ = kind == KINDS.index(OPEN)
    paid = open_ & ~stays_out & ~fails & (priced != FAIL)
    possible = {NEWLY: open_ & ~was & ~fails & (won != FAIL), NO_LONGER: open_ & ~stays_out & ~now & (lost != FAIL),
                GAINS: paid & (after.high > before.low), LOSES: paid & (after.low < before.high)}
    return Change(kind.astype(np.uint8), possible)


def _met(side: Side) -> Mask:
    return np.asarray(side.status == PASS)


def _failed(side: Side) -> Mask:
    return np.asarray((side.status == FAIL) | (side.status == NOT_APPLICABLE))
