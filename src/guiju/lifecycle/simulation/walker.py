"""Walks a case by chance. In every stage a way on is chosen and a day for it; beside it run duties and sub-procedures.
What the law does not let pass is put off or left; then another way is chosen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from random import Random

from guiju.calendar import Calendar
from guiju.facts.model import Facts
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.environment import own_settings, parameter_values
from guiju.lifecycle.events import moment
from guiju.lifecycle.fold import blank_thread
from guiju.lifecycle.names import move_name, procedure_of
from guiju.lifecycle.options import is_open_for
from guiju.lifecycle.refusal import Refusal, refusal
from guiju.lifecycle.simulation.days import better_day, coming_days
from guiju.lifecycle.simulation.odds import MONTH, Odds, Way
from guiju.lifecycle.simulation.plans import Plans
from guiju.lifecycle.simulation.samples import Samples
from guiju.lifecycle.simulation.trial import Trial

MOST_EVENTS = 150
MOST_YEARS = 40
_MOST_WAITS = 12  # times in a row that nothing can be done
_MOST_TRIES = 8  # times that a move is put off
_OPENINGS = 30  # days on which an opening is tried


@dataclass(slots=True)
class Walk:
    """A case that was walked. `end`: `ended`, `stuck` where nothing could be done any more, `open` where the walk was
    broken off, `shut` where no opening was found. `met`: what stood in the way, by code and what it concerns."""

    case: Case | None
    end: str
    met: Counter[tuple[str, str]]


@dataclass(slots=True)
class Walker:
    """Walks cases of one chart under one setting."""

    chart: Chart
    calendar: Calendar
    random: Random
    odds: Odds = field(default_factory=Odds)
    round: str = ""
    parameters: Map[str, str] = field(default_factory=dict)
    samples: Samples = field(default_factory=Samples)
    _guide: int = 0
    _met: Counter[tuple[str, str]] = field(default_factory=Counter)

    def walked(self, name: str, start: dt.date) -> Walk:
        """One case from its opening as far as it goes."""
        self._guide = self.random.randrange(max(len(self.samples.settings), 1))
        self._met = Counter()
        case = self.opened(name, start)
        if case is None:
            return Walk(None, "shut", self._met)
        return self.continued(case)

    def continued(self, case: Case) -> Walk:
        """A case from where it stands as far as it goes."""
        plans = Plans(self.odds, self.calendar, self.random)
        day, waits = case.last.date, 0
        last, most = day + dt.timedelta(days=366 * MOST_YEARS), len(case.events) + MOST_EVENTS
        while not case.main.final:
            if len(case.events) >= most or day > last:
                return Walk(case, "open", self._met)
            plans.fill(case, day)
            key = plans.next()
            if key is not None:
                day = max(day, plans.made[key].day)
                stepped = self._step(case, plans, key, day)
            else:
                days, waits = coming_days(case, day, self.calendar), waits + 1
                if waits > (_MOST_WAITS if days else _MOST_TRIES):
                    return Walk(case, "stuck", self._met)
                day = days[0] if days else day + dt.timedelta(days=MONTH)  # with other evidence, perhaps
                stepped = advance(case, moment(day), self.calendar)
                plans.left.clear()
            for event in stepped.events[len(case.events):]:
                self.odds.made(move_name(procedure_of(event.thread), event.move))
                waits = 0
                plans.left.clear()
            case, day = stepped, max(day, stepped.last.date)
        return Walk(case, "ended", self._met)

    def _step(self, case: Case, plans: Plans, key: str, day: dt.date) -> Case:
        """The case after what is planned next, or as it is where that can't be done."""
        plan = plans.made[key]
        case = advance(case, moment(day), self.calendar)
        thread = plan.way.thread if plan.way.thread in case.threads else ""
        if case.main.final or case.state(thread).stage != plan.stage or plan.way.move.auto:
            plans.drop(key)
            return case
        made = self.attempt(case, plan.way, day)
        if isinstance(made, Case):
            plans.drop(key)
            if made.main.stage != case.main.stage:
                plans.made.pop("", None)
            return made
        plan.tries += 1
        state = self._state(case, plan.way, day)
        later = better_day(case, state, plan.way.move, made.reasons, day, self.calendar, case.opening.bans)
        if later is not None and plan.tries < _MOST_TRIES:
            plan.day = later
        else:
            plans.drop(key, for_good=True)
        return case

    def _state(self, case: Case, way: Way, day: dt.date) -> State:
        if way.move.opens:
            return blank_thread(case, way.thread, day, self.calendar)
        return case.state(way.thread)

    def ways(self, case: Case) -> Iterator[Way]:
        """Every move that someone may try where the case stands."""
        for thread, state in case.states():
            for step in state.chart.leaving(state.stage):
                if not step.auto:
                    yield Way(move_name(procedure_of(thread), step.id), thread, step, state.chart)
        for procedure in case.chart.procedures.values():
            if not case.main.final and is_open_for(case, procedure.id):
                for step in procedure.chart.opening():
                    yield Way(move_name(procedure.id, step.id), procedure.id, step, procedure.chart)

    def attempt(self, case: Case, way: Way, day: dt.date) -> Case | Refusal:
        """One move with what evidence is found for it."""
        state = self._state(case, way, day)
        general = move_name(procedure_of(way.thread), way.move.id)
        trial = Trial(case, state, way.thread, way.move, day, self.calendar, self.random,
                      self.samples.of(general, self._guide), self.samples.openings(self.chart), case.opening.bans)
        found = trial.found()
        if found.reasons:
            made: Case | Refusal = refusal(way.name, list(found.reasons))
        else:
            made = move(case, move_name(way.thread, way.move.id), found.actor, found.evidence, day, self.calendar)
        if isinstance(made, Refusal):
            self._met[made.code, made.reasons[0].about] += 1
        return made

    def opened(self, name: str, day: dt.date) -> Case | None:
        """A case opened by one of the opening moves, by chance; on a later day where it is too early."""
        words = {**(self.chart.rounds[self.round].sets if self.round else {}), **self.parameters}
        state = State(self.chart, "", day, Facts(), parameter_values(self.chart, own_settings(words), day))
        for step in self._openings():
            for _ in range(_OPENINGS):
                trial = Trial(None, state, "", step, day, self.calendar, self.random,
                              self.samples.of(step.id, self._guide))
                found = trial.found()
                if not found.reasons:
                    made = begin(self.chart, name, step.id, found.actor, found.evidence, day, round_id=self.round,
                                 parameters=self.parameters, calendar=self.calendar)
                    if isinstance(made, Case):
                        self.odds.made(step.id)
                        return made
                    found = type(found)(found.actor, found.evidence, made.reasons)
                self._met[found.reasons[0].code, found.reasons[0].about] += 1
                later = better_day(None, state, step, found.reasons, day, self.calendar)
                if later is None:
                    break
                day = later
        return None

    def _openings(self) -> Iterator[Move]:
        """The opening moves, in an order by chance."""
        ways = [Way(m.id, "", m, self.chart) for m in self.chart.opening()]
        while ways:
            weights = self.odds.weights(ways)
            if not any(weights):
                return
            way = self.random.choices(ways, weights)[0]
            ways.remove(way)
            yield way.move
