"""What an undecided value waits for: facts, judgements, record sets, cells of rows, open parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Literal

from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.items import Item
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Limit, Parameter
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Value

DoubtKind = Literal["fact", "judgement", "records", "parameter", "unset"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is not known. `id` is a fact's, a parameter's, a record set's, or `record.field`; `rows` the
    positions of the rows that lack the cell (from 1)."""

    kind: DoubtKind
    id: str
    name: str
    rows: tuple[int, ...] = ()


class Doubts:
    """Collects what a node waits for, each once, in reading order. `parameters` are those of the policy, by id."""

    def __init__(self, parameters: Map[str, Parameter], interpreter: Interpreter) -> None:
        self.parameters = parameters
        self.it = interpreter
        self._found: dict[tuple[str, str], set[int]] = {}
        self._kinds: dict[tuple[str, str], DoubtKind] = {}
        self._around: dict[str, tuple[str, int] | None] = {}

    def found(self) -> list[Doubt]:
        return [Doubt(self._kinds[key], key[0], key[1], tuple(sorted(rows))) for key, rows in self._found.items()]

    def add(self, node: Node, row: tuple[str, int] | None = None) -> Doubts:
        """Add what this node waits for; `row` is the record and position of the row that stands open."""
        for kind, id_, name in self._direct(node):
            self._note(kind, id_, name, self._around.get(node.args[0]) if node.op == "around" else row)
        for child in self._open_children(node):
            self.add(child, row)
        if node.op in AGGREGATES:
            self._add_rows(node, row)
        return self

    def add_item(self, item: Item) -> Doubts:
        """Add what keeps an item's amount from being one number."""
        benefit = item.benefit
        if benefit.record and not item.rows:
            record = self.it.record(benefit.record)
            self._note("records", record.id, record.name, None)
            return self
        nodes = [c.node for c in benefit.when if c.counts] + [line.test for line in benefit.rows]
        nodes += [line.net for line in benefit.rows if line.net is not None]
        nodes += [benefit.ceiling] if benefit.ceiling is not None else []
        for position, row in zip(item.positions, item.rows, strict=True):
            if benefit.record:
                with self.it.open_row(benefit.record, row):
                    self._add_open(nodes, (benefit.record, position + 1))
            else:
                self._add_open(nodes, None)
        return self

    def add_limits(self, limits: Iterable[Limit], items: Sequence[Item]) -> Doubts:
        """Add the parameters that limits on these items wait for: until they are set, nothing is cut by them."""
        paid = {item.benefit.id for item in items if item.status != FAIL and item.high > 0}
        for limit in limits:
            if paid.isdisjoint(limit.benefits) or self.it.status(limit.gate) in (FAIL, NOT_APPLICABLE):
                continue
            amount = [limit.amount] if limit.amount is not None else []
            for node in walk(limit.gate, *amount):
                if node.op == "param" and self._is_open(self.it.value(node)):
                    self.add(node)
        return self

    def _add_open(self, nodes: list[Node], row: tuple[str, int] | None) -> None:
        for node in nodes:
            if self._is_open(self.it.value(node)):
                self.add(node, row)

    def _note(self, kind: DoubtKind, id_: str, name: str, row: tuple[str, int] | None) -> None:
        key = (id_, name)
        self._kinds.setdefault(key, kind)
        rows = self._found.setdefault(key, set())
        if row is not None and "." in id_:
            rows.add(row[1])

    def _direct(self, node: Node) -> Iterator[tuple[DoubtKind, str, str]]:
        """The thing itself, if the node is one that is not known."""
        if node.op == "fact":
            fact = self.it.vocabulary.facts[node.args[0]]
            if fact.id not in self.it.facts.values or self._is_open(self.it.value(node)):
                yield ("judgement" if fact.kind == "judgement" else "fact"), fact.id, fact.name
        elif node.op in ("field", "around"):
            record = self.it.record(node.args[0])
            entry = record.fields[node.args[1]]
            kind: DoubtKind = "judgement" if entry.kind == "judgement" else "fact"
            yield kind, f"{record.id}.{entry.id}", f"{record.name}·{entry.name}"
        elif node.op == "param":
            id_ = str(node.args[0]).split(":", 1)[1]
            yield "parameter", id_, self.parameters[id_].name
        elif node.op == "open":
            yield "unset", "open", "原文留待另定的数值"
        elif node.op in AGGREGATES and not self.it.is_known(node.args[0]):
            record = self.it.record(node.args[0])
            yield "records", record.id, record.name

    def _open_children(self, node: Node) -> list[Node]:
        if node.op in AGGREGATES or node.op == "any_item":
            return []
        if node.op == "if" and self.it.status(node.args[0]) in (PASS, FAIL):
            taken = node.args[1 if self.it.status(node.args[0]) == PASS else 2]
            return [taken] if self._is_open(self.it.value(taken)) else []
        return [child for child in node.children if self._is_open(self.it.value(child))]

    def _add_rows(self, node: Node, around: tuple[str, int] | None) -> None:
        record_id, *parts = node.args
        self._around[record_id] = around
        for position, row in enumerate(self.it.facts.records.get(record_id, ())):
            with self.it.open_row(record_id, row):
                if self.it.value(parts[-1]) in (FAIL, NOT_APPLICABLE):
                    continue
                self._add_open(parts, (record_id, position + 1))

    @staticmethod
    def _is_open(value: Value) -> bool:
        if isinstance(value, tuple):
            return bool(value[2] & UNDECIDED)
        return value not in (PASS, FAIL, NOT_APPLICABLE)
