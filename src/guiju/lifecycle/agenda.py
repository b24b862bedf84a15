"""What runs out over many cases: each case's deadlines are worked out once, after its last event, and only looked at
again when a day comes near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.calendar import Calendar, load_calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.events import Moment, moment
from guiju.lifecycle.terms import Deadline, deadlines, only_passes

REMIND = (30, 7, 1)  # days ahead on which people are reminded, where nobody says otherwise


@dataclass(frozen=True, slots=True)
class Agenda:
    """A case's deadlines as they stand since its last event, soonest first. `first` is the soonest; none: no end."""

    case: str
    chart: str
    stage: str
    deadlines: tuple[Deadline, ...]
    first: dt.date


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline that is near or over. `days`: how many are left; negative once it is over. `remind`: whether this
    is a day on which to remind."""

    case: str
    chart: str
    deadline: Deadline
    days: int
    remind: bool


def agenda(case: Case, calendar: Calendar | None = None) -> Agenda:
    """What runs in a case. It stays true until the next event."""
    found = tuple(deadlines(case, case.last.date, calendar or load_calendar()))
    return Agenda(case.id, case.chart.id, case.stage, found, found[0].end if found else dt.date.max)


def due(cases: Iterable[Agenda | Case], now: Moment, *, ahead: int = 30, remind: Iterable[int] = REMIND,
        calendar: Calendar | None = None) -> Iterator[Due]:
    """Every deadline that ends within `ahead` days of `now` or is over, case by case. `remind`: days ahead."""
    calendar = calendar or load_calendar()
    today = moment(now).date()
    horizon = today + dt.timedelta(days=ahead)
    days = frozenset(remind)
    for case in cases:
        known = case if isinstance(case, Agenda) else agenda(case, calendar)
        if known.first > horizon:
            continue
        for deadline in known.deadlines:
            if deadline.end > horizon:
                break
            left = (deadline.end - today).days
            if left < 0 and only_passes(deadline.kind, deadline.then):
                continue  # nothing to remind of
            yield Due(known.case, known.chart, deadline, left, left in days or left < 0)
