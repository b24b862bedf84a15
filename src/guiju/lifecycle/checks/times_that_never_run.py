"""A term, notice or duty that runs only where everything is over."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import START, Chart
from guiju.lifecycle.checks import found
from guiju.source.diagnostics import Diagnostic

CODES = {"E563": "a term, notice or duty that never runs"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for part in (chart.terms, chart.notices, chart.duties):
        for rule in part.values():
            stages = rule.stages - {START}
            if stages and all(chart.stages[s].final for s in stages):
                yield found("E563", rule.span, f"“{rule.id}”所在的环节都已终结，从不运行；改正它的环节",
                            f"'{rule.id}' runs in final stages only, so never: mend its stages")
