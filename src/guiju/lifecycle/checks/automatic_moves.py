"""A move said to be automatic that the system can't make, and one that only the system may make but never does."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import SYSTEM, Chart, Move
from guiju.lifecycle.checks import found
from guiju.source.diagnostics import Diagnostic

CODES = {"E557": "an automatic move that the system can't make by itself",
         "E558": "a move that only the system may make, and that is not automatic"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for move in chart.moves.values():
        roles = {use.role for use in move.roles}
        if move.auto and SYSTEM not in roles:
            yield _cannot(move, "by 里没有 SYSTEM；去掉 by", "its 'by' leaves out SYSTEM: drop 'by'")
        if move.auto and (move.gives or any(paper.when is None for paper in move.needs)):
            yield _cannot(move, "系统拿不出 gives 或 needs 所要的；去掉它们，或去掉 auto",
                          "the system has nothing to give or to hand in: drop 'gives' and 'needs', or 'auto'")
        if move.auto and move.opens:
            yield _cannot(move, "还没有案件；去掉 auto", "there is no case yet: drop 'auto'")
        if not move.auto and roles == {SYSTEM}:
            yield found("E558", move.span, f"“{move.id}”只许系统办理，却不自动；写 auto: 是，或写明由谁办理",
                        f"only the system may make '{move.id}', yet it is not automatic: write 'auto', or who makes it")


def _cannot(move: Move, zh: str, en: str) -> Diagnostic:
    return found("E557", move.span, f"“{move.id}”自动办不成：{zh}", f"'{move.id}' can't be made by itself: {en}")
