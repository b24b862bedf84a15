"""The steps of a policy's rules: each node once, as what a kernel holds of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from guiju.language.ir import AGGREGATES, Node
from guiju.population.columns import EXACT
from guiju.population.kernels.given import Given, Span
from guiju.population.kernels.parts import (
    NOTHING,
    Between,
    Beyond,
    Codes,
    Fails,
    Number,
    Ratio,
    Share,
    Truth,
    Whole,
    Word,
    constant,
)
from guiju.population.kernels.sketch import Slot
from guiju.population.kernels.values import MIRRORED, Values
from guiju.population.people import TEXTS
from guiju.values import FAIL, PASS

LEAVES = AGGREGATES | {"fact"}

# What is known of a node's column: of what kind it is; or, if ends are asked for, what they lie between.
Told = Callable[[Node, bool], Given | Span | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kernel reads: of a plan's node its `codes`, or the `low`, `high` or `cause` of its values."""

    node: Node
    part: str


class Rules:
    """`told`: what is known of the column of one of the plan's nodes; `same`: to each of the policy's nodes the plan's
    own; `used`: what is read, in its order. A node that a kernel has no steps for is read, too. What it can't hold at
    all raises Beyond."""

    def __init__(self, values: Values, told: Told, presuming: bool, same: Map[Node, Node]) -> None:
        self.values = values
        self.presuming = presuming
        self.used: list[Column] = []
        self._same = same
        self._told = told
        self._found: dict[Node, Any] = {}
        self._lines = Counter(child for node in {*same.values()} if node.op in MIRRORED for child in node.args)

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
            found = self._found[node] = self._worked(node)
            if isinstance(found, Share):
                found.lines = self._lines[node]
        return self._found[node]

    def _worked(self, node: Node) -> Any:
        operation = _OPERATIONS.get(node.op)
        try:
            if operation is not None:
                return operation(self, node)
        except Beyond:
            if node.op in ("fact", "const"):
                raise
        return self.leaf(node)

    def leaf(self, node: Node) -> Any:
        """A column that is given."""
        held = self._told(node, False)
        if held is None:
            raise Beyond
        assert isinstance(held, Given)
        if held.kind in ("yes", "status", "codes"):
            return self._status(node, held)
        if held.parts:
            return self._between(node, held)
        if held.alike:
            return self._over(constant(held.low), held.scale, held.times)
        column = self._column(node, "low", held.form)
        if held.kind == "word":
            return Word(column)
        return self._over(Whole(held.low, held.high, column), held.scale, held.times)

    def _column(self, node: Node, part: str, kind: str) -> Slot:
        name = f"f{len(self.used)}"
        self.used.append(Column(node, part))
        self.values.sketch.given.append(name)
        self.values.sketch.about[name] = f"{node.args[0]}, {part}" if node.op in LEAVES else f"({node.op}), {part}"
        return Slot(kind, name)

    def _status(self, node: Node, held: Given) -> Truth:
        if held.alike:
            code = int(held.low)
            return Fails(code == FAIL) if code in (PASS, FAIL) else Codes(code, code)
        if held.kind == "yes":
            return Fails(self.values.opposite(self._column(node, "codes", "t")))
        column = self._column(node, "codes", "u")
        if held.kind == "status":
            return Fails(self.values.sketch.put("not_equal", column, 0, kind="t"))
        return Codes(column, held.bits)

    def _between(self, node: Node, held: Given) -> Word | Between:
        """Numbers or texts of which some are in doubt."""
        found: list[Any] = []
        for part, alike in zip(("low", "high", "cause") if held.kind == "between" else ("low", "cause"), held.parts,
                               strict=True):
            found.append(alike if alike is not None else self._column(node, part, "u" if part == "cause" else "d"))
        cause = int(found[-1]) if isinstance(found[-1], float) else found[-1]
        if held.kind == "between":
            between = Between(found[0], found[1], cause, held.bits, lambda: self._span(node))
            return self._over(between, held.scale)  # type: ignore[return-value]  # in doubt it stays `Between`, or a share of it
        if not isinstance(found[0], Slot):
            raise Beyond
        return Word(found[0], cause, held.bits)

    def _span(self, node: Node) -> Span:
        span = self._told(node, True)
        if span is None:
            raise Beyond
        assert isinstance(span, Span)
        return span

    def _over(self, whole: Whole | Between, scale: int, times: int = 1) -> Number:
        return self.values.share(self.values.multiple(whole, times), constant(float(scale)))

    def fixed(self, node: Node) -> Any:
        """A value that the rule states."""
        value = node.args[0]
        if node.type.kind == "bool":
            return Fails(value == FAIL) if value in (PASS, FAIL) else Codes(value, value)
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

    def member(self, node: Node) -> Truth:
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
        if isinstance(found, Share | Between | Ratio):
            raise Beyond
        return found  # type: ignore[return-value]  # already whole, as the floor of it is

    def guarded(self, node: Node) -> Truth:
        applies = self.status(node.args[0])
        return self.values.guarded(applies, self.status(node.args[1]))

    def absolute(self, node: Node) -> Number:
        found = self.number(node.args[0])
        if isinstance(found, Between):
            raise Beyond
        return self.values.extreme("maximum", found, self.values.summed(NOTHING, found, -1))


def _numbers(operation: Callable[..., Any]) -> Callable[[Rules, Node], Any]:
    return lambda rules, node: operation(rules.values, *(rules.number(child) for child in node.children))


def _statuses(operation: Callable[[Values, Sequence[Truth]], Truth]) -> Callable[[Rules, Node], Truth]:
    return lambda rules, node: operation(rules.values, [rules.status(child) for child in node.children])


def _extreme(call: str) -> Callable[[Rules, Node], Number]:
    return lambda rules, node: reduce(lambda a, b: rules.values.extreme(call, a, b), map(rules.number, node.children))


def _compared(rules: Rules, node: Node) -> Truth:
    return rules.values.compared(node.op, *(rules.value(child) for child in node.args))


_OPERATIONS: dict[str, Callable[[Rules, Node], Any]] = {
    **dict.fromkeys(LEAVES, Rules.leaf), "const": Rules.fixed, "in": Rules.member, "presume": Rules.presumed,
    "if": Rules.branch, "guard": Rules.guarded, "floor": Rules.whole, "abs": Rules.absolute,
    "not": lambda rules, node: rules.values.negated(rules.status(node.args[0])),
    "soften": lambda rules, node: rules.values.softened(rules.status(node.args[0])),
    "all": _statuses(Values.every), "any": _statuses(Values.some),
    "at_least": lambda rules, node: rules.values.at_least(node.args[0], [rules.status(c) for c in node.children]),
    **dict.fromkeys(MIRRORED, _compared),
    "add": _numbers(Values.summed), "sub": _numbers(lambda values, a, b: values.summed(a, b, -1)),
    "neg": _numbers(lambda values, a: values.summed(NOTHING, a, -1)),
    "mul": _numbers(Values.product), "div": _numbers(Values.quotient),
    "min": _extreme("minimum"), "max": _extreme("maximum"),
}
