"""What follows, or is owed, must be a move of the stages where the time runs."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import START, Chart
from guiju.lifecycle.checks import found, listed
from guiju.source.diagnostics import Diagnostic, Span

CODES = {"E559": "what follows, or is owed, can't be done where the time runs",
         "W559": "what follows can't be done in each stage where the time runs"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    """What is owed again and again may have to wait for another stage; what follows from an overrun should not."""
    for term in chart.terms.values():
        moves = [m for m in term.then if m in chart.moves]
        if moves and len(moves) == len(term.then):
            yield from _misplaced(chart, term.id, "then", moves, term.stages - {START}, term.span)
    for duty in chart.duties.values():
        owed = _misplaced(chart, duty.id, "move", [duty.move], duty.stages, duty.span)
        yield from (finding for finding in owed if finding.severity == "error")
        if duty.overdue:
            yield from _misplaced(chart, duty.id, "overdue", [duty.overdue], duty.stages, duty.span)


def _misplaced(chart: Chart, rule: str, key: str, moves: list[str], stages: frozenset[str],
               span: Span) -> Iterator[Diagnostic]:
    running = {s for s in stages if not chart.stages[s].final}
    lost = running - frozenset().union(*(chart.moves[m].sources for m in moves))
    if not lost:
        return
    names, where = listed(moves), listed(lost)
    yield found("E559" if lost == running else "W559", span,
                f"“{rule}”的 {key}（{names.zh}）在它运行的环节{where.zh}办不了；改正步骤的 from，或“{rule}”的环节",
                f"'{key}' of '{rule}' ({names.en}) is not made in {where.en}, where it runs: mend 'from', or the "
                f"stages of '{rule}'")
