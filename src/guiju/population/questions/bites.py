"""Where a policy's own exclusions bite: records that a condition on what was received before refuses, and money that
comes off for it. What an exclusion took is what the record would have been worth without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.ir import walk
from guiju.language.policy import Benefit, Condition, Policy
from guiju.population.people import Population
from guiju.population.questions.worth import Pricing, Worth
from guiju.values import FAIL, PASS

Mask = NDArray[np.bool_]
Money = NDArray[np.float64]


@dataclass(slots=True)
class Sum:
    """Fen, from `low` to `high`; of `unbounded` records nothing bounds it, and `high` is without them; of those
    `elsewhere` another document sets it, and neither end has them."""

    low: int = 0
    high: int = 0
    unbounded: int = 0
    elsewhere: int = 0

    def add(self, low: Money, high: Money, elsewhere: Mask) -> None:
        bounded = np.isfinite(high)
        self.low += int(np.floor(low).astype(np.int64).sum())
        self.high += int(np.ceil(high[bounded]).astype(np.int64).sum())
        self.unbounded += int(np.count_nonzero(~bounded))
        self.elsewhere += int(np.count_nonzero(elsewhere))


@dataclass(slots=True)
class Bite:
    """One exclusion of a policy on one kind of record: how many it surely, and how many possibly, refused or reduced;
    what that took; and how many of them another policy pays for, surely or possibly. Several `rules` of what was
    refused: all of them refuse it, so that lifting one alone would change nothing."""

    policy: str
    benefit: str
    kind: Literal["refused", "reduced"]
    rules: tuple[str, ...]
    surely: int = 0
    possibly: int = 0
    money: Sum = field(default_factory=Sum)
    paid_elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Bitten:
    """The rows of a chunk on which an exclusion bites surely, and possibly; what it took of each, at least and at
    most; `elsewhere`: of which another document sets that."""

    kind: Literal["refused", "reduced"]
    rules: tuple[str, ...]
    sure: Mask
    maybe: Mask
    low: Money
    high: Money
    elsewhere: Mask


def asks_what_was_received(condition: Condition, policy: Policy) -> bool:
    """Whether a condition on a record rests on what has been received for it before, or from elsewhere."""
    records = policy.vocabulary.records
    return any(node.op in ("field", "around") and records[node.args[0]].fields[node.args[1]].asks == "received"
               for node in walk(condition.node))


class Exclusions:
    """A benefit as it stands, and as it would be without each of its exclusions."""

    def __init__(self, policy: Policy, benefit: Benefit, setting: Setting) -> None:
        self.policy, self.benefit = policy, benefit
        self.rules = [c for c in benefit.when if c.counts and asks_what_was_received(c, policy)]
        forms = [benefit, *(_without(benefit, [c]) for c in self.rules)]
        if len(self.rules) > 1:  # without all of them; and with one alone, which tells whether that one refuses
            bare = _without(benefit, self.rules)
            forms += [bare, *(replace(bare, when=(*bare.when, c)) for c in self.rules)]
        if benefit.less:
            forms.append(replace(benefit, less=(), rows=tuple(replace(r, net=r.amount) for r in benefit.rows)))
        self._price = Pricing(policy, forms, setting)

    def of(self, people: Population, goal: NDArray[np.uint8]) -> tuple[Worth, list[Bitten]]:
        """What each row is worth where the organisation's own conditions stand at `goal`, and what was refused."""
        asked, may = goal == PASS, goal != FAIL
        worth, *others = self._price(people, may)
        without, rest = others[:len(self.rules)], others[len(self.rules):]
        found = [Bitten("refused", (rule.id,), asked & (free.status == PASS) & (worth.status == FAIL),
                        may & (free.status != FAIL) & (worth.status != PASS), free.low, free.high, free.elsewhere)
                 for rule, free in zip(self.rules, without, strict=True)]
        if len(self.rules) > 1:
            found += self._together(asked, may, rest[0], rest[1:1 + len(self.rules)])
        if self.benefit.less:
            found.append(_reduced(self.benefit, asked, may, worth, rest[-1]))
        return worth, found

    def _together(self, asked: Mask, may: Mask, free: Worth, alone: Sequence[Worth]) -> Iterator[Bitten]:
        """Rows that two exclusions or more refuse, by which ones these are."""
        refusing = np.stack([each.status == FAIL for each in alone])
        rows = may & (free.status != FAIL) & (refusing.sum(axis=0) > 1)
        for pattern in np.unique(refusing[:, rows], axis=1).T:
            here = rows & (refusing == pattern[:, None]).all(axis=0)
            yield Bitten("refused", tuple(rule.id for rule in compress(self.rules, pattern)),
                         here & asked & (free.status == PASS), here, free.low, free.high, free.elsewhere)


def _without(benefit: Benefit, conditions: Sequence[Condition]) -> Benefit:
    return replace(benefit, when=tuple(c for c in benefit.when if all(c is not other for other in conditions)))


def _reduced(benefit: Benefit, asked: Mask, may: Mask, worth: Worth, gross: Worth) -> Bitten:
    settled = (gross.cause == 0) & (worth.cause == 0) & (gross.status == PASS)
    with np.errstate(invalid="ignore"):
        taken: Any = np.nan_to_num(gross.high - worth.high, nan=0.0, posinf=np.inf)
    maybe = may & (gross.status != FAIL) & (gross.high > 0) & ~(settled & (taken == 0))
    return Bitten("reduced", tuple(m.id for m in benefit.less), asked & settled & (taken > 0), maybe, taken,
                  np.where(settled, taken, gross.high), np.zeros_like(maybe))
