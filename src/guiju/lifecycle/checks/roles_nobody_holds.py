"""A role in which nobody can act."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.people import acting_roles
from guiju.source.diagnostics import Diagnostic

CODES = {"E548": "a role nobody can hold"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    acting = acting_roles(chart)
    for role in chart.roles.values():
        if role.id in acting and role.id != SYSTEM and not role.held_by:
            yield found("E548", role.span, f"角色“{role.id}”没有写由谁担任；写 held_by（applicant、office、expert……）",
                        f"nobody is said to hold role '{role.id}': write 'held_by'")
        if role.id in role.bars:
            yield found("E548", role.span, f"角色“{role.id}”与自己相斥，办过一步就不能再办；从 bars 里去掉它自己",
                        f"role '{role.id}' bars itself: take it out of its 'bars'")
    for round_ in chart.rounds.values():
        for id_, holder in round_.roles.items():
            for other in chart.roles[id_].bars:
                if other != id_ and round_.roles.get(other) == holder:
                    yield found("E548", round_.span,
                                f"批次“{round_.id}”让同一单位（{holder.zh}）担任相斥的“{id_}”和“{other}”；换一个单位",
                                f"round '{round_.id}' gives '{id_}' and '{other}', which bar each other, to one body: "
                                "name another")
