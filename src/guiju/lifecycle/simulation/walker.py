"""Walks a case by chance: a lawful move, a wait, the next move, until an end or until nothing can be done."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from random import Random
from typing import Any

from guiju.calendar import Calendar
from guiju.facts.model import Facts
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.environment import own_settings, parameter_values
from guiju.lifecycle.events import Actor, moment
from guiju.lifecycle.fold import blank_thread
from guiju.lifecycle.options import Option, allowed
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.simulation.invent import everyone, evidence_for
from guiju.lifecycle.terms import deadlines

USUAL_DAYS = (1, 30)  # how long a stage waits for its next move, where nobody says otherwise: an assumption


@dataclass(frozen=True, slots=True)
class Odds:
    """How a walk goes: the weight of each move (1 where none is given), the days that each stage waits (from, to)."""

    weights: Map[str, float] = field(default_factory=dict)
    days: Map[str, tuple[int, int]] = field(default_factory=dict)

    def weight(self, name: str) -> float:
        return self.weights.get(name, self.weights.get(name.rpartition(":")[2], 1.0))

    def wait(self, stage: str, random: Random) -> int:
        return random.randint(*self.days.get(stage, USUAL_DAYS))


@dataclass(slots=True)
class Walker:
    """One case walked by chance. `given`: what is known from the start; `tried`: every refusal met on the way."""

    chart: Chart
    calendar: Calendar
    random: Random
    odds: Odds = field(default_factory=Odds)
    round: str = ""
    parameters: Map[str, str] = field(default_factory=dict)
    given: Map[str, Any] = field(default_factory=dict)
    tried: list[Refusal] = field(default_factory=list)

    def opened(self, name: str, day: dt.date) -> Case | Refusal:
        """A case opened by one of the opening moves, by chance."""
        step = self.random.choice(self.chart.opening())
        words = {**(self.chart.rounds[self.round].sets if self.round else {}), **self.parameters}
        state = State(self.chart, "", day, Facts(), parameter_values(self.chart, own_settings(words), day))
        evidence = evidence_for(None, state, step, day, self.calendar, self.random, self.given)
        return begin(self.chart, name, step.id, self._actor(step), evidence, day, round_id=self.round,
                     parameters=self.parameters, calendar=self.calendar)

    def step(self, case: Case, day: dt.date) -> Case | None:
        """The case after one lawful move on a day; None where none was found."""
        for option in self._shuffled(allowed(case, everyone(case.chart), day, self.calendar)):
            made = self.attempt(case, option, day)
            if isinstance(made, Case):
                return made
        return None

    def attempt(self, case: Case, option: Option, day: dt.date) -> Case | Refusal:
        """One move with invented evidence."""
        case = advance(case, moment(day), self.calendar)
        state = self._state(case, option, day)
        evidence = evidence_for(case, state, option.move, day, self.calendar, self.random)
        made = move(case, option.name, self._actor(option.move), evidence, day, self.calendar)
        if isinstance(made, Refusal):
            self.tried.append(made)
        return made

    def _state(self, case: Case, option: Option, day: dt.date) -> State:
        if option.move.opens:
            return blank_thread(case, option.thread, day, self.calendar)
        return case.state(option.thread)

    def _shuffled(self, options: list[Option]) -> list[Option]:
        ready = [o for o in options if o.ready and self.odds.weight(o.name) > 0]
        return sorted(ready, key=lambda o: self.random.random() ** (1 / self.odds.weight(o.name)), reverse=True)

    @staticmethod
    def _actor(step: Move) -> Actor:
        """Someone who holds just the roles of the move, so that nobody is barred by what others did."""
        roles = frozenset(use.role for use in step.roles)
        name = "、".join(sorted(roles))
        return Actor(name, name, roles, name)

    def next_day(self, case: Case, day: dt.date) -> dt.date:
        """The day after the present stage's wait."""
        return day + dt.timedelta(days=self.odds.wait(case.stage, self.random))

    def walked(self, name: str, start: dt.date, most: int = 60) -> Case | None:
        """A case walked to an end, or as far as `most` waits lead."""
        opened = self.opened(name, start)
        if isinstance(opened, Refusal):
            self.tried.append(opened)
            return None
        case, day = opened, start
        for _ in range(most):
            if case.main.final:
                break
            day = self.next_day(case, day)
            stepped = self.step(case, day)
            case, day = (stepped, day) if stepped is not None else self._waited(case, day)
            day = max(day, case.last.date)
        return case

    def _waited(self, case: Case, day: dt.date) -> tuple[Case, dt.date]:
        """The case at the next day that may change something: an end that comes, a day that a setting names."""
        ends = [d.end for d in deadlines(case, day, self.calendar)] + _named_days(case.main)
        then = min((end for end in ends if end >= day), default=day) + dt.timedelta(days=1)
        return advance(case, moment(then), self.calendar), then


def _named_days(state: State) -> list[dt.date]:
    """The days that the chart's settings name."""
    dates = [p.id for p in state.chart.parameters.values() if p.type.kind == "date"]
    return [dt.date.fromordinal(state.parameters[id_]) - dt.timedelta(days=1) for id_ in dates
            if id_ in state.parameters]


def distances(chart: Chart) -> dict[str, int]:
    """How many moves each stage is from the nearest final one."""
    found = {s.id: 0 for s in chart.stages.values() if s.final}
    queue = deque(found)
    while queue:
        stage = queue.popleft()
        for step in chart.moves.values():
            if step.target == stage:
                for source in step.sources - found.keys():
                    found[source] = found[stage] + 1
                    queue.append(source)
    return found
