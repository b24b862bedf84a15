"""Answers as columns of a file: at most 24 bytes an organisation and policy, money in whole fen.

`<policy>:<goal>` is the goal's status (0 met; 8 not met; 16 does not apply; else undecided, the sum of 1 a person
decides, 2 a fact is missing, 4 a parameter is open). `<policy>:<score>:low`, `:high` are points times 10 000, rounded
outwards.
`<policy>:amount:low`, `:high` are what is payable in fen; a null `high` has no number, and `:state` says what kind of
amount it is (0 fixed; 8 a ceiling; 16 set by another document; else in doubt, the sum of 1, 2 and 4 as of a goal).
`<policy>:reasons` has a bit for each condition of the first main goal that fails or is undecided; the highest stands
for the rest and for the payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.evaluate.assess import outcome_name
from guiju.language.policy import Policy
from guiju.population.columns import EPSILON, Mask
from guiju.population.match import Answers
from guiju.population.payable import Payable, best, payable, sum_of
from guiju.population.people import Population
from guiju.population.reasons import OTHERS
from guiju.population.regions import registered
from guiju.values import NOT_APPLICABLE

POINTS = 10_000  # a score's scale
CEILING, ELSEWHERE_SET = 8, 16  # states of an amount, beside the causes of doubt
ELSEWHERE = "other_region"


@dataclass(slots=True)
class Count:
    """How many organisations have each outcome under one policy; what is payable to those together, in fen; to how many
    without an upper bound; of how many `high` is a ceiling; to how many another document sets what is paid, which no
    sum here has."""

    outcomes: dict[str, int]
    low: int = 0
    high: int = 0
    unbounded: int = 0
    ceilings: int = 0
    elsewhere: int = 0

    def add(self, other: Count) -> None:
        for name, number in other.outcomes.items():
            self.outcomes[name] = self.outcomes.get(name, 0) + number
        self.low, self.high = self.low + other.low, self.high + other.high
        self.unbounded += other.unbounded
        self.ceilings += other.ceilings
        self.elsewhere += other.elsewhere


def pays(policy: Policy) -> bool:
    """Whether an amount is written: some goal pays."""
    return bool(policy.benefits) and any(g.pays for g in policy.goals)


def fields_of(policy: Policy) -> list[pa.Field]:
    """The columns of one policy's answers."""
    fields = [pa.field(f"{policy.id}:{goal.id}", pa.uint8(), False) for goal in policy.goals]
    for score in policy.scores.values():
        fields += [pa.field(f"{policy.id}:{score.id}:{end}", pa.int32(), metadata={"scale": str(POINTS)})
                   for end in ("low", "high")]
    if pays(policy):
        fields += [pa.field(f"{policy.id}:amount:{end}", pa.int64(), metadata={"unit": "fen", "scale": "1"})
                   for end in ("low", "high")]
        fields.append(pa.field(f"{policy.id}:amount:state", pa.uint8(), False))
    return [*fields, pa.field(f"{policy.id}:reasons", _mask_type(policy), False)]


def schema_of(policies: Sequence[Policy]) -> pa.Schema:
    return pa.schema([pa.field("organisation", pa.string(), False), *(f for p in policies for f in fields_of(p))])


def width_of(policy: Policy) -> int:
    """How many bytes an organisation takes under the policy, before compression."""
    return sum(f.type.bit_width // 8 for f in fields_of(policy))


def _mask_type(policy: Policy) -> pa.DataType:
    """As many bits as the first main goal has conditions, and one for the rest."""
    main = next((g for g in policy.goals if g.main), None)
    bits = 1 + (sum(c.counts for c in main.conditions) if main else 0)
    return pa.uint8() if bits <= 8 else pa.uint16() if bits <= 16 else pa.uint32()


def columns_of(answers: Answers, policy: Policy, elsewhere: Mask) -> tuple[list[pa.Array], Count]:
    """One policy's columns, and what they come to. Those whom the policy does not address have no answer but that."""
    arrays = [pa.array(np.where(elsewhere, np.uint8(NOT_APPLICABLE), codes), pa.uint8()) for codes in answers.goals]
    for low, high, _ in answers.scores:
        arrays += [points_of(low, np.floor), points_of(high, np.ceil)]
    count = _counted(policy, answers, elsewhere)
    if pays(policy):
        arrays += _amounts(payable(policy, answers).among(~elsewhere), count)
    arrays.append(_mask(np.where(elsewhere, 0, answers.reasons), policy))
    return arrays, count


def _counted(policy: Policy, answers: Answers, elsewhere: Mask) -> Count:
    """The best of the main goals, as one applicant is told."""
    codes, numbers = np.unique(best(policy, answers)[~elsewhere], return_counts=True)
    count = Count({ELSEWHERE: int(elsewhere.sum())} if elsewhere.any() else {})
    for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
        name = outcome_name(code)
        count.outcomes[name] = count.outcomes.get(name, 0) + number
    return count


def _amounts(found: Payable, count: Count) -> list[pa.Array]:
    """What is payable in fen, as `guiju evaluate` says it, with its state; the sums go into `count`."""
    low, numbered = found.low.astype(np.int64), ~found.unbounded
    high = np.where(numbered, found.high, 0.0).astype(np.int64)
    count.low, count.high, count.unbounded = sum_of(low), sum_of(high), int((~numbered).sum())
    count.ceilings, count.elsewhere = int(found.ceiling.sum()), int(found.elsewhere.sum())
    state = found.cause | found.ceiling * np.uint8(CEILING) | found.elsewhere * np.uint8(ELSEWHERE_SET)
    return [pa.array(low, pa.int64()), pa.array(high, pa.int64(), mask=~numbered | found.elsewhere),
            pa.array(state, pa.uint8())]


def points_of(values: NDArray[np.float64], outwards: Any) -> pa.Array:
    scaled = values * POINTS
    near = np.rint(scaled)  # a double stands for the number that it is nearest to
    held = np.where(np.abs(scaled - near) <= 2 * EPSILON * np.abs(scaled), near, outwards(scaled))
    fits = np.abs(held) < 2 ** 31
    return pa.array(np.where(fits, held, 0).astype(np.int32), mask=~fits)


def _mask(reasons: NDArray[np.uint32], policy: Policy) -> pa.Array:
    """The bits of the conditions, and that of the rest as the highest of the column's."""
    kind = _mask_type(policy)
    rest = kind.bit_width - 1
    own = reasons & np.uint32((1 << rest) - 1) | reasons >> np.uint32(OTHERS) << np.uint32(rest)
    return pa.array(own.astype(kind.to_pandas_dtype()))


def elsewhere_of(policy: Policy, people: Population) -> Mask:
    """Organisations that are surely registered outside the policy's region."""
    if not policy.region:
        return np.zeros(people.count, np.bool_)
    return registered(people, policy.region)[1]


def total(counts: Iterable[dict[str, Count]]) -> dict[str, Count]:
    """All chunks together."""
    found: dict[str, Count] = {}
    for chunk in counts:
        for policy, count in chunk.items():
            found.setdefault(policy, Count({})).add(count)
    return found
