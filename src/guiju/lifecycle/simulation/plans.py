"""What is meant to be done in a case, and when: a way on in every part of it, what is owed, what someone opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Move
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.options import is_open_for
from guiju.lifecycle.simulation.odds import Odds, Way
from guiju.lifecycle.spans import term_end
from guiju.lifecycle.terms import ONE_DAY, Deadline, deadlines

_OPENING_WITHIN = 6  # days in which a sub-procedure is opened, where one is
_MONTH = 30


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
    is owed, under `procedure:` what is to be opened. `left`: the moves that could not be made, by the same names."""

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
        ways = [(way, self._runs_out(case, state, way.move, day)) for way in self._ways(thread, state)]
        ways = [(way, out) for way, out in ways if out is not None or not way.move.auto]
        weights = self.odds.weights([way for way, _ in ways])
        if any(weights):
            way, out = self.random.choices(ways, weights)[0]
            self.made[thread] = Plan(out or self._day(state, way, day, due), way, state.stage)

    def _ways(self, thread: str, state: State) -> Iterator[Way]:
        """The moves by which a stage is left, or that are made in it; not those that are only owed."""
        chart, left = state.chart, self.left.get(thread, set())
        prefix = f"{thread.partition('#')[0]}:" if thread else ""
        owed = {d.move for d in chart.duties.values() if not chart.moves[d.move].target}
        for step in chart.leaving(state.stage):
            if step.id not in left and step.id not in owed and (step.after or not step.auto):
                yield Way(prefix + step.id, thread, step, chart)

    def _day(self, state: State, way: Way, day: dt.date, due: Sequence[Deadline]) -> dt.date:
        """When a way is taken: after the stage's wait, in time for the limits that run but for the share that is late;
        what is owed when it is due."""
        owed = [d.end for d in due if d.kind == "duty" and state.chart.duties[d.id].move == way.move.id]
        if owed:
            return self._about(min(owed), day)
        wait = self.odds.wait(state.stage, self._usual_most(day, due), self.random)
        ends = [d.end for d in due if d.kind == "term" and d.end >= day]
        if ends and day + wait > min(ends) and not self.odds.is_late(self.random):
            return day + dt.timedelta(days=self.random.randint(0, (min(ends) - day).days))
        return day + wait

    @staticmethod
    def _usual_most(day: dt.date, due: Sequence[Deadline]) -> int:
        """The longest usual wait: a month; where something is owed, twice the time until then."""
        ahead = [(d.end - day).days for d in due if d.kind == "duty"]
        return max(_MONTH, 2 * min(ahead, default=0))

    def _runs_out(self, case: Case, state: State, step: Move, day: dt.date) -> dt.date | None:
        """The day after the last of the terms for which an automatic move waits; None for any other move."""
        if not step.auto:
            return None
        it = interpreter(case, state, day, self.calendar)
        ends = [term_end(state.chart.terms[t], it, self.calendar)[0] for t in step.after if t in state.chart.terms]
        if not ends or any(e is None or e.date == dt.date.max for e in ends):
            return None
        return max(day, *(e.date + ONE_DAY for e in ends if e is not None))

    def _about(self, end: dt.date, day: dt.date) -> dt.date:
        """In the month before a day; in the one after for the share that is late."""
        days = self.random.randint(1, _MONTH)
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
                prefix = f"{deadline.thread.partition('#')[0]}:" if deadline.thread else ""
                way = Way(prefix + step.id, deadline.thread, step, state.chart)
                self.made[key] = Plan(self._about(deadline.end, day), way, state.stage)

    def _openings(self, case: Case, day: dt.date) -> None:
        """Sub-procedures that someone opens while the case is in its present stage."""
        for procedure in case.chart.procedures.values():
            key = f"{procedure.id}:"
            if key in self.made or not is_open_for(case, procedure.id):
                continue
            step = self.random.choice(procedure.chart.opening())
            name = f"{procedure.id}:{step.id}"
            if self.odds.opens(name, self.random):
                then = day + dt.timedelta(days=self.random.randint(0, _OPENING_WITHIN))
                self.made[key] = Plan(then, Way(name, procedure.id, step, procedure.chart), case.stage)
