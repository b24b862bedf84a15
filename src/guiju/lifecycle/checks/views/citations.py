"""What cites clauses in a chart."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.policy import Parameter
from guiju.lifecycle.chart import Chart, Role, Round, Stage
from guiju.source.diagnostics import Span

Citation = tuple[str, Span, tuple[str, ...]]  # an id, its place, the clauses


def of_rules(chart: Chart) -> Iterator[Citation]:
    """What must stand on a clause: of its own, of its move, or of the whole chart."""
    for rule in chart.rules():
        yield rule.id, rule.span, rule.clauses
    for move in chart.moves.values():
        for guard in move.guards:
            yield guard.id, guard.span, guard.clauses or move.clauses


def of_others(chart: Chart) -> Iterator[Citation]:
    """What may cite a clause."""
    yield chart.id, chart.span, chart.basis
    parts: list[Role | Stage | Parameter | Round] = [
        *chart.roles.values(), *chart.stages.values(), *chart.parameters.values(), *chart.rounds.values()]
    for part in parts:
        yield part.id, part.span, part.clauses
    for move in chart.moves.values():
        for goal in move.goals:
            yield f"{goal.policy}:{goal.goal}", goal.span, goal.clauses
        for member in (m for guard in move.guards for m in guard.descendants()):
            yield member.id, member.span, member.clauses
