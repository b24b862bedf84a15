"""A condition or a ban that no goal, no benefit and no other condition lists: it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found, named_conditions
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"W303": "a condition or ban that nothing lists"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    listed = {c.id for goal in policy.goals for c in goal.conditions}
    listed |= {c.id for benefit in policy.benefits for c in benefit.when}
    listed |= {member.id for c in policy.conditions.values() for member in c.members}
    for condition in named_conditions(policy):
        if condition.id not in listed:
            word, en = ("禁申", "ban") if condition.form == "ban" else ("条件", "condition")
            yield found("W303", condition.span,
                        f"{word}“{condition.id}”没有被引用，不起作用；列入某个 goal、when 或上级条件，或删去",
                        f"nothing lists {en} '{condition.id}': list it in a goal, a 'when', a condition, or delete it")
