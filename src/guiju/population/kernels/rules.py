"""The steps of a policy's rules: each node once, as what a kernel holds of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from fractions import Fraction
from functools import reduce
from typing import Any

from guiju.language.ir import AGGREGATES, Node
from guiju.population.columns import EXACT
from guiju.population.kernels.given import Given
from guiju.population.kernels.sketch import Slot
from guiju.population.kernels.values import (
    NOTHING,
    Beyond,
    Codes,
    Fails,
    Number,
    Share,
    Truth,
    Values,
    Whole,
    Word,
    constant,
)
from guiju.population.people import TEXTS

LEAVES = AGGREGATES | {"fact"}


class Rules:
    """`given`: what is known of the columns of facts and of what is counted over records, by the plan's nodes; `same`:
    to each of the policy's nodes the plan's own; `used`: whose columns are read, in their order. Asking for what a
    kernel does not hold raises Beyond."""

    def __init__(self, values: Values, given: Map[Node, Given], presuming: bool, same: Map[Node, Node]) -> None:
        self.values = values
        self.presuming = presuming
        self.used: list[Node] = []
        self._same = same
        self._given = given
        self._found: dict[Node, Any] = {}

    def status(self, node: Node) -> Truth:
        found = self.value(node)
        assert isinstance(found, Fails | Codes)
        return found

    def number(self, node: Node) -> Number:
        found = self.value(node)
        if isinstance(found, Word):
            raise Beyond
        return found  # type: ignore[no-any-return]  # a node's type is fixed

    def value(self, node: Node) -> Any:
        node = self._same.get(node, node)
        if node not in self._found:
            operation = _OPERATIONS.get(node.op)
            if operation is None:
                raise Beyond
            self._found[node] = operation(self, node)
        return self._found[node]

    def leaf(self, node: Node) -> Any:
        """A column that is given."""
        held = self._given.get(node)
        if held is None:
            raise Beyond
        if held.alike:
            return Fails(held.low == 8) if held.kind == "status" else self._over(constant(held.low), held.scale)
        name = f"f{len(self.used)}"
        self.used.append(node)
        self.values.sketch.given.append(name)
        if held.kind == "status":
            return Fails(self.values.sketch.put("not_equal", Slot("u", name), 0, kind="t"))
        column = Slot("i" if held.byte else "d", name)
        return Word(column) if held.kind == "word" else self._over(Whole(held.low, held.high, column), held.scale)

    def _over(self, whole: Whole, scale: int) -> Number:
        return self.values.share(whole, constant(float(scale)))

    def fixed(self, node: Node) -> Any:
        """A value that the rule states."""
        value = node.args[0]
        if node.type.kind == "bool":
            if value not in (0, 8):
                raise Beyond
            return Fails(value == 8)
        if node.type.kind in TEXTS:
            return Word(self.word(value))
        return self.line(value)

    def word(self, text: str) -> str:
        """The name under which the text's code comes."""
        words = self.values.sketch.words
        if text not in words:
            words.append(text)
        return f"w{words.index(text)}"

    def line(self, value: Any) -> Number:
        if isinstance(value, Fraction):
            if max(abs(value.numerator), value.denominator) > EXACT:
                raise Beyond
            return Share(constant(float(value.numerator)), constant(float(value.denominator)))
        if not isinstance(value, int):
            raise Beyond
        return constant(float(value))

    def member(self, node: Node) -> Fails:
        part = self.value(node.args[0])
        is_text = node.args[0].type.kind in TEXTS
        members = [Word(self.word(v)) if is_text else self.line(v) for v in node.args[1]]
        return self.values.some([self.values.compared("eq", part, member) for member in members] or [Fails(True)])

    def presumed(self, node: Node) -> Truth:
        found = self.status(node.args[0])
        if self.presuming and isinstance(found, Codes):
            raise Beyond
        return found

    def branch(self, node: Node) -> Any:
        condition, then, otherwise = self.status(node.args[0]), *node.args[1:]
        if isinstance(condition, Fails) and isinstance(condition.at, bool):
            return self.value(otherwise if condition.at else then)
        if node.type.kind == "bool":
            return self.values.chosen(condition, self.status(then), self.status(otherwise))
        return self.values.either(condition, self.number(then), self.number(otherwise))

    def whole(self, node: Node) -> Whole:
        found = self.number(node.args[0])
        if isinstance(found, Share):
            raise Beyond
        return found  # type: ignore[return-value]  # already whole, as the floor of it is

    def guarded(self, node: Node) -> Truth:
        applies = self.status(node.args[0])
        return self.values.guarded(applies, self.status(node.args[1]))

    def absolute(self, node: Node) -> Number:
        found = self.number(node.args[0])
        return self.values.extreme("maximum", found, self.values.summed(NOTHING, found, -1))


def _numbers(operation: Callable[..., Any]) -> Callable[[Rules, Node], Any]:
    return lambda rules, node: operation(rules.values, *(rules.number(child) for child in node.children))


def _statuses(operation: Callable[[Values, Sequence[Truth]], Truth]) -> Callable[[Rules, Node], Truth]:
    return lambda rules, node: operation(rules.values, [rules.status(child) for child in node.children])


def _extreme(call: str) -> Callable[[Rules, Node], Number]:
    return lambda rules, node: reduce(lambda a, b: rules.values.extreme(call, a, b), map(rules.number, node.children))


def _compared(rules: Rules, node: Node) -> Fails:
    return rules.values.compared(node.op, *(rules.value(child) for child in node.args))


_OPERATIONS: dict[str, Callable[[Rules, Node], Any]] = {
    **dict.fromkeys(LEAVES, Rules.leaf), "const": Rules.fixed, "in": Rules.member, "presume": Rules.presumed,
    "if": Rules.branch, "guard": Rules.guarded, "floor": Rules.whole, "abs": Rules.absolute,
    "not": lambda rules, node: rules.values.negated(rules.status(node.args[0])),
    "soften": lambda rules, node: rules.values.softened(rules.status(node.args[0])),
    "all": _statuses(Values.every), "any": _statuses(Values.some),
    "at_least": lambda rules, node: rules.values.at_least(node.args[0], [rules.status(c) for c in node.children]),
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne"), _compared),
    "add": _numbers(Values.summed), "sub": _numbers(lambda values, a, b: values.summed(a, b, -1)),
    "neg": _numbers(lambda values, a: values.summed(NOTHING, a, -1)),
    "mul": _numbers(Values.product), "div": _numbers(Values.quotient),
    "min": _extreme("minimum"), "max": _extreme("maximum"),
}
