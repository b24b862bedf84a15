"""Who may do what where: reviewed tables, one a chart, to which charts and engine are held.

The engine is asked for every stage, every move and every role; the answer must be in the table. After a change that is
meant: `python -m tests.lifecycle.accept_matrix`, and review the difference.
"""

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from accept_matrix import TABLES, file_of

from guiju.calendar import load_calendar
from guiju.facts.model import Facts
from guiju.language.ir import Node, walk
from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import START, Chart, Move
from guiju.lifecycle.entry import begin, locate
from guiju.lifecycle.environment import interpreter, parameter_values
from guiju.lifecycle.events import Actor, Digests, Event, Evidence, Opening, moment
from guiju.lifecycle.library import load_charts
from guiju.lifecycle.matrix import COLUMNS, table
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.options import allowed
from guiju.lifecycle.refusal import Refusal
from guiju.values import FAIL, PASS, known

CHARTS = load_charts()
CALENDAR = load_calendar()
DAY = dt.date(2024, 6, 3)
Roles = dict[str, str]  # each role that may, with its condition


@functools.cache
def stored(chart: str) -> dict[tuple[str, str], Roles]:
    """What the table lets: by stage and move, the roles."""
    lines = file_of(chart).read_text(encoding="utf-8").splitlines()[1:]
    assert lines[0] == " | ".join(COLUMNS)
    found: dict[tuple[str, str], Roles] = {}
    for line in lines[1:]:
        stage, move, _, roles, *_ = line.split(" | ")
        assert (stage, move) not in found, line
        found[stage, move] = {role: when.removesuffix(")") for role, _, when in
                              (word.partition(" (") for word in roles.split(", "))}
    return found


def test_each_chart_has_a_table_and_each_table_a_chart() -> None:
    assert {p.name for p in TABLES.iterdir()} == {file_of(chart).name for chart in CHARTS.ids()}


@pytest.mark.parametrize("chart", CHARTS.ids())
def test_the_chart_says_what_its_reviewed_table_says(chart: str) -> None:
    assert table(CHARTS.chart(chart)).splitlines() == file_of(chart).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("chart", CHARTS.ids())
def test_the_engine_lets_exactly_whom_the_table_lets(chart: str) -> None:
    """For every stage, move and role; a role with a condition under some circumstances and not under others."""
    made, lets = CHARTS.chart(chart), stored(chart)
    wrong = []
    for stage, name, state, move in places(made):
        for role in state.chart.roles.keys() | made.roles.keys():
            answers = {asked(made, stage, name, state, move, role, *what) for what in circumstances(state, move)}
            condition = lets.get((stage, name), {}).get(role)
            expected = {False} if condition is None else {True} if condition == "" else {True, False}
            if answers != expected:
                wrong.append((stage, name, role, answers, condition))

    assert wrong == []


@pytest.mark.parametrize("chart", CHARTS.ids())
def test_the_engine_offers_exactly_the_moves_of_the_stage(chart: str) -> None:
    """Automatic moves are not offered; a stage that the system leaves at once offers those of the next."""
    made, lets = CHARTS.chart(chart), stored(chart)
    automatic = {name for _, name, _, move in places(made) if move.auto}
    offered, listed = {}, {}
    for stage in made.stages:
        case = case_in(made, stage)
        if advance(case, moment(DAY), CALENDAR).stage == stage:
            offered[stage] = {option.name for option in allowed(case, Actor("nobody"), DAY, CALENDAR)}
            listed[stage] = {name for at, name in lets if at == stage and name not in automatic}

    assert offered == listed


def places(chart: Chart) -> Iterator[tuple[str, str, State, Move]]:
    """Every stage with every move, as the table names them: those of the case, then those of its threads."""
    for stage in (START, *chart.stages):
        state = state_in(chart, "" if stage == START else stage)
        for move in chart.moves.values():
            yield stage, move.id, state, move
        for procedure in chart.procedures.values():
            for move in procedure.chart.opening():
                yield stage, f"{procedure.id}:{move.id}", state_in(procedure.chart, ""), move
    for procedure in chart.procedures.values():
        for stage in procedure.chart.stages:
            for move in procedure.chart.moves.values():
                if not move.opens:
                    yield (f"{procedure.id}#{stage}", f"{procedure.id}:{move.id}", state_in(procedure.chart, stage),
                           move)


def state_in(chart: Chart, stage: str) -> State:
    return State(chart, stage, DAY, Facts(), parameter_values(chart, {}, DAY))


def case_in(chart: Chart, stage: str) -> Case:
    """A case put into a stage, of which nothing else is known."""
    opening = Opening("case", chart.id, chart.digest)
    first = Event(1, moment(DAY), Actor("someone"), "", "", "", Evidence(), (), Digests(), opening)
    return Case(opening, (first,), state_in(chart, stage))


def asked(chart: Chart, stage: str, name: str, state: State, move: Move, role: str, facts: dict[str, Any],
          parameters: dict[str, Any]) -> bool:
    """Whether the engine lets the role make the move there, for all that stage and role have to say."""
    state = dataclasses.replace(state, facts=Facts(facts), parameters={**state.parameters, **parameters})
    actor = Actor("someone", roles=frozenset({role}))
    case, thread = None, ""
    if stage == START and not (move.opens and state.chart is chart):
        return not isinstance(begin(chart, "case", name, actor, Evidence(), DAY), Refusal)
    if stage != START:
        case = case_at(chart, stage, state)
        found = locate(case, name if "#" not in stage else name.replace(":", "#1:"), DAY, CALENDAR)
        if isinstance(found, Refusal):
            return False
        thread = found[0]
    move = dataclasses.replace(move, goals=(), guards=(), needs=())  # they take long, and are not asked for here
    it = interpreter(case, state, DAY, CALENDAR)
    reasons = obstacles(Attempt(case, state, thread, move, actor, Evidence(), it, DAY, CALENDAR))
    return not any(r.code in ("stage", "role") or (r.code, r.about) == ("open", move.id) for r in reasons)


def case_at(chart: Chart, stage: str, state: State) -> Case:
    """A case where the table's stage says: at a stage of its own, or with a thread at one of the procedure's."""
    procedure, hash_, _ = stage.partition("#")
    if not hash_:
        return dataclasses.replace(case_in(chart, stage), **({"main": state} if state.chart is chart else {}))
    going_on = next(s.id for s in chart.stages.values() if not s.final)
    return dataclasses.replace(case_in(chart, going_on), threads={f"{procedure}#1": state})


def circumstances(state: State, move: Move) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every combination of the facts and parameters on which it depends who may make a move."""
    read = [node for use in move.roles if use.when is not None for node in walk(use.when)]
    facts = {n.args[0]: [v if n.type.kind == "bool" else known(v) for v in values_of(state.chart, n)]
             for n in read if n.op == "fact"}
    parameters = {n.args[0].partition(":")[2]: values_of(state.chart, n) for n in read if n.op == "param"}
    for values in itertools.product(*facts.values()):
        for readings in itertools.product(*parameters.values()):
            yield dict(zip(facts, values, strict=True)), dict(zip(parameters, readings, strict=True))


def values_of(chart: Chart, node: Node) -> list[int]:
    """Every value of a yes-no or of a choice."""
    if node.type.kind == "bool":
        return [PASS, FAIL]
    own = {p.enumeration.id: p.enumeration for p in chart.parameters.values() if p.enumeration}
    return list(range(len((own.get(node.type.enum) or chart.vocabulary.enumerations[node.type.enum]).members)))
