"""How severe each expert is: beside the result as evidence, never in its place.

An expert's deviation on an application is his total less the median of the others' totals for it. His severity is the
median of his deviations, drawn towards 0 by n ÷ (n + 3), n being their number: few reviews say little about anyone, and
a single odd one hardly moves a median. The 3 is a convention of this project, not of any source. Below 0 is severe,
above 0 is mild.

The calibrated total is the round's own way of summing up, applied to the totals less these severities. It rests on the
belief that an expert's applications are not better or worse, in ways that only he saw: it can be wrong about the one
expert who is right. So no rank and no list is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from guiju.review.rubric import Rubric, open_rules
from guiju.review.scores.model import Score, check_scores
from guiju.review.scores.result import aggregate, expert_total
from guiju.review.unset import NotComputable, not_computable

PRIOR = 3


@dataclass(frozen=True, slots=True)
class Severity:
    """`deviation`: the median one, as it is; `severity`: drawn towards 0. `scores`: on how many applications it rests,
    on which others gave totals, too; 0: nothing can be said, and severity is 0."""

    expert: str
    scores: int
    deviation: Fraction
    severity: Fraction


@dataclass(frozen=True, slots=True)
class Calibration:
    """Every expert's severity, by id; and the totals without it, of the applications that have enough scores."""

    experts: tuple[Severity, ...]
    totals: Mapping[str, Fraction]


def calibrate(rubric: Rubric, scores: Sequence[Score]) -> Calibration | NotComputable:
    """Severities over all scores of a round, and what totals were without them. Incomplete scores are left out.

    Raises GuijuError E808 and E810 as `result_of`.
    """
    check_scores(rubric, scores)
    unset = not_computable(open_rules(rubric))
    if unset:
        return unset
    totals: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for score in scores:
        total = expert_total(rubric, score).total
        if total is not None:
            totals[score.application][score.expert] = total
    experts = {e: _severity(e, totals) for e in sorted({s.expert for s in scores})}
    return Calibration(tuple(experts.values()), {
        application: aggregate(rubric, [total - experts[e].severity for e, total in own.items()])
        for application, own in sorted(totals.items()) if len(own) >= (rubric.least_scores or 1)})


def _severity(expert: str, totals: Mapping[str, Mapping[str, Fraction]]) -> Severity:
    deviations = [own[expert] - median([t for e, t in own.items() if e != expert])
                  for own in totals.values() if expert in own and len(own) > 1]
    if not deviations:
        return Severity(expert, 0, Fraction(0), Fraction(0))
    middle, n = Fraction(median(deviations)), len(deviations)
    return Severity(expert, n, middle, middle * Fraction(n, n + PRIOR))
