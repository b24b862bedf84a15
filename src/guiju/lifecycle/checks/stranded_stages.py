"""A stage that can be left only in time: once the limits are over, the case stands there for ever."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.checks import found, listed
from guiju.source.diagnostics import Diagnostic

CODES = {"E569": "a stage that can't be left once its limits are over"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for stage in chart.stages.values():
        ways_out = [m for m in chart.leaving(stage.id) if m.target not in ("", stage.id)]
        if ways_out and not stage.final and all(_expires(chart, m) for m in ways_out):
            terms = listed({t for m in ways_out for t in m.within})
            yield found("E569", stage.span,
                        f"离开“{stage.id}”的步骤都限在{terms.zh}之内，逾期后再也离不开；加一个逾期后的步骤，"
                        "或给期限写 strength",
                        f"every way out of '{stage.id}' is within {terms.en}, so a case that is late stays for ever: "
                        "add a move for it, or give the limit a 'strength'")


def _expires(chart: Chart, move: Move) -> bool:
    """Whether a limit ends the time for a move, with no person who may still let it pass."""
    return any(chart.terms[t].strength == "hard" or chart.terms[t].strength_when is not None for t in move.within)
