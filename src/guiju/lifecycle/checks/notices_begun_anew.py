"""A notice that is shown again while its days still count from the first time."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import STAGE_SINCE, TODAY, Chart, Move, Notice
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import facts_in
from guiju.lifecycle.checks.views.givings import left_by
from guiju.lifecycle.checks.views.paths import can_follow, leaves
from guiju.source.diagnostics import Diagnostic

CODES = {"W568": "a notice shown again that counts from the first time"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for notice in chart.notices.values():
        counted = facts_in(notice.start)
        if counted & {STAGE_SINCE, TODAY}:
            continue
        for move in chart.moves.values():
            if _enters(move, notice) and not counted & left_by(move) and _again(chart, notice, move):
                yield found("W568", move.span,
                            f"“{move.id}”可再次进入公示“{notice.id}”，起日却仍是上一次的；在 sets 里写新的起日，"
                            "公示一直未断的把其间的环节列入 stage",
                            f"'{move.id}' may show notice '{notice.id}' again, which still counts from the first day: "
                            "set its first day anew, or list the stages between under 'stage' if it went on")


def _enters(move: Move, notice: Notice) -> bool:
    return move.target in notice.stages and not move.sources <= notice.stages


def _again(chart: Chart, notice: Notice, entering: Move) -> bool:
    """Whether a case that has left the notice may come to this move."""
    return any(leaves(m, notice.stages) and can_follow(chart, m, entering) for m in chart.moves.values())
