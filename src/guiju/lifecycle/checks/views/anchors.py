"""What fixes a date: the stretches of time by which it lies after another date."""

from __future__ import annotations

from guiju.calendar import Unit
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks.views.givings import taken_by
from guiju.lifecycle.checks.views.spans import Stretch, stretch_of
from guiju.lifecycle.spans import exact_number

_UNITS: dict[str, Unit] = {"shift": "month", "shift_days": "day"}


def stretches_behind(chart: Chart, date: Node, it: Interpreter) -> list[Stretch]:
    """Every constant stretch that may have fixed a date; none where something else may have."""
    if date.op in _UNITS:
        length, _ = exact_number(it, date.args[1])
        return [Stretch(date.args[0], length, _UNITS[date.op])] if length is not None and length >= 0 else []
    if date.op != "fact":
        return []
    fact = date.args[0]
    if fact in chart.ends:
        term = chart.terms[chart.ends[fact]]
        made = stretch_of(term, it) if term.start is not None else None
        return [] if made is None else [made]
    if any(fact in taken_by(move) for move in chart.moves.values()):
        return []
    settings = [s.node for move in chart.moves.values() for s in move.sets if s.fact == fact]
    behind = [stretches_behind(chart, node, it) if node.op in _UNITS else [] for node in settings]
    return [] if not all(behind) else [stretch for found in behind for stretch in found]
