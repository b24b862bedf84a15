"""A parameter that no expression of the chart reads."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import every, parameters_in
from guiju.source.diagnostics import Diagnostic

CODES = {"W556": "a parameter that no rule reads"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    read = parameters_in(*(saying.node for saying in every(chart)))
    for parameter in chart.parameters.values():
        if parameter.id in chart.own and parameter.id not in read:
            yield found("W556", parameter.span, f"参数“{parameter.name}”没有规则读它；让所涉规则读它，或删去",
                        f"no rule reads parameter '{parameter.id}': let the rule concerned read it or delete it")
