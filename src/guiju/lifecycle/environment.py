"""What expressions of a chart see on a day: the facts of the case, the day itself, what is counted, the parameters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping as Map
from typing import Any

from guiju.calendar import Calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.compile.context import Context
from guiju.language.compile.identity import parameter_value
from guiju.language.policy import Parameter
from guiju.language.types import DATE
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import STAGE_SINCE, TODAY, Chart
from guiju.lifecycle.names import procedure_of
from guiju.lifecycle.spans import term_end
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Scalar
from guiju.source.fields import suggestion
from guiju.values import Value, known

TIMES = ("duration", "days", "workdays")  # the dimensions of lengths of time


def interpreter(case: Case | None, state: State, today: dt.date, calendar: Calendar,
                more: Facts | None = None) -> Interpreter:
    """Values of a chart's expressions on a day. `more`: what is given with the move that is looked at.

    Dictionary facts of the case are seen in its threads, too.
    """
    facts = state.facts
    whole = case.main.facts if case is not None and state is not case.main else facts
    more = more or Facts()
    values = {**whole.values, **facts.values, **more.values, TODAY: known(today.toordinal()),
              STAGE_SINCE: known(state.since.toordinal()), **_counts(case, state)}
    facts = Facts(values, {**whole.records, **facts.records, **more.records}, whole.provenance, whole.notices)
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
    return chart.kept["choices"]  # type: ignore[no-any-return]  # put there above


def _counts(case: Case | None, state: State) -> dict[str, Value]:
    """How often each loop was gone through, and how many threads of each sub-procedure are open or came to each end."""
    chart = state.chart
    threads = Counter[str]()
    for name, thread in case.threads.items() if case is not None else ():
        procedure = procedure_of(name)
        threads[f"{procedure}:{thread.stage}"] += 1
        threads[procedure] += not thread.final
    return {fact: known(state.times(chart.loops[what].moves) if fact == what and what in chart.loops
                        else threads[what]) for fact, what in chart.counts.items()}


def own_settings(words: Map[str, str]) -> dict[str, str]:
    """The settings of the chart itself, without those of its sub-procedures (`procedure.parameter`)."""
    return {word: text for word, text in words.items() if "." not in word}


def _fitting(parameter: Parameter, value: Any, word: str, text: str) -> Any:
    """The value of a setting. Raises E245 for an amount below zero, and for a length of time that is not whole."""
    if parameter.type.kind == "number":
        if value < 0:
            raise fail("E245", Span(word), f"“{parameter.name}”不能是负数：“{text}”",
                       f"'{parameter.id}' is not below zero: '{text}'")
        if parameter.type.dimension in TIMES and value != int(value):
            raise fail("E245", Span(word), f"“{parameter.name}”应是整月、整日或整个工作日，不是“{text}”",
                       f"'{parameter.id}' is in whole months, days or working days, not '{text}'")
    return value


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
        values[parameter.id] = _fitting(parameter, parameter_value(
            Scalar(text, Span(word)), parameter.type, parameter.enumeration, context), word, text)
    return {id_: value for id_, value in values.items() if value is not None}
