"""Builds nodes: checks types and units, folds constants, and keeps equal nodes one.

A wrong type raises `TypeFault`; whoever holds the source position turns it into a diagnostic.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from guiju.language.ir import Graph, Node
from guiju.language.types import BOOL, COUNT, COUNTS, DATE, PURE, Type, describe, joined_dimension, number
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, add_months, date_of, whole

_FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv}
LARGEST = 400  # bits of a constant; far beyond any amount or rate
_ORDERED = ("number", "date", "enum")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}


class TypeFault(Exception):
    """Types or units that do not go together."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.message = Text(zh, en)
        super().__init__(zh)


class Builder:
    """Smart constructors over one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def make(self, op: str, args: tuple[Any, ...], type_: Type) -> Node:
        """A node of this content; the graph works out whether it has one value or one a row."""
        return self.graph.node(op, args, type_)

    def const(self, value: Any, type_: Type) -> Node:
        """A constant; a Boolean is PASS or FAIL, everything else as in `guiju.values`."""
        return self.graph.node("const", (value,), type_)

    def truth(self, value: bool) -> Node:
        return self.const(PASS if value else FAIL, BOOL)

    # Booleans

    def require_bool(self, node: Node) -> Node:
        if node.type.kind != "bool":
            raise TypeFault("E210", f"这里应是条件（真或假），不是{describe(node.type)}", "expected a condition")
        return node

    def negate(self, node: Node) -> Node:
        self.require_bool(node)
        if node.op == "const":
            return self.truth(node.args[0] == FAIL)
        return node.args[0] if node.op == "not" else self.make("not", (node,), BOOL)

    def every(self, nodes: Sequence[Node]) -> Node:
        parts = self._flat("all", nodes, neutral=PASS)
        if any(p.op == "const" and p.args[0] == FAIL for p in parts):
            return self.truth(False)
        return self._joined("all", parts, self.truth(True))

    def some(self, nodes: Sequence[Node]) -> Node:
        parts = self._flat("any", nodes, neutral=FAIL)
        if any(p.op == "const" and p.args[0] == PASS for p in parts):
            return self.truth(True)
        return self._joined("any", parts, self.truth(False))

    def at_least(self, k: int, nodes: Sequence[Node]) -> Node:
        for node in nodes:
            self.require_bool(node)
        return self.make("at_least", (k, *nodes), BOOL)

    def _flat(self, op: str, nodes: Sequence[Node], neutral: int) -> list[Node]:
        flat: list[Node] = []
        for node in nodes:
            self.require_bool(node)
            if node.op == "const" and node.args[0] == neutral:
                continue
            flat.extend(n for n in (node.args if node.op == op else (node,)) if n not in flat)
        return flat

    def _joined(self, op: str, parts: list[Node], empty: Node) -> Node:
        if len(parts) > 1:
            return self.make(op, tuple(parts), BOOL)
        return parts[0] if parts else empty

    # Comparison

    def compare(self, op: str, left: Node, right: Node) -> Node:
        """`eq ne lt le gt ge`, between values of one type and dimension."""
        self._comparable(op, left, right)
        if left.op == right.op == "const":
            return self.truth(_COMPARE[op](left.args[0], right.args[0]))
        return self.make(op, (left, right), BOOL)

    def _comparable(self, op: str, left: Node, right: Node) -> None:
        a, b = left.type, right.type
        if a.kind != b.kind:
            raise TypeFault("E211", f"{describe(a)}不能与{describe(b)}比较", f"cannot compare {a.kind} with {b.kind}")
        if a.kind == "number" and joined_dimension(a.dimension, b.dimension) is None:
            raise TypeFault("E212", f"{describe(a)}不能与{describe(b)}比较；请写出单位，例如 3000 平方米、20 万元",
                            f"cannot compare {a.dimension} with {b.dimension}; write the unit")
        if a.kind == "enum" and a.enum != b.enum:
            raise TypeFault("E213", "两边是不同的枚举", f"different enumerations: {a.enum}, {b.enum}")
        if op not in ("eq", "ne") and a.kind not in _ORDERED:
            raise TypeFault("E214", f"{describe(a)}没有大小先后", f"{a.kind} has no order")

    def member_of(self, subject: Node, values: Sequence[Any]) -> Node:
        if len(values) == 1:
            return self.compare("eq", subject, self.const(values[0], subject.type.rows(False)))
        return self.make("in", (subject, tuple(sorted(set(values)))), BOOL)

    # Arithmetic

    def add(self, left: Node, right: Node, sign: int = 1) -> Node:
        op = "add" if sign > 0 else "sub"
        if left.type.kind == "date":
            return self._shifted(left, right, sign)
        dimension = self._same(self._finite(left), self._finite(right))
        return self._folded(op, left, right, number(dimension))

    def _finite(self, node: Node) -> Node:
        if may_be_missing(node):
            raise TypeFault("E219", "最大、最小值可能不存在（没有记录），只能比较，不能计算",
                            "an extreme may not exist (no rows): compare it, do not calculate with it")
        return node

    def _shifted(self, left: Node, right: Node, sign: int) -> Node:
        if right.type.kind == "date" and sign < 0:
            return self._folded("sub", self._finite(left), self._finite(right), number("days"))
        op = {"duration": "shift", "days": "shift_days"}.get(right.type.dimension)
        if op is None:
            raise TypeFault("E215", "日期只能加减年、月、日", "a date takes years, months or days")
        step = right if sign > 0 else self.negative(right)
        if left.op == "const" and step.op == "const":
            moved = (add_months(date_of(left.args[0]), int(step.args[0])).toordinal() if op == "shift"
                     else left.args[0] + int(step.args[0]))
            return self.const(moved, DATE)
        return self.make(op, (left, step), DATE)

    def _same(self, *nodes: Node) -> str:
        dimension = ""
        for node in nodes:
            if node.type.kind != "number":
                raise TypeFault("E216", f"{describe(node.type)}不能计算", f"cannot calculate with {node.type.kind}")
            joined = joined_dimension(dimension, node.type.dimension) if dimension else node.type.dimension
            if joined is None:
                raise TypeFault("E212", f"{describe(number(dimension))}与{describe(node.type)}不能相加或比较",
                                f"{dimension} and {node.type.dimension} do not go together")
            dimension = joined
        return dimension

    def multiply(self, left: Node, right: Node) -> Node:
        self._same(self._finite(left))
        self._same(self._finite(right))
        a, b = left.type.dimension, right.type.dimension
        if a not in PURE and b not in PURE and joined_dimension(a, "count") is None \
                and joined_dimension(b, "count") is None:
            raise TypeFault("E217", f"{describe(left.type)}与{describe(right.type)}不能相乘",
                            f"cannot multiply {a} by {b}")
        dimension = b if (a in PURE and b != "count") or (joined_dimension(a, "count") and b not in PURE) else a
        return self._folded("mul", left, right, number(dimension))

    def divide(self, left: Node, right: Node) -> Node:
        self._same(self._finite(left))
        self._same(self._finite(right))
        a, b = left.type.dimension, right.type.dimension
        if b in PURE and not (a == "count" and b == "count"):
            dimension = a
        elif joined_dimension(a, b):
            dimension = "ratio"
        elif b in COUNTS:
            dimension = a
        else:
            raise TypeFault("E217", f"{describe(left.type)}不能除以{describe(right.type)}", f"cannot divide {a} by {b}")
        return self._folded("div", left, right, number(dimension))

    def negative(self, node: Node) -> Node:
        self._same(self._finite(node))
        return self.const(-node.args[0], node.type) if node.op == "const" else self.make("neg", (node,), node.type)

    def _folded(self, op: str, left: Node, right: Node, type_: Type) -> Node:
        if left.op == right.op == "const" and not (op == "div" and right.args[0] == 0):
            a, b = left.args[0], right.args[0]
            value = Fraction(_FOLD[op](Fraction(a), b))
            if value.numerator.bit_length() + value.denominator.bit_length() > LARGEST:
                raise TypeFault("E236", "算出的常数太大；核对算式", "the constant is too large: check the formula")
            return self.const(whole(value), type_)
        return self.make(op, (left, right), type_)

    def extreme(self, op: str, nodes: Sequence[Node]) -> Node:
        """`min` or `max` of numbers of one dimension, or of dates."""
        if all(n.type.kind == "date" for n in nodes):
            return self.make(op, tuple(nodes), DATE)
        return self.make(op, tuple(nodes), number(self._same(*nodes)))

    def unary(self, op: str, node: Node) -> Node:
        self._same(node)
        return self.make(op, (node,), node.type)

    def conditional(self, condition: Node, then: Node, otherwise: Node) -> Node:
        self.require_bool(condition)
        if condition.op == "const":
            return then if condition.args[0] == PASS else otherwise
        if then.type.kind == "bool":
            type_ = self.require_bool(otherwise).type
        elif then.type.kind == "number":
            type_ = number(self._same(then, otherwise))
        elif then.type.rows(False) == otherwise.type.rows(False):
            type_ = then.type
        else:
            raise TypeFault("E218", f"then 是{describe(then.type)}，else 是{describe(otherwise.type)}；两支应同类",
                            "both branches must have one type")
        return self.make("if", (condition, then, otherwise), type_)

    def count(self, record: str, where: Node) -> Node:
        return self.make("count", (record, self.require_bool(where)), COUNT)


def may_be_missing(node: Node) -> bool:
    """Whether a value may be an extreme over no rows, which is beyond every number."""
    if node.op in ("largest", "smallest"):
        return True
    passed_on = {"if": node.children[1:], **dict.fromkeys(("min", "max", "mod", "floor", "abs", "neg"), node.children)}
    return any(may_be_missing(child) for child in passed_on.get(node.op, ()))
