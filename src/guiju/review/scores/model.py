"""What an expert hands in about an application, and what the panel rules on a claimed veto."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from guiju.review.faults import fault, refuse, unknown_id
from guiju.review.rubric import Indicator, Rubric, check
from guiju.review.scores.figures import rounded
from guiju.source.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Veto:
    """One expert's claim that a veto indicator is met. `evidence`: on what it rests, never empty; `papers`: digests of
    files that show it. A claim is a claim until the panel rules on it."""

    indicator: str
    evidence: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What one expert gives one application. `marks`: by indicator, None or left out where not given yet; `reasons`:
    the expert's words by indicator."""

    expert: str
    application: str
    marks: Mapping[str, Fraction | None]
    reasons: Mapping[str, str] = field(default_factory=dict)
    veto: Veto | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the panel found about a veto indicator of an application. `claims`: the experts whose claims it settles,
    so that a later claim is not settled by an earlier ruling. `by`: who confirmed it; `reason`: never empty."""

    application: str
    indicator: str
    upheld: bool
    by: str
    reason: str
    claims: frozenset[str] = frozenset()


def check_scores(rubric: Rubric, scores: Sequence[Score], rulings: Sequence[Ruling] = ()) -> None:
    """Raise GuijuError E808 for an indicator that there is not, E810 for a mark, a claim or a ruling that can't be."""
    check(rubric)
    refuse([*_twice(scores), *(f for s in scores for f in _score(rubric, s)),
            *(f for r in rulings for f in _ruling(rubric, r))])


def _twice(scores: Sequence[Score]) -> Iterator[Diagnostic]:
    for (expert, application), n in sorted(Counter((s.expert, s.application) for s in scores).items()):
        if n > 1:
            yield fault("E810", expert, f"{expert} 对 {application} 打了 {n} 份分；每位专家对每份申报只有一份",
                        f"{expert} scored {application} {n} times; one score each")


def _score(rubric: Rubric, score: Score) -> Iterator[Diagnostic]:
    about = f"{score.expert}/{score.application}"
    known = {i.id: i for i in rubric.indicators()}
    for id_ in sorted({*score.marks, *score.reasons} - set(known)):
        yield unknown_id("E808", "指标", "indicator", id_, known)
    for id_, mark in sorted(score.marks.items()):
        if mark is not None and id_ in known:
            yield from _mark(rubric, known[id_], mark, about)
    if score.veto is not None:
        yield from _veto_indicator(rubric, score.veto.indicator)
        if not score.veto.evidence.strip():
            yield fault("E810", about, "认定命中否决项须写明依据", "a claimed veto needs its evidence")


def _mark(rubric: Rubric, indicator: Indicator, mark: Fraction, about: str) -> Iterator[Diagnostic]:
    zh, en = indicator.name.zh, indicator.name.en
    if not indicator.marked:
        yield fault("E810", about, f"“{zh}”是否决项，细则没有给它分值，不打分",
                    f"{en} is a veto without a weight: no mark")
        return
    limits = rubric.limits(indicator)
    if limits is None or rubric.scale is None:
        return  # the rule that says which marks there are is not set
    low, high, step = *limits, rubric.scale.step
    if not low <= mark <= high:
        yield fault("E810", about, f"“{zh}”打 {rounded(low)} 到 {rounded(high)} 分，不是 {rounded(mark)}",
                    f"{en} is marked from {rounded(low)} to {rounded(high)}, not {rounded(mark)}")
    elif step is not None and (mark - low) % step:
        yield fault("E810", about, f"“{zh}”每档 {rounded(step)} 分，没有 {rounded(mark)}",
                    f"{en} is marked in steps of {rounded(step)}, not {rounded(mark)}")


def _ruling(rubric: Rubric, ruling: Ruling) -> Iterator[Diagnostic]:
    yield from _veto_indicator(rubric, ruling.indicator)
    if not ruling.reason.strip() or not ruling.by.strip():
        yield fault("E810", ruling.application, "认定否决项是否成立，须写明认定人和理由",
                    "a ruling on a veto names who made it and why")


def _veto_indicator(rubric: Rubric, id_: str) -> Iterator[Diagnostic]:
    vetoes = [i.id for i in rubric.vetoes()]
    if id_ not in vetoes:
        yield unknown_id("E808", "否决项", "veto indicator", id_, vetoes)
