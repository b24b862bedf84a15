"""Static checks of a compiled policy, one file each: what a policy may say but surely does not mean.

A module has `CODES`, each code with what it finds, and `check(policy)`, which yields its findings. It is found by
itself: adding a check touches nothing else. Checks of the dictionary stand in `dictionary/` and take a vocabulary.
Checks that have to evaluate conditions stand in `guiju.evaluate.checks`.
"""

from __future__ import annotations

from pathlib import PurePath

from guiju.language.ir import Node, Origin, walk
from guiju.language.policy import Condition, Policy
from guiju.source.diagnostics import Diagnostic, Span, Text


def found(code: str, span: Span, zh: str, en: str) -> Diagnostic:
    """One finding."""
    return Diagnostic(code, span, Text(zh, en))


def own_origins(policy: Policy, node: Node) -> list[Origin]:
    """Where this policy, or one that it amends, wrote the node; the graph also knows the places of other policies."""
    homes = {PurePath(policy.span.file).parent, *(PurePath(base.folder) for base in policy.bases)}
    return [o for o in policy.graph.origins.get(node, ()) if PurePath(o.span.file).parent in homes]


def is_named(policy: Policy, node: Node) -> bool:
    """Whether an expression of the policy uses the node by a name."""
    return any(origin.sugar == "word" for origin in own_origins(policy, node))


def all_nodes(policy: Policy) -> list[Node]:
    """Every node that an evaluation of the policy may look at."""
    return walk(*policy.roots())


def named_conditions(policy: Policy) -> list[Condition]:
    """The conditions that have an id of their own, bans among them."""
    return [c for c in policy.conditions.values() if "#" not in c.id]
