"""Time per call, warm, engines taking turns so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

LEAST = 0.01  # seconds that one sample lasts at least
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed: `run` over every item."""

    run: Callable[[Any], Any]
    items: Sequence[Any]

    def once(self, passes: int) -> float:
        """Seconds for one item, over so many passes."""
        run, items = self.run, self.items
        start = perf_counter()
        for _ in range(passes):
            for item in items:
                run(item)
        return (perf_counter() - start) / (passes * len(items))


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds for one call, over the rounds."""

    median: float
    best: float
    worst: float


def measure(tasks: dict[str, Task], budget: float, rounds: int = ROUNDS) -> dict[str, Sample]:
    """The time of each task's call. No task gets much more than `budget` seconds, but at least three rounds.

    What has been loaded is taken out of the garbage collector's sight; the collector itself stays on, as in use.
    """
    first = {name: task.once(1) for name, task in tasks.items()}
    passes = {name: max(1, round(LEAST / (first[name] * len(task.items)))) for name, task in tasks.items()}
    turns = {name: max(3, min(rounds, int(budget / (first[name] * passes[name] * len(task.items)))))
             for name, task in tasks.items()}
    times: dict[str, list[float]] = {name: [] for name in tasks}
    gc.collect()
    gc.freeze()
    for turn in range(max(turns.values())):
        for name, task in tasks.items():
            if turn < turns[name]:
                times[name].append(task.once(passes[name]))
    gc.unfreeze()
    return {name: Sample(median(found), min(found), max(found)) for name, found in times.items()}
