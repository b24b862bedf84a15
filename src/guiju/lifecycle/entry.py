"""The one entry: `begin` opens a case, `move` makes a step; both say no in reasons. Nothing else adds events.

Everything takes `now` from its caller. Automatic moves that fell due before `now` are made first, each on its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import replace

from guiju.calendar import Calendar, load_calendar
from guiju.facts.model import Facts
from guiju.facts.reading import Refusal as Unreadable
from guiju.lifecycle.attempt import Attempt, unsettled
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import SYSTEM, Chart, Move
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.lifecycle.events import Actor, Ban, Digests, Event, Evidence, Moment, Opening, moment, sealed
from guiju.lifecycle.fold import applied, blank_thread, opened
from guiju.lifecycle.given import check_kept, read_given
from guiju.lifecycle.names import procedure_of, thread_name
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.questions.people import role_of
from guiju.lifecycle.questions.times import years_in_doubt
from guiju.lifecycle.readings import other_readings
from guiju.lifecycle.refusal import Reason, Refusal, refusal
from guiju.lifecycle.spans import exact_length
from guiju.source.diagnostics import GuijuError, Span, Text, fail
from guiju.source.fields import suggestion


def begin(chart: Chart, case_id: str, name: str, actor: Actor, evidence: Evidence, now: Moment, *, round_id: str = "",
          parameters: Map[str, str] | None = None, bans: Iterable[Ban] = (),
          calendar: Calendar | None = None) -> Case | Refusal:
    """Open a case by one of the chart's opening moves. `parameters`: settings as words, over those of the round.

    `bans`: those in force for the applicant, from this and other programmes. Raises GuijuError E141, E245, E524 for
    settings and a round that the chart does not know, E561 for a move that leads nowhere.
    """
    calendar = calendar or load_calendar()
    at = moment(now)
    words = {**_round_settings(chart, round_id), **(parameters or {})}
    opening = Opening(case_id, chart.id, chart.digest, round_id, words, tuple(bans))
    state = State(chart, "", at.date(), Facts(), parameter_values(chart, own_settings(words), at.date()))
    step = chart.moves.get(name)
    if step is None:
        return _no_such_move(chart, name, [m.id for m in chart.opening()])
    if not step.opens:
        first = "、".join(m.label.zh for m in chart.opening())
        return refusal(name, [Reason("stage", "", Text("还没有开启", "the case is not open yet"), step.clauses
                                     or chart.basis, Text(f"先办理“{first}”", "open it first"))])
    if not step.target:
        raise fail("E561", step.span, f"“{name}”开启一件，却没有写 to；写明开启后在哪个环节",
                   f"'{name}' opens a case but leads to no stage: write 'to'")
    attempt, reasons = _attempt(None, state, "", step, actor, evidence, at, calendar, opening.bans)
    if reasons:
        return refusal(name, reasons, other_readings(attempt, reasons))
    event = Event(1, at, actor, role_of(attempt)[0], name, "", evidence, step.clauses or chart.basis, Digests(),
                  years_in_doubt(attempt), opening)
    case = opened(sealed(event), chart, calendar, attempt.given)
    lost = _lost_bans(attempt, case.bans)
    return refusal(name, lost) if lost else case


def move(case: Case, name: str, actor: Actor, evidence: Evidence, now: Moment,
         calendar: Calendar | None = None) -> Case | Refusal:
    """Make a move: the new case, or why not. `name`: a move's id; `procedure:move` opens a sub-procedure's thread,
    `procedure#1:move` goes on with one."""
    calendar = calendar or load_calendar()
    at = moment(now)
    if at < case.last.at:
        return refusal(name, [Reason("time", name, Text(
            f"办理时间早于上一步（{case.last.at.isoformat()}）",
            f"earlier than the last step ({case.last.at.isoformat()})"),
            case.chart.basis, Text("按先后办理", "act in order of time"))])
    case = advance(case, at, calendar)
    found = locate(case, name, at.date(), calendar)
    if isinstance(found, Refusal):
        return found
    thread, state, step = found
    attempt, reasons = _attempt(case, state, thread, step, actor, evidence, at, calendar, case.opening.bans)
    if reasons:
        return refusal(name, reasons, other_readings(attempt, reasons))
    event = Event(len(case.events) + 1, at, actor, role_of(attempt)[0], step.id, thread, evidence,
                  step.clauses or state.chart.basis, case.head, years_in_doubt(attempt))
    after = applied(case, sealed(event), calendar, attempt.given)
    lost = _lost_bans(attempt, after.bans[len(case.bans):])
    return refusal(name, lost) if lost else advance(after, at, calendar)


def locate(case: Case, name: str, day: dt.date, calendar: Calendar) -> tuple[str, State, Move] | Refusal:
    """The thread, its state and the move that a name means; the thread of an opening move is a new one."""
    thread, colon, step = name.rpartition(":")
    if not colon:
        found = case.chart.moves.get(name)
        if found is None or found.opens:
            return _no_such_move(case.chart, name, [m.id for m in case.chart.moves.values() if not m.opens])
        return "", case.main, found
    procedure = case.chart.procedures.get(procedure_of(thread))
    if procedure is None:
        return _no_such_move(case.chart, name, [f"{p}:" for p in case.chart.procedures])
    found = procedure.chart.moves.get(step)
    if found is None:
        return _no_such_move(procedure.chart, name, list(procedure.chart.moves))
    if found.opens:
        fresh = thread_name(procedure.id, len(case.threads_of(procedure.id)) + 1)
        return fresh, blank_thread(case, procedure.id, day, calendar), found
    if thread not in case.threads:
        return refusal(name, [Reason("thread", thread, Text(
            f"没有进行中的“{thread}”", f"there is no thread '{thread}'"), procedure.clauses or case.chart.basis,
            Text("先开启它", "open it first"))])
    return thread, case.threads[thread], found


def _attempt(case: Case | None, state: State, thread: str, step: Move, actor: Actor, evidence: Evidence,
             at: dt.datetime, calendar: Calendar, bans: tuple[Ban, ...]) -> tuple[Attempt, list[Reason]]:
    actor = replace(actor, roles=actor.roles - {SYSTEM})  # nobody is the system by calling himself so
    given, unreadable = _read(state.chart, step, actor, evidence, at.date())
    it = interpreter(case, state, at.date(), calendar, given)
    attempt = Attempt(case, state, thread, step, actor, evidence, it, at.date(), calendar, given, bans)
    return attempt, unreadable or obstacles(attempt)


def _read(chart: Chart, step: Move, actor: Actor, evidence: Evidence, day: dt.date) -> tuple[Facts, list[Reason]]:
    """What is given, or why it can't be read or kept."""
    mend, clauses = Text("改正所给的事实", "mend what is given"), step.clauses or chart.basis
    try:
        check_kept(actor, evidence)
        return read_given(chart, step, actor, evidence, day), []
    except Unreadable as unreadable:
        return Facts(), [Reason("input", step.id, unreadable.message, clauses, mend)]
    except GuijuError as error:
        return Facts(), [Reason("input", step.id, d.message, clauses, mend) for d in error.diagnostics]


def _lost_bans(attempt: Attempt, begun: tuple[Ban, ...]) -> list[Reason]:
    """Why a ban that should begin with the move can't: it is not left out."""
    bans, known = attempt.chart.bans, {ban.id for ban in begun}
    return [unsettled(attempt, id_, bans[id_].length, exact_length(attempt.it, bans[id_].length or bans[id_].start)[1],
                      bans[id_].label, bans[id_].clauses) for id_ in attempt.move.bans if id_ not in known]


def _round_settings(chart: Chart, round_id: str) -> Map[str, str]:
    if not round_id:
        return {}
    if round_id in chart.rounds:
        return chart.rounds[round_id].sets
    hint = suggestion(round_id, chart.rounds)
    raise fail("E524", Span(chart.id), f"没有批次“{round_id}”{hint.zh}", f"there is no round '{round_id}'{hint.en}")


def _no_such_move(chart: Chart, name: str, known: list[str]) -> Refusal:
    hint = suggestion(name, known)
    said = Text(f"没有步骤“{name}”{hint.zh}", f"there is no move '{name}'{hint.en}")
    mend = Text("核对步骤的名字", "check the name of the move")
    return refusal(name, [Reason("move", name, said, chart.basis, mend)])
