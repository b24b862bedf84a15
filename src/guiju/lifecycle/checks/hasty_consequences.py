"""An automatic move that is said to follow from a limit and does not wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import facts_in
from guiju.source.diagnostics import Diagnostic

CODES = {"E567": "an automatic consequence that does not wait for its limit"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    for term in chart.terms.values():
        for move in (chart.moves[m] for m in term.then if m in chart.moves):
            asked = facts_in(*(guard.node for guard in move.guards))
            if move.auto and term.id not in move.after and f"{term.id}_end" not in asked:
                yield found("E567", move.span,
                            f"“{move.id}”是期限“{term.id}”届满的后果，自动办理却不等它届满；写 after: {term.id}",
                            f"'{move.id}' follows when '{term.id}' runs out, yet it is made by itself without waiting: "
                            f"write 'after: {term.id}'")
