"""Moves that the system makes by itself: when a term runs out, or as soon as what they wait for has come."""

from __future__ import annotations

import datetime as dt

from guiju.calendar import Calendar, add_days
from guiju.evaluate.interpreter import Interpreter
from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import SYSTEM, Chart, Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import Actor, Event, Evidence, moment, sealed
from guiju.lifecycle.fold import applied
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.questions.times import years_in_doubt
from guiju.lifecycle.spans import free_from, notice_end, term_end
from guiju.lifecycle.terms import overruns
from guiju.source.diagnostics import Span, fail

THE_SYSTEM = Actor(SYSTEM, "系统", frozenset({SYSTEM}))
_MOST = 100  # automatic moves in a row: no lawful chart comes near


def advance(case: Case, now: dt.datetime, calendar: Calendar) -> Case:
    """The case with every automatic move made that fell due by `now`, each stamped with the moment it fell due; with
    `now` where it was held back on its day and is so no more. Raises GuijuError E533 where they have no end."""
    for _ in range(_MOST):
        due = _first_due(case, now, calendar)
        if due is None:
            return case
        at, attempt = due
        event = Event(len(case.events) + 1, at, THE_SYSTEM, SYSTEM, attempt.move.id, attempt.thread, Evidence(),
                      attempt.move.clauses or attempt.chart.basis, case.head, years_in_doubt(attempt))
        case = applied(case, sealed(event), calendar)
    raise fail("E533", Span(case.chart.id), f"到 {now.date()} 为止自动步骤超过 {_MOST} 步，没有尽头；"
               "给自动步骤写 after，让它离开所在环节，或者看近一点的日子",
               f"more than {_MOST} automatic moves by {now.date()}, without end: give the automatic moves an 'after', "
               "let them leave their stage, or look at a nearer day")


def case_at(case: Case, day: dt.date, calendar: Calendar) -> Case:
    """The case with the automatic moves made that fell due by a day."""
    return advance(case, max(moment(day), case.last.at), calendar)


def _first_due(case: Case, now: dt.datetime, calendar: Calendar) -> tuple[dt.datetime, Attempt] | None:
    found = [due for thread, state in case.states() for step in state.chart.leaving(state.stage)
             if step.auto and (due := _falls_due(case, thread, state, step, now, calendar)) is not None]
    return min(found, key=lambda f: f[0], default=None)


def _falls_due(case: Case, thread: str, state: State, step: Move, now: dt.datetime,
               calendar: Calendar) -> tuple[dt.datetime, Attempt] | None:
    """When a move fell due: after the last of its terms, or at `now` if something stood in its way then but does no
    more; None if it still does, or a term still runs."""
    at = case.last.at
    it = interpreter(case, state, now.date(), calendar)
    for id_ in step.after:
        over = _first_day_after(state.chart, id_, it, calendar)
        if over is None:
            return None
        at = max(at, moment(over))
    duties = {d.id for d in state.chart.duties.values() if d.overdue == step.id}
    if duties:
        made = max(state.history.get(step.id, ()), default=dt.date.min)
        marks = (*case.marks, *overruns(case, now.date(), calendar))
        missed = [m.due for m in marks if m.id in duties and m.due >= made]
        if not missed:
            return None
        at = max(at, moment(add_days(min(missed), 1)))
    if at > now:
        return None
    for then in dict.fromkeys((at, now)):  # what held it back on its day may be gone by now: a notice, an objection
        it = interpreter(case, state, then.date(), calendar)
        attempt = Attempt(case, state, thread, step, THE_SYSTEM, Evidence(), it, then.date(), calendar)
        if not obstacles(attempt):
            return then, attempt
    return None


def _first_day_after(chart: Chart, id_: str, it: Interpreter, calendar: Calendar) -> dt.date | None:
    """The first day on which a term, or a notice, no longer holds a move back; None while it is not known."""
    if id_ in chart.notices:
        end, _ = notice_end(chart.notices[id_], it, calendar)
    else:
        end, _ = term_end(chart.terms[id_], it, calendar)
    return None if end is None else free_from(chart.terms.get(id_) or chart.notices[id_], end.date)
