"""What many walks came to: ends, durations, where cases wait, loads, overruns, what stood in the way. All simulated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.names import move_name, procedure_of
from guiju.lifecycle.simulation.odds import Odds
from guiju.lifecycle.simulation.samples import Samples, Setting
from guiju.lifecycle.simulation.walker import Walk, Walker


@dataclass(frozen=True, slots=True)
class Spread:
    """How some numbers of days are spread, by nearest rank."""

    count: int
    least: int
    median: int
    ninth_tenth: int
    most: int
    total: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the simulated calendar as people say it: a month, a quarter, a year."""

    name: str
    moves: int


@dataclass(frozen=True, slots=True)
class Run:
    """What is simulated: so many cases of a chart, all begun on one day, under one setting and one set of odds."""

    chart: Chart
    setting: Setting
    count: int
    start: dt.date
    seed: int
    odds: Odds


@dataclass(slots=True)
class Report:
    """What `count` walks came to.

    `ends`: cases by the final stage that they reached; `stuck`: by the stage where nothing could be done any more;
    `running`: by the stage where the walk was broken off; `shut`: those for which no opening was found. `durations`:
    days from opening to end, by final stage; `waits`: days of each stay in a stage that was left. `loads`: moves by
    role and month. `made`: moves by name; `marks`: overruns registered, by term or duty; `decisions`: written reasons;
    `met`: what stood in the way when a move was tried, by code and what it concerns.
    """

    count: int = 0
    moves: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)
    running: Counter[str] = field(default_factory=Counter)
    shut: int = 0
    durations: dict[str, list[int]] = field(default_factory=dict)
    waits: dict[str, list[int]] = field(default_factory=dict)
    loads: dict[str, Counter[str]] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    decisions: int = 0
    met: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, walk: Walk) -> None:
        """Count one more walk."""
        self.count += 1
        self.met += walk.met
        case = walk.case
        if case is None:
            self.shut += 1
            return
        self.moves += len(case.events)
        {"ended": self.ends, "stuck": self.stuck, "open": self.running}[walk.end][case.stage] += 1
        if walk.end == "ended":
            days = (case.last.date - case.events[0].date).days
            self.durations.setdefault(case.stage, []).append(days)
        for stage, days in stays(case):
            self.waits.setdefault(stage, []).append(days)
        for event in case.events:
            self.made[move_name(procedure_of(event.thread), event.move)] += 1
            self.loads.setdefault(event.role, Counter())[f"{event.date:%Y-%m}"] += 1
            self.decisions += len(event.evidence.decisions)
        self.marks.update(mark.id for mark in case.marks)

    def all_durations(self) -> list[int]:
        return [days for found in self.durations.values() for days in found]

    def codes(self) -> Counter[str]:
        """How often each kind of obstacle was met."""
        found: Counter[str] = Counter()
        for (code, _), times in self.met.items():
            found[code] += times
        return found


def simulate(run: Run, samples: Samples, calendar: Calendar) -> Report:
    """Walk the cases of a run. The same run, the same report."""
    report = Report()
    for number in range(1, run.count + 1):
        dice = Random(f"{run.seed}/{number}")  # nosec B311: a walk is drawn again from its seed, and guards no secret
        walker = Walker(run.chart, calendar, dice, run.odds, run.setting.round, run.setting.parameters, samples)
        report.add(walker.walked(f"simulated-{number}", run.start))
    return report


def stays(case: Case) -> Iterable[tuple[str, int]]:
    """Every stage that the case left, with the days that it was there."""
    stage, since = "", case.events[0].date
    for event in case.events:
        target = "" if event.thread else case.chart.moves[event.move].target
        if target and target != stage:
            if stage:
                yield stage, (event.date - since).days
            stage, since = target, event.date


def spread(days: Sequence[int]) -> Spread:
    """Least, median, ninth tenth and longest; `days` is not empty."""
    found = sorted(days)
    n = len(found)
    return Spread(n, found[0], found[(n - 1) // 2], found[-(-9 * n // 10) - 1], found[-1], sum(found))


def by_span(months: Counter[str], size: int) -> list[Span]:
    """Moves a month, a quarter or a year (`size` 1, 3, 12 months), in order of time."""
    found: Counter[str] = Counter()
    for month, moves in months.items():
        year, number = month.split("-")
        quarter = (int(number) - 1) // 3 + 1
        found[{1: month, 3: f"{year}Q{quarter}", 12: year}[size]] += moves
    return [Span(name, found[name]) for name in sorted(found)]


def span_size(months: Counter[str], most: int = 24) -> int:
    """How many months to put together so that there are no more than `most` spans, if that can be."""
    return next((size for size in (1, 3) if len(by_span(months, size)) <= most), 12)
