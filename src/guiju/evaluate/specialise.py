"""Rules for one setting of the parameters: set parameters become constants, and what they decide is decided.

The result means exactly the same as the rules under that setting, statuses of 不适用 included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.language.ir import Graph, Node, walk
from guiju.values import FAIL, NOT_APPLICABLE, PASS, known
from guiju.vocabulary import Vocabulary


class Specialiser:
    """Rewrites nodes bottom up; equal nodes are rewritten once. `graph`: where to, if others write there too."""

    def __init__(self, vocabulary: Vocabulary, parameters: Map[str, Any], graph: Graph | None = None) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters
        self.graph = Graph() if graph is None else graph
        self._done: dict[Node, Node] = {}
        self._doubtful: dict[Node, bool] = {}

    def node(self, root: Node) -> Node:
        """The node under this setting."""
        for part in walk(root, known=self._done):
            args = tuple(self._done[x] if isinstance(x, Node) else x for x in part.args)
            made = self._done[part] = _REWRITES.get(part.op, _same)(self, part, args)
            self._done[made] = made
        return self._done[root]

    def make(self, node: Node, args: tuple[Any, ...]) -> Node:
        return self.graph.node(node.op, args, node.type)

    def const(self, node: Node, value: Any) -> Node:
        return self.graph.node("const", (value,), node.type)

    def may_not_apply(self, node: Node) -> bool:
        """Whether a rewritten node can come out as 不适用."""
        for part in walk(node, known=self._doubtful):
            self._doubtful[part] = self._not_applicable(part)
        return self._doubtful[node]

    def _not_applicable(self, node: Node) -> bool:
        if node.op == "const":
            return bool(node.type.kind == "bool" and node.args[0] == NOT_APPLICABLE)
        if node.op in ("guard", "any_item"):
            return True
        if node.op == "fact":
            return bool(self.vocabulary.facts[node.args[0]].not_applicable)
        if node.op in ("field", "around"):
            return bool(self.vocabulary.records[node.args[0]].fields[node.args[1]].not_applicable)
        return any(self._doubtful[child] for child in node.children)


def is_const(node: Node) -> bool:
    return node.op == "const"


def _same(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    return s.make(node, args)


def _param(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    value = s.parameters.get(args[0])
    return s.make(node, args) if value is None else s.const(node, value)


def _status(operation: Callable[..., int]) -> Callable[[Specialiser, Node, tuple[Any, ...]], Node]:
    """Fold an operation whose arguments are all decided."""

    def rewrite(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
        if all(is_const(x) for x in args if isinstance(x, Node)):
            return s.const(node, operation(*(x.args[0] if isinstance(x, Node) else x for x in args)))
        return s.make(node, args)

    return rewrite


def _compare(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    if all(map(is_const, args)):
        return s.const(node, a.compare(node.op, known(args[0].args[0]), known(args[1].args[0])))
    return s.make(node, args)


def _member(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    return s.const(node, a.member(known(args[0].args[0]), args[1])) if is_const(args[0]) else s.make(node, args)


def _joined(deciding: int, neutral: int, operation: Callable[[Sequence[int]], int]) \
        -> Callable[[Specialiser, Node, tuple[Any, ...]], Node]:
    """`all` and `any`: a deciding constant decides; a neutral one falls away where that can't turn into 不适用."""

    def rewrite(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
        if any(is_const(x) and x.args[0] == deciding for x in args):
            return s.const(node, deciding)
        if all(map(is_const, args)):
            return s.const(node, operation([x.args[0] for x in args]))
        rest = tuple(x for x in args if not (is_const(x) and x.args[0] in (neutral, NOT_APPLICABLE)))
        if rest and not all(s.may_not_apply(x) for x in rest):
            return rest[0] if len(rest) == 1 else s.make(node, rest)
        return s.make(node, args)

    return rewrite


def _if(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    condition, then, otherwise = args
    if is_const(condition) and condition.args[0] in (PASS, FAIL):
        live: Node = then if condition.args[0] == PASS else otherwise
        return live
    return s.make(node, args)


def _guard(s: Specialiser, node: Node, args: tuple[Any, ...]) -> Node:
    applies, test = args
    if is_const(applies):
        return test if applies.args[0] == PASS else s.const(node, NOT_APPLICABLE)
    return s.make(node, args)


_REWRITES: dict[str, Callable[[Specialiser, Node, tuple[Any, ...]], Node]] = {
    "param": _param, "if": _if, "guard": _guard, "in": _member,
    **dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), _compare),
    "not": _status(a.negate), "soften": _status(a.soften),
    "all": _joined(FAIL, PASS, a.every), "any": _joined(PASS, FAIL, a.some),
}
