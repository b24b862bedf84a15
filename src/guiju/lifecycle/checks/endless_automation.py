"""Automatic moves that would be made again and again without an end."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.ir import Node
from guiju.lifecycle.chart import STAGE_SINCE, Chart, Move
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import dates_of, facts_in
from guiju.lifecycle.checks.views.givings import left_by
from guiju.lifecycle.checks.views.paths import ends_of
from guiju.source.diagnostics import Diagnostic

CODES = {"E560": "automatic moves without end"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    """A circle of automatic moves is harmless where making them changes something for which one of them waits."""
    automatic = [m for m in chart.moves.values() if m.auto]
    bounded = {m for loop in chart.loops.values() if loop.most is not None for m in loop.moves}
    for move in automatic:
        circle = [m for m in automatic if m is move or (_leads(automatic, move, m) and _leads(automatic, m, move))]
        if not _leads(automatic, move, move) or any(m.id in bounded for m in circle):
            continue
        if not _changed(chart, circle) & facts_in(*(n for m in circle for n in _awaited(chart, m))):
            yield found("E560", move.span,
                        f"“{move.id}”自动办理后又会立刻自动办理，没有尽头；让它离开本环节、改变所等的事实，或限制次数",
                        f"'{move.id}' would be made by itself again and again: let it leave the stage, change what it "
                        "waits for, or bound it by a loop")


def _leads(automatic: list[Move], first: Move, then: Move) -> bool:
    """Whether automatic moves alone lead from one to another."""
    seen: set[str] = set()
    waiting = set(ends_of(first))
    while waiting:
        seen |= waiting
        waiting = {end for m in automatic if m.sources & waiting for end in ends_of(m)} - seen
    return bool(seen & then.sources)


def _changed(chart: Chart, circle: list[Move]) -> frozenset[str]:
    ids = {m.id for m in circle}
    counted = {loop.id for loop in chart.loops.values() if ids & set(loop.moves)}
    entered = {STAGE_SINCE} if any(m.target for m in circle) else set()
    return frozenset({*counted, *entered}).union(*(left_by(m) | set(m.clears) for m in circle))


def _awaited(chart: Chart, move: Move) -> Iterator[Node]:
    for guard in move.guards:
        yield guard.node
    for id_ in move.after:
        yield from dates_of(chart.terms.get(id_) or chart.notices[id_])
