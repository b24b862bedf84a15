"""What soundness means, value by value, and how a counterexample is shown."""

from __future__ import annotations

from typing import Any

from words import vocabulary

from guiju.evaluate.evaluation import Evaluation
from guiju.facts.model import Facts
from guiju.language.ir import Node, walk
from guiju.language.policy import Policy
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Status, Value


def described(facts: Facts) -> str:
    """Facts, one record row a line."""
    lines = [f"facts {facts.values}"]
    for id_, rows in facts.records.items():
        lines.append(f"{id_} {[f.id for f in vocabulary().records[id_].fields]}")
        lines += [f"    {row}" for row in rows]
    return "\n".join(lines)


def is_guarded(node: Node) -> bool:
    """Whether a success may turn into 不适用 once it is known that the rule does not apply."""
    return any(n.op == "guard" for n in walk(node))


def status_fits(before: Status, after: Status, guarded: bool) -> bool:
    """A decision stands, whatever becomes known; a success under a guard may turn out not to apply."""
    if before & UNDECIDED:
        return True
    return after == before or (guarded and before == PASS and after == NOT_APPLICABLE)


def value_fits(before: Value, after: Value, guarded: bool = False) -> bool:
    """The completed value lies inside the value with doubts."""
    if isinstance(before, int) or isinstance(after, int):
        return isinstance(before, int) and isinstance(after, int) and status_fits(before, after, guarded)
    (low, high, cause), (least, most, _) = before, after
    if low is None or isinstance(low, str):
        return low is None or low == least
    return bool(low <= least and most <= high) and (bool(cause) or low == high)


def broken(policy: Policy, before: Evaluation, after: Evaluation) -> dict[str, tuple[Any, Any]]:
    """Every value of the policy that a completion took out of its interval."""
    named: dict[str, Node] = {c.id: c.node for c in policy.conditions.values() if not c.record}
    named |= {d.id: d.node for d in policy.definitions.values() if not d.record}
    named |= {p.id: p.node for s in policy.scores.values() for p in s.parts()}
    named |= {b.id: b.until for b in policy.bans}
    found: dict[str, tuple[Any, Any]] = {}
    for name, node in named.items():
        values = before.interpreter.value(node), after.interpreter.value(node)
        if not value_fits(*values, is_guarded(node)):
            found[name] = values
    for goal in policy.goals:
        statuses = before.goals[goal.id], after.goals[goal.id]
        if not status_fits(*statuses, is_guarded(goal.node)):
            found[goal.id] = statuses
    if before.payment is not None and after.payment is not None:
        one, two = before.payment, after.payment
        if not (one.low <= two.low and two.high <= one.high):
            found["amount"] = ((one.low, one.high, one.cause), (two.low, two.high, two.cause))
        if not status_fits(one.status, two.status, False):
            found["paid"] = (one.status, two.status)
        kinds = {b.kind for b in policy.benefits}
        if kinds == {"exact"} and one.low != one.high and not one.cause:
            found["amount without a cause"] = ((one.low, one.high), FAIL)
    return found
