"""A public notice that can be left without waiting for it, or over an objection."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart, Notice
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.paths import leaves, reached
from guiju.source.diagnostics import Diagnostic

CODES = {"E546": "a notice that can be left over an open objection"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for notice in chart.notices.values():
        yield from _ways_out(chart, notice)
        if not notice.objections and not notice.blocks:
            yield found("E546", notice.span,
                        f"公示“{notice.id}”既没有异议程序，也不挡任何步骤；写 objections 或 blocks",
                        f"notice '{notice.id}' takes no objections and blocks no move: write 'objections' or 'blocks'")
        if notice.objections:
            small = chart.procedures[notice.objections].chart
            if not any(small.stages[s].final for s in reached(small)):
                yield found("E546", notice.span,
                            f"公示“{notice.id}”的异议程序“{notice.objections}”走不到终结，异议永远办不结；改正那张小图",
                            f"objections of notice '{notice.id}' can never be settled: let '{notice.objections}' reach "
                            "a final stage")


def _ways_out(chart: Chart, notice: Notice) -> Iterator[Diagnostic]:
    for move in chart.moves.values():
        if leaves(move, notice.stages) and move.id not in (*notice.blocks, *notice.despite):
            yield found("E546", move.span,
                        f"“{move.id}”可以离开公示“{notice.id}”而不等期满和异议办结；列入它的 blocks，"
                        "确应不等的列入 despite",
                        f"'{move.id}' leaves notice '{notice.id}' without waiting: list it under its 'blocks', or "
                        "'despite' if that is meant")
    for id_ in (*notice.blocks, *notice.despite):
        if not chart.moves[id_].sources & notice.stages:
            yield found("E546", notice.span,
                        f"公示“{notice.id}”列了“{id_}”，但它不在该公示的环节办理，列了不起作用；改正 stage 或删去",
                        f"notice '{notice.id}' lists '{id_}', which is not made in its stages: mend 'stage' or drop it")
