"""Writes the source of a closure: one local variable a Boolean, three a quantity, loops over record rows.

A node is written once, into the outermost block in which all the rows that it needs stand open, so that what does
not depend on a row is worked out before the loop.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from math import inf
from typing import Any

from guiju.language.ir import Node, walk
from guiju.values import OPEN
from guiju.vocabulary import Vocabulary

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
        if self.parent is not None and node.rows <= self.parent.rows():
            return self.parent.home(node)
        return self

    def row_of(self, record: str) -> str:
        if self.record == record:
            return self.row
        assert self.parent is not None
        return self.parent.row_of(record)


class Emitter:
    """Turns nodes into statements. `slots` gives each fact and record set its place in the closure's argument."""

    def __init__(self, vocabulary: Vocabulary, parameters: Map[str, Any], presuming: bool,
                 sizes: Map[str, int]) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters
        self.presuming = presuming
        self.sizes = sizes
        self.top = Block(None)
        self.slots: dict[tuple[str, str], int] = {}
        self.constants: dict[str, Any] = {}
        self._count = 0
        self._doubtful: dict[Node, bool] = {}

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
        for part in walk(node):
            if part not in self._doubtful:
                self._doubtful[part] = self._not_applicable(part)
        return self._doubtful[node]

    def _not_applicable(self, node: Node) -> bool:
        if node.op in ("guard", "any_item"):
            return True
        if node.op == "fact":
            return bool(self.vocabulary.facts[node.args[0]].not_applicable)
        if node.op == "field":
            return bool(self.vocabulary.records[node.args[0]].fields[node.args[1]].not_applicable)
        return any(self._doubtful[child] for child in node.children)

    # Values

    def status(self, node: Node, block: Block) -> str:
        """The name (or literal) that holds a Boolean node's status."""
        from guiju.evaluate import emit_status

        home = block.home(node)
        if node not in home.written:
            home.written[node] = emit_status.write(self, node, home)
        return home.written[node]  # type: ignore[no-any-return]

    def quantity(self, node: Node, block: Block) -> Names:
        """The names (or literals) that hold a node's low, high and cause."""
        from guiju.evaluate import emit_quantity

        home = block.home(node)
        if node not in home.written:
            home.written[node] = emit_quantity.write(self, node, home)
        return home.written[node]  # type: ignore[no-any-return]

    def assign(self, block: Block, expression: str, prefix: str = "v") -> str:
        name = self.fresh(prefix)
        block.lines.append(f"{name} = {expression}")
        return name

    def assign_three(self, block: Block, expression: str) -> Names:
        low, high, cause = self.fresh("a"), self.fresh("b"), self.fresh("c")
        block.lines.append(f"{low}, {high}, {cause} = {expression}")
        return low, high, cause

    def parameter(self, node: Node) -> Any:
        """A parameter's value, or its domain where it is open."""
        value = self.parameters.get(node.args[0])
        kind = node.type.kind
        if kind == "bool":
            return OPEN if value is None else value
        if value is not None:
            return value, value, 0
        if kind == "enum":
            return 0, max(self.sizes.get(node.type.enum, 1) - 1, 0), OPEN
        return (1, 3652059, OPEN) if kind == "date" else (-inf, inf, OPEN)

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
