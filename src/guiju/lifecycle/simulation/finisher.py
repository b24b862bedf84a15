"""Whether a case can still come to an end: the shortest way is tried first, then others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.simulation.odds import Exploring, Odds, Way
from guiju.lifecycle.simulation.samples import Samples
from guiju.lifecycle.simulation.walker import Walk, Walker

TRIES = 8
_FAR = 30


@dataclass(slots=True)
class Homing(Odds):
    """Odds that lead to the nearest end."""

    late: float = 0.0
    _far: dict[str, dict[str, int]] = field(default_factory=dict)

    def usual(self, ways: Sequence[Way]) -> list[float]:
        return [0.1 ** self._distance(way) for way in ways]

    def _distance(self, way: Way) -> int:
        if way.chart.id not in self._far:
            self._far[way.chart.id] = distances(way.chart)
        if not way.move.target:
            return 1 + min((self._far[way.chart.id].get(s, _FAR) for s in way.move.sources), default=_FAR)
        return self._far[way.chart.id].get(way.move.target, _FAR)

    def opens(self, name: str, dice: Random) -> bool:
        return False


def finished(case: Case, calendar: Calendar, samples: Samples, seed: int = 0, tries: int = TRIES) -> Walk:
    """A walk from where the case stands to an end, or the last walk that found none: by the shortest way, then by
    ways that look around more."""
    for number in range(tries):
        odds = Homing() if number < tries // 2 else Exploring(late=0.5)
        dice = Random(f"{seed}/{number}")  # nosec B311: a walk is drawn again from its seed, and guards no secret
        walker = Walker(case.chart, calendar, dice, odds, samples=samples)
        walk = walker.continued(case)
        if walk.end == "ended":
            break
    return walk


def distances(chart: Chart) -> dict[str, int]:
    """How many moves each stage is from the nearest final one."""
    found = {s.id: 0 for s in chart.stages.values() if s.final}
    queue = list(found)
    for stage in queue:
        for step in chart.moves.values():
            if step.target == stage:
                for source in step.sources - found.keys():
                    found[source] = found[stage] + 1
                    queue.append(source)
    return found
