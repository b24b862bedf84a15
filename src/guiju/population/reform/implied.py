"""Whether a condition that holds surely leaves another holding, by how the two are built.

Holding is PASS; what does not apply (不适用) holds nobody up inside “all of”, and is no way inside “any of”. A yes is
always right; where neither structure nor critical cells tell, the answer is no.
"""

from __future__ import annotations

from functools import cache

from guiju.evaluate.cells import Cells
from guiju.language.ir import Node, walk
from guiju.language.policy import Policy
from guiju.vocabulary import Vocabulary


def implied(old: Node, new: Node, policy: Policy) -> bool:
    """Whether `new` holds wherever `old` does."""
    cells = Cells(policy)

    def applies(node: Node) -> bool:
        return always_applies(node, policy.vocabulary)

    @cache
    def leads(a: Node, b: Node) -> bool:
        """Whether b holds or does not apply wherever a holds."""
        if a is b:
            return True
        return _by_structure(a, b) or _by_cells(a, b)

    def _by_structure(a: Node, b: Node) -> bool:
        if b.op == "all" and all(leads(a, part) for part in b.args):
            return True
        if a.op == "any" and all(leads(part, b) for part in a.args):
            return True
        if a.op == "all" and any(part is b or (applies(part) and leads(part, b)) for part in a.args):
            return True
        if b.op == "any" and any(applies(part) and leads(a, part) for part in b.args):
            return True
        return a.op == b.op == "guard" and a.args[0] is b.args[0] and leads(a.args[1], b.args[1])

    def _by_cells(a: Node, b: Node) -> bool:
        """Cells weigh no principle and count what does not apply as met, so only plain tests are theirs."""
        if a.op in _JOINING or b.op in _JOINING or any(
                n.op in _BEYOND_CELLS or _may_be_stated(n, policy.vocabulary) for n in walk(a, b)):
            return False
        return bool(cells.ask((a, True), (b, False)).impossible)

    return applies(new) and leads(old, new)


_JOINING = frozenset({"all", "any", "at_least"})
_TESTS = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "in", "matches"})
_BEYOND_CELLS = frozenset({"soften", "guard", "any_item"})


def always_applies(node: Node, vocabulary: Vocabulary) -> bool:
    """Whether it can't come out as 不适用."""
    if node.op in ("all", "any"):
        return any(always_applies(part, vocabulary) for part in node.args)
    if node.op in ("not", "soften", "presume"):
        return always_applies(node.args[0], vocabulary)
    return bool(node.op == "at_least"
                or (node.op in _TESTS and not any(_may_be_stated(n, vocabulary) for n in walk(node))))


def _may_be_stated(node: Node, vocabulary: Vocabulary) -> bool:
    """Whether it is a fact or field that may be stated 不适用."""
    if node.op == "fact":
        return bool(vocabulary.facts[node.args[0]].not_applicable)
    if node.op in ("field", "around"):
        return bool(vocabulary.records[node.args[0]].fields[node.args[1]].not_applicable)
    return False
