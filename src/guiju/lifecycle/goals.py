"""Goals of a policy as guards: the law's own question, asked of the facts of the case."""

from __future__ import annotations

import datetime as dt

from guiju.evaluate.answer import GoalAnswer
from guiju.evaluate.assess import assess_goal
from guiju.facts.model import Facts
from guiju.lifecycle.chart import Chart, GoalGuard


def goal_answer(goal: GoalGuard, chart: Chart, facts: Facts, today: dt.date) -> GoalAnswer:
    """The policy's answer on the day of the move."""
    return assess_goal(chart.policies[goal.policy], goal.goal, facts, today)
