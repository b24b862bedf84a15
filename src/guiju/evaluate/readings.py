"""The other readings of ambiguities: evaluated beside the default, and shown where the answer differs."""

from __future__ import annotations

from typing import Any

from guiju.evaluate.answer import Reading
from guiju.evaluate.evaluation import Evaluation, Outcome, evaluate, outcome_of, quick
from guiju.language.policy import Parameter
from guiju.values import PASS, date_of


def other_readings(evaluation: Evaluation) -> tuple[Reading, ...]:
    """Every other reading under which a goal, a score or an amount would be another, one parameter at a time.

    Parameters that the asker chose are settled and not varied.
    """
    usual = _essence(outcome_of(evaluation))
    found = []
    for parameter in evaluation.policy.parameters.values():
        if parameter.id in evaluation.setting.chosen or parameter.default is None:
            continue
        for value in parameter.alternatives:
            setting = evaluation.setting.with_reading(parameter.id, value)
            if _essence(quick(evaluation.policy, evaluation.facts, setting)) != usual:
                found.append(_reading(parameter, value, evaluation))
    return tuple(found)


def _essence(outcome: Outcome) -> tuple[Any, ...]:
    """What a reader would call a difference."""
    paid = outcome.payment[:2] if outcome.payment else None
    return outcome.goals, tuple(s[:2] for s in outcome.scores), paid


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
        return parameter.enumeration.members[value].name
    if parameter.type.kind == "bool":
        return "是" if value == PASS else "否"
    if parameter.type.kind == "date":
        return date_of(value).isoformat()
    return str(value)
