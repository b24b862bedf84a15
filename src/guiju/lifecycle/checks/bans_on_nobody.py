"""A ban says whom it concerns by a role of the chart."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.source.diagnostics import Diagnostic
from guiju.source.fields import suggestion

CODES = {"E566": "a ban on no role of the chart"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for ban in chart.bans.values():
        if ban.who and ban.who not in chart.roles:
            hint = suggestion(ban.who, chart.roles)
            yield found("E566", ban.span, f"禁限“{ban.id}”的 who 不是角色：“{ban.who}”{hint.zh}；写一个角色",
                        f"'who' of ban '{ban.id}' is no role: '{ban.who}'{hint.en}; name a role")
