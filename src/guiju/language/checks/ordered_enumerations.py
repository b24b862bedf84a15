"""Higher and lower only between members of an enumeration that the dictionary orders."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import all_nodes, found, own_origins
from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Enumeration

CODES = {"E345": "members of an enumeration without order compared by order"}
_BY_ORDER = {"lt", "le", "gt", "ge", "largest", "smallest", "min", "max"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for node in all_nodes(policy):
        enumeration = _compared(node, policy) if node.op in _BY_ORDER else None
        if enumeration is not None and not enumeration.ordered:
            origins = own_origins(policy, node)
            yield found("E345", origins[0].span if origins else policy.span,
                        f"枚举“{enumeration.name}”的成员没有高低；用 = 或 in 列出成员，或在词汇表写 ordered: true",
                        f"the members of '{enumeration.id}' have no order: list them with = or in, or order it")


def _compared(node: Node, policy: Policy) -> Enumeration | None:
    type_ = next((c.type for c in node.children if c.type.kind == "enum"), None)
    if type_ is None:
        return None
    own = {p.enumeration.id: p.enumeration for p in policy.parameters.values() if p.enumeration}
    return own.get(type_.enum) or policy.vocabulary.enumerations[type_.enum]
