"""A limit that says nothing of what follows when it runs out."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import START, Chart
from guiju.lifecycle.checks import found
from guiju.source.diagnostics import Diagnostic

CODES = {"E544": "a limit without 'then'"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    """A limit that only bounds what opens a case needs none: there is no case yet that could run out."""
    for term in chart.terms.values():
        if term.kind == "limit" and not term.then and term.stages != {START}:
            yield found("E544", term.span,
                        f"期限“{term.id}”没有写届满怎样；写 then: 步骤，原文未载后果的写 then: register",
                        f"limit '{term.id}' does not say what follows: write 'then' (register where the source is "
                        "silent)")
