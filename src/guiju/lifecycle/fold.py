"""What an event does to a case: the one place where state changes. Folding the events gives the case."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from guiju.calendar import Calendar, end_of, load_calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import BanRule, Chart, Move
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.lifecycle.events import Ban, Event
from guiju.lifecycle.given import read_given
from guiju.lifecycle.names import chart_of_thread, procedure_of
from guiju.lifecycle.spans import exact_date, exact_length
from guiju.lifecycle.terms import ONE_DAY, overruns
from guiju.source.diagnostics import Span, fail
from guiju.values import UNDECIDED, Value


def fold(events: Iterable[Event], chart: Chart, calendar: Calendar | None = None) -> Case:
    """The case that the events amount to. `chart` must be the revision that the case began with.

    Raises GuijuError E520 for no events at all, E522 where the chart is another revision, E523 where an event names a
    move that it does not have.
    """
    calendar = calendar or load_calendar()
    case: Case | None = None
    told = tuple(events)
    for event in told:
        if case is None:
            case = opened(event, chart, calendar)
        else:  # only the last event is looked at: the others needn't be copied each time
            case = applied(dataclasses.replace(case, events=(case.last,)), event, calendar)
    if case is None:
        raise fail("E520", Span(chart.id), "没有事件", "there are no events")
    return dataclasses.replace(case, events=told)


def opened(event: Event, chart: Chart, calendar: Calendar, given: Facts | None = None) -> Case:
    """The case that a first event opens. `given`: what comes with it, where that has been read already."""
    opening = event.opening
    if opening is None or (opening.chart, opening.revision) != (chart.id, chart.digest):
        raise fail("E522", Span(chart.id), "案件开始时用的不是流程图的这一版；案件始终依开始时的版本办理",
                   "the case began with another revision of the chart, which it keeps: load that one")
    move = _move(chart, event)
    settings = parameter_values(chart, own_settings(opening.parameters), event.date)
    state = State(chart, move.target, event.date, Facts(), settings)
    state, bans = _stepped(None, state, move, event, calendar, given)
    return Case(opening, (event,), state, {}, _acted({}, event), bans)


def applied(case: Case, event: Event, calendar: Calendar, given: Facts | None = None) -> Case:
    """The case after one more event. Guards are not asked again: that is `entry.move`'s part. `given`: what comes
    with the event, where that has been read already."""
    missed = overruns(case, event.date, calendar)
    move = _move(_chart_of_thread(case, event.thread), event)
    if event.thread and event.thread not in case.threads:
        before = blank_thread(case, procedure_of(event.thread), event.date, calendar)
    else:
        before = case.state(event.thread)
    state, bans = _stepped(case, before, move, event, calendar, given)
    changed: dict[str, Any] = {"threads": {**case.threads, event.thread: state}} if event.thread else {"main": state}
    standing = tuple(_lifted(ban, event) if ban.id in move.lifts else ban for ban in case.bans)
    return dataclasses.replace(case, events=(*case.events, event), acted=_acted(case.acted, event),
                               bans=standing + bans, marks=case.marks + missed, **changed)


def _lifted(ban: Ban, event: Event) -> Ban:
    """A ban that ends before its time: the day of the event is free of it."""
    return dataclasses.replace(ban, until=min(ban.until, event.date - ONE_DAY))


def _move(chart: Chart, event: Event) -> Move:
    if event.move not in chart.moves:
        raise fail("E523", Span(chart.id), f"流程图没有步骤“{event.move}”", f"the chart has no move '{event.move}'")
    return chart.moves[event.move]


def _chart_of_thread(case: Case, thread: str) -> Chart:
    chart = chart_of_thread(case.chart, thread)
    if chart is None:
        raise fail("E523", Span(case.chart.id), f"流程图没有子程序“{thread}”", f"the chart has no procedure '{thread}'")
    return chart


def blank_thread(case: Case, procedure_id: str, day: dt.date, calendar: Calendar) -> State:
    """The state from which a sub-procedure is opened: its settings, and what it takes from the case."""
    procedure = case.chart.procedures[procedure_id]
    words = dict(procedure.sets)
    words.update({word.removeprefix(f"{procedure_id}."): text for word, text in case.opening.parameters.items()
                  if word.startswith(f"{procedure_id}.")})
    values: dict[str, Value] = {}
    if procedure.passes:
        it = interpreter(case, case.main, day, calendar)
        values = {fact: it.value(node) for fact, node in procedure.passes.items()}
    return State(procedure.chart, "", day, Facts({f: v for f, v in values.items() if _is_known(v)}),
                 parameter_values(procedure.chart, words, day))


def _stepped(case: Case | None, state: State, move: Move, event: Event, calendar: Calendar,
             given: Facts | None) -> tuple[State, tuple[Ban, ...]]:
    """The state after a move, and the bans that begin with it."""
    if given is None:
        given = read_given(state.chart, move, event.actor, event.evidence, event.date)
    records = {**state.facts.records, **given.records}
    values: dict[str, Value] = {**state.facts.values, **given.values}
    provenance = {**state.facts.provenance, **given.provenance}
    it = interpreter(case, state, event.date, calendar, given)
    for setting in move.sets:
        value = it.value(setting.node)
        if _is_known(value):
            values[setting.fact] = value
        else:
            values.pop(setting.fact, None)
    for fact in move.clears:
        values.pop(fact, None)
    changed = dataclasses.replace(
        state, facts=Facts(values, records, provenance), stage=move.target or state.stage,
        since=event.date if move.target else state.since,
        history={**state.history, move.id: (*state.history.get(move.id, ()), event.date)})
    return changed, _bans(case, changed, move, event, calendar)


def _is_known(value: Value) -> bool:
    return not (value[2] & UNDECIDED if isinstance(value, tuple) else value & UNDECIDED)


def _bans(case: Case | None, state: State, move: Move, event: Event, calendar: Calendar) -> tuple[Ban, ...]:
    if not move.bans:
        return ()
    it: Interpreter = interpreter(case, state, event.date, calendar)
    found = []
    for id_ in move.bans:
        rule = state.chart.bans[id_]
        start, _ = exact_date(it, rule.start)
        until = _ban_end(rule, start, it, calendar)
        if start is not None and until is not None:
            found.append(Ban(state.chart.id, id_, rule.who, start, until, rule.at_least, rule.clauses))
    return tuple(found)


def _ban_end(rule: BanRule, start: dt.date | None, it: Interpreter, calendar: Calendar) -> dt.date | None:
    """The last day of a ban; the last day there is where it holds until further notice."""
    if rule.length is None:
        return dt.date.max
    length, _ = exact_length(it, rule.length)
    return None if start is None or length is None else end_of(start, length, rule.unit, calendar).date


def _acted(acted: Any, event: Event) -> dict[str, frozenset[tuple[str, str]]]:
    who = (event.actor.id, event.actor.organisation)
    return {**acted, event.role: acted.get(event.role, frozenset()) | {who}}

