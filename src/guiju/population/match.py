"""Every policy for every organisation: what `guiju.evaluate.evaluation.quick` answers for one, for all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Outcome, Setting, parameters_of, quick
from guiju.facts.model import APPLICATION_DATE
from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.population.columns import Mask, Quantity, Status, merged
from guiju.population.payments import asks_of_items, paid
from guiju.population.people import Population, Stored, blank_column
from guiju.population.statuses import every
from guiju.population.working import Working


@dataclass(frozen=True, slots=True)
class Answers:
    """One policy's answers to all organisations: a status for each goal, bounds and causes of each score, bounds and
    cause of the payment in fen with its status (None where the policy pays nothing). `left`: who was answered one by
    one."""

    policy: str
    goals: tuple[NDArray[np.uint8], ...]
    scores: tuple[tuple[Any, Any, Any], ...]
    payment: tuple[Any, Any, Any, Any] | None
    left: Mask


def match(people: Population, policies: Sequence[tuple[Policy, Setting]]) -> list[Answers]:
    """The answers of each policy under its setting. Policies that share a setting's presumption share their work."""
    parameters: dict[str, Any] = {}
    sizes: dict[str, int] = {}
    for policy, setting in policies:
        parameters |= parameters_of(policy, setting)
        sizes |= policy.choice_sizes()
    working: dict[tuple[Any, bool], Working] = {}
    answers = []
    for policy, setting in policies:
        key = (setting.as_of, setting.presuming)
        if key not in working:
            working[key] = Working(_dated(people, setting), parameters, sizes, setting.presuming)
        with np.errstate(invalid="ignore", divide="ignore"):  # infinities are ends of what is not known
            answers.append(_answers(working[key], policy, setting))
    return answers


def _dated(people: Population, setting: Setting) -> Population:
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


def _answers(w: Working, policy: Policy, setting: Setting) -> Answers:
    count = w.people.count
    goals = [w.status(g.node) for g in policy.goals]
    scores = [w.quantity(s.node) for s in policy.scores.values()]
    left = w.left_by(*(g.node for g in policy.goals), *(s.node for s in policy.scores.values()))
    payment = None
    if policy.benefits:
        money = paid(w, policy)
        left = left | money.left | w.left_by(*_nodes_of(policy))
        pays = Status(money.status, True)
        goals = [every([g, pays]) if goal.pays else g for goal, g in zip(policy.goals, goals, strict=True)]
        payment = (money.low, money.high, np.zeros(count, np.uint8), money.status)
    result = Answers(policy.id, tuple(_whole(g.codes, count) for g in goals),
                     tuple((_floats(s.low, count), _floats(s.high, count), _whole(s.cause, count)) for s in scores),
                     payment, left)
    for number in np.flatnonzero(left).tolist():
        _put(result, number, quick(policy, w.people.facts_of(number), setting))
    return result


def _nodes_of(policy: Policy) -> list[Node]:
    nodes: list[Node] = []
    for benefit in policy.benefits:
        nodes += [c.node for c in benefit.when if c.counts]
        nodes += [part for line in benefit.rows for part in (line.test, line.net) if part is not None]
        nodes += [benefit.ceiling] if benefit.ceiling is not None else []
        nodes += list(benefit.merge.keys) if benefit.merge else []
        nodes += [less.amount for less in benefit.less]
    for limit in policy.limits:
        nodes += [limit.gate, *(k for keys in limit.keys.values() for k in keys), *limit.where.values()]
        nodes += [limit.amount] if limit.amount is not None and not asks_of_items(limit) else []
    return nodes


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
