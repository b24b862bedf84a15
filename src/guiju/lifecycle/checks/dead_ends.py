"""A stage from which no way leads to an end."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.paths import with_a_way_out
from guiju.source.diagnostics import Diagnostic

CODES = {"E542": "a stage with no way to an end"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    ending = with_a_way_out(chart)
    for stage in chart.stages.values():
        if stage.id not in ending:
            yield found("E542", stage.span, f"从“{stage.id}”走不到任何终结环节；加一个离开它的步骤，或写 final: 是",
                        f"no way leads from '{stage.id}' to a final stage: add a move out of it or make it final")
