"""A fact of the case that no move gives and nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import every, facts_in, own_facts
from guiju.lifecycle.checks.views.givings import given_anywhere
from guiju.source.diagnostics import Diagnostic

CODES = {"W554": "a fact that no move gives and nothing reads"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    used = given_anywhere(chart) | facts_in(*(saying.node for saying in every(chart)))
    for fact in own_facts(chart).values():
        if fact.id in chart.own and fact.id not in used:
            yield found("W554", fact.span, f"事实“{fact.name}”没有步骤给出，也没有地方读它；用上它，或删去",
                        f"no move gives fact '{fact.id}' and nothing reads it: use it or delete it")
