"""A score that no goal shows and no expression reads."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found, is_named
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"W304": "a score that no goal and no expression uses"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    shown = {goal.score for goal in policy.goals}
    for score in policy.scores.values():
        if score.id not in shown and not any(is_named(policy, part.node) for part in score.parts()):
            yield found("W304", score.span, f"评分表“{score.id}”没有被用到；写进 goal 的 score 或某个条件，或删去",
                        f"score '{score.id}' is not used: name it in a goal or a condition, or delete it")
