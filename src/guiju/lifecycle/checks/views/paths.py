"""The ways through a chart, as its stages and moves allow them; guards and terms are not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guiju.lifecycle.chart import Chart, Move


def reached(chart: Chart) -> frozenset[str]:
    """The stages that some way from an opening move leads to."""
    return _closure({m.target for m in chart.opening() if m.target}, lambda stage: _next(chart, stage))


def with_a_way_out(chart: Chart) -> frozenset[str]:
    """The final stages, and those from which some way leads to one."""
    final = {s.id for s in chart.stages.values() if s.final}
    return _closure(final, lambda stage: {s for m in chart.moves.values() if m.target == stage for s in m.sources})


def ends_of(move: Move) -> frozenset[str]:
    """The stages in which a case can stand after a move."""
    return frozenset({move.target}) if move.target else move.sources


def can_follow(chart: Chart, first: Move, then: Move) -> bool:
    """Whether some way leads from one move to another (or to the same move again)."""
    return bool(_closure(ends_of(first), lambda stage: _next(chart, stage)) & then.sources)


def leaves(move: Move, stages: frozenset[str]) -> bool:
    """Whether a move leads out of some stages from one of them."""
    return bool(move.sources & stages) and bool(move.target) and move.target not in stages


def _next(chart: Chart, stage: str) -> set[str]:
    return {m.target for m in chart.leaving(stage) if m.target}


def _closure(begin: Iterable[str], following: Callable[[str], Iterable[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        stage = waiting.pop()
        if stage not in seen:
            seen.add(stage)
            waiting.extend(following(stage))
    return frozenset(seen)
