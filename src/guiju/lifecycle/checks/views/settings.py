"""Settings as words: whether they fit the parameters of a chart, and what these are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.environment import parameter_values
from guiju.source.diagnostics import GuijuError, Text


def unfit(chart: Chart, words: Map[str, str]) -> Iterator[tuple[str, Text]]:
    """The settings that name no parameter (of the chart, or `procedure.parameter`) or hold no value of it."""
    for word, text in words.items():
        target, name = _place(chart, word)
        if target is None:
            procedure = word.partition(".")[0]
            yield word, Text(f"没有子程序“{procedure}”", f"there is no procedure '{procedure}'")
            continue
        try:
            parameter_values(target, {name: text}, dt.date.max)
        except GuijuError as error:
            yield word, error.diagnostics[0].message


def named(chart: Chart, word: str) -> str:
    """The name of the parameter that a word sets by its id."""
    target, name = _place(chart, word)
    return target.parameters[name].name if target is not None else word


def _place(chart: Chart, word: str) -> tuple[Chart | None, str]:
    """The chart whose parameter a word sets: this one, or that of a sub-procedure; None where there is no such one."""
    procedure, dot, name = word.partition(".")
    if not dot:
        return chart, word
    return (chart.procedures[procedure].chart, name) if procedure in chart.procedures else (None, name)
