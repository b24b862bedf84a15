"""The traced interpreter: the reference meaning of the intermediate form.

It keeps the value of every node that it has looked at, which is what explanations are made of. Plain and slow on
purpose; the generated closure must agree with it exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from contextlib import contextmanager
from math import inf
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.facts.model import Facts, Row, unknown
from guiju.language.ir import Node
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS, UNDECIDED, UNKNOWN, Quantity, Status, Value, known
from guiju.vocabulary import RecordType, Vocabulary

Operation = Callable[["Interpreter", Node], Value]


class Interpreter:
    """Values of nodes for one organisation under one setting of the parameters.

    `parameters` maps a param node's id to its value; one that is missing is open, and where it is a choice
    `choice_sizes` says among how many (by the id of its enumeration). `rows` are the rows that stand
    open, by record id. With `presuming`, conditions that lack facts are taken as met and kept in `presumed`.
    """

    def __init__(self, vocabulary: Vocabulary, facts: Facts, parameters: Map[str, Any], presuming: bool = False,
                 choice_sizes: Map[str, int] | None = None) -> None:
        self.vocabulary = vocabulary
        self.facts = facts
        self.parameters = parameters
        self.presuming = presuming
        self.presumed: dict[Node, Status] = {}
        self.rows: dict[str, Row] = {}
        self.around: dict[str, Row] = {}
        self.seen: dict[Node, Value] = {}
        self.items_hold: Callable[[Node], Status] | None = None
        self.names: dict[str, str] = {}
        self.choice_sizes = choice_sizes or {}

    def with_facts(self, facts: Facts) -> Interpreter:
        """An interpreter of other facts under the same setting."""
        return Interpreter(self.vocabulary, facts, self.parameters, self.presuming, self.choice_sizes)

    def value(self, node: Node) -> Value:
        """The node's value; for a node that depends on rows, in the rows that stand open."""
        if not node.rows and node in self.seen:
            return self.seen[node]
        value = OPERATIONS[node.op](self, node)
        if not node.rows and node.op != "any_item":
            self.seen[node] = value
        return value

    def status(self, node: Node) -> Status:
        value = self.value(node)
        assert isinstance(value, int)
        return value

    def quantity(self, node: Node) -> Quantity:
        value = self.value(node)
        assert isinstance(value, tuple)
        return value

    @contextmanager
    def open_row(self, record: str, row: Row) -> Iterator[None]:
        """Let the fields of `record` mean this row, and what is said of the row around the row that stood open."""
        outer, around = self.rows.get(record), self.around.get(record)
        self.rows[record] = row
        if outer is not None:
            self.around[record] = outer
        try:
            yield
        finally:
            if outer is None:
                del self.rows[record]
            else:
                self.rows[record] = outer
            if around is not None:
                self.around[record] = around

    def record(self, record_id: str) -> RecordType:
        return self.vocabulary.records[record_id]

    def any_row(self, record_id: str) -> Row:
        """A row of which nothing is known."""
        return tuple(unknown(f) for f in self.record(record_id).fields)

    def fitting(self, record_id: str, where: Node) -> list[tuple[Status, Row]]:
        """The rows that do or may fit, with how surely."""
        found = []
        for row in self.facts.records.get(record_id, ()):
            with self.open_row(record_id, row):
                status = self.status(where)
            if status not in (FAIL, NOT_APPLICABLE):
                found.append((status, row))
        return found

    def is_known(self, record_id: str) -> bool:
        return record_id in self.facts.records

    def in_row(self, record_id: str, row: Row, node: Node) -> Value:
        with self.open_row(record_id, row):
            return self.value(node)

    def quantity_in_row(self, record_id: str, row: Row, node: Node) -> Quantity:
        with self.open_row(record_id, row):
            return self.quantity(node)


def _const(_: Interpreter, node: Node) -> Value:
    value = node.args[0]
    return value if node.type.kind == "bool" else known(value)


def _fact(it: Interpreter, node: Node) -> Value:
    return it.facts.value(it.vocabulary.facts[node.args[0]])


def _param(it: Interpreter, node: Node) -> Value:
    value = it.parameters.get(node.args[0])
    if value is None:
        return a.open_parameter(node.type, it.choice_sizes)
    return value if node.type.kind == "bool" else known(value)


def _field(it: Interpreter, node: Node) -> Value:
    value: Value = it.rows[node.args[0]][node.args[1]]
    return value


def _around(it: Interpreter, node: Node) -> Value:
    value: Value = it.around[node.args[0]][node.args[1]]
    return value


def _presume(it: Interpreter, node: Node) -> Value:
    status = it.status(node.args[0])
    if not it.presuming:
        return status
    result = a.presume(status)
    if result != status:
        it.presumed[node] = status
    return result


def _if(it: Interpreter, node: Node) -> Value:
    condition, then, otherwise = node.args
    if node.type.kind == "bool":
        return a.choose(it.status(condition), it.status(then), it.status(otherwise))
    return a.choose_value(it.status(condition), it.quantity(then), it.quantity(otherwise))


def _matches(it: Interpreter, node: Node) -> Value:
    text, _, cause = it.quantity(node.args[0])
    if text is None or cause:
        return cause
    return PASS if re.search(node.args[1], text) else FAIL


def _count(it: Interpreter, node: Node) -> Value:
    record, where = node.args
    if not it.is_known(record):
        return (0, inf, UNKNOWN) if _any_row_fits(it, record, where) else known(0)
    rows = it.fitting(record, where)
    sure = sum(status == PASS for status, _ in rows)
    return a.made(sure, len(rows), _doubt(rows))


def _any_row_fits(it: Interpreter, record: str, where: Node) -> bool:
    return it.in_row(record, it.any_row(record), where) not in (FAIL, NOT_APPLICABLE)


def _doubt(rows: list[tuple[Status, Row]]) -> int:
    cause = 0
    for status, _ in rows:
        cause |= status & UNDECIDED
    return cause


def _sum(it: Interpreter, node: Node) -> Value:
    record, value, where = node.args
    if not it.is_known(record):
        if not _any_row_fits(it, record, where):
            return known(0)
        low, high, _ = it.quantity_in_row(record, it.any_row(record), value)
        return a.made(-inf if low < 0 else 0, inf if high > 0 else 0, UNKNOWN)
    total: Quantity = known(0)
    for status, row in it.fitting(record, where):
        amount = it.quantity_in_row(record, row, value)
        total = a.add(total, amount if status == PASS else a.hull([amount, known(0)], status))
    return total


def _largest(it: Interpreter, node: Node) -> Value:
    return _outermost(it, node, 1)


def _smallest(it: Interpreter, node: Node) -> Value:
    return _outermost(it, node, -1)


def _outermost(it: Interpreter, node: Node, sign: int) -> Value:
    """The largest value (sign 1), or the smallest as the negative of the largest negative."""
    record, value, where = node.args
    if not it.is_known(record):
        if not _any_row_fits(it, record, where):
            return known(-inf * sign)
        low, high, _ = it.quantity_in_row(record, it.any_row(record), value)
        return (-inf, high, UNKNOWN) if sign > 0 else (low, inf, UNKNOWN)
    sure, possible, cause = -inf, -inf, 0
    for status, row in it.fitting(record, where):
        low, high, doubt = it.quantity_in_row(record, row, value)
        if sign < 0:
            low, high = -high, -low
        possible = max(possible, high)
        sure = max(sure, low) if status == PASS else sure
        cause |= doubt if status == PASS else (doubt | status) & UNDECIDED
    return a.made(sure, possible, cause) if sign > 0 else a.made(-possible, -sure, cause)


def _the(it: Interpreter, node: Node) -> Value:
    record, value, where = node.args
    blank = it.quantity_in_row(record, it.any_row(record), value)
    doubt = blank[2] | UNKNOWN
    anything = (None, None, doubt) if blank[0] is None else a.made(blank[0], blank[1], doubt)
    if not it.is_known(record):
        return anything
    rows = it.fitting(record, where)
    values = [it.quantity_in_row(record, row, value) for _, row in rows]
    if not any(status == PASS for status, _ in rows):
        return anything
    return a.hull(values, _doubt(rows) | UNKNOWN) if len(values) > 1 else values[0]


def _distinct(it: Interpreter, node: Node) -> Value:
    record, key, where = node.args
    if not it.is_known(record):
        return (0, inf, UNKNOWN) if _any_row_fits(it, record, where) else known(0)
    sure: set[Any] = set()
    possible: set[Any] = set()
    sure_unknown = unknown_keys = cause = 0
    for status, row in it.fitting(record, where):
        value = it.in_row(record, row, key)
        low, high, doubt = value if isinstance(value, tuple) else (value, value, value & ~FAIL)
        if doubt & NOT_APPLICABLE:
            continue
        cause |= doubt | status & UNDECIDED
        if low == high and low is not None and not doubt:
            possible.add(low)
            if status == PASS:
                sure.add(low)
        else:
            unknown_keys += 1
            sure_unknown += status == PASS
    return a.made(max(len(sure), 1 if sure_unknown else 0), len(possible) + unknown_keys, cause)


def _any_item(it: Interpreter, node: Node) -> Value:
    assert it.items_hold is not None
    return it.items_hold(node.args[0])


def _binary(operation: Callable[[Quantity, Quantity], Quantity]) -> Operation:
    return lambda it, node: operation(it.quantity(node.args[0]), it.quantity(node.args[1]))


def _unary(operation: Callable[[Quantity], Quantity]) -> Operation:
    return lambda it, node: operation(it.quantity(node.args[0]))


def _comparison(op: str) -> Operation:
    return lambda it, node: a.compare(op, it.quantity(node.args[0]), it.quantity(node.args[1]))


OPERATIONS: dict[str, Operation] = {
    "const": _const, "fact": _fact, "param": _param, "field": _field, "around": _around, "presume": _presume, "if": _if,
    "matches": _matches, "count": _count, "sum": _sum, "largest": _largest, "smallest": _smallest, "the": _the,
    "distinct": _distinct, "any_item": _any_item,
    "not": lambda it, n: a.negate(it.status(n.args[0])),
    "all": lambda it, n: a.every([it.status(x) for x in n.args]),
    "any": lambda it, n: a.some([it.status(x) for x in n.args]),
    "at_least": lambda it, n: a.at_least(n.args[0], [it.status(x) for x in n.args[1:]]),
    "soften": lambda it, n: a.soften(it.status(n.args[0])),
    "guard": lambda it, n: a.guard(it.status(n.args[0]), it.status(n.args[1])),
    **{op: _comparison(op) for op in ("eq", "ne", "lt", "le", "gt", "ge")},
    "in": lambda it, n: a.member(it.quantity(n.args[0]), n.args[1]),
    "add": _binary(a.add), "sub": _binary(a.subtract), "mul": _binary(a.multiply), "div": _binary(a.divide),
    "neg": _unary(a.negative), "floor": _unary(a.floor), "abs": _unary(a.absolute),
    "mod": lambda it, n: a.remainder(it.quantity(n.args[0]), n.args[1]),
    "min": lambda it, n: a.extreme("min", [it.quantity(x) for x in n.args]),
    "max": lambda it, n: a.extreme("max", [it.quantity(x) for x in n.args]),
    "open": lambda _, n: a.made(n.args[0], n.args[1], OPEN),
    "shift": _binary(a.shift), "shift_days": _binary(a.shift_days),
    "year": _unary(a.year), "month": _unary(a.month), "years_between": _binary(a.years_between),
}
