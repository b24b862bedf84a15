"""The other readings of ambiguities: evaluated beside the default, and shown where the answer differs."""

from __future__ import annotations

from typing import Any

from guiju.evaluate.answer import Reading
from guiju.evaluate.evaluation import Evaluation, Outcome, evaluate, outcome_of, quick
from guiju.evaluate.spelling import decimal, spell_money
from guiju.language.policy import Parameter, Policy
from guiju.values import PASS, date_of


def other_readings(evaluation: Evaluation) -> tuple[Reading, ...]:
    """Every other reading under which a main goal, a score or an amount would be another, one parameter at a time."""
    usual = _essence(outcome_of(evaluation), evaluation.policy)
    found = []
    for parameter in evaluation.policy.parameters.values():
        current = evaluation.setting.readings.get(parameter.id)
        for value in (parameter.default, *parameter.alternatives) if parameter.alternatives else ():
            if value is None or value == current:
                continue
            setting = evaluation.setting.with_reading(parameter.id, value)
            outcome = quick(evaluation.policy, evaluation.facts, setting)
            if _essence(outcome, evaluation.policy) != usual:
                found.append(_reading(parameter, value, evaluation))
    return tuple(found)


def _essence(outcome: Outcome, policy: Policy) -> tuple[Any, ...]:
    """What a reader would call a difference."""
    paid = outcome.payment[:2] if outcome.payment else None
    main = tuple(s for s, goal in zip(outcome.goals, policy.goals, strict=True) if goal.main)
    return main, tuple(s[:2] for s in outcome.scores), paid


def _reading(parameter: Parameter, value: Any, evaluation: Evaluation) -> Reading:
    from guiju.evaluate.assess import outcome_name, payable

    other = evaluate(evaluation.policy, evaluation.facts, evaluation.setting.with_reading(parameter.id, value))
    goals = {id_: outcome_name(s) for id_, s in other.goals.items() if s != evaluation.goals[id_]}
    scores = {s.id: other.interpreter.quantity(s.node)[:2] for s in evaluation.policy.scores.values()
              if other.interpreter.quantity(s.node)[:2] != evaluation.interpreter.quantity(s.node)[:2]}
    return Reading(parameter.id, parameter.name, spell(parameter, value),
                   spell(parameter, evaluation.setting.readings.get(parameter.id)), outcome_name(other.status),
                   payable(other), goals, scores, parameter.clauses, parameter.note, parameter.ref)


def spell(parameter: Parameter, value: Any) -> str:
    """A parameter's value in words."""
    if value is None:
        return "未定"
    if parameter.enumeration is not None:
        return str(parameter.enumeration.members[value].name)
    if parameter.type.kind == "bool":
        return "是" if value == PASS else "否"
    if parameter.type.kind == "date":
        return date_of(value).isoformat()
    if parameter.type.dimension == "money":
        return spell_money(value).zh
    return f"{decimal(value * 100)}%" if parameter.type.dimension == "ratio" else decimal(value)
