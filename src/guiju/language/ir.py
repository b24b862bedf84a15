"""The intermediate form: frozen nodes, each built once for equal content (hash-consing).

Few operations; everything else is sugar over them. A node knows its type, its unit (in the type) and whether it has
one value or one a row. Because equal nodes are shared, *where* a node was written is kept beside it: every place,
its clauses, and the sugar that it came from (`Graph.origins`).

Operations (arguments):
  const(value)  fact(id)  param(id)  field(record, position)  around(record, position)  item(attribute)
  not(b)  all(b…)  any(b…)  at_least(k, b…)  soften(b)  guard(condition, b)  presume(b)
  eq ne lt le gt ge (a, b)  in(a, (value…))  matches(text, pattern)
  add sub mul div (a, b)  neg floor abs(a)  mod(a, n)  min max(a…)  if(b, a, a)  open(low, high)
  shift(date, months)  shift_days(date, n)  year(date)  month(date)
  years_between(a, b)
  count(record, where)  sum largest smallest the(record, value, where)  distinct(record, key, where)
"""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from guiju.language.types import Type
from guiju.source.diagnostics import Span


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation. Compare with `is`: a graph holds one node for equal content.

    `rows` names the record sets of whose open row the value depends; empty for a value of the organisation.
    """

    op: str
    args: tuple[Any, ...]
    type: Type
    rows: frozenset[str]
    children: tuple[Node, ...]

    def __repr__(self) -> str:
        return f"{self.op}({', '.join(map(repr, self.args))})"


@dataclass(frozen=True, slots=True)
class Origin:
    """One place where a node was written: as which sugar, in which words, under which clauses."""

    span: Span
    sugar: str = ""
    text: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(slots=True)
class Graph:
    """The table of all nodes of a rule set."""

    nodes: dict[tuple[Any, ...], Node] = field(default_factory=dict)
    origins: dict[Node, list[Origin]] = field(default_factory=dict)

    def node(self, op: str, args: tuple[Any, ...], type_: Type) -> Node:
        """The one node with this content."""
        children = tuple(a for a in args if isinstance(a, Node))
        rows = _open_rows(op, args, children)
        type_ = type_.rows(bool(rows))
        key = (op, type_, *((type(a), a) for a in args))
        found = self.nodes.get(key)
        if found is None:
            found = self.nodes[key] = Node(op, args, type_, rows, children)
        return found

    def note(self, node: Node, origin: Origin) -> Node:
        """Remember where the node was written."""
        places = self.origins.setdefault(node, [])
        if origin not in places:
            places.append(origin)
        return node


AGGREGATES = frozenset({"count", "sum", "largest", "smallest", "the", "distinct"})
AROUND = "^"  # before a record set: its row that stands open around the innermost one


def _open_rows(op: str, args: tuple[Any, ...], children: tuple[Node, ...]) -> frozenset[str]:
    if op == "field":
        return frozenset({args[0]})
    if op == "around":
        return frozenset({AROUND + args[0]})
    rows = frozenset().union(*(child.rows for child in children))
    if op == "any_item":
        return frozenset()
    if op not in AGGREGATES:
        return rows
    return frozenset(row.removeprefix(AROUND) if row == AROUND + args[0] else row for row in rows - {args[0]})


def walk(*roots: Node, known: Container[Node] = ()) -> list[Node]:
    """Every node below the roots, each once, children before parents; not those that are known, nor what is below
    them."""
    seen: dict[Node, None] = {}
    stack: list[tuple[Node, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, done = stack.pop()
        if done:
            seen.setdefault(node)
        elif node not in seen and node not in known:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.children))
    return list(seen)


def digest(*roots: Node) -> str:
    """SHA-256 of the structure below the roots: equal rules have equal digests, wherever they are written."""
    hashes: dict[Node, str] = {}
    for node in walk(*roots):
        parts = [node.op, repr(node.type)]
        parts += [hashes[a] if isinstance(a, Node) else repr(a) for a in node.args]
        hashes[node] = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return hashlib.sha256("".join(hashes[root] for root in roots).encode()).hexdigest()
