"""The result of one application: vetoes first, then the sum of marks by the round's rules.

An expert's total is Σ weight × mark ÷ highest mark, over the marked indicators; where marks are given in points, the
highest mark is the weight, and the total is the sum of marks. The application's total is the mean of the experts'
totals; or, by a trimmed mean, of those that are left without the k highest and the k lowest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Literal

from guiju.review.faults import fault, refuse
from guiju.review.rubric import Rubric, open_rules
from guiju.review.scores.figures import rounded
from guiju.review.scores.model import Ruling, Score, check_scores
from guiju.review.unset import NotComputable, not_computable
from guiju.source.diagnostics import Text

State = Literal["scored", "incomplete", "veto_open", "vetoed", "not_computable"]


@dataclass(frozen=True, slots=True)
class ExpertTotal:
    """What one expert gives in all. `total` None: marks are missing, or a rule is; `missing`: indicators without a
    mark; `counted`: False for one of the highest or lowest that a trimmed mean leaves out."""

    expert: str
    total: Fraction | None
    missing: tuple[str, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class IndicatorMean:
    """The plain mean of the marks that were given for an indicator (no trimming), and how many there were."""

    indicator: str
    mean: Fraction | None
    marks: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the experts' totals lie apart: evidence. `variance`: Σ (total − mean)² ÷ (n − 1), exact."""

    lowest: Fraction
    highest: Fraction
    variance: Fraction

    @property
    def range(self) -> Fraction:
        return self.highest - self.lowest

    @property
    def deviation(self) -> float:
        """The standard deviation: a root, so not exact."""
        return sqrt(self.variance)


@dataclass(frozen=True, slots=True)
class Result:
    """What an application's marks come to.

    `state`: `vetoed` (a veto was upheld: off the proposed list whatever the marks), `veto_open` (claimed, and not
    ruled on yet), `not_computable` (`unset` says which rules), `incomplete` (marks or experts are lacking), `scored`.
    Only a `scored` one is ranked. `total` is there as soon as it can be told, also beside a veto. `claims`: the
    experts who claim a veto. `spread` None: fewer than two totals.
    """

    application: str
    state: State
    total: Fraction | None
    experts: tuple[ExpertTotal, ...]
    indicators: tuple[IndicatorMean, ...]
    spread: Spread | None
    claims: tuple[str, ...]
    unset: NotComputable | None
    text: Text

    @property
    def scores(self) -> int:
        """How many experts gave all marks."""
        return sum(not e.missing for e in self.experts)


def result_of(rubric: Rubric, application: str, scores: Sequence[Score], rulings: Sequence[Ruling] = ()) -> Result:
    """The result of an application from the scores that were handed in. Their order does not count.

    A score without all its marks makes the result `incomplete`; it is never left out silently. Raises GuijuError E808
    and E810 for marks, claims and rulings that can't be, or that belong to another application.
    """
    others = {*(s.application for s in scores), *(r.application for r in rulings)} - {application}
    refuse(fault("E810", other, f"这是 {other} 的打分或认定，不是 {application} 的",
                 f"a score or ruling of {other}, not of {application}") for other in sorted(others))
    check_scores(rubric, scores, rulings)
    scores = sorted(scores, key=lambda s: s.expert)
    unset = not_computable(open_rules(rubric))
    experts = tuple(expert_total(rubric, score) for score in scores)
    counted, total = (experts, None) if unset else _aggregated(rubric, experts)
    state = _state(scores, rulings, unset, total)
    return Result(application, state, total, counted, tuple(_indicator(i.id, scores) for i in rubric.marked()),
                  _spread([e.total for e in experts if e.total is not None]),
                  tuple(s.expert for s in scores if s.veto), unset, _said(rubric, state, total, experts, unset))


def expert_total(rubric: Rubric, score: Score) -> ExpertTotal:
    """The total of one expert, without looking at the others."""
    missing = tuple(i.id for i in rubric.marked() if score.marks.get(i.id) is None)
    total: Fraction | None = Fraction(0)
    for indicator in rubric.marked():
        mark, limits = score.marks.get(indicator.id), rubric.limits(indicator)
        if total is None or mark is None or limits is None or indicator.weight is None:
            total = None
        else:
            total += indicator.weight * mark / limits[1]
    return ExpertTotal(score.expert, total, missing)


def aggregate(rubric: Rubric, totals: Sequence[Fraction]) -> Fraction:
    """The experts' totals as one, by the round's rule, which is set."""
    trim = (rubric.trim or 0) if rubric.aggregate == "trimmed_mean" else 0
    left = sorted(totals)[trim:len(totals) - trim]
    return sum(left, Fraction(0)) / len(left)


def _aggregated(rubric: Rubric, experts: tuple[ExpertTotal, ...]) -> tuple[tuple[ExpertTotal, ...], Fraction | None]:
    """The experts, with those marked that a trimmed mean leaves out, and the total; None if something is lacking."""
    totals = [e.total for e in experts if e.total is not None]
    if len(totals) < len(experts) or len(totals) < (rubric.least_scores or 1):
        return experts, None
    trim = (rubric.trim or 0) if rubric.aggregate == "trimmed_mean" else 0
    order = sorted(experts, key=lambda e: (e.total, e.expert))
    kept = {e.expert for e in order[trim:len(order) - trim]}
    return tuple(ExpertTotal(e.expert, e.total, (), e.expert in kept) for e in experts), aggregate(rubric, totals)


def _state(scores: Sequence[Score], rulings: Sequence[Ruling], unset: NotComputable | None,
           total: Fraction | None) -> State:
    if any(r.upheld for r in rulings):
        return "vetoed"
    settled = {(r.indicator, expert) for r in rulings for expert in r.claims}
    if any(s.veto and (s.veto.indicator, s.expert) not in settled for s in scores):
        return "veto_open"
    if unset:
        return "not_computable"
    return "incomplete" if total is None else "scored"


def _indicator(id_: str, scores: Sequence[Score]) -> IndicatorMean:
    marks = [m for s in scores if (m := s.marks.get(id_)) is not None]
    return IndicatorMean(id_, sum(marks, Fraction(0)) / len(marks) if marks else None, len(marks))


def _spread(totals: list[Fraction]) -> Spread | None:
    if len(totals) < 2:
        return None
    mean = sum(totals, Fraction(0)) / len(totals)
    return Spread(min(totals), max(totals), sum(((t - mean) ** 2 for t in totals), Fraction(0)) / (len(totals) - 1))


def _said(rubric: Rubric, state: State, total: Fraction | None, experts: Sequence[ExpertTotal],
          unset: NotComputable | None) -> Text:
    if state == "vetoed":
        return Text("命中否决项：不列入建议名单，与得分无关", "vetoed: off the proposed list, whatever the marks")
    if state == "veto_open":
        return Text("有专家认为命中否决项，专家组尚未认定", "a veto is claimed; the panel has not ruled on it")
    if unset is not None:
        return unset.text
    if total is not None:
        return Text(f"{rounded(total)} 分（{len(experts)} 位专家）",
                    f"{rounded(total)} points ({len(experts)} experts)")
    late = [f"{e.expert}（{len(e.missing)} 项）" for e in experts if e.missing]
    if late:
        return Text(f"还没有打完分：{'、'.join(late)}", f"marks are missing: {', '.join(late)}")
    return Text(f"已有 {len(experts)} 位专家打分，至少要 {rubric.least_scores} 位",
                f"{len(experts)} experts scored where {rubric.least_scores} are due")
