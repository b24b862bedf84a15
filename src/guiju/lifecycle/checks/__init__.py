"""Static checks of a compiled chart, one file each: what a procedure may say but surely does not mean.

A module has `CODES`, each code with what it finds, and `check(chart)`, which yields its findings. It is found by
itself: adding a check touches nothing else. Checks of a chart's worked timelines stand in `timelines/` and take them,
too. What several checks ask about a chart stands in `views/`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from types import ModuleType

from guiju.language.modules import modules_of
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.timeline import Timeline
from guiju.source.diagnostics import Diagnostic, Span, Text


def findings(chart: Chart, walks: Sequence[Timeline] = ()) -> list[Diagnostic]:
    """What all checks find in a chart and its timelines, in file order. Only errors (`E…`) make it unfit for use."""
    found = [d for module in chart_checks() for d in module.check(chart)]
    found += [d for module in timeline_checks() for d in module.check(chart, walks)]
    return _in_order(found)


@functools.cache
def chart_checks() -> tuple[ModuleType, ...]:
    """Every check of a chart."""
    return tuple(modules_of(__name__))


@functools.cache
def timeline_checks() -> tuple[ModuleType, ...]:
    """Every check of a chart's timelines."""
    return tuple(modules_of(f"{__name__}.timelines"))


def codes() -> dict[str, str]:
    """Every code that a check can raise, with what it finds."""
    return dict(sorted((code, what) for m in (*chart_checks(), *timeline_checks()) for code, what in m.CODES.items()))


def found(code: str, span: Span, zh: str, en: str) -> Diagnostic:
    """One finding."""
    return Diagnostic(code, span, Text(zh, en))


def listed(names: Iterable[str]) -> Text:
    """Some names in a sentence, in a fixed order."""
    ordered = sorted(names)
    return Text("、".join(f"“{name}”" for name in ordered), ", ".join(f"'{name}'" for name in ordered))


def _in_order(findings: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda d: (d.span.file, d.span.line, d.span.column, d.code, d.message.zh))
