"""Goals: one of them is the outcome, each asks something, and what is paid is paid by a goal."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {
    "E370": "a policy without a main goal",
    "E371": "a goal that requires nothing and pays nothing",
    "E372": "a goal that pays where there are no benefits",
    "W373": "benefits that no goal pays",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    if not any(goal.main for goal in policy.goals):
        yield found("E370", policy.span, "没有主目标，给不出结论；在一个 goal 写 main: true",
                    "no goal is the outcome: write 'main: true' in one")
    for goal in policy.goals:
        if not goal.pays and not any(c.counts for c in goal.conditions):
            yield found("E371", goal.span, f"目标“{goal.id}”不要求什么也不付什么，人人符合；写上 require 或 pays: true",
                        f"goal '{goal.id}' requires nothing and pays nothing: give it 'require' or 'pays: true'")
        if goal.pays and not policy.benefits:
            yield found("E372", goal.span, f"目标“{goal.id}”写了 pays，政策却没有 benefits；补上资助项，或删去 pays",
                        f"goal '{goal.id}' pays but the policy has no benefits: add them or delete 'pays'")
    if policy.benefits and not any(goal.pays for goal in policy.goals):
        yield found("W373", policy.benefits[0].span, "有资助项而没有 goal 支付；在相应的 goal 写 pays: true",
                    "there are benefits but no goal pays them: write 'pays: true' in its goal")
