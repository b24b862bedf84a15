"""A role that makes no move."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.people import acting_roles
from guiju.source.diagnostics import Diagnostic

CODES = {"W548": "a role that makes no move"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    used = acting_roles(chart) | {ban.who for ban in chart.bans.values()}
    for role in chart.roles.values():
        if role.id in chart.own and role.id not in used and role.id != SYSTEM:
            yield found("W548", role.span, f"没有步骤由角色“{role.id}”办理；写进某一步的 by，或删去它",
                        f"role '{role.id}' makes no move: name it in some 'by' or delete it")
