"""A move that is being prepared in a dialogue: what it needs in the state in which it would be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.calendar import Calendar
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_mapping
from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import begin, locate, move
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.lifecycle.events import Actor, Evidence
from guiju.lifecycle.goals import goal_answer
from guiju.lifecycle.options import Option
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import GuijuError
from guiju.values import FAIL, NOT_APPLICABLE, PASS
from guiju.vocabulary import Field, RecordType

ASKED = ("input", "documents", "decision", "unknown")  # what may still be given with the move
ALWAYS = frozenset({"stage", "role", "barred", "banned", "loop", "objection", "time", "move", "thread", "notice"})


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case would be opened."""

    chart: Chart
    case: str
    round: str
    parameters: Mapping[str, str]


def tried(opening: Opening, case: Case | None, name: str, actor: Actor, evidence: Evidence, day: dt.date,
          calendar: Calendar) -> Case | Refusal:
    """Make a move; open the case if there is none."""
    if case is not None:
        return move(case, name, actor, evidence, day, calendar)
    return begin(opening.chart, opening.case, name, actor, evidence, day, round_id=opening.round,
                 parameters=opening.parameters, calendar=calendar)


def openings(opening: Opening, actor: Actor, day: dt.date, calendar: Calendar) -> list[Option]:
    """The moves that would open a case, as options."""
    return [_opening(opening, step, actor, day, calendar) for step in opening.chart.opening() if not step.auto]


def _opening(opening: Opening, step: Move, actor: Actor, day: dt.date, calendar: Calendar) -> Option:
    result = tried(opening, None, step.id, actor, Evidence(), day, calendar)
    reasons = result.reasons if isinstance(result, Refusal) else ()
    return Option(step.id, "", step, None, tuple(entry_of(opening.chart, fact) for fact in step.gives),
                  tuple(r.about for r in reasons if r.code == "documents"),
                  tuple(r for r in reasons if r.code == "decision"),
                  tuple(r for r in reasons if r.code not in ASKED),
                  result.readings if isinstance(result, Refusal) else ())


def entry_of(chart: Chart, id_: str) -> Field | RecordType:
    return chart.vocabulary.facts.get(id_) or chart.vocabulary.records[id_]


def state_for(opening: Opening, case: Case | None, name: str, day: dt.date,
              calendar: Calendar) -> tuple[Case | None, State, Move] | Refusal:
    """The case on that day, and the state in which the move would be made."""
    if case is None:
        values = parameter_values(opening.chart, own_settings(opening.parameters), day)
        return None, State(opening.chart, "", day, Facts(), values), opening.chart.moves[name]
    seen = case_at(case, day, calendar)
    found = locate(seen, name, day, calendar)
    return found if isinstance(found, Refusal) else (seen, found[1], found[2])


def fitting_roles(case: Case | None, state: State, step: Move, day: dt.date, calendar: Calendar) -> list[str]:
    """The roles that may make a move as things stand; all of them where none is sure."""
    it = interpreter(case, state, day, calendar)
    fitting = [use.role for use in step.roles if use.when is None or it.status(use.when) == PASS]
    return fitting or [use.role for use in step.roles]


def hopeless(refusal: Refusal, step: Move) -> bool:
    """Whether nothing that could be given with the move would lift the refusal."""
    codes = {r.code for r in refusal.reasons}
    return bool(codes & ALWAYS or (codes - set(ASKED) and not (step.gives or step.may_give)))


def lacking(case: Case | None, state: State, step: Move, given: Mapping[str, Any], day: dt.date,
            calendar: Calendar) -> Iterator[Field | RecordType]:
    """What guards and goals of a move still want to know, of that which any move may give: facts and record sets of
    the dictionary."""
    try:
        more = facts_from_mapping(dict(given), state.chart.vocabulary)
    except GuijuError:
        return
    it = interpreter(case, state, day, calendar, more)
    for id_ in dict.fromkeys(_doubtful(state.chart, step, it, day)):
        own = id_ in state.chart.facts
        if not own and (id_ in state.chart.vocabulary.facts or id_ in state.chart.vocabulary.records):
            yield entry_of(state.chart, id_)


def _doubtful(chart: Chart, step: Move, it: Interpreter, day: dt.date) -> Iterator[str]:
    for guard in step.guards:
        if it.status(guard.node) not in (PASS, FAIL, NOT_APPLICABLE):
            yield from (d.id for d in Doubts(chart.parameters, it).add(guard.node).found())
    for goal in step.goals:
        if goal.strength != "advice":
            computed = {s.fact: it.value(s.node) for s in step.sets}
            yield from (m.id for m in goal_answer(goal, chart, it.facts.replacing(computed), day).missing)
