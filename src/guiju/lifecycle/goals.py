"""Goals of a policy as guards: the law's own question, asked of the facts of the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map

from guiju.evaluate.answer import GoalAnswer
from guiju.evaluate.assess import assess_goal
from guiju.facts.model import Facts
from guiju.lifecycle.chart import Chart, GoalGuard
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text

_CODES = {"ineligible": "guard", "unknown": "unknown", "not_computable": "open", "review": "decision"}


def goal_answer(goal: GoalGuard, chart: Chart, facts: Facts, today: dt.date) -> GoalAnswer:
    """The policy's answer on the day of the move."""
    return assess_goal(chart.policies[goal.policy], goal.goal, facts, today)


def goal_reasons(goal: GoalGuard, chart: Chart, facts: Facts, today: dt.date, decisions: Map[str, str],
                 usual: tuple[str, ...]) -> Iterator[Reason]:
    """Why the goal does not let the move pass. A principle that is not met, or a goal of strength `principle` that
    fails, asks for a person's decision."""
    answer = goal_answer(goal, chart, facts, today)
    if answer.outcome in ("eligible", "not_applicable"):
        return
    code = _CODES[answer.outcome]
    if goal.strength == "principle" and code == "guard":
        code = "decision"
    about = f"{goal.policy}:{goal.goal}"
    if code == "decision" and decisions.get(about, "").strip():
        return
    names = [f.name for f in (answer.blockers or answer.reviews)][:6]
    zh, en = "、".join(n.zh for n in names), ", ".join(n.en or n.zh for n in names)
    missing = "、".join(m.name for m in answer.missing[:6])
    said = Text(f"“{answer.name.zh}”{_STANDS[code].zh}：{zh}", f"'{answer.name.en}' {_STANDS[code].en}: {en}")
    lift = {"decision": Text(f"由办理人写明理由（decisions: {about}）", f"a written reason for {about}"),
            "guard": Text(f"满足{zh}", f"meet {en}")}.get(code, Text(f"补齐{missing}", f"give {missing}"))
    yield Reason(code, about, said, goal.clauses or usual, lift)


_STANDS = {"guard": Text("不满足", "is not met"), "unknown": Text("尚缺事实", "lacks facts"),
           "open": Text("无法计算", "can't be computed"), "decision": Text("须由人裁量", "is for a person to decide")}
