"""One policy, one organisation, one setting: both evaluators behind one door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.evaluate.closure import Closure, compile_closure
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.items import Payment
from guiju.evaluate.money import pay
from guiju.facts.model import Facts
from guiju.language.policy import Goal, Policy
from guiju.values import FAIL, PASS, UNDECIDED, Status


@dataclass(frozen=True, slots=True)
class Setting:
    """Under which law, as known when, with which readings, an answer is given.

    `readings` maps a parameter's id to its value; one that is not there is open. `chosen` are those that the asker
    set himself. `presuming`: 未述即符合.
    """

    as_of: dt.date
    known_at: dt.date
    readings: Map[str, Any]
    chosen: frozenset[str] = frozenset()
    presuming: bool = False

    def with_reading(self, parameter: str, value: Any) -> Setting:
        return Setting(self.as_of, self.known_at, {**self.readings, parameter: value}, self.chosen, self.presuming)


def setting_for(policy: Policy, as_of: dt.date, known_at: dt.date | None = None,
                chosen: Map[str, Any] | None = None, presuming: bool = False) -> Setting:
    """The policy's own defaults on `as_of` as known on `known_at`, with what the asker chose."""
    known_at = known_at or as_of
    readings = {p.id: p.value_at(as_of, known_at) for p in policy.parameters.values()}
    readings.update(chosen or {})
    given = {k: v for k, v in readings.items() if v is not None}
    return Setting(as_of, known_at, given, frozenset(chosen or ()), presuming)


def parameters_of(policy: Policy, setting: Setting) -> dict[str, Any]:
    """Parameter values by the id that nodes use."""
    return {policy.parameters[id_].node.args[0]: value for id_, value in setting.readings.items()}


@dataclass(slots=True)
class Evaluation:
    """A traced evaluation: every value that was looked at is kept in `interpreter`."""

    policy: Policy
    facts: Facts
    setting: Setting
    interpreter: Interpreter
    payment: Payment | None
    goals: dict[str, Status] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """The best of the main goals."""
        return a.some([self.goals[g.id] for g in self.policy.goals if g.main] or [FAIL])


def evaluate(policy: Policy, facts: Facts, setting: Setting, only: Goal | None = None) -> Evaluation:
    """Evaluate with a trace; `only` one goal, if it is given. The law in force is the caller's matter
    (`Policy.in_force`)."""
    facts = facts.with_default_date(setting.as_of)
    it = Interpreter(policy.vocabulary, facts, parameters_of(policy, setting), setting.presuming,
                     policy.choice_sizes())
    it.names = {d.name: d.en for d in policy.definitions.values() if d.en}
    payment = pay(policy, it) if policy.benefits and (only is None or only.pays) else None
    evaluation = Evaluation(policy, facts, setting, it, payment)
    for goal in policy.goals if only is None else (only,):
        evaluation.goals[goal.id] = goal_status(goal, it.status(goal.node), payment.status if payment else PASS)
    return evaluation


def goal_status(goal: Goal, conditions: Status, payment: Status) -> Status:
    """A goal that pays holds where its conditions do and something is paid."""
    return a.every([conditions, payment]) if goal.pays else conditions


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both evaluators must agree on: goals, scores (low, high, cause), the amount (low, high, cause, status), and
    whether nothing is paid but what another document sets."""

    goals: tuple[Status, ...]
    scores: tuple[tuple[Any, Any, int], ...]
    payment: tuple[Any, Any, int, Status] | None
    elsewhere: bool = False


def outcome_of(evaluation: Evaluation) -> Outcome:
    """The traced evaluation's outcome."""
    paid = evaluation.payment
    return Outcome(
        tuple(evaluation.goals.values()),
        tuple(evaluation.interpreter.quantity(s.node) for s in evaluation.policy.scores.values()),
        (paid.low, paid.high, paid.cause, paid.status) if paid else None,
        paid is not None and paid.kind == "external")


def closure_for(policy: Policy, setting: Setting) -> Closure:
    """The generated closure of a policy's goals, scores and payment under a setting; kept for the next call."""
    key = ("closure", tuple(sorted(setting.readings.items())), setting.presuming)
    if key not in policy.kept:
        roots = [g.node for g in policy.goals] + [s.node for s in policy.scores.values()]
        policy.kept[key] = compile_closure(policy, roots, parameters_of(policy, setting), pays=bool(policy.benefits),
                                           presuming=setting.presuming)
    return policy.kept[key]  # type: ignore[no-any-return]  # under this key there are closures alone


def quick(policy: Policy, facts: Facts, setting: Setting) -> Outcome:
    """The same outcome by the generated closure."""
    closure = closure_for(policy, setting)
    return outcome_from(policy, closure.call(closure.bind(facts.with_default_date(setting.as_of))))


def outcome_from(policy: Policy, values: tuple[Any, ...]) -> Outcome:
    """What a closure returned, as an outcome."""
    n = len(policy.goals)
    scores = values[n:n + len(policy.scores)]
    paid = values[-1] if policy.benefits else None
    goals = tuple(goal_status(g, s, paid[3] if paid else PASS) for g, s in zip(policy.goals, values[:n], strict=True))
    return Outcome(goals, tuple(scores), paid[:4] if paid else None, bool(paid and paid[4] and paid[1] == 0))


def is_decided(status: Status) -> bool:
    """Whether no doubt is left: it holds, fails or does not apply."""
    return not status & UNDECIDED
