"""A timeline that says it covers what the chart does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.timeline import Timeline
from guiju.source.diagnostics import Diagnostic
from guiju.source.fields import suggestion

CODES = {"E565": "a timeline that covers an unknown id"}


def check(chart: Chart, walks: Sequence[Timeline]) -> Iterator[Diagnostic]:
    known = {rule.id for rule in chart.rules()} | chart.parameters.keys()
    known |= {guard.id for move in chart.moves.values() for guard in move.guards}
    for walk in walks:
        for id_ in walk.covers:
            if id_ not in known:
                hint = suggestion(id_, known)
                yield found("E565", walk.span, f"案例“{walk.name}”的 covers 里没有这样的编号：“{id_}”{hint.zh}；改正",
                            f"timeline '{walk.name}' covers '{id_}', which the chart does not have{hint.en}; mend it")
