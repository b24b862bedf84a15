"""A round, or the use of a small chart, that sets what can't be set."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.settings import unfit
from guiju.source.diagnostics import Diagnostic

CODES = {"E551": "a setting of a parameter that does not exist, or not to a value of it"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for round_ in chart.rounds.values():
        for word, why in unfit(chart, round_.sets):
            yield found("E551", round_.span, f"批次“{round_.id}”的 sets 不能设“{word}”：{why.zh}；改正",
                        f"round '{round_.id}' can't set '{word}': {why.en}; mend it")
    for procedure in chart.procedures.values():
        for word, why in unfit(procedure.chart, procedure.sets):
            yield found("E551", procedure.span, f"子程序“{procedure.id}”的 sets 不能设“{word}”：{why.zh}；改正",
                        f"procedure '{procedure.id}' can't set '{word}': {why.en}; mend it")
