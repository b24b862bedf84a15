"""What is meant to be done in a case, and when: a way on in every part of it, what is owed, what someone opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from random import Random

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.names import move_name, procedure_of
from guiju.lifecycle.options import is_open_for
from guiju.lifecycle.simulation.odds import MONTH, Odds, Way
from guiju.lifecycle.spans import term_end
from guiju.lifecycle.terms import ONE_DAY, Deadline, deadlines

_OPENING_WITHIN = 6  # days in which a sub-procedure is opened, where one is


@dataclass(slots=True)
class Plan:
    """What is meant to be done on a day. `stage`: that of its thread when it was chosen; `tries`: how often it was
    put off."""

    day: dt.date
    way: Way
    stage: str
    tries: int = 0


@dataclass(slots=True)
class Plans:
    """The plans of one case: under the name of a thread ("" is the case itself) its way on, under `thread:duty` what
    is owed, under `procedure:` what is to be opened. `left`: the moves that could not be made, by the same names;
    what is chosen instead is done at once."""

    odds: Odds
    calendar: Calendar
    random: Random
    made: dict[str, Plan] = field(default_factory=dict)
    left: dict[str, set[str]] = field(default_factory=dict)

    def next(self) -> str | None:
        """The name of what comes first."""
        return min(self.made, key=lambda k: (self.made[k].day, k), default=None)

    def fill(self, case: Case, day: dt.date) -> None:
        """See that every part of the case that runs has something planned, where something can be."""
        running = dict(case.states())
        for key in [k for k in self.made if ":" not in k and k not in running]:
            del self.made[key]
        due = deadlines(case, day, self.calendar)
        for thread, state in running.items():
            if thread not in self.made:
                self._way_on(case, thread, state, day, [d for d in due if d.thread == thread])
        self._owed(case, day, due)

    def drop(self, key: str, for_good: bool = False) -> None:
        """Give a plan up; `for_good`: until something has changed."""
        plan = self.made.pop(key)
        if for_good:
            self.left.setdefault(key, set()).add(plan.way.move.id)

    def _way_on(self, case: Case, thread: str, state: State, day: dt.date, due: Sequence[Deadline]) -> None:
        if not thread and not case.last.thread:
            self._openings(case, day)
        ways = list(self._ways(thread, state))
        exits = {way.name: exit_ for way in ways if (exit_ := self._exit(case, state, way.move, day, due)) is not None}
        ways = [way for way in ways if way.name in exits or not way.move.auto]
        weights = self.odds.weights(ways)
        if any(weights):
            way = self.random.choices(ways, weights)[0]
            then = day if self.left.get(thread) else self._day(state, day, due, self._most(ways, exits, day, due))
            self.made[thread] = Plan(exits.get(way.name, then), way, state.stage)

    def _ways(self, thread: str, state: State) -> Iterator[Way]:
        """The moves by which a stage is left, or that are made in it; not those that are only owed."""
        chart, left = state.chart, self.left.get(thread, set())
        owed = {d.move for d in chart.duties.values() if not chart.moves[d.move].target}
        for step in chart.leaving(state.stage):
            if step.id not in left and step.id not in owed and (step.after or not step.auto):
                yield Way(move_name(procedure_of(thread), step.id), thread, step, chart)

    def _exit(self, case: Case, state: State, step: Move, day: dt.date, due: Sequence[Deadline]) -> dt.date | None:
        """When time itself leads to a move: the day after the terms for which an automatic move waits, about the day on
        which it is owed; None for any other move."""
        owed = [d.end for d in due if d.kind == "duty" and state.chart.duties[d.id].move == step.id]
        if owed:
            return self._about(min(owed), day)
        if not step.auto:
            return None
        it = interpreter(case, state, day, self.calendar)
        ends = [term_end(state.chart.terms[t], it, self.calendar)[0] for t in step.after if t in state.chart.terms]
        if not ends or any(e is None or e.date == dt.date.max for e in ends):
            return None
        return max(day, *(e.date + ONE_DAY for e in ends if e is not None))

    @staticmethod
    def _most(ways: Sequence[Way], exits: Map[str, dt.date], day: dt.date, due: Sequence[Deadline]) -> int:
        """The longest usual wait of a stage: until time leads on; where none does and nothing else leads on, either,
        twice the time until something is owed; else a month."""
        if exits:
            return max(min((then - day).days for then in exits.values()), 1)
        ahead = [(d.end - day).days for d in due if d.kind == "duty"]
        return max(2 * min(ahead), MONTH) if ahead and all(w.kind != "on" for w in ways) else MONTH

    def _day(self, state: State, day: dt.date, due: Sequence[Deadline], most: int) -> dt.date:
        """After the stage's wait; in time for the limits that run, but for the share that is late."""
        wait = self.odds.wait(state.stage, most, self.random)
        ends = [d.end for d in due if d.kind == "term" and d.end >= day]
        if ends and day + wait > min(ends) and not self.odds.is_late(self.random):
            return day + dt.timedelta(days=self.random.randint(0, (min(ends) - day).days))
        return day + wait

    def _about(self, end: dt.date, day: dt.date) -> dt.date:
        """In the month before a day; in the one after for the share that is late."""
        days = self.random.randint(1, MONTH)
        return max(day, end + dt.timedelta(days=days if self.odds.is_late(self.random) else -days))

    def _owed(self, case: Case, day: dt.date, due: Sequence[Deadline]) -> None:
        """What falls due again and again and leaves the stage as it is."""
        for deadline in due:
            key = f"{deadline.thread}:{deadline.id}"
            if deadline.kind != "duty" or key in self.made:
                continue
            state = case.state(deadline.thread)
            step = state.chart.moves[state.chart.duties[deadline.id].move]
            if state.stage in step.sources and not step.target and step.id not in self.left.get(key, ()):
                name = move_name(procedure_of(deadline.thread), step.id)
                way = Way(name, deadline.thread, step, state.chart)
                self.made[key] = Plan(self._about(deadline.end, day), way, state.stage)

    def _openings(self, case: Case, day: dt.date) -> None:
        """Sub-procedures that someone opens while the case is in its present stage."""
        for procedure in case.chart.procedures.values():
            key = f"{procedure.id}:"
            if key in self.made or not is_open_for(case, procedure.id):
                continue
            step = self.random.choice(procedure.chart.opening())
            name = move_name(procedure.id, step.id)
            if self.odds.opens(name, self.random):
                then = day + dt.timedelta(days=self.random.randint(0, _OPENING_WITHIN))
                self.made[key] = Plan(then, Way(name, procedure.id, step, procedure.chart), case.stage)
