"""How long a term or notice is where that depends on no fact, tried on every day of some years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.calendar import Calendar, Unit, end_of, load_calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.ir import Node
from guiju.lifecycle.case import State
from guiju.lifecycle.chart import Chart, Notice, Term
from guiju.lifecycle.environment import interpreter, parameter_values
from guiju.lifecycle.spans import exact_number

FIRST, DAYS = dt.date(2024, 1, 1), 2 * 365  # from a leap day to make-up days: every way in which weeks can lie


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length of time from an anchor; `backward` counts into the past."""

    anchor: Node
    length: int
    unit: Unit
    backward: bool = False
    rolls: bool = False

    def end(self, day: dt.date, calendar: Calendar) -> dt.date:
        """Its last day if the anchor is `day`."""
        return end_of(day, self.length, self.unit, calendar, backward=self.backward, rolls=self.rolls).date


def without_facts(chart: Chart, settings: dict[str, str] | None = None) -> Interpreter:
    """What expressions are worth under the default readings (or these settings) while no fact is known."""
    values = parameter_values(chart, settings or {}, dt.date.max)
    return interpreter(None, State(chart, "", FIRST, Facts(), values), FIRST, load_calendar())


def stretch_of(rule: Term | Notice, it: Interpreter) -> Stretch | None:
    """The stretch of a term or notice; None where its length depends on a fact or an open parameter."""
    if isinstance(rule, Term) and rule.until is not None:
        return Stretch(rule.until, 0, "day")
    length = exact_number(it, rule.length)[0] if rule.length is not None else None
    anchor = rule.start or (rule.before if isinstance(rule, Term) else None)
    if length is None or anchor is None:
        return None
    if isinstance(rule, Notice):
        return Stretch(anchor, length, rule.unit)
    return Stretch(anchor, length, rule.unit, rule.before is not None, rule.rolls)


def sample() -> Iterator[dt.date]:
    """Days on which an anchor may fall."""
    return (FIRST + dt.timedelta(days=n) for n in range(DAYS))
