"""Works out nodes for a whole population: each once in each frame, whatever the policies that ask."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from guiju.language.ir import Node
from guiju.population import quantities as q
from guiju.population.aggregates import sum_of_ratios
from guiju.population.columns import Column, Mask, Quantity, Status, constant, settled, taken
from guiju.population.frames import Frame, Rows, narrowed, with_blank, within
from guiju.population.kernels.reading import Reading
from guiju.population.operations import OPERATIONS
from guiju.population.people import TEXTS, Population, blank_column
from guiju.population.plan import Plan, Questions
from guiju.values import FAIL, PASS


class Working:
    """Values of a plan's nodes for all organisations. `asks`: who asks now; nodes are given as his policy has them.
    `presuming`: 未述即符合. Values are kept while somebody in the plan still asks for them."""

    def __init__(self, people: Population, plan: Plan, choice_sizes: Map[str, int], presuming: bool = False) -> None:
        self.people = people
        self.plan = plan
        self.asks: Questions = plan.questions[0]
        self.choice_sizes = choice_sizes
        self.presuming = presuming
        self._values: dict[Frame, dict[Node, Column]] = {}
        self._frames: dict[tuple[Frame, str, bool | None], Frame] = {}
        self._starts: dict[str, Rows] = {}
        self._columns: dict[tuple[str, int], Column] = {}
        self.reading = Reading(self)
        self._left: dict[Node, Mask] = {}
        self._asked: Node | None = None
        self._passing: list[Frame] = []

    @cached_property
    def top(self) -> Frame:
        """One row an organisation."""
        return Frame(self.people.count, np.arange(self.people.count))

    def status(self, node: Node, frame: Frame | None = None) -> Status:
        value = self.value(node, frame or self.top)
        assert isinstance(value, Status)
        return value

    def quantity(self, node: Node, frame: Frame | None = None) -> Quantity:
        value = self.value(node, frame or self.top)
        assert isinstance(value, Quantity)
        return value

    def value(self, node: Node, frame: Frame) -> Column:
        """The node's value in each row of the frame."""
        node = self.asks.same.get(node, node)
        home = frame.home(node.rows)
        values = self._values.get(home)
        if values is None:
            values = self._values[home] = {}
        value = values.get(node)
        if value is None:
            outer, self._asked = self._asked, node
            leftover = q.Leftover()
            value = values[node] = settled(OPERATIONS[node.op](self, node, home, leftover))
            if leftover.mask is not False:
                self.leave(home, leftover.mask)
            self._asked = outer
            for part in self.plan.spent(node):
                values.pop(part, None)
        return value if frame is home else self.spread(value, frame, home)

    def put(self, node: Node, value: Column) -> None:
        """What an organisation-wide node comes to, where something else than the rules' operations found it."""
        self._values.setdefault(self.top, {})[self.asks.same[node]] = value

    def forget(self, number: int) -> None:
        """Drop what no policy after the one with this number asks for."""
        for values in self._values.values():
            for node in [node for node in values if self.plan.last(node) <= number]:
                del values[node]
        self.reading.forget(number)

    def spread(self, value: Column, frame: Frame, home: Frame) -> Column:
        """The value in a frame inside its home."""
        path = []
        while frame is not home:
            assert frame.parent is not None
            path.append(frame.outer)
            frame = frame.parent
        for outer in reversed(path):
            value = value if outer is None else taken(value, outer)
        return value

    # What is left over

    def leave(self, frame: Frame, rows: Any) -> None:
        """The owners of these rows are answered one by one, in whatever asks for the node at hand."""
        if not np.any(rows):
            return
        assert self._asked is not None
        mask = self._left.setdefault(self._asked, np.zeros(self.people.count, np.bool_))
        mask[frame.owners[np.broadcast_to(rows, frame.count)]] = True

    def left_by(self, nodes: frozenset[Node], rows: slice = slice(None)) -> Mask:
        """Whose answers that rest on these nodes of the plan doubles can't decide, of these rows."""
        masks = [mask[rows] for node, mask in self._left.items() if node in nodes]
        return np.logical_or.reduce(masks) if masks else \
            np.zeros(len(range(*rows.indices(self.people.count))), np.bool_)

    # Rows

    def known(self, record: str, frame: Frame) -> Mask | bool:
        """Whose set of records is known, for each row of the frame; True or False where it is alike for all."""
        table = self.people.tables.get(record)
        if table is None or isinstance(table.known, bool):
            return table is not None and bool(table.known)
        return table.known[frame.owners]

    def open(self, frame: Frame, record: str) -> Frame:
        """The record's rows beside each row of the frame."""
        key = (frame, record, False)
        if key not in self._frames:
            self._frames[key] = self._opened(frame, record)
        return self._frames[key]

    def _opened(self, frame: Frame, record: str) -> Frame:
        table = self.people.tables[record]
        if frame is self.top:
            return Frame(len(table.owners), table.owners, record, frame, table.owners, np.arange(len(table.owners)))
        if record not in self._starts:
            self._starts[record] = table.starts(self.people.count)
        return within(frame, record, self._starts[record])

    def open_blank(self, frame: Frame, record: str) -> Frame:
        """A row of the record of which nothing is known, beside each row of the frame whose set is not known."""
        key = (frame, record, True)
        if key not in self._frames:
            known = self.known(record, frame)
            rows = None if isinstance(known, bool) else np.flatnonzero(~known)
            self._frames[key] = with_blank(frame, record, rows)
        return self._frames[key]

    def open_blank_beside(self, frame: Frame, record: str) -> Frame:
        """A row of the record of which nothing is known, beside each row of the frame, whether its set is known."""
        key = (frame, record, None)
        if key not in self._frames:
            self._frames[key] = with_blank(frame, record, None)
        return self._frames[key]

    def field(self, frame: Frame, record: str, position: int) -> Column:
        """A field of the record's row that stands open innermost."""
        while frame.record != record:
            assert frame.parent is not None
            frame = frame.parent
        entry = self.people.vocabulary.records[record].fields[position]
        if frame.blank:
            return blank_column(entry)
        key = (record, position)
        if key not in self._columns:
            self._columns[key] = self.people.tables[record].fields[position].ready()
        column = self._columns[key]
        return column if frame is self._frames.get((self.top, record, False)) else taken(column, frame.inner)

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Frames that are narrowed inside are closed in the end."""
        before, self._passing = self._passing, []
        try:
            yield
        finally:
            for frame in self._passing:
                self._close(frame)
            self._passing = before

    def narrowed(self, frame: Frame, rows: Rows) -> Frame:
        """These rows of the frame alone."""
        self._passing.append(narrowed(frame, rows))
        return self._passing[-1]

    def _close(self, frame: Frame) -> None:
        """Drop whatever was worked out in the frame and in those inside it."""
        for worked in [worked for worked in self._values if worked.is_within(frame)]:
            del self._values[worked]
        for opened in [opened for opened in self._frames if opened[0].is_within(frame)]:
            del self._frames[opened]

    def ratio(self, node: Node, frame: Frame) -> tuple[Quantity, Quantity]:
        """What the node's value is a ratio of."""
        one = Quantity(1.0, 1.0)
        if node.op == "div":
            return self.quantity(node.args[0], frame), self.quantity(node.args[1], frame)
        if node.op == "const" and isinstance(node.args[0], Fraction):
            return constant(node.args[0].numerator), constant(node.args[0].denominator)
        if node.op == "if":
            condition = self.status(node.args[0], frame)
            (over, under), (above, below) = (self.ratio(branch, frame) for branch in node.args[1:])
            return q.chosen(condition, over, above), q.chosen(condition, under, below)
        kept = sum_of_ratios(self, node, frame) if node.op == "sum" else self.stored_ratio(node, frame)
        return kept or (self.quantity(node, frame), one)

    def stored_ratio(self, node: Node, frame: Frame) -> tuple[Quantity, Quantity] | None:
        """Of a fact or a field that is kept as whole numbers over a scale: these, and the scale."""
        if node.op == "fact":
            stored, rows = self.people.facts.get(node.args[0]), frame.owners if frame.record else None
        elif node.op == "field" and frame.record == node.args[0] and not frame.blank:
            stored, rows = self.people.tables[node.args[0]].fields[node.args[1]], frame.inner
        else:
            return None
        if stored is None or stored.scale == 1:
            return None
        stored = stored.plain()
        assert isinstance(stored.column, Quantity)
        return stored.column if rows is None else q.at(stored.column, rows), constant(stored.scale)

    def fact(self, id_: str) -> Column:
        held = self.people.facts.get(id_)
        return blank_column(self.people.vocabulary.facts[id_]) if held is None else held.ready()

    def known_value(self, node: Node, value: Any) -> Column:
        """A value that is alike for all, by the node's type."""
        if node.type.kind == "bool":
            assert isinstance(value, int)
            return Status(value, value in (PASS, FAIL))
        if node.type.kind in TEXTS:
            assert isinstance(value, str)
            code = float(self.people.texts.code(value))
            return Quantity(code, code)
        return constant(value)
