"""What stands in the way of a move: every question of the law asked of it."""

from __future__ import annotations

from collections.abc import Callable

from guiju.lifecycle.attempt import Attempt, Reasons
from guiju.lifecycle.questions.contents import decided, given, papers
from guiju.lifecycle.questions.goals import goals
from guiju.lifecycle.questions.guards import guards
from guiju.lifecycle.questions.people import banned, barred, opening, role, stage
from guiju.lifecycle.questions.times import after, loops, notices, overdue, threads, within
from guiju.lifecycle.refusal import Reason

QUESTIONS: tuple[Callable[[Attempt], Reasons], ...] = (
    stage, opening, role, barred, banned, loops, within, after, overdue, notices, threads, guards, goals, given,
    decided, papers)


def obstacles(attempt: Attempt) -> list[Reason]:
    """Every reason against the move; none where it may be made."""
    return [reason for ask in QUESTIONS for reason in ask(attempt)]
