"""Both policies over a population, chunk by chunk: each rule that they share is worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from guiju.evaluate.evaluation import Setting, setting_for
from guiju.language.compile.reform import Reform
from guiju.population.files.arrow import Needs
from guiju.population.files.asked import needs_of
from guiju.population.match import Matcher
from guiju.population.payable import Codes
from guiju.population.people import Population
from guiju.population.reform.cells import Cell, Cells, cells_of
from guiju.population.reform.groups import DIMENSIONS
from guiju.population.reform.sides import Change, Side, change_of, side_of
from guiju.population.reform.sweep import Sweep
from guiju.population.reform.totals import Totals
from guiju.source.diagnostics import fail
from guiju.values import PASS, UNDECIDED

SAMPLES = 5
REACH = 4  # goals of `Cells.questions` before the cells


class Crowd(Protocol):
    """A chunk of a population: names in order, and what is known of them."""

    @property
    def names(self) -> Any: ...

    @property
    def people(self) -> Population: ...


@dataclass(slots=True)
class Seat:
    """Who sits in a changed cell: how many surely, how many perhaps, and the first of those who surely do."""

    cell: Cell
    surely: int
    perhaps: int
    samples: list[str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came out for some organisations. `inside`: for each cell, everybody's status."""

    crowd: Crowd
    sides: tuple[Side, Side]
    change: Change
    inside: tuple[Codes, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the reform does to the population."""

    reform: Reform
    as_of: dt.date
    cells: Cells
    totals: Totals
    seats: tuple[Seat, ...]
    sweep: Sweep | None = None


class Simulation:
    """A reform, with the settings of both policies. Raises GuijuError E892 where it changes nothing."""

    def __init__(self, reform: Reform, setting: Setting) -> None:
        self.reform, self.as_of = reform, setting.as_of
        self.settings = (setting, _after(reform, setting))
        self.cells = cells_of(reform, *self.settings)
        if not self.cells.differences and self.cells.touched_nobody:
            raise fail("E892", reform.span, "这项改革没有改变任何一项答复：改成的和原来的一样，或改的不参加计算",
                       "this reform changes no answer: what it says is what stands, or is not computed with")

    def run(self, crowds: Iterable[Crowd], each: Callable[[Chunk], None] = lambda _: None,
            sweep: Sweep | None = None) -> Result:
        """`each` is called for every chunk, in order."""
        reform, totals = self.reform, Totals()
        seats = tuple(Seat(cell, 0, 0, []) for cell in self.cells.cells)
        matcher = Matcher([(reform.before, self.settings[0]), (reform.after, self.settings[1]), self.cells.questions,
                           *(sweep.asked() if sweep else ())])
        for crowd in crowds:
            before, after, asked, *steps = matcher(crowd.people)
            sides = (side_of(before, reform.before), side_of(after, reform.after))
            reach, inside = asked.goals[:REACH], asked.goals[REACH:]
            chunk = Chunk(crowd, sides, change_of(*sides, *reach), inside)
            totals.add(sides, chunk.change, [(d.id, *d.of(crowd.people)) for d in DIMENSIONS])
            for seat, statuses in zip(seats, inside, strict=True):
                _seated(seat, statuses, crowd.names)
            if sweep is not None:
                sweep.add(steps)
            each(chunk)
        return Result(reform, self.as_of, self.cells, totals, seats, sweep)


def needs(reform: Reform) -> Needs:
    """What of a population both policies look at, and what organisations are counted by."""
    asked = needs_of([reform.before, reform.after])
    return replace(asked, facts=asked.facts | {d.fact for d in DIMENSIONS if d.fact in reform.before.vocabulary.facts})


def _after(reform: Reform, setting: Setting) -> Setting:
    """The reformed policy under the same choices, but for what the reform itself sets."""
    chosen = {id_: setting.readings[id_] for id_ in setting.chosen
              if id_ in reform.after.parameters and id_ not in reform.said}
    return setting_for(reform.after, setting.as_of, setting.known_at, chosen, setting.presuming)


def _seated(seat: Seat, statuses: Codes, names: Sequence[Any]) -> None:
    surely = statuses == PASS
    seat.surely += int(surely.sum())
    seat.perhaps += int(((statuses & UNDECIDED) > 0).sum())
    for row in np.flatnonzero(surely)[:SAMPLES - len(seat.samples)].tolist():
        seat.samples.append(str(names[row]))
