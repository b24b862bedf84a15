"""What each event of a case brought: the stage before and after it, what began to run, what was registered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.calendar import Calendar
from guiju.lifecycle.case import Case, Mark, State
from guiju.lifecycle.chart import SYSTEM, Move
from guiju.lifecycle.events import Ban, Event
from guiju.lifecycle.fold import applied, opened
from guiju.lifecycle.names import move_name
from guiju.lifecycle.terms import Deadline, deadlines


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in the case that it made. `before`: the stage that it found, None for an opening. `begins`: what
    runs since then; `marks` and `bans`: what was registered and what began with it."""

    event: Event
    case: Case
    before: State | None
    begins: tuple[Deadline, ...]
    marks: tuple[Mark, ...]
    bans: tuple[Ban, ...]

    @property
    def after(self) -> State:
        return self.case.state(self.event.thread)

    @property
    def move(self) -> Move:
        return self.after.chart.moves[self.event.move]

    @property
    def automatic(self) -> bool:
        return self.event.role == SYSTEM

    @property
    def name(self) -> str:
        return move_name(self.event.thread, self.event.move)


def happenings(case: Case, calendar: Calendar, since: Case | None = None) -> Iterator[Happening]:
    """What happened in a case, event by event; only what came after `since`, if that is given."""
    now = since
    for event in case.events[len(since.events) if since is not None else 0:]:
        last = now
        now = opened(event, case.chart, calendar) if last is None else applied(last, event, calendar)
        yield _happening(event, last, now, calendar)


def _happening(event: Event, last: Case | None, now: Case, calendar: Calendar) -> Happening:
    ran = {_key(d) for d in deadlines(last, event.date, calendar)} if last is not None else set()
    begins = tuple(d for d in deadlines(now, event.date, calendar) if _key(d) not in ran)
    if last is None:
        return Happening(event, now, None, begins, now.marks, now.bans)
    before = last.state(event.thread) if event.thread in ("", *last.threads) else None
    return Happening(event, now, before, begins, now.marks[len(last.marks):], now.bans[len(last.bans):])


def _key(deadline: Deadline) -> tuple[object, ...]:
    return deadline.thread, deadline.kind, deadline.id, deadline.end
