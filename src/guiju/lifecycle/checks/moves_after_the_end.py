"""A move that may be made where everything is over."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found, listed
from guiju.source.diagnostics import Diagnostic

CODES = {"E543": "a final stage with moves out of it"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for move in chart.moves.values():
        final = [s for s in move.sources if chart.stages[s].final]
        if final:
            names = listed(final)
            yield found("E543", move.span, f"“{move.id}”可在终结环节{names.zh}办理；从 from 里去掉，或把环节改为非终结",
                        f"'{move.id}' may be made in {names.en}, which is final: take it out of 'from', or let the "
                        "stage not be final")
