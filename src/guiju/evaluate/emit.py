"""Writes the source of a closure: one local variable a Boolean, three a quantity, loops over record rows.

A node is written once, into the outermost block in which all the rows that it needs stand open, so that what does
not depend on a row is worked out before the loop.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from math import inf
from typing import Any

from guiju.evaluate.specialise import Specialiser
from guiju.language.ir import Node

Names = tuple[str, str, str]
_PLAIN = (int, str, bool, type(None))


@dataclass(slots=True)
class Block:
    """A run of statements. `record` is the set whose row this loop body holds."""

    parent: Block | None
    record: str = ""
    row: str = ""
    lines: list[str] = field(default_factory=list)
    written: dict[Node, Any] = field(default_factory=dict)

    def rows(self) -> frozenset[str]:
        above = self.parent.rows() if self.parent else frozenset()
        return above | {self.record} if self.record else above

    def home(self, node: Node) -> Block:
        """The outermost block in which the node can be written."""
        if self.parent is not None and self.record not in node.rows and node.rows <= self.parent.rows():
            return self.parent.home(node)
        return self

    def row_of(self, record: str) -> str:
        if self.record == record:
            return self.row
        assert self.parent is not None
        return self.parent.row_of(record)

    def row_around(self, record: str) -> str:
        """The row of the record that stands open around the innermost one."""
        assert self.parent is not None
        return self.parent.row_of(record) if self.record == record else self.parent.row_around(record)


class Emitter:
    """Turns nodes into statements. `slots` gives each fact and record set its place in the closure's argument.

    With `facts_known` every fact is one value: then one name does for both ends, and much is decided at once.
    `decided` are the names of statuses that can only be PASS or FAIL.
    """

    def __init__(self, specialiser: Specialiser, presuming: bool, choice_sizes: Map[str, int],
                 facts_known: bool = False) -> None:
        self.facts_known = facts_known
        self.decided: set[str] = {"0", "8"}
        self.specialiser = specialiser
        self.presuming = presuming
        self.choice_sizes = choice_sizes
        self.top = Block(None)
        self.slots: dict[tuple[str, str], int] = {}
        self.constants: dict[str, Any] = {}
        self._count = 0

    # Names

    def fresh(self, prefix: str = "v") -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def literal(self, value: Any) -> str:
        """A value as source text; what has no literal becomes a bound name."""
        if isinstance(value, _PLAIN):
            return repr(value)
        if value in (inf, -inf):
            return "INF" if value > 0 else "(-INF)"
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def slot(self, kind: str, id_: str) -> int:
        return self.slots.setdefault((kind, id_), len(self.slots))

    def may_not_apply(self, node: Node) -> bool:
        """Whether the node's value can be 不适用."""
        return self.specialiser.may_not_apply(node)

    # Values

    def status(self, node: Node, block: Block) -> str:
        """The name (or literal) that holds a Boolean node's status."""
        from guiju.evaluate import emit_status

        node = self.specialiser.node(node)
        home = block.home(node)
        if node not in home.written:
            home.written[node] = emit_status.write(self, node, home)
        name: str = home.written[node]
        return name

    def quantity(self, node: Node, block: Block) -> Names:
        """The names (or literals) that hold a node's low, high and cause."""
        from guiju.evaluate import emit_quantity

        node = self.specialiser.node(node)
        home = block.home(node)
        if node not in home.written:
            home.written[node] = emit_quantity.write(self, node, home)
        names: Names = home.written[node]
        return names

    def assign(self, block: Block, expression: str, prefix: str = "v") -> str:
        name = self.fresh(prefix)
        block.lines.append(f"{name} = {expression}")
        return name

    def decide(self, block: Block, expression: str) -> str:
        """Name a status that can only be PASS or FAIL."""
        name = self.assign(block, expression)
        self.decided.add(name)
        return name

    def assign_three(self, block: Block, expression: str) -> Names:
        low, high, cause = self.fresh("a"), self.fresh("b"), self.fresh("c")
        block.lines.append(f"{low}, {high}, {cause} = {expression}")
        return low, high, cause

    def all_decided(self, names: Iterable[str]) -> bool:
        return all(name in self.decided for name in names)

    # Loops

    def loop(self, record: str, block: Block) -> tuple[Block, str, str]:
        """A loop over the record's rows: its body, the name of the rows, and the name that says whether known."""
        rows = self.assign(block, f"S[{self.slot('record', record)}]", "r")
        known = self.assign(block, f"{rows} is not None", "k")
        blank = self.slot("blank", record)
        body = Block(block, record, self.fresh("w"))
        return body, f"({rows} if {known} else (S[{blank}],))", known

    def close(self, block: Block, body: Block, rows: str) -> None:
        """Write the loop with all that its body has gathered."""
        block.lines.append(f"for {body.row} in {rows}:")
        block.lines.extend(f"    {line}" for line in body.lines or ["pass"])


def is_point(names: Names) -> bool:
    """Whether a quantity is one known value: one name for both ends, and no cause of doubt."""
    return names[0] == names[1] and names[2] == "0"
