"""A round that leaves open what some move waits for."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found, listed
from guiju.lifecycle.checks.views.questions import awaited
from guiju.lifecycle.checks.views.settings import named, unfit
from guiju.source.diagnostics import Diagnostic

CODES = {"W551": "a round that leaves a needed parameter open"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    """A setting that does not fit is another finding (E551)."""
    for round_ in chart.rounds.values():
        known = {*round_.open, *(word for word, _ in unfit(chart, round_.sets))}
        for word, moves in awaited(chart, round_.sets).items():
            name, names = named(chart, word), listed(moves)
            if not known & {word, name}:
                yield found("W551", round_.span,
                            f"批次“{round_.id}”没有定参数“{name}”（{word}），{names.zh}等它；写进 sets，有意不定的"
                            "写进 open",
                            f"round '{round_.id}' does not set '{word}', for which {names.en} wait: put it under "
                            "'sets', or under 'open' if that is meant")
