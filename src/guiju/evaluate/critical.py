"""Critical values: a policy has finitely many thresholds on a fact; between two of them nothing changes."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

from guiju.language.ir import Node, walk
from guiju.language.policy import Policy
from guiju.values import Quantity, whole

_COMPARISONS = {"eq", "ne", "lt", "le", "gt", "ge"}


def thresholds(policy: Policy, fact_id: str) -> list[Any]:
    """The constants that the policy compares the fact with, ascending."""
    if "thresholds" not in policy.kept:
        policy.kept["thresholds"] = _thresholds(policy)
    return list(policy.kept["thresholds"].get(fact_id, ()))


def _thresholds(policy: Policy) -> dict[str, tuple[Any, ...]]:
    found: dict[str, set[Any]] = {}
    for node in walk(*policy.roots()):
        if node.op in _COMPARISONS:
            for side, other in (node.args, node.args[::-1]):
                if side.op == "fact" and other.op == "const":
                    found.setdefault(side.args[0], set()).add(other.args[0])
        elif node.op == "in" and node.args[0].op == "fact":
            found.setdefault(node.args[0].args[0], set()).update(node.args[1])
    return {fact: tuple(sorted(v for v in values if not isinstance(v, str))) for fact, values in found.items()}


def critical_values(policy: Policy, fact_id: str, domain: Quantity) -> list[Any]:
    """One value at each threshold and one in each gap between them, inside the domain.

    A fact that is only used in calculations has none of its own; then some values of different size stand for it.
    """
    low, high, _ = domain
    marks = thresholds(policy, fact_id)
    if not marks:
        marks = _sizes(policy, fact_id)
    between = [whole(Fraction(a + b) / 2) for a, b in pairwise(marks)]
    ends = [marks[0] - 1, marks[-1] + 1] if marks else []
    values = {v for v in [*marks, *between, *ends] if low <= v <= high}
    return sorted(values) or [0 if low == -inf else low] + ([high] if high not in (inf, low) else [])


def _sizes(policy: Policy, fact_id: str) -> list[Any]:
    """Orders of size for facts that enter only through formulas: taken from the money and counts in the rules."""
    dimension = next((n.type.dimension for n in walk(*policy.roots()) if n.op == "fact" and n.args[0] == fact_id), "")
    constants = {n.args[0] for n in walk(*policy.roots()) if _is_size(n, dimension)}
    return sorted(constants)[:12]


def _is_size(node: Node, dimension: str) -> bool:
    return node.op == "const" and node.type.kind == "number" and node.type.dimension == dimension
