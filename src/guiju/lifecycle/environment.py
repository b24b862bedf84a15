"""What expressions of a chart see on a day: the facts of the case, the day itself, what is counted, the parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from typing import Any

from guiju.calendar import Calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.compile.context import Context
from guiju.language.compile.identity import parameter_value
from guiju.language.types import DATE
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import STAGE_SINCE, TODAY, Chart
from guiju.lifecycle.spans import term_end
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Scalar
from guiju.source.fields import suggestion
from guiju.values import Value, known


def interpreter(case: Case | None, state: State, today: dt.date, calendar: Calendar,
                more: Facts | None = None) -> Interpreter:
    """Values of a chart's expressions on a day. `more`: what is given with the move that is looked at.

    Dictionary facts of the case are seen in its threads, too.
    """
    facts = state.facts
    if case is not None and state is not case.main:
        facts = case.main.facts.replacing(facts.values, dict(facts.records))
    if more is not None:
        facts = facts.replacing(more.values, dict(more.records))
    facts = facts.replacing({TODAY: known(today.toordinal()), STAGE_SINCE: known(state.since.toordinal()),
                             **_counts(case, state)})
    chart = state.chart
    parameters = {f"{chart.id}:{id_}": value for id_, value in state.parameters.items()}
    it = Interpreter(chart.vocabulary, facts, parameters, choice_sizes=choice_sizes(chart))
    ends = _term_ends(chart, it, calendar)
    if ends:
        it.facts = facts.replacing(ends)
    return it


def _term_ends(chart: Chart, it: Interpreter, calendar: Calendar) -> dict[str, Value]:
    """The ends of the terms whose end some expression reads."""
    if "ends" not in chart.kept:
        chart.kept["ends"] = [t for f, t in chart.ends.items() if ("fact", DATE, (str, f)) in chart.graph.nodes]
    found: dict[str, Value] = {}
    for term in chart.kept["ends"]:
        end, cause = term_end(chart.terms[term], it, calendar)
        if end is not None:
            found[f"{term}_end"] = known(end.date.toordinal())
        elif cause:
            found[f"{term}_end"] = (1, dt.date.max.toordinal(), cause)
    return found


def choice_sizes(chart: Chart) -> dict[str, int]:
    """How many values each choice among the parameters has, by the id of its enumeration."""
    if "choices" not in chart.kept:
        choices = (p.enumeration for p in chart.parameters.values())
        chart.kept["choices"] = {c.id: len(c.members) for c in choices if c is not None}
    return chart.kept["choices"]  # type: ignore[no-any-return]


def _counts(case: Case | None, state: State) -> dict[str, Value]:
    chart = state.chart
    counts: dict[str, Value] = {}
    for fact, what in chart.counts.items():
        if what in chart.loops and fact == what:
            counts[fact] = known(state.times(chart.loops[what].moves))
        elif case is None:
            counts[fact] = known(0)
        else:
            procedure, _, stage = what.partition(":")
            threads = [s for _, s in case.threads_of(procedure)]
            counts[fact] = known(sum(s.stage == stage if stage else not s.final for s in threads))
    return counts


def own_settings(words: Map[str, str]) -> dict[str, str]:
    """The settings of the chart itself, without those of its sub-procedures (`procedure.parameter`)."""
    return {word: text for word, text in words.items() if "." not in word}


def parameter_values(chart: Chart, words: Map[str, str], as_of: dt.date) -> dict[str, Any]:
    """The chart's readings on `as_of`, with those given as words (by id or name). Raises E141, E245."""
    values = {p.id: p.value_at(as_of, as_of) for p in chart.parameters.values()}
    context = Context(chart.id, chart.vocabulary, chart.graph)
    context.symbols.enumerations.update(
        {p.enumeration.id: p.enumeration for p in chart.parameters.values() if p.enumeration is not None})
    for word, text in words.items():
        parameter = next((p for p in chart.parameters.values() if word in (p.id, p.name)), None)
        if parameter is None:
            hint = suggestion(word, [w for p in chart.parameters.values() for w in (p.id, p.name)])
            raise fail("E141", Span(chart.id), f"流程图没有参数“{word}”{hint.zh}",
                       f"the chart has no parameter '{word}'{hint.en}")
        values[parameter.id] = parameter_value(Scalar(text, Span(word)), parameter.type, parameter.enumeration, context)
    return {id_: value for id_, value in values.items() if value is not None}
