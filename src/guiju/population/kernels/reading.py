"""Columns of one population as kernels read them, and what is known of each, found when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from guiju.language.ir import Node
from guiju.population.columns import Column
from guiju.population.kernels.given import Given, Span, given, span_of
from guiju.population.people import TEXTS, Stored

if TYPE_CHECKING:
    from guiju.population.working import Working


class Reading:
    """Of a plan's nodes for all organisations."""

    def __init__(self, w: Working) -> None:
        self._w = proxy(w)  # a circle would keep a chunk's columns until the collector comes, several chunks later
        self._columns: dict[Node, Column] = {}
        self._given: dict[Node, Given | None] = {}
        self._spans: dict[Node, Span | None] = {}

    def column(self, node: Node) -> Column:
        """A fact's as it is kept, anything else as it is worked out node by node."""
        if node not in self._columns:
            stored = self._kept(node)
            self._columns[node] = self._w.value(node, self._w.top) if stored is None else stored.column
        return self._columns[node]

    def given(self, node: Node) -> Given | None:
        """What is known of the column; none where it is not exact."""
        if node not in self._given:
            stored = self._kept(node) or Stored(self.column(node))
            self._columns[node] = stored.column
            self._given[node] = given(stored, node.type.kind in TEXTS)
        return self._given[node]

    def span(self, node: Node) -> Span | None:
        """What the column's ends lie between; none where they are not exact."""
        if node not in self._spans:
            self._spans[node] = span_of(self.column(node))
        return self._spans[node]

    def forget(self, number: int) -> None:
        """Let go of columns that no policy after the one with this number asks for."""
        for node in [node for node in self._columns if self._w.plan.last(node) <= number]:
            del self._columns[node]

    def _kept(self, node: Node) -> Stored | None:
        """The fact's column, of whole numbers over a scale or of statuses."""
        stored = self._w.people.facts.get(node.args[0]) if node.op == "fact" else None
        return None if stored is None or stored.printed is not None else stored
