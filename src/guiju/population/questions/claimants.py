"""Who claims how much of a budget: the amounts of all organisations under one policy, and by what they are ranked.

They are worked out from the data, or taken from what `match` wrote of them: the same claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Policy
from guiju.population.columns import Mask, Quantity
from guiju.population.files.held import Held
from guiju.population.files.results import pays
from guiju.population.match import Matcher
from guiju.population.nearest import nearest_ends
from guiju.population.payable import Payable, payable
from guiju.population.people import Population
from guiju.population.questions.asking import Chunk, ordered
from guiju.source.diagnostics import Span, fail
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED
from guiju.vocabulary import Field

Fen = NDArray[np.int64]
Points = NDArray[np.float64]
UNBOUNDED = -1


@dataclass(frozen=True, slots=True)
class Claims:
    """What organisations may claim, in the order of their keys. `scores`: the two ends of each score by id; `people`:
    their facts, None where only answers are at hand; `outside`: whom nobody asked, being registered elsewhere."""

    names: pa.Array
    claim: Payable
    scores: Mapping[str, tuple[Points, Points]]
    people: Population | None
    outside: Mask


@dataclass(frozen=True, slots=True)
class Claimants:
    """Those who surely or possibly have an amount, ascending by their keys. `low`, `high`: fen, `high` UNBOUNDED where
    nothing bounds it. `decided`: qualification and amount are settled, apart from a `ceiling` (then `low` is below
    `high`, which is what is claimed). `points`: by which they are ranked, not a number where that is not known.
    `elsewhere`: how many may claim what another document sets; `outside`: how many were not asked; `refused`: the
    rest."""

    names: pa.Array
    low: Fen
    high: Fen
    decided: Mask
    ceiling: Mask
    points: Points
    elsewhere: int
    outside: int
    everybody: int

    @property
    def refused(self) -> int:
        return self.everybody - self.elsewhere - self.outside - len(self.names)


Scoring = Callable[[Claims], Points]


def claims_in(chunks: Iterable[Chunk], policy: Policy, setting: Setting) -> Iterator[Claims]:
    """What the organisations of a population may claim. Raises GuijuError E974 where the policy pays nothing."""
    _refuse_unpaying(policy)
    matcher = Matcher([(policy, setting)])
    for _, names, people in ordered(chunks):
        answers = matcher(people)[0]
        scores = {id_: (low, high) for id_, (low, high, _) in zip(policy.scores, answers.scores, strict=True)}
        yield Claims(names, payable(policy, answers), scores, people, np.zeros(len(names), np.bool_))


def claims_held(held: Held, policy: Policy, setting: Setting) -> Iterator[Claims]:
    """The same of those whom a run has answered. Raises GuijuError E974; E922 where it answered something else."""
    _refuse_unpaying(policy)
    held.check(policy, setting)
    for part in held.chunks(policy):
        yield Claims(part.names, part.claim, part.scores, None, part.outside)


def _refuse_unpaying(policy: Policy) -> None:
    if not pays(policy):
        raise fail("E974", Span(policy.id), "这个政策不给钱，没有可分的预算",
                   "this policy pays nothing: there is no budget to share")


def claimants(parts: Iterable[Claims], scoring: Scoring | None = None) -> Claimants:
    """Everybody's claim."""
    columns: list[tuple[Any, ...]] = []
    everybody = elsewhere = outside = 0
    for part in parts:
        claim = part.claim
        rows = np.flatnonzero((claim.status != FAIL) & (claim.high > 0) & ~part.outside)
        points = scoring(part) if scoring else np.full(len(part.names), np.nan)
        sure = (claim.status == PASS) | (claim.status == NOT_APPLICABLE)
        decided = sure & (claim.cause & UNDECIDED == 0) & ~claim.unbounded
        most = np.where(claim.unbounded, UNBOUNDED, claim.high)
        columns.append((part.names.take(pa.array(rows)), claim.low[rows].astype(np.int64),
                        most[rows].astype(np.int64), decided[rows], claim.ceiling[rows], points[rows]))
        everybody += len(part.names)
        elsewhere += int(np.count_nonzero(claim.elsewhere & ~part.outside))
        outside += int(np.count_nonzero(part.outside))
    if not columns:
        columns = [(pa.array([], pa.string()), *(np.zeros(0, t) for t in (np.int64, np.int64, bool, bool, float)))]
    names, *rest = zip(*columns, strict=True)
    low, high, decided, ceiling, points = (np.concatenate(parts) for parts in rest)
    return Claimants(pa.chunked_array(names), low, high, decided, ceiling, points, elsewhere, outside, everybody)


def by_score_or_fact(policy: Policy, word: str, lowest_first: bool) -> Scoring:
    """Ranks by a score of the policy, by a number among the facts, which answers alone don't have, or by `amount`.
    Raises GuijuError E975."""
    sign = -1.0 if lowest_first else 1.0
    if word == "amount":
        return lambda part: sign * _exact(part.claim.low, part.claim.high, 0)
    if word in policy.scores:
        return lambda part: sign * _exact(*part.scores[word], 0)
    entry = fact_to_rank_by(policy, word)
    if entry is None:
        raise fail("E975", Span(f"--rank-by {word}"), f"“{word}”不是得分，也不是数值事实；可用：amount、"
                   + "、".join([*policy.scores, "数值事实的名称"]),
                   f"'{word}' is neither a score nor a numeric fact; use amount, a score of the policy or a fact")

    def of_fact(part: Claims) -> Points:
        assert part.people is not None
        held = part.people.facts.get(entry.id)
        if held is None:
            return np.full(part.people.count, np.nan)
        assert isinstance(held.column, Quantity)
        ends = (*nearest_ends(held), held.column.cause)
        return sign * _exact(*(np.broadcast_to(x, part.people.count) for x in ends))

    return of_fact


def fact_to_rank_by(policy: Policy, word: str) -> Field | None:
    """The numeric fact that is meant, where it is no score and no amount."""
    entry = None if word == "amount" or word in policy.scores else policy.vocabulary.fact(word)
    return entry if entry is not None and entry.type in ("number", "money", "ratio", "date", "enum") else None


@dataclass(slots=True)
class ByList:
    """Ranks by a list that the reviewers made: points by organisation. `met`: how many of the list are in the data."""

    points: Mapping[str, float]
    lowest_first: bool
    met: int = 0

    def __call__(self, part: Claims) -> Points:
        found = np.array([self.points.get(name, np.nan) for name in part.names.to_pylist()])
        self.met += int(np.count_nonzero(~np.isnan(found)))
        return -found if self.lowest_first else found

    @property
    def strangers(self) -> int:
        """How many of the list are not in the data."""
        return len(self.points) - self.met


def _exact(low: Any, high: Any, cause: Any) -> Points:
    return np.where((low == high) & ((np.asarray(cause) & (UNDECIDED | NOT_APPLICABLE)) == 0), low, np.nan)
