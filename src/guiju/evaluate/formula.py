"""A condition as a formula over variables: which it has, and its truth in a cell (None while undecided)."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from guiju.language.ir import AGGREGATES, Node, walk
from guiju.values import PASS

_FLIPPED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b}
_CONNECTIVES = frozenset({"not", "all", "any", "at_least", "if", "guard", "presume", "soften"})
_LEAVES = frozenset({"fact", "field", "around", "param"})
Memo = dict[Node, bool | None]


@dataclass(frozen=True, slots=True)
class Variable:
    """A value; with `other`, which of both is the greater: its values are then -1, 0 and 1."""

    node: Node
    other: Node | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it is a fact, a field or a parameter itself."""
        return self.other is None and self.node.op in _LEAVES

    @property
    def sources(self) -> frozenset[Node | str]:
        """The facts, fields, parameters and record sets that it comes from."""
        below = walk(self.node) if self.other is None else walk(self.node, self.other)
        return frozenset(n.args[0] if n.op in AGGREGATES else n for n in below if n.op in _LEAVES | AGGREGATES)


def atoms(root: Node) -> dict[Variable, set[Any]]:
    """The variables of a condition in the order in which it reads them, each with what it is compared with."""
    reading = _Reading({}, set())
    reading.condition(root)
    return reading.found


@dataclass(slots=True)
class _Reading:
    found: dict[Variable, set[Any]]
    seen: set[Node]

    def condition(self, node: Node) -> None:
        if node in self.seen or node.op == "const":
            return
        self.seen.add(node)
        if node.op in _CONNECTIVES:
            for child in node.children:
                self.condition(child)
        elif node.op in _HOLDS:
            self._comparison(*node.args)
        elif node.op == "in":
            for value in self._branches(node.args[0]):
                if value.op != "const":
                    self._note(Variable(value), node.args[1])
        else:
            self._note(Variable(node), ())

    def _comparison(self, left: Node, right: Node) -> None:
        for a in self._branches(left):
            for b in self._branches(right):
                variable, constant, _ = _comparison(a, b)
                if variable is not None:
                    self._note(variable, () if constant is None else (constant,))

    def _branches(self, node: Node) -> list[Node]:
        """The values that a value may be; the conditions of `if` are read on the way."""
        if node.op != "if":
            return [node]
        self.condition(node.args[0])
        return [value for branch in node.args[1:] for value in self._branches(branch)]

    def _note(self, variable: Variable, constants: tuple[Any, ...]) -> None:
        self.found.setdefault(variable, set()).update(constants)


def _comparison(a: Node, b: Node) -> tuple[Variable | None, Any, bool]:
    """The variable of a comparison, the constant that it is compared with (if any), and whether sides are changed."""
    if a.op == "const":
        return (None, None, False) if b.op == "const" else (Variable(b), a.args[0], True)
    if b.op == "const":
        return Variable(a), b.args[0], False
    changed = id(a) > id(b)  # nodes are unique: any fixed order will do
    return Variable(*((b, a) if changed else (a, b))), None, changed


def truth(node: Node, cell: Map[Variable, Any], memo: Memo) -> bool | None:
    """Whether the condition holds in the cell; None where that depends on what the cell leaves open."""
    if node not in memo:
        memo[node] = _truth(node, cell, memo)
    return memo[node]


def _truth(node: Node, cell: Map[Variable, Any], memo: Memo) -> bool | None:
    if node.op == "const":
        return bool(node.args[0] == PASS)
    if node.op in _HOLDS:
        return _compared(node.op, node.args[0], node.args[1], cell, memo)
    if node.op == "in":
        return _member(node.args[0], node.args[1], cell, memo)
    if node.op not in _CONNECTIVES:
        return cell.get(Variable(node))
    states = [truth(child, cell, memo) for child in node.children]
    if node.op == "if":
        return _chosen(states[0], states[1], states[2])
    if node.op == "guard":
        return _some([_not(states[0]), states[1]])
    if node.op == "at_least":
        sure, may = states.count(True), states.count(True) + states.count(None)
        return True if sure >= node.args[0] else None if may >= node.args[0] else False
    if node.op == "any":
        return _some(states)
    if node.op == "all":
        return _not(_some([_not(s) for s in states]))
    return _not(states[0]) if node.op == "not" else states[0]


def _not(state: bool | None) -> bool | None:
    return None if state is None else not state


def _some(states: list[bool | None]) -> bool | None:
    return True if True in states else None if None in states else False


def _chosen(condition: bool | None, then: bool | None, otherwise: bool | None) -> bool | None:
    if condition is None:
        return then if then == otherwise else None
    return then if condition else otherwise


def _compared(op: str, a: Node, b: Node, cell: Map[Variable, Any], memo: Memo) -> bool | None:
    """A comparison; one with an `if` is the comparison of the branch that holds."""
    if a.op == "if":
        return _chosen(truth(a.args[0], cell, memo), *(_compared(op, x, b, cell, memo) for x in a.args[1:]))
    if b.op == "if":
        return _chosen(truth(b.args[0], cell, memo), *(_compared(op, a, x, cell, memo) for x in b.args[1:]))
    variable, constant, changed = _comparison(a, b)
    if variable is None:
        return _HOLDS[op](a.args[0], b.args[0])
    if variable not in cell:
        return None
    holds = _HOLDS[_FLIPPED[op] if changed else op]
    return holds(cell[variable], 0 if constant is None else constant)


def _member(subject: Node, values: tuple[Any, ...], cell: Map[Variable, Any], memo: Memo) -> bool | None:
    if subject.op == "if":
        return _chosen(truth(subject.args[0], cell, memo), *(_member(x, values, cell, memo) for x in subject.args[1:]))
    if subject.op == "const":
        return subject.args[0] in values
    value = cell.get(Variable(subject))
    return None if value is None else value in values
