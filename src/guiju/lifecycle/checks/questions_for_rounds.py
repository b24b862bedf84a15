"""What a round must fix before every move of the chart can be made."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found, listed
from guiju.lifecycle.checks.views.questions import awaited
from guiju.lifecycle.checks.views.settings import named
from guiju.source.diagnostics import Diagnostic

CODES = {"N551": "the parameters that a round must set"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    needed = awaited(chart, {})
    if needed:
        zh = "、".join(f"“{named(chart, word)}”（{word}）" for word in needed)
        yield found("N551", chart.span,
                    f"批次要定 {len(needed)} 个参数，有步骤等它们：{zh}；写进 rounds/*.yaml 的 sets",
                    f"a round sets {len(needed)} parameters for which moves wait: {listed(needed).en}; put them under "
                    "'sets' in rounds/*.yaml")
