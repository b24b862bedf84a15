"""Whether a parameter may be below zero, as the policy itself uses it."""

from __future__ import annotations

from guiju.language.ir import Node, walk
from guiju.language.policy import Parameter, Policy

_COMPARED = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "sub"})


def may_be_negative(policy: Policy, parameter: Parameter) -> bool:
    """Money, counts, shares and terms are not below zero, unless a reading of the parameter is, or it is held against
    something that may be, such as a profit or a difference."""
    held = [parameter.default, *parameter.alternatives, *(dated.value for dated in parameter.dated)]
    if any(value is not None and value < 0 for value in held):
        return True
    nodes = [node for node in walk(*policy.roots()) if node.op in _COMPARED and parameter.node in node.children]
    return any(_below_zero(policy, other) for node in nodes for other in node.children if other is not parameter.node)


def _below_zero(policy: Policy, node: Node) -> bool:
    """Whether something in an expression may be."""
    for part in walk(node):
        if part.op in ("sub", "neg") or (part.op == "const" and part.type.kind == "number" and part.args[0] < 0):
            return True
        entry = policy.vocabulary.facts.get(part.args[0]) if part.op == "fact" else \
            policy.vocabulary.records[part.args[0]].fields[part.args[1]] if part.op in ("field", "around") else None
        if entry is not None and part.type.kind == "number" and (entry.low is None or entry.low < 0):
            return True
    return False
