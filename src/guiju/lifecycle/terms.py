"""What runs in time: when terms, notices and duties end, and what has been missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from guiju.calendar import Calendar, End, end_of
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.lifecycle.case import Case, Mark, State
from guiju.lifecycle.chart import LAPSE, REGISTER, Chart, Duty, Term
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.spans import exact_date, exact_number, notice_end, term_end
from guiju.source.diagnostics import Text
from guiju.values import PASS

ONE_DAY = dt.timedelta(days=1)
DeadlineKind = Literal["term", "minimum", "notice", "duty"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that counts. `then`: what follows when it is over: moves, `register`, `lapse`, or nothing. `thread`: ""
    for the case itself. `unknown_years`: years whose holidays are not in the calendar. `overdue`: something should
    have been done by then; the end of a minimum, of a notice or of a chance is never overdue."""

    kind: DeadlineKind
    id: str
    label: Text
    end: dt.date
    then: tuple[str, ...]
    thread: str
    clauses: tuple[str, ...]
    unknown_years: tuple[int, ...] = ()
    overdue: bool = False


def is_running(term: Term, state: State, it: Interpreter) -> bool:
    """Whether a term runs where the procedure stands."""
    return not state.final and (not term.stages or state.stage in term.stages) and holds(term.when, it)


def holds(when: Node | None, it: Interpreter) -> bool:
    return when is None or it.status(when) == PASS


def deadlines(case: Case, today: dt.date, calendar: Calendar) -> list[Deadline]:
    """Everything that runs in the case and its threads, soonest first."""
    found: list[Deadline] = []
    for thread, state in case.states():
        it = interpreter(case, state, today, calendar)
        found += _terms(thread, state, it, calendar)
        found += _notices(thread, state, it, calendar)
        found += _duties(case, thread, state, it, calendar)
    return sorted((_seen_on(today, d) for d in found), key=lambda d: (d.end, d.thread, d.id))


def _seen_on(today: dt.date, deadline: Deadline) -> Deadline:
    over = deadline.end < today and not only_passes(deadline.kind, deadline.then)
    return replace(deadline, overdue=True) if over else deadline


def only_passes(kind: str, then: Sequence[str]) -> bool:
    """Whether nothing was to be done by the end of such a day: it had to be waited for, or a chance was let pass."""
    return kind in ("minimum", "notice") or list(then) == [LAPSE]


def _terms(thread: str, state: State, it: Interpreter, calendar: Calendar) -> Iterator[Deadline]:
    for term in state.chart.terms.values():
        end = term_end(term, it, calendar)[0] if is_running(term, state, it) else None
        if end is not None:
            kind: DeadlineKind = "term" if term.kind == "limit" else "minimum"
            yield Deadline(kind, term.id, term.label, end.date, term.then, thread, term.clauses, end.unknown_years)


def _notices(thread: str, state: State, it: Interpreter, calendar: Calendar) -> Iterator[Deadline]:
    for notice in state.chart.notices_of(state.stage):
        end = notice_end(notice, it, calendar)[0] if holds(notice.when, it) else None
        if end is not None:
            yield Deadline("notice", notice.id, notice.label, end.date, (), thread, notice.clauses, end.unknown_years)


def _duties(case: Case, thread: str, state: State, it: Interpreter, calendar: Calendar) -> Iterator[Deadline]:
    for duty in state.chart.duties.values():
        if not is_owed(duty, state, it):
            continue
        end = next(_owed(duty, state, it, calendar, case), None)
        if end is not None:
            yield Deadline("duty", duty.id, duty.label, end.date, (duty.overdue or REGISTER,), thread, duty.clauses,
                           end.unknown_years)


def is_owed(duty: Duty, state: State, it: Interpreter) -> bool:
    """Whether a duty is owed where the procedure stands."""
    return state.stage in duty.stages and holds(duty.when, it)


def due_dates(duty: Duty, start: dt.date, it: Interpreter, calendar: Calendar) -> Iterator[End]:
    """The days on which a duty that runs from `start` falls due, as long as there are years."""
    if duty.yearly is not None:
        for year in range(start.year, dt.MAXYEAR + 1):
            day = _day_of(year, *duty.yearly)
            if day > start:
                yield End(day, day)
        return
    assert duty.every is not None
    every, _ = exact_number(it, duty.every)
    if every is None or every <= 0:
        return
    for n in count(1):
        yield end_of(start, n * every, duty.unit, calendar, rolls=duty.rolls)


def _day_of(year: int, month: int, day: int) -> dt.date:
    """That day of a year; the last of February where there is no 29th."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month + 1, 1) - ONE_DAY


def _owed(duty: Duty, state: State, it: Interpreter, calendar: Calendar, case: Case) -> Iterator[End]:
    """The days on which the duty is or was owed and has not been done: those missed, then those since the last event.

    What was done first makes good what was missed before; else it serves the period in which it was done.
    """
    missed = {m.due for m in case.marks if m.id == duty.id}
    start, _ = exact_date(it, duty.start)
    if start is None:
        return
    done = sorted(d for d in state.history.get(duty.move, ()) if d > start)
    period_start = start
    for end in due_dates(duty, start, it, calendar):
        late = end.date in missed
        mine = next((d for d in done if (d > end.date if late else period_start < d <= end.date)), None)
        if mine is not None:
            done.remove(mine)
        elif late or end.date >= case.last.date:
            yield end
        if end.date == period_start:
            return  # the end of the calendar
        period_start = end.date


def overruns(case: Case, today: dt.date, calendar: Calendar) -> tuple[Mark, ...]:
    """What has been missed from the last event to the day before `today` and is registered: limits whose overrun has
    no stated consequence, and duties."""
    found: list[Mark] = []
    for thread, state in case.states():
        if not _registers(state.chart):
            continue
        it = interpreter(case, state, today, calendar)
        for term in state.chart.terms.values():
            if REGISTER in term.then and is_running(term, state, it):
                end = term_end(term, it, calendar)[0]
                if end is not None and end.date < today:
                    found.append(Mark(term.id, end.date, thread))
        for duty in state.chart.duties.values():
            if is_owed(duty, state, it):
                for end in _owed(duty, state, it, calendar, case):
                    if end.date >= today:
                        break
                    found.append(Mark(duty.id, end.date, thread))
    return tuple(m for m in found if m not in case.marks)


def _registers(chart: Chart) -> bool:
    """Whether anything in a chart is registered when it is missed."""
    if "registers" not in chart.kept:
        chart.kept["registers"] = bool(chart.duties) or any(REGISTER in t.then for t in chart.terms.values())
    return chart.kept["registers"]  # type: ignore[no-any-return]  # put there above
