"""A stage that no way from an opening move leads to."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.paths import reached
from guiju.source.diagnostics import Diagnostic

CODES = {"E541": "a stage that can't be reached"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    there = reached(chart)
    for stage in chart.stages.values() if there else ():
        if stage.id not in there:
            yield found("E541", stage.span, f"从开启出发走不到“{stage.id}”；加一个以它为 to 的步骤，或删去它",
                        f"no way leads to '{stage.id}': let a move go to it or delete it")
