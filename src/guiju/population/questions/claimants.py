"""Who claims how much of a budget: the amounts of all organisations under one policy, and by what they are ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Policy
from guiju.population.people import Population
from guiju.population.questions.asking import Chunk, answered, in_order, standing
from guiju.source.diagnostics import Span, fail
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED

Fen = NDArray[np.int64]
Points = NDArray[np.float64]
UNBOUNDED = -1


@dataclass(frozen=True, slots=True)
class Claimants:
    """Those who surely or possibly have an amount, by number in the source, ascending as their keys do. `low`, `high`:
    fen, `high` UNBOUNDED where nothing bounds it. `decided`: qualification and amount are settled, apart from a
    ceiling (then `low` is below `high`, which is what is claimed). `points`: by which they are ranked, not a number
    where that is not known. `unnumbered`: how many qualify for what is fixed elsewhere; `refused`: the rest."""

    numbers: NDArray[np.int64]
    low: Fen
    high: Fen
    decided: NDArray[np.bool_]
    points: Points
    unnumbered: int
    everybody: int

    @property
    def refused(self) -> int:
        return self.everybody - self.unnumbered - len(self.numbers)


Scoring = Callable[[Population, Any, list[str]], Points]


def claimants(chunks: Iterable[Chunk], policy: Policy, setting: Setting, scoring: Scoring | None = None) -> Claimants:
    """Everybody's claim. Raises GuijuError E974 where the policy pays nothing."""
    if not policy.benefits:
        raise fail("E974", Span(policy.id), "这个政策不给钱，没有可分的预算",
                   "this policy pays nothing: there is no budget to share")
    parts: list[tuple[Any, ...]] = []
    everybody = unnumbered = 0
    for first, names, people in in_order(chunks):
        answers = answered(policy, setting, people)
        assert answers.payment is not None
        low, high, cause, _ = answers.payment
        codes = standing(policy, answers, paying=True)
        sure = (codes == PASS) | (codes == NOT_APPLICABLE)
        outside = sure & (high == 0)
        claims = np.flatnonzero((codes != FAIL) & ~outside)
        points = scoring(people, answers, names) if scoring else np.full(len(names), np.nan)
        decided = sure & (cause & UNDECIDED == 0) & np.isfinite(high)
        most = np.where(np.isfinite(high), high, UNBOUNDED)
        parts.append((first + claims, np.where(sure, low, 0)[claims], most[claims], decided[claims], points[claims]))
        everybody += len(names)
        unnumbered += int(np.count_nonzero(outside))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 5
    numbers, low, high, decided, points = columns
    return Claimants(numbers.astype(np.int64), low.astype(np.int64), high.astype(np.int64), decided.astype(np.bool_),
                     points, unnumbered, everybody)


def by_score_or_fact(policy: Policy, word: str, lowest_first: bool) -> Scoring:
    """Ranks by a score of the policy, by a number among the facts, or by `amount`."""
    sign = -1.0 if lowest_first else 1.0
    if word == "amount":
        return lambda people, answers, names: sign * _exact(answers.payment[0], answers.payment[1], 0)
    if word in policy.scores:
        place = list(policy.scores).index(word)
        return lambda people, answers, names: sign * _exact(*answers.scores[place])
    entry = policy.vocabulary.fact(word)
    if entry is None or entry.type not in ("number", "money", "ratio", "date", "enum"):
        raise fail("E975", Span(f"--rank-by {word}"), f"“{word}”不是得分，也不是数值事实；可用：amount、"
                   + "、".join([*policy.scores, "数值事实的名称"]),
                   f"'{word}' is neither a score nor a numeric fact; use amount, a score of the policy or a fact")

    def of_fact(people: Population, answers: Any, names: list[str]) -> Points:
        held = people.facts.get(entry.id)
        if held is None:
            return np.full(people.count, np.nan)
        column: Any = held.ready()
        low, high, cause = (np.broadcast_to(x, people.count) for x in (column.low, column.high, column.cause))
        return sign * _exact(low, high, cause)

    return of_fact


@dataclass(slots=True)
class ByList:
    """Ranks by a list that the reviewers made: points by organisation. `met`: how many of the list are in the data."""

    points: Mapping[str, float]
    lowest_first: bool
    met: int = 0

    def __call__(self, people: Population, answers: Any, names: list[str]) -> Points:
        found = np.array([self.points.get(name, np.nan) for name in names])
        self.met += int(np.count_nonzero(~np.isnan(found)))
        return -found if self.lowest_first else found

    @property
    def strangers(self) -> int:
        """How many of the list are not in the data."""
        return len(self.points) - self.met


def _exact(low: Any, high: Any, cause: Any) -> Points:
    return np.where((low == high) & ((np.asarray(cause) & (UNDECIDED | NOT_APPLICABLE)) == 0), low, np.nan)
