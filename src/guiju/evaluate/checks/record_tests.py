"""Tests on the rows of a record set that no row can pass: what they count is always nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.evaluate.cells import Cells
from guiju.language.checks import all_nodes, found, own_origins
from guiju.language.ir import AGGREGATES
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"E348": "a 'where' that no row can pass"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    cells = Cells(policy)
    for node in all_nodes(policy):
        if node.op not in AGGREGATES and node.op != "any_item":
            continue
        where = node.args[-1]
        if cells.holds_never(where):
            origins = own_origins(policy, node) or own_origins(policy, where)
            what = "各项" if node.op == "any_item" else policy.vocabulary.records[node.args[0]].name
            yield found("E348", origins[0].span if origins else policy.span,
                        f"没有一行“{what}”能满足这里的 where：各项要求互相矛盾，或超出取值范围；改正界限",
                        f"no row of '{what}' can pass this 'where': its parts contradict each other, or the domain")
