"""How a case begins: some move opens it, and puts it into a stage."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.source.diagnostics import Diagnostic

CODES = {"E561": "nothing opens a case, or what opens it leads to no stage"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    opening = chart.opening()
    if not opening:
        yield found("E561", chart.span, "没有开启一件的步骤；给第一步写 from: start",
                    "no move opens a case: write 'from: start' for the first one")
    for move in opening:
        if not move.target:
            yield found("E561", move.span, f"“{move.id}”开启一件，却没有写 to；写明开启后在哪个环节",
                        f"'{move.id}' opens a case but leads to no stage: write 'to'")
