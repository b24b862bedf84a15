"""A clause of the chart's own index that nothing cites."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.citations import of_others, of_rules
from guiju.source.diagnostics import Diagnostic

CODES = {"W555": "a clause of the index that nothing cites"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    cited = {clause for _, _, clauses in (*of_rules(chart), *of_others(chart)) for clause in clauses}
    for clause in chart.clauses.values():
        if clause.key in chart.own and clause.key not in cited:
            yield found("W555", clause.span, f"条款“{clause.key}”没有被引用；补上 cite，或从 clauses 删去",
                        f"nothing cites clause '{clause.key}': cite it or take it out of 'clauses'")
