"""From facts to the full answer: outcome, amounts with what was cut, blockers, what is missing, other readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import replace
from math import inf
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.evaluate.answer import Amount, Answer, Bar, Finding, GoalAnswer, Missing, ScoreAnswer
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.findings import blockers, undecided
from guiju.evaluate.item_answers import item_answer, reasons_of
from guiju.evaluate.notices import notices_of
from guiju.evaluate.readings import other_readings
from guiju.evaluate.receipt import receipt_of
from guiju.facts.model import Facts
from guiju.language.policy import Goal, Policy
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS, Status, date_of, status_name

OUTCOMES = ("eligible", "review", "unknown", "not_computable", "ineligible", "not_applicable")
_NAMED = {status_name(PASS): "eligible", status_name(FAIL): "ineligible"}
IN_FORCE = "in_force"


def assess(policy: Policy, facts: Facts, as_of: dt.date, *, known_at: dt.date | None = None,
           chosen: Map[str, Any] | None = None, presuming: bool = False) -> Answer:
    """The answer for one organisation under one policy.

    `as_of` picks the law in force, `known_at` what was known of it; `chosen` sets parameters by id; `presuming` takes
    conditions on facts that are not given as met. Out of force the outcome is `ineligible` with blocker `in_force`.
    """
    setting = setting_for(policy, as_of, known_at, chosen, presuming)
    return answer_of(evaluate(policy, facts, setting))


def assess_goal(policy: Policy, goal_id: str, facts: Facts, as_of: dt.date) -> GoalAnswer:
    """The answer to one goal alone: what `assess` says of it, without all the rest."""
    goal = next(g for g in policy.goals if g.id == goal_id)
    if not policy.in_force(as_of):
        return _unmet(goal, _not_in_force(policy, as_of))
    return _goal(goal, evaluate(policy, facts, setting_for(policy, as_of), goal))


def answer_of(evaluation: Evaluation) -> Answer:
    """The answer that a traced evaluation amounts to."""
    if not evaluation.policy.in_force(evaluation.setting.as_of):
        return _out_of_force(evaluation)
    goals = tuple(_goal(g, evaluation) for g in evaluation.policy.goals)
    main = [g for g in goals if g.main]
    outcome = outcome_name(evaluation.status)
    decisive = [g for g in main if g.outcome == outcome] or main
    items = evaluation.payment.items if evaluation.payment else ()
    return replace(
        _blank(evaluation), outcome=outcome, goals=goals, score=next((g.score for g in decisive if g.score), None),
        amount=payable(evaluation), items=tuple(item_answer(i, evaluation) for i in items),
        blockers=_unique(f for g in decisive for f in g.blockers),
        missing=_unique(m for g in decisive for m in g.missing), readings=other_readings(evaluation))


def _blank(evaluation: Evaluation) -> Answer:
    """What every answer says, whatever the outcome."""
    policy, setting = evaluation.policy, evaluation.setting
    return Answer(policy.id, policy.start.isoformat(), policy.title, setting.as_of, setting.known_at, policy.start,
                  policy.end, "ineligible", (), None, NOTHING, (), (), (), notices_of(evaluation), (),
                  _bars(evaluation), receipt_of(evaluation))


def _out_of_force(evaluation: Evaluation) -> Answer:
    """The answer on a day on which the policy does not hold: no goal can be met, nothing is paid."""
    reason = _not_in_force(evaluation.policy, evaluation.setting.as_of)
    goals = tuple(_unmet(g, reason) for g in evaluation.policy.goals)
    return replace(_blank(evaluation), goals=goals, blockers=(reason,))


def _not_in_force(policy: Policy, as_of: dt.date) -> Finding:
    early = as_of < policy.start
    zh = f"{policy.start} 起施行，{as_of} 尚未生效" if early else f"{policy.end} 已失效"
    en = f"in force from {policy.start}" if early else f"expired on {policy.end}"
    return Finding(IN_FORCE, Text(zh, en), "fail", "hard", policy.force_clauses)


def _unmet(goal: Goal, reason: Finding) -> GoalAnswer:
    return GoalAnswer(goal.id, goal.name, goal.main, "ineligible", None, (reason,), (), ())


NOTHING = Amount("none", 0, 0)


def _unique(things: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(things))


def outcome_name(status: Status) -> str:
    """Which of OUTCOMES a status of the main goals amounts to."""
    name = status_name(status)
    return _NAMED.get(name, name)


def _goal(goal: Goal, evaluation: Evaluation) -> GoalAnswer:
    it, status = evaluation.interpreter, evaluation.goals[goal.id]
    doubts = Doubts(evaluation.policy.parameters, evaluation.interpreter)
    blocked: list[Finding] = []
    waiting: list[Finding] = []
    if status == FAIL:
        blocked = [f for c in goal.conditions for f in blockers(c, it)]
        if goal.pays and not blocked and evaluation.payment:
            blocked = reasons_of(evaluation)
    elif status not in (PASS, NOT_APPLICABLE):
        waiting = [f for c in goal.conditions for f in undecided(c, it)]
        doubts.add(goal.node)
    if goal.pays and status != FAIL and evaluation.payment:
        for item in evaluation.payment.items:
            if item.status != FAIL and item.cause:
                doubts.add_item(item)
        doubts.add_limits(evaluation.policy.limits, evaluation.payment.items)
    missing = tuple(Missing(d.kind, d.id, d.name, d.rows) for d in doubts.found())
    return GoalAnswer(goal.id, goal.name, goal.main, outcome_name(status), _score(goal, evaluation),
                      _unique(blocked), _unique(waiting), missing)


def _score(goal: Goal, evaluation: Evaluation) -> ScoreAnswer | None:
    if not goal.score:
        return None
    score, it = evaluation.policy.scores[goal.score], evaluation.interpreter
    low, high, _ = it.quantity(score.node)
    parts = {i.id: (*it.quantity(i.node)[:2], i.full) for g in score.groups for i in g.items}
    return ScoreAnswer(score.id, score.name, low, high, score.full, parts)


def payable(evaluation: Evaluation) -> Amount:
    """What is payable, given the goals that pay: one whose conditions do not apply holds, as its outcome says."""
    paid = evaluation.payment
    goals = [g for g in evaluation.policy.goals if g.pays]
    if paid is None or not goals:
        return NOTHING
    status = a.some([evaluation.goals[g.id] for g in goals])
    if status == FAIL or (paid.high == 0 and paid.kind != "external"):
        return NOTHING
    low = int(paid.low) if status in (PASS, NOT_APPLICABLE) else 0
    unnumbered = paid.high == inf or paid.kind == "external"
    return Amount(paid.kind, low, None if unnumbered else int(paid.high))


def _bars(evaluation: Evaluation) -> tuple[Bar, ...]:
    today = evaluation.facts.value(evaluation.policy.vocabulary.facts["application_date"])
    bars = []
    for ban in evaluation.policy.bans:
        low, high, _ = evaluation.interpreter.quantity(ban.until)
        if isinstance(today, tuple) and low != -inf and high >= today[0]:
            bars.append(Bar(ban.id, ban.name, date_of(int(high)), ban.at_least, ban.clauses))
    return tuple(bars)
