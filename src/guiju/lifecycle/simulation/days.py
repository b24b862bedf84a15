"""Days on which something may change: when what stands in the way of a move is over, when a deadline comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from guiju.calendar import Calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node, walk
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import TODAY, Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import Ban
from guiju.lifecycle.refusal import Reason
from guiju.lifecycle.simulation.invent import exact
from guiju.lifecycle.spans import notice_end, term_end
from guiju.lifecycle.terms import ONE_DAY, deadlines, due_dates

_UNSETTLED = dt.timedelta(days=7)  # how long until an open sub-procedure is looked at again
_FAR = 60  # how many times a duty falls due before it is given up


def better_day(case: Case | None, state: State, step: Move, reasons: Iterable[Reason], today: dt.date,
               calendar: Calendar, bans: tuple[Ban, ...] = ()) -> dt.date | None:
    """The day on which every reason may be gone by waiting; None where waiting does not help."""
    it = interpreter(case, state, today, calendar)
    found = [_day(r, case, state, step, it, today, calendar, bans) for r in reasons]
    if not found or any(day is None or day <= today for day in found):
        return None
    return max(day for day in found if day is not None)


def _day(reason: Reason, case: Case | None, state: State, step: Move, it: Interpreter, today: dt.date,
         calendar: Calendar, bans: tuple[Ban, ...]) -> dt.date | None:
    chart = state.chart
    if reason.code == "objection":
        return today + _UNSETTLED
    if reason.code == "banned":
        return next((_after(b.until) for b in bans if b.id == reason.about), None)
    if reason.code in ("early", "notice"):
        if reason.about in chart.terms:
            term = chart.terms[reason.about]
            end, _ = term_end(term, it, calendar)
            return None if end is None else end.date if term.kind == "minimum" else _after(end.date)
        if reason.about in chart.notices:
            end, _ = notice_end(chart.notices[reason.about], it, calendar)
            return None if end is None else end.date
        return _missed(reason.about, state, it, today, calendar)
    if reason.code == "guard":
        nodes = [g.node for g in step.guards if reason.about in {c.id for c in g.descendants()}]
        return min((d for d in _compared_days(nodes, it) if d > today), default=None)
    return None


def _missed(duty_id: str, state: State, it: Interpreter, today: dt.date, calendar: Calendar) -> dt.date | None:
    """The day after the next one on which a duty falls due."""
    duty = state.chart.duties[duty_id]
    start = exact(it, duty.start)
    if start is None:
        return None
    for _, end in zip(range(_FAR), due_dates(duty, dt.date.fromordinal(start), it, calendar), strict=False):
        if _after(end.date) > today:
            return _after(end.date)
    return None


def _compared_days(nodes: list[Node], it: Interpreter) -> Iterator[dt.date]:
    """The days with which today is compared, and those after them."""
    for node in walk(*nodes):
        if node.op in ("eq", "ne", "lt", "le", "gt", "ge") and not node.rows:
            for side, other in (node.args, node.args[::-1]):
                if side.op == "fact" and side.args[0] == TODAY and (day := exact(it, other)) is not None:
                    yield dt.date.fromordinal(day)
                    yield _after(dt.date.fromordinal(day))


def coming_days(case: Case, today: dt.date, calendar: Calendar) -> list[dt.date]:
    """Every later day that may change what can be done: deadlines and the days after them, days that settings and
    facts of the case name."""
    days = [d.end for d in deadlines(case, today, calendar)]
    for _, state in case.states():
        dates = [f for f in state.chart.facts.values() if f.type == "date"]
        values = [state.facts.values.get(f.id) for f in dates]
        days += [dt.date.fromordinal(v[0]) for v in values if isinstance(v, tuple) and v[0] == v[1] and not v[2]]
        days += [dt.date.fromordinal(state.parameters[p.id]) for p in state.chart.parameters.values()
                 if p.type.kind == "date" and p.id in state.parameters]
    return sorted({then for day in days for then in (day, _after(day)) if then > today})


def _after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + ONE_DAY
