"""A round that does not say who holds a role which rounds give."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.people import acting_roles
from guiju.source.diagnostics import Diagnostic

CODES = {"W564": "a round that names nobody for a role that rounds give"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    given = [r.id for r in chart.roles.values() if r.held_by == "round" and r.id in acting_roles(chart)]
    for round_ in chart.rounds.values():
        for role in given:
            if role not in round_.roles:
                yield found("W564", round_.span, f"批次“{round_.id}”没有写角色“{role}”由谁担任；写进 roles",
                            f"round '{round_.id}' does not say who holds '{role}': write it under 'roles'")
