"""How far experts agree: Krippendorff's alpha for interval data. Evidence only; no result depends on it.

Why this one: each application has its own experts and not all have the same number of them, which an intraclass
correlation for fixed raters can't take; marks are amounts, so their distances mean something, which rank measures drop;
and it is exact, being a ratio of sums of squares.

    α = 1 − D_o ÷ D_e
    D_o = 1/n · Σ_u 1/(m_u − 1) · Σ_{i≠j in u} (v_i − v_j)²      within applications
    D_e = 1/(n (n − 1)) · Σ_{i≠j} (v_i − v_j)²                   over all values

m_u values of application u, at least two; n values of all such applications. α is 1 where experts always agree, 0
where they agree no better than by chance, below 0 where worse. Formula: K. Krippendorff, Content Analysis, 4th ed.
(2018), ch. 12; "Computing Krippendorff's Alpha-Reliability" (2011), whose example is in the tests. No source of a
programme sets a value that is good enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from guiju.review.rubric import Rubric, open_rules
from guiju.review.scores.figures import rounded
from guiju.review.scores.model import Score, check_scores
from guiju.review.scores.result import expert_total
from guiju.review.unset import NotComputable, not_computable
from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Agreement:
    """α, or None where there is none, as `text` says. `applications`, `values`: on how many it rests. `observed`,
    `expected`: D_o and D_e."""

    alpha: Fraction | None
    applications: int
    values: int
    observed: Fraction | None
    expected: Fraction | None
    text: Text


def agreement(rubric: Rubric, scores: Sequence[Score], indicator: str = "") -> Agreement | NotComputable:
    """Agreement about the totals, which need the round's rules; or about the marks for one indicator, which don't.

    Applications with fewer than two values are left out. Raises GuijuError E808 and E810 as `result_of`.
    """
    check_scores(rubric, scores)
    if not indicator:
        unset = not_computable(open_rules(rubric))
        if unset:
            return unset
    values: dict[str, list[Fraction]] = defaultdict(list)
    for score in scores:
        value = score.marks.get(indicator) if indicator else expert_total(rubric, score).total
        if value is not None:
            values[score.application].append(value)
    return alpha_of([v for v in values.values() if len(v) > 1])


def alpha_of(units: Sequence[Sequence[Fraction]]) -> Agreement:
    """α of values by application, each with at least two."""
    n = sum(len(u) for u in units)
    if len(units) < 2:
        return Agreement(None, len(units), n, None, None, Text(
            "无法计算一致性：至少要有两份申报各由两位专家打分",
            "no agreement: it takes two applications with two scores each"))
    observed = sum((_distances(u) / (len(u) - 1) for u in units), Fraction(0)) / n
    expected = _distances([v for u in units for v in u]) / (n * (n - 1))
    if not expected:
        return Agreement(None, len(units), n, observed, expected, Text(
            "无法计算一致性：所有分数都相同", "no agreement: all values are the same"))
    alpha = 1 - observed / expected
    return Agreement(alpha, len(units), n, observed, expected, Text(
        f"一致性 α = {rounded(alpha, 3)}（{len(units)} 份申报，{n} 个分数；仅供参考）",
        f"agreement α = {rounded(alpha, 3)} ({len(units)} applications, {n} values; evidence only)"))


def _distances(values: Sequence[Fraction]) -> Fraction:
    """Σ (v_i − v_j)² over ordered pairs."""
    return 2 * (len(values) * sum((v * v for v in values), Fraction(0)) - sum(values, Fraction(0)) ** 2)
