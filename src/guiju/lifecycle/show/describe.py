"""Turns a compiled chart into its plain data form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from collections.abc import Mapping as Map
from typing import TypeVar

from guiju.language.ir import Node
from guiju.language.policy import Condition, Parameter
from guiju.lifecycle import chart as c
from guiju.lifecycle.show import view as v
from guiju.lifecycle.show.times import TimesInWords
from guiju.lifecycle.show.words import Words, english_of
from guiju.source.diagnostics import Text

_Part = TypeVar("_Part")
_Shown = TypeVar("_Shown")


def described(chart: c.Chart) -> v.View:
    """The chart as a reader may see it: everything in words."""
    return _Describing(chart).view()


class _Describing:
    def __init__(self, chart: c.Chart) -> None:
        self.chart = chart
        self.words = Words(chart)
        self.times = TimesInWords(chart, self.words)

    def view(self) -> v.View:
        chart = self.chart
        return v.View(
            chart.id, chart.title, chart.revision, chart.digest, chart.basis, tuple(chart.policies), chart.respects,
            chart.unverified,
            _ids(chart.opening()) if chart.banned_from is None else chart.banned_from,
            tuple(v.Role(r.id, r.label, r.held_by, r.bars, r.clauses) for r in chart.roles.values()),
            tuple(v.Phase(id_, label) for id_, label in chart.phases.items()), _each(self._stage, chart.stages),
            _each(self._move, chart.moves), _each(self.times.term, chart.terms),
            _each(self.times.notice, chart.notices), _each(self.times.duty, chart.duties),
            _each(self.times.loop, chart.loops), _each(self.times.ban, chart.bans),
            _each(self._procedure, chart.procedures), _each(self._parameter, chart.parameters),
            _each(self._round, chart.rounds))

    def _stage(self, stage: c.Stage) -> v.Stage:
        chart = self.chart
        notices = chart.notices_of(stage.id)
        openable = {p.id for p in chart.procedures.values() if stage.id in chart.opened_in(p)}
        return v.Stage(
            stage.id, stage.label, stage.phase, stage.final, stage.public, stage.note, stage.clauses,
            _ids(chart.leaving(stage.id)), _ids(t for t in chart.terms.values() if stage.id in t.stages), _ids(notices),
            _ids(d for d in chart.duties.values() if stage.id in d.stages), _listed(openable, chart.procedures))

    def _move(self, move: c.Move) -> v.Move:
        chart, words = self.chart, self.words
        waits = [n.id for n in chart.notices.values() if move.id in n.blocks]
        waits += [p.id for p in chart.procedures.values() if move.id in p.blocks]
        return v.Move(
            move.id, move.label, _listed(move.sources, chart.stages), move.target,
            tuple(v.Actor(u.role, chart.roles[u.role].label, self._said(u.when)) for u in move.roles),
            tuple(map(self._guard, move.guards)), tuple(map(self._goal, move.goals)), move.within, move.after,
            tuple(waits), _ids(loop for loop in chart.loops.values() if move.id in loop.moves),
            tuple(map(words.fact, move.gives)), tuple(map(words.fact, move.may_give)),
            tuple(v.Paper(p.name, self._said(p.when)) for p in move.needs), move.makes,
            tuple(v.Computed(words.fact(s.fact), words.text(s.node)) for s in move.sets),
            tuple(map(words.fact, move.clears)), move.bans, move.lifts,
            move.auto, move.basis, move.ref, move.note, move.clauses)

    def _guard(self, guard: Condition) -> v.Guard:
        asks = self.words.condition(guard)
        name = Text(guard.name.zh or asks.zh or guard.id, guard.name.en or guard.name.zh or asks.en or guard.id)
        return v.Guard(guard.id, name, asks if asks.zh != name.zh else v.NONE, guard.strength, guard.form, guard.k,
                       self._said(guard.applies), tuple(map(self._guard, guard.members)), guard.note, guard.clauses)

    def _goal(self, goal: c.GoalGuard) -> v.Goal:
        policy = self.chart.policies[goal.policy]
        name = next(g.name for g in policy.goals if g.id == goal.goal)
        return v.Goal(goal.policy, goal.goal, policy.title, name, goal.strength, goal.clauses)

    def _procedure(self, procedure: c.Procedure) -> v.Procedure:
        small = Words(procedure.chart)
        sets = tuple(v.Computed(_named(k, procedure.chart), Text(word, word)) for k, word in procedure.sets.items())
        passes = tuple(v.Computed(small.fact(k), self.words.text(node)) for k, node in procedure.passes.items())
        notices = _ids(n for n in self.chart.notices.values() if n.objections == procedure.id)
        return v.Procedure(
            procedure.id, procedure.label, described(procedure.chart), _listed(procedure.stages, self.chart.stages),
            notices, procedure.blocks, sets, passes, procedure.ref, procedure.note, procedure.clauses)

    def _parameter(self, parameter: Parameter) -> v.Parameter:
        value = self.words.value
        missing = parameter.default is None
        return v.Parameter(
            parameter.id, Text(parameter.name, english_of(parameter)),
            v.NONE if missing else value(parameter, parameter.default), missing and not parameter.dated,
            tuple(value(parameter, other) for other in parameter.alternatives),
            tuple(v.Dated(d.start.isoformat(), value(parameter, d.value)) for d in parameter.dated),
            parameter.ref, parameter.note, parameter.clauses)

    def _round(self, round_: c.Round) -> v.Round:
        chart = self.chart
        return v.Round(
            round_.id, round_.title,
            tuple(v.Computed(_named(k, chart), Text(word, word)) for k, word in round_.sets.items()),
            tuple(v.Held(chart.roles[k].label, holder) for k, holder in round_.roles.items()),
            tuple(_named(word, chart) for word in round_.open), round_.note, round_.clauses)

    def _said(self, node: Node | None) -> Text:
        return v.NONE if node is None else self.words.text(node)


def _each(describe: Callable[[_Part], _Shown], parts: Map[str, _Part]) -> tuple[_Shown, ...]:
    return tuple(map(describe, parts.values()))


def _ids(parts: Iterable[c.Move | c.Term | c.Notice | c.Duty | c.Loop]) -> tuple[str, ...]:
    return tuple(part.id for part in parts)


def _named(word: str, chart: c.Chart) -> Text:
    """A parameter, by id or name."""
    found = next((p for p in chart.parameters.values() if word in (p.id, p.name)), None)
    return Text(found.name, english_of(found)) if found else Text(word, word)


def _listed(chosen: Collection[str], order: Iterable[str]) -> tuple[str, ...]:
    """The chosen ids in the order of the chart."""
    return tuple(id_ for id_ in order if id_ in chosen)
