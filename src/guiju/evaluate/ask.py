"""The next question: of everything that an answer waits for, what would decide the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.critical import critical_values
from guiju.evaluate.doubts import Doubt, Doubts
from guiju.evaluate.evaluation import Evaluation, Outcome, closure_for, is_decided, outcome_from, outcome_of
from guiju.facts.model import domain
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, Value
from guiju.vocabulary import Field


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask. `decides` names the goals (policy, goal) that some answer to it would settle at once;
    `weight` is the share of possible answers that settle or narrow something, summed over the goals."""

    kind: str
    id: str
    name: str
    meaning: str
    unit: str
    choices: tuple[str, ...]
    why: Text
    weight: float
    decides: tuple[tuple[str, str], ...]


def questions(evaluations: Sequence[Evaluation]) -> list[Question]:
    """Every open question of these evaluations, the most telling first, equal ones in the law's order.

    Parameters come last: they are for whoever runs the programme, not for the applicant.
    """
    merged: dict[str, tuple[Doubt, list[tuple[Evaluation, float, list[str]]]]] = {}
    for evaluation in evaluations:
        for doubt in open_doubts(evaluation):
            weight, decided = _weigh(doubt, evaluation)
            own = f"{evaluation.policy.id}:{doubt.id}" if doubt.kind in ("parameter", "unset") else doubt.id
            merged.setdefault(own, (doubt, []))[1].append((evaluation, weight, decided))
    asked = [_question(doubt, effects) for doubt, effects in merged.values()]
    late = {"parameter": 2, "unset": 2, "judgement": 1}
    return sorted(asked, key=lambda q: (late.get(q.kind, 0), -q.weight))


def open_doubts(evaluation: Evaluation) -> list[Doubt]:
    """What the main goals and the payment wait for."""
    doubts = Doubts(evaluation.policy.parameters, evaluation.interpreter)
    for goal in evaluation.policy.goals:
        if not goal.main or evaluation.goals[goal.id] == FAIL:
            continue
        if not is_decided(evaluation.interpreter.status(goal.node)):
            doubts.add(goal.node)
        if goal.pays and evaluation.payment:
            for item in evaluation.payment.items:
                if item.status != FAIL and item.cause:
                    doubts.add_item(item)
    return doubts.found()


def _weigh(doubt: Doubt, evaluation: Evaluation) -> tuple[float, list[str]]:
    """How much the answers to a question would tell: tried at every critical value of the fact."""
    if doubt.kind == "records":
        return _weigh_records(doubt, evaluation)
    if doubt.kind not in ("fact", "judgement") or "." in doubt.id:
        return 0.5, []
    fact = evaluation.policy.vocabulary.facts[doubt.id]
    usual = outcome_of(evaluation)
    gain, decided = 0.0, set()
    tries = trial_values(fact, evaluation)
    for value in tries:
        told, settled = _told(usual, _with(evaluation, {fact.id: value}, {}), evaluation)
        gain += told / len(tries)
        decided |= settled
    return gain, sorted(decided)


def _weigh_records(doubt: Doubt, evaluation: Evaluation) -> tuple[float, list[str]]:
    told, settled = _told(outcome_of(evaluation), _with(evaluation, {}, {doubt.id: ()}), evaluation)
    return told, sorted(settled)


def trial_values(fact: Field, evaluation: Evaluation) -> list[Value]:
    """Values of the fact, one for each way in which the rules could take it."""
    if fact.type == "bool":
        return [PASS, FAIL]
    if fact.enumeration is not None:
        return [(i, i, 0) for i in range(len(fact.enumeration.members))]
    if fact.type in ("text", "industry"):
        return [("?", "?", 0)]
    return [(v, v, 0) for v in critical_values(evaluation.policy, fact.id, domain(fact))]


def _with(evaluation: Evaluation, values: dict[str, Value], records: dict[str, Any]) -> Outcome:
    closure = closure_for(evaluation.policy, evaluation.setting)
    facts = evaluation.facts.replacing(values, records)
    return outcome_from(evaluation.policy, closure.call(closure.bind(facts)))


def _told(usual: Outcome, other: Outcome, evaluation: Evaluation) -> tuple[float, set[str]]:
    """How much narrower the answer became, and which goals it settled."""
    told, settled = 0.0, set()
    for goal, before, after in zip(evaluation.policy.goals, usual.goals, other.goals, strict=True):
        if not goal.main or before == after:
            continue
        told += 1.0 if is_decided(after) else 0.25
        if is_decided(after) and not is_decided(before):
            settled.add(goal.id)
    for first, second in zip(usual.scores, other.scores, strict=True):
        told += 0.1 if first[:2] != second[:2] else 0
    if usual.payment and other.payment and usual.payment[:2] != other.payment[:2]:
        told += 0.5
    return told, settled


def _question(doubt: Doubt, effects: list[tuple[Evaluation, float, list[str]]]) -> Question:
    vocabulary = effects[0][0].policy.vocabulary
    fact = vocabulary.facts.get(doubt.id)
    record = vocabulary.records.get(doubt.id.split(".")[0])
    if fact is None and record is not None and "." in doubt.id:
        fact = record.field(doubt.id.split(".")[1])
    meaning = fact.meaning if fact else record.meaning if record else ""
    unit = fact.unit.name if fact and fact.unit else ""
    choices: tuple[str, ...] = ()
    if fact and fact.type == "bool":
        choices = ("是", "否")
    elif fact and fact.enumeration:
        choices = tuple(m.name for m in fact.enumeration.members)
    decides = tuple((e.policy.id, goal) for e, _, goals in effects for goal in goals)
    return Question(doubt.kind, doubt.id, doubt.name, meaning, unit, choices, _why(doubt, effects, decides),
                    sum(w for _, w, _ in effects), decides)


def _why(doubt: Doubt, effects: list[tuple[Evaluation, float, list[str]]],
         decides: tuple[tuple[str, str], ...]) -> Text:
    titles = {e.policy.id: e.policy for e, _, _ in effects}
    names = []
    for policy_id, goal_id in decides:
        goal = next(g for g in titles[policy_id].goals if g.id == goal_id)
        names.append((f"“{titles[policy_id].title.zh}”的{goal.name.zh}",
                      f"{goal.name.en} of {titles[policy_id].title.en}"))
    if names:
        return Text("可定" + "、".join(n[0] for n in names), "may decide " + ", ".join(n[1] for n in names))
    listed = "、".join(f"“{p.title.zh}”" for p in titles.values())
    kind = {"judgement": "须有人判定；", "parameter": "须由主管部门或批次设定；"}.get(doubt.kind, "")
    return Text(f"{kind}影响{listed}", "affects " + ", ".join(p.title.en or p.id for p in titles.values()))
