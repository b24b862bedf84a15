"""A move whose guards can't hold together: nobody can ever make it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.together import cells_of, exclude_each_other
from guiju.source.diagnostics import Diagnostic

CODES = {"E562": "guards that can never hold together"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    cells = cells_of(chart)
    for move in chart.moves.values():
        firm = [guard.node for guard in move.guards if guard.strength != "principle"]  # no person may go on over them
        if exclude_each_other(cells, firm):
            yield found("E562", move.span, f"“{move.id}”的守卫互相矛盾，永远不能同时满足；改正其中的条件",
                        f"the guards of '{move.id}' contradict each other: mend them")
