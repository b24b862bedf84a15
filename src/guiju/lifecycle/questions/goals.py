"""Goals of policies that a move needs."""

from __future__ import annotations

from guiju.evaluate.answer import GoalAnswer
from guiju.facts.model import Facts
from guiju.lifecycle.attempt import Attempt, Reasons, decision
from guiju.lifecycle.chart import GoalGuard
from guiju.lifecycle.goals import goal_answer
from guiju.lifecycle.refusal import Code
from guiju.source.diagnostics import Text

_CODES: dict[str, Code] = {"ineligible": "guard", "unknown": "unknown", "not_computable": "open", "review": "decision"}
_STANDS = {"guard": Text("不满足", "is not met"), "unknown": Text("尚缺事实", "lacks facts"),
           "open": Text("无法计算", "can't be computed"), "decision": Text("须由人裁量", "is for a person to decide")}
_MOST_NAMED = 6  # a goal may lack dozens of facts; the policy's own answer lists them all


def goals(a: Attempt) -> Reasons:
    asked = [goal for goal in a.move.goals if goal.strength != "advice"]
    if not asked:
        return
    computed = {s.fact: a.it.value(s.node) for s in a.move.sets}
    facts = a.it.facts.replacing(computed)
    for goal in asked:
        yield from _unmet(a, goal, facts)


def _unmet(a: Attempt, goal: GoalGuard, facts: Facts) -> Reasons:
    """Why a goal does not let the move pass. A principle that is not met, or a goal of strength `principle` that
    fails, asks for a person's decision."""
    answer = goal_answer(goal, a.chart, facts, a.today)
    if answer.outcome in ("eligible", "not_applicable"):
        return
    code = _CODES[answer.outcome]
    if goal.strength == "principle" and code == "guard":
        code = "decision"
    about, names = f"{goal.policy}:{goal.goal}", _named(answer)
    said = Text(f"“{answer.name.zh}”{_STANDS[code].zh}：{names.zh}",
                f"'{answer.name.en}' {_STANDS[code].en}: {names.en}")
    if code == "decision":
        yield from decision(a, about, said, goal.clauses)
    elif code == "guard":
        yield a.reason(code, about, said, Text(f"满足{names.zh}", f"meet {names.en}"), goal.clauses)
    else:
        yield a.reason(code, about, said, Text(f"补齐{names.zh}", f"give {names.en}"), goal.clauses)


def _named(answer: GoalAnswer) -> Text:
    """What fails or waits for a person; else what is missing."""
    if answer.outcome in ("unknown", "not_computable"):
        names = [Text(m.name, m.name) for m in answer.missing[:_MOST_NAMED]]
    else:
        names = [f.name for f in (answer.blockers or answer.reviews)[:_MOST_NAMED]]
    return Text("、".join(n.zh for n in names), ", ".join(n.en or n.zh for n in names))
