"""Every policy for every organisation: what `guiju.evaluate.evaluation.quick` answers for one, for all at once.

Columns decide nearly all. Left over to `quick`, and so exact too, is whoever rests on
- a number past 2⁵³, or one that is not whole and so near to a threshold or a whole fen that doubles can't tell (sums of
  ratios, products of rates; a ratio against a threshold is multiplied out and told),
- a key that is not whole, or ceilings of one series that are not,
- a text that several rows give (`the`).
Facts, records and whole sets that are not known are no reason to be left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Outcome, Setting, quick
from guiju.facts.model import APPLICATION_DATE
from guiju.language.policy import Policy
from guiju.population.columns import Mask, Quantity, Status, merged
from guiju.population.kernels.answers import Found, Kernels
from guiju.population.nearest import on_lattice
from guiju.population.payments import paid
from guiju.population.people import Population, Stored, blank_column
from guiju.population.plan import Plan, Questions
from guiju.population.reasons import reasons_for_one, reasons_of
from guiju.population.statuses import every
from guiju.population.working import Working


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
        for (numbers, plan), kernels in zip(self._plans, self._kernels, strict=True):
            setting = plan.questions[0].setting
            w = Working(dated(people, setting), plan, self._sizes, setting.presuming)
            for place, number in enumerate(numbers):
                with np.errstate(invalid="ignore", divide="ignore"):  # infinities are ends of what is not known
                    found[number] = _answers(w, plan.questions[place], kernels[place])
                w.forget(place)
        return [found[number] for number in range(self._count)]


def match(people: Population, policies: Sequence[tuple[Policy, Setting]]) -> list[Answers]:
    """The answers of each policy under its setting. Of many populations, ask one `Matcher`."""
    return Matcher(policies)(people)


def dated(people: Population, setting: Setting) -> Population:
    """An application date of which nothing is known is the day that is asked of."""
    day = float(setting.as_of.toordinal())
    asked = Quantity(day, day)
    held = people.facts.get(APPLICATION_DATE)
    if held is not None:
        column, anything = held.column, blank_column(people.vocabulary.facts[APPLICATION_DATE])
        assert isinstance(column, Quantity)
        assert isinstance(anything, Quantity)
        unknown = (column.low == anything.low) & (column.high == anything.high)
        asked = merged(np.broadcast_to(unknown, people.count), asked, column)
    return replace(people, facts={**people.facts, APPLICATION_DATE: Stored(asked)})


def _answers(w: Working, asks: Questions, kernels: Kernels) -> Answers:
    policy, setting = asks.policy, asks.setting
    w.asks = asks
    found = kernels.answer(w)
    result = _by_nodes(w, asks) if found is None else _by_kernel(w, asks, found)
    for number in np.flatnonzero(result.left).tolist():
        facts = w.people.facts_of(number, asks.facts, asks.records)
        outcome = quick(policy, facts, setting)
        _put(result, number, outcome)
        paid_for = None if outcome.payment is None else outcome.payment[3]
        result.reasons[number] = reasons_for_one(asks, facts, paid_for)
    return result


def _by_kernel(w: Working, asks: Questions, found: Found) -> Answers:
    """Nobody is in doubt, but perhaps of what is paid."""
    count = w.people.count
    goals, reasons, left, elsewhere = found.goals, found.reasons, w.left_by(asks.settles), np.zeros(count, np.bool_)
    payment = found.money and (*found.money[:2], np.zeros(count, np.uint8), found.money[2])
    if payment is None and asks.policy.benefits:
        money = paid(w, asks)
        left = left | money.left | w.left_by(asks.pays)
        goals = tuple(_whole(every([Status(codes), Status(money.status)]).codes, count) if goal.pays else codes
                      for goal, codes in zip(asks.policy.goals, goals, strict=True))
        reasons = reasons | reasons_of(asks, (), money.status, count)
        payment, elsewhere = (money.low, money.high, money.cause, money.status), money.elsewhere
    alone = bool(left.any())  # who is answered alone may have a range in a column of points
    if alone and payment is not None and payment[0] is payment[1]:
        payment = (payment[0], payment[1].copy(), *payment[2:])
    scores = tuple((s, s.copy() if alone else s, np.zeros(count, np.uint8)) for s in found.scores)
    return Answers(asks.policy.id, goals, scores, payment, elsewhere, reasons, left)


def _by_nodes(w: Working, asks: Questions) -> Answers:
    policy, count = asks.policy, w.people.count
    goals = [w.status(g.node) for g in policy.goals]
    scores = [on_lattice(w.quantity(s.node), over, count)
              for s, over in zip(policy.scores.values(), asks.lattices, strict=True)]
    conditions = [_whole(w.status(c.node).codes, count) for c in asks.parts]
    left = np.logical_or.reduce([w.left_by(asks.settles), *(open_ for _, open_ in scores)])
    payment, elsewhere = None, np.zeros(count, np.bool_)
    if policy.benefits:
        money = paid(w, asks)
        left = left | money.left | w.left_by(asks.pays)
        pays = Status(money.status)
        goals = [every([g, pays]) if goal.pays else g for goal, g in zip(policy.goals, goals, strict=True)]
        payment, elsewhere = (money.low, money.high, money.cause, money.status), money.elsewhere
    return Answers(policy.id, tuple(_whole(g.codes, count) for g in goals),
                   tuple((_floats(s.low, count), _floats(s.high, count), _whole(s.cause, count)) for s, _ in scores),
                   payment, elsewhere,
                   reasons_of(asks, conditions, None if payment is None else payment[3], count), left)


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
