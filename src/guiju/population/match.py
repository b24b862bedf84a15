"""Every policy for every organisation: what `guiju.evaluate.evaluation.quick` answers for one, for all at once.

Columns decide nearly all. Left over to `quick`, and so exact too, is whoever rests on
- a number past 2⁵³, or one that is not whole and so near to a threshold or a whole fen that doubles can't tell (sums of
  ratios, products of rates; a ratio against a threshold is multiplied out and told),
- a key that is not whole, or ceilings of one series that are not,
- a text that several rows give (`the`).
Facts, records and whole sets that are not known are no reason to be left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Outcome, Setting, quick
from guiju.facts.model import APPLICATION_DATE
from guiju.language.policy import Policy
from guiju.population.columns import Mask, Quantity, Status, merged
from guiju.population.kernels.answers import Found, Kernels, Ready
from guiju.population.kernels.kernel import BLOCK
from guiju.population.nearest import on_lattice
from guiju.population.payments import paid
from guiju.population.people import Population, Stored, blank_column
from guiju.population.plan import Plan, Questions
from guiju.population.reasons import reasons_for_one, reasons_of
from guiju.population.statuses import every
from guiju.population.working import Working

PARTS = 32  # a population is answered in so many parts or more, as far as kernels stay quick


@dataclass(frozen=True, slots=True)
class Answers:
    """One policy's answers to all organisations: a status for each goal, bounds and causes of each score, bounds and
    cause of the payment in fen with its status (None where the policy pays nothing); `elsewhere`: for whom nothing is
    paid but what another document sets (`payable` says what may be claimed). `reasons`: which conditions of the first
    main goal fail or are not decided, as bits in the policy's order; bit 31 stands for those after the 31st, and for a
    payment that the goal waits for. `left`: who was answered one by one."""

    policy: str
    goals: tuple[NDArray[np.uint8], ...]
    scores: tuple[tuple[Any, Any, Any], ...]
    payment: tuple[Any, Any, Any, Any] | None
    elsewhere: Mask
    reasons: NDArray[np.uint32]
    left: Mask


class Matcher:
    """Answers the same policies, each under its setting, for any number of populations. What policies share is found
    once; those that share a date and a presumption share their work."""

    def __init__(self, policies: Sequence[tuple[Policy, Setting]]) -> None:
        self._count = len(policies)
        self._sizes: dict[str, int] = {}
        alike: dict[tuple[Any, bool], list[int]] = {}
        for number, (policy, setting) in enumerate(policies):
            self._sizes |= policy.choice_sizes()
            alike.setdefault((setting.as_of, setting.presuming), []).append(number)
        self._plans = [(numbers, Plan([policies[i] for i in numbers])) for numbers in alike.values()]
        self._kernels = [[Kernels(asks) for asks in plan.questions] for _, plan in self._plans]

    def sources(self) -> list[str]:
        """The kernels that have been written so far, as text to read."""
        return [kernel.source for plan in self._kernels for kernels in plan for kernel in kernels.written()]

    def __call__(self, people: Population) -> list[Answers]:
        """The answers of each policy, in their order."""
        found: dict[int, Answers] = {}
        everybody = slice(0, people.count)
        for (numbers, plan), kernels in zip(self._plans, self._kernels, strict=True):
            w = self._working(people, plan)
            for place, number in enumerate(numbers):
                with _calm():
                    found[number] = _answers(w, plan.questions[place], kernels[place].ready(w), everybody)
                w.forget(place)
        return [found[number] for number in range(self._count)]

    def parts(self, people: Population) -> Iterator[tuple[slice, list[Answers]]]:
        """The same, some rows after another, each time with which they are: not all answers need be in memory."""
        ready = self._ready(people)
        size = _rows_of(people.count) if ready else BLOCK
        for first in range(0, people.count, size):
            rows = slice(first, min(first + size, people.count))
            with _calm():
                found = [_answers(*one, rows) for one in ready] if ready else self(people.part(rows))
            yield rows, found

    def _ready(self, people: Population) -> list[tuple[Working, Questions, Ready]]:
        """What answers any rows of the population, for each policy; empty where kernels don't hold all that is asked,
        or look at more than complete facts: so much should not be worked out for everybody at once."""
        asked: dict[int, tuple[Working, Questions, Ready]] = {}
        for (numbers, plan), kernels in zip(self._plans, self._kernels, strict=True):
            if not all(_is_complete(people, asks) for asks in plan.questions):
                return []
            w = self._working(people, plan)
            with _calm():
                asked |= {number: (w, plan.questions[place], kernels[place].ready(w))
                          for place, number in enumerate(numbers)}
        all_held = all(ready.holds_all for _, _, ready in asked.values())
        return [asked[number] for number in range(self._count)] if all_held else []

    def _working(self, people: Population, plan: Plan) -> Working:
        setting = plan.questions[0].setting
        return Working(dated(people, setting), plan, self._sizes, setting.presuming)


def _is_complete(people: Population, asks: Questions) -> bool:
    """No policy looks at records, or at a fact that is not known of everybody."""
    held = [people.facts.get(id_) for id_ in asks.facts - {APPLICATION_DATE}]
    return not any(asks.records) and all(stored is not None and stored.is_known for stored in held)


def _calm() -> np.errstate:
    """Infinities are ends of what is not known."""
    return np.errstate(invalid="ignore", divide="ignore")


def _rows_of(count: int) -> int:
    """Few enough to be in memory besides the population without being noticed, and enough for a kernel to be quick."""
    return min(BLOCK, max(BLOCK // 4, count // PARTS))


def match(people: Population, policies: Sequence[tuple[Policy, Setting]]) -> list[Answers]:
    """The answers of each policy under its setting. Of many populations, ask one `Matcher`."""
    return Matcher(policies)(people)


def dated(people: Population, setting: Setting) -> Population:
    """An application date of which nothing is known is the day that is asked of."""
    day = float(setting.as_of.toordinal())
    asked = Quantity(day, day)
    held = people.facts.get(APPLICATION_DATE)
    if held is not None:
        column, anything = held.plain().column, blank_column(people.vocabulary.facts[APPLICATION_DATE])
        assert isinstance(column, Quantity)
        assert isinstance(anything, Quantity)
        unknown = (column.low == anything.low) & (column.high == anything.high)
        asked = _known(merged(np.broadcast_to(unknown, people.count), asked, column))
    return replace(people, facts={**people.facts, APPLICATION_DATE: Stored(asked)})


def _known(column: Quantity) -> Quantity:
    """The column as one of points, if it is: it mostly is, where gaps have been filled."""
    held = not np.any(column.cause) and np.array_equal(column.low, column.high)
    return Quantity(column.low, column.low, error=column.error) if held else column


def _answers(w: Working, asks: Questions, ready: Ready, rows: slice) -> Answers:
    policy, setting = asks.policy, asks.setting
    w.asks = asks
    result = _answered(w, asks, ready(rows), rows)
    for number in np.flatnonzero(result.left).tolist():
        facts = w.people.facts_of(rows.start + number, asks.facts, asks.records)
        outcome = quick(policy, facts, setting)
        _put(result, number, outcome)
        paid_for = None if outcome.payment is None else outcome.payment[3]
        result.reasons[number] = reasons_for_one(asks, facts, paid_for)
    return result


def _answered(w: Working, asks: Questions, found: Found, rows: slice) -> Answers:
    """What a kernel has found, and what none holds: that is worked out for everybody."""
    count = rows.stop - rows.start
    scores, unsure = _scores(w, asks, found)
    left = w.left_by(asks.settles, rows) | unsure
    goals, reasons, elsewhere = found.goals, found.reasons, np.zeros(count, np.bool_)
    payment = found.money and (*found.money[:2], np.zeros(count, np.uint8), found.money[2])
    if payment is None and asks.policy.benefits:
        money = paid(w, asks)
        left = left | money.left | w.left_by(asks.pays, rows)
        goals = tuple(_whole(every([Status(codes), Status(money.status)]).codes, count) if goal.pays else codes
                      for goal, codes in zip(asks.policy.goals, goals, strict=True))
        reasons = reasons | reasons_of(asks, (), money.status, count)
        payment, elsewhere = (money.low, money.high, money.cause, money.status), money.elsewhere
    if left.any():  # who is answered alone may have a range in a column of points
        payment = _apart(payment) if payment is not None else None
        scores = tuple(_apart(score) for score in scores)
    return Answers(asks.policy.id, goals, scores, payment, elsewhere, reasons, left)


def _scores(w: Working, asks: Questions, found: Found) -> tuple[tuple[Any, ...], Any]:
    """The scores, and whose doubles can't decide them."""
    scores: list[Any] = []
    left: Any = False
    for score, over, held in zip(asks.policy.scores.values(), asks.lattices, found.scores, strict=True):
        if held is None:
            value, open_ = on_lattice(w.quantity(score.node), over, w.people.count)
            held = (_floats(value.low, w.people.count), _floats(value.high, w.people.count),
                    _whole(value.cause, w.people.count))
            left = left | open_
        scores.append(held)
    return tuple(scores), left


def _apart(columns: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same with a column of its own for the most, not that of the least."""
    return columns if columns[0] is not columns[1] else (columns[0], columns[1].copy(), *columns[2:])


def _whole(codes: Any, count: int) -> Any:
    return np.array(np.broadcast_to(codes, count), np.uint8)


def _floats(values: Any, count: int) -> Any:
    return np.array(np.broadcast_to(values, count), np.float64)


def _put(answers: Answers, number: int, outcome: Outcome) -> None:
    for column, status in zip(answers.goals, outcome.goals, strict=True):
        column[number] = status
    for columns, values in zip(answers.scores, outcome.scores, strict=True):
        for column, value in zip(columns, values, strict=True):
            column[number] = float(value)
    if answers.payment is not None and outcome.payment is not None:
        for column, value in zip(answers.payment, outcome.payment, strict=True):
            column[number] = value
    answers.elsewhere[number] = outcome.elsewhere
