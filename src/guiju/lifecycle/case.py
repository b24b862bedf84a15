"""A case: an immutable value, what its events amount to."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from guiju.facts.model import Facts
from guiju.lifecycle.chart import Chart, Stage
from guiju.lifecycle.events import Actor, Ban, Digests, Event, Opening
from guiju.lifecycle.names import procedure_of


@dataclass(frozen=True, slots=True)
class State:
    """Where a procedure stands: the case's own, or that of one thread of a sub-procedure.

    `since`: the day its stage was entered. `history`: the days on which each move was made, by the move's id.
    `parameters`: readings and settings by id; one that is not there is open.
    """

    chart: Chart
    stage: str
    since: dt.date
    facts: Facts
    parameters: Map[str, Any]
    history: Map[str, tuple[dt.date, ...]] = field(default_factory=dict)

    @property
    def at(self) -> Stage:
        return self.chart.stages[self.stage]

    @property
    def final(self) -> bool:
        return self.at.final

    def times(self, moves: tuple[str, ...]) -> int:
        """How often any of the moves was made."""
        return sum(len(self.history.get(m, ())) for m in moves)


@dataclass(frozen=True, slots=True)
class Mark:
    """An overrun for which the source states no consequence: it is registered. `due` is the day that was missed."""

    id: str
    due: dt.date
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One applicant's way through one programme. `threads`: sub-procedures by name (`objection#1`)."""

    opening: Opening
    events: tuple[Event, ...]
    main: State
    threads: Map[str, State] = field(default_factory=dict)
    acted: Map[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    bans: tuple[Ban, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def id(self) -> str:
        return self.opening.case

    @property
    def chart(self) -> Chart:
        return self.main.chart

    @property
    def stage(self) -> str:
        return self.main.stage

    @property
    def head(self) -> Digests:
        """The digests of the last event: keep them elsewhere, and no later change goes unseen."""
        return self.events[-1].digests

    @property
    def last(self) -> Event:
        return self.events[-1]

    def states(self) -> Iterator[tuple[str, State]]:
        """The case's own state, named "", and those of its threads that are not over."""
        if not self.main.final:
            yield "", self.main
        for name, state in self.threads.items():
            if not state.final:
                yield name, state

    def state(self, thread: str) -> State:
        return self.threads[thread] if thread else self.main

    def threads_of(self, procedure: str) -> list[tuple[str, State]]:
        """The threads of a sub-procedure, in the order in which they were opened."""
        return [(name, s) for name, s in self.threads.items() if procedure_of(name) == procedure]

    def open_threads(self, procedure: str) -> list[str]:
        return [name for name, state in self.threads_of(procedure) if not state.final]

    def has_acted(self, role: str, actor: Actor) -> bool:
        """Whether the actor, his organisation or one above it has acted in a role."""
        own = {_bare(name) for name in (actor.organisation, *actor.above)} - {""}
        return any(_bare(id_) == _bare(actor.id) or _bare(organisation) in own
                   for id_, organisation in self.acted.get(role, ()))


def _bare(name: str) -> str:
    """A name as it is compared: blanks, invisible characters, width and case make nobody another."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isprintable() and not c.isspace())
