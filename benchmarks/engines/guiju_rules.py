"""The benchmark's policy in Guiju, and how its values translate."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from answer import RULES, SCORES, Answer
from applicants import Applicant

from guiju.evaluate.closure import Closure, compile_closure
from guiju.evaluate.evaluation import Setting, goal_status, parameters_of, setting_for
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_mapping
from guiju.language.compile import compile_policy
from guiju.language.policy import Policy
from guiju.values import status_name
from guiju.vocabulary import load_vocabulary

HERE = Path(__file__).parent.parent
AS_OF = dt.date(2025, 6, 1)
YUAN = 100  # fen
_UNITS = {
    **dict.fromkeys(("equipment", "revenue", "revenue_before", "main_revenue", "rd", "profit", "assets",
                     "liabilities", "equity"), "元"),
    "director_share": "%", "niche_years": "年",
}
_VERDICTS = {0: True, 1: False, 8: False}  # 1, review: the principle is not met
_OUTCOMES = {"pass": "eligible", "fail": "ineligible"}


def compiled() -> tuple[Policy, Setting]:
    policy = compile_policy(HERE / "policy", load_vocabulary(HERE / "vocabulary"))
    return policy, setting_for(policy, AS_OF)


def closure_of(policy: Policy, setting: Setting) -> Closure:
    """Every rule's verdict, every part's points, the goal and the payment: as much as the other engines answer."""
    parts = {part.id: part.node for score in policy.scores.values() for part in score.parts()}
    roots = [policy.conditions[id_].node for id_ in RULES] + [parts[id_] for id_ in SCORES] + [policy.goals[0].node]
    return compile_closure(policy, roots, parameters_of(policy, setting), pays=True)


def plain(applicant: Applicant) -> dict[str, Any]:
    """The applicant as a facts file would state it: units written out."""
    return {key: f"{value} {_UNITS[key]}" if key in _UNITS else value for key, value in applicant.items()}


def facts_of(policy: Policy, applicant: Applicant) -> Facts:
    return facts_from_mapping(plain(applicant), policy.vocabulary)


def answer_from(policy: Policy, raw: tuple[Any, ...]) -> Answer:
    """What the closure of `closure_of` returned, in the neutral form."""
    statuses, points = raw[:len(RULES)], raw[len(RULES):-2]
    low, high, _, paid, *_ = raw[-1]
    return neutral(statuses, points, (low, high), goal_status(policy.goals[0], raw[-2], paid))


def neutral(statuses: tuple[int, ...], points: Any, amount: tuple[Any, Any], goal: int) -> Answer:
    word = status_name(goal)
    return Answer(tuple(_VERDICTS.get(s) for s in statuses), tuple(_point(p[:2]) for p in points),
                  _point((_yuan(amount[0]), _yuan(amount[1]))), _OUTCOMES.get(word, word))


def _yuan(fen: Any) -> Any:
    yuan, rest = divmod(fen, YUAN)
    return fen / YUAN if rest else yuan


def _point(ends: tuple[Any, Any]) -> Any:
    return ends[0] if ends[0] == ends[1] else ends
