"""Works out nodes for a whole population: each once in each frame, whatever the policies that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from contextlib import contextmanager
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from guiju.evaluate.arithmetic import open_parameter
from guiju.language.ir import AGGREGATES, Node
from guiju.population import comparisons as c
from guiju.population import days as d
from guiju.population import quantities as q
from guiju.population import statuses as s
from guiju.population.aggregates import aggregate, sum_of_ratios
from guiju.population.columns import Column, Mask, Quantity, Status, constant, settled, taken
from guiju.population.frames import Frame, Rows, narrowed, with_blank, within
from guiju.population.kernels.reading import Reading
from guiju.population.people import TEXTS, Population, blank_column
from guiju.population.plan import Plan, Questions

Operation = Callable[["Working", Node, Frame, q.Leftover], Column]


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
        return value if frame is home else self._spread(value, frame, home)

    def put(self, node: Node, value: Column) -> None:
        """What an organisation-wide node comes to, where something else than the rules' operations found it."""
        self._values.setdefault(self.top, {})[self.asks.same[node]] = value

    def forget(self, number: int) -> None:
        """Drop what no policy after the one with this number asks for."""
        for values in self._values.values():
            for node in [node for node in values if self.plan.last(node) <= number]:
                del values[node]
        self.reading.forget(number)

    def _spread(self, value: Column, frame: Frame, home: Frame) -> Column:
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
            return Status(value, value in (0, 8))
        if node.type.kind in TEXTS:
            assert isinstance(value, str)
            code = float(self.people.texts.code(value))
            return Quantity(code, code)
        return constant(value)


def _const(w: Working, node: Node, _f: Frame, _l: q.Leftover) -> Column:
    return w.known_value(node, node.args[0])


def _param(w: Working, node: Node, _f: Frame, _l: q.Leftover) -> Column:
    """One that is not set."""
    anything = open_parameter(node.type, w.choice_sizes)
    if isinstance(anything, int):
        return Status(anything)
    return Quantity(float(anything[0]), float(anything[1]), anything[2])


def _field(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    return w.field(frame, *node.args)


def _around(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    """The row of the record that stands open around the innermost one."""
    record, position = node.args
    inside = frame
    while inside.record != record:
        assert inside.parent is not None
        inside = inside.parent
    assert inside.parent is not None
    outer = inside.parent
    home = outer
    while home.record != record:
        assert home.parent is not None
        home = home.parent
    return w._spread(w.field(home, record, position), frame, home)


def _if(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    condition, then, otherwise = node.args
    alike = w.status(condition, frame).codes
    if isinstance(alike, int) and alike in (0, 8):
        return w.value(then if alike == 0 else otherwise, frame)
    if node.type.kind == "bool":
        return s.chosen(w.status(condition, frame), w.status(then, frame), w.status(otherwise, frame))
    asked, one, other = w.status(condition, frame), w.quantity(then, frame), w.quantity(otherwise, frame)
    if node.type.kind in TEXTS and not asked.plain:
        return q.hull_of_texts(asked, one, other)
    return q.chosen(asked, one, other)


def _order(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    """A comparison; where doubles of ratios are too near to tell, what they are ratios of is multiplied out."""
    usual = q.Leftover()
    status = c.order(node.op, w.quantity(node.args[0], frame), w.quantity(node.args[1], frame), usual)
    if usual.mask is False:
        return status
    alike = not np.ndim(usual.mask) and isinstance(status.codes, int | np.integer)
    count = 1 if alike else frame.count
    near = np.flatnonzero(np.broadcast_to(usual.mask, count))
    a, b = ((q.at(over, near), q.at(under, near)) for over, under in (w.ratio(x, frame) for x in node.args))
    exact, right = (np.broadcast_to(part, len(near)) for part in c.order_of_ratios(node.op, a, b))
    codes = np.array(np.broadcast_to(status.codes, count), np.uint8)
    codes[near[right]] = exact[right]
    rest = np.zeros(count, np.bool_)
    rest[near[~right]] = True
    leftover.note(rest[0] if alike else rest)
    return Status(int(codes[0]) if alike else codes, status.plain)


def _equality(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    a, b = (w.quantity(n, frame) for n in node.args)
    if node.args[0].type.kind in TEXTS:
        return c.same_text(node.op, a, b)
    return c.equal(node.op, a, b, leftover)


def _in(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    value = w.quantity(node.args[0], frame)
    if node.args[0].type.kind in TEXTS:
        return c.member_text(value, [float(w.people.texts.code(v)) for v in node.args[1]])
    return c.member(value, [float(v) for v in node.args[1]], leftover)


def _matches(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    return c.matches(w.quantity(node.args[0], frame), node.args[1], w.people.texts.text)


def _presume(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    status = w.status(node.args[0], frame)
    return s.presumed(status) if w.presuming else status


def _quantities(operation: Callable[..., Quantity], exact: bool = False) -> Operation:
    """An operation on quantities; with `exact`, one that needs no doubles."""

    def work(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
        parts = [w.quantity(n, frame) for n in node.children]
        return operation(*parts) if exact else operation(*parts, leftover)

    return work


def _mul(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    for factor, other in (node.args, node.args[::-1]):
        if _is_fraction(factor):
            return _scaled(w, factor, w.quantity(other, frame), frame, leftover)
    return q.multiply(w.quantity(node.args[0], frame), w.quantity(node.args[1], frame), leftover)


def _is_fraction(node: Node) -> bool:
    """A fraction that the rule states, or one of two by a condition."""
    if node.op == "if":
        return all(part.op == "const" or _is_fraction(part) for part in node.args[1:])
    return node.op == "const" and isinstance(node.args[0], Fraction)


def _scaled(w: Working, factor: Node, value: Quantity, frame: Frame, leftover: q.Leftover) -> Quantity:
    """Times a stated fraction, whole where it comes out whole."""
    if factor.op == "const":
        return q.scaled(value, Fraction(factor.args[0]), leftover)
    condition, then, otherwise = factor.args
    one, other = (_scaled(w, part, value, frame, leftover) for part in (then, otherwise))
    return q.chosen(w.status(condition, frame), one, other)


def _div(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    over, by = node.args
    if by.op == "const" and isinstance(by.args[0], Fraction) and by.args[0]:
        return q.scaled(w.quantity(over, frame), 1 / by.args[0], leftover)
    return q.divide(w.quantity(over, frame), w.quantity(by, frame), leftover)


def _parts(w: Working, node: Node, frame: Frame, decisive: int = -1) -> list[Status]:
    """The parts of a condition, up to one that is `decisive` for all."""
    parts = []
    for part in node.children:
        parts.append(w.status(part, frame))
        alike = parts[-1].codes
        if isinstance(alike, int) and alike == decisive:
            return parts[-1:]
    return parts


def _guard(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    applies = w.status(node.args[0], frame)
    if isinstance(applies.codes, int) and applies.codes in (8, 16):
        return Status(16)
    return s.guarded(applies, w.status(node.args[1], frame))


OPERATIONS: dict[str, Operation] = {
    "const": _const, "param": _param, "field": _field, "around": _around, "if": _if, "in": _in, "matches": _matches,
    "presume": _presume, "fact": lambda w, n, _f, _l: w.fact(n.args[0]),
    **dict.fromkeys(AGGREGATES, lambda w, n, f, _l: aggregate(w, n, f)),
    "not": lambda w, n, f, _l: s.negated(w.status(n.args[0], f)),
    "all": lambda w, n, f, _l: s.every(_parts(w, n, f, 8)),
    "any": lambda w, n, f, _l: s.some(_parts(w, n, f, 0)),
    "at_least": lambda w, n, f, _l: s.at_least(n.args[0], _parts(w, n, f)),
    "soften": lambda w, n, f, _l: s.softened(w.status(n.args[0], f)),
    "guard": _guard,
    **dict.fromkeys(("lt", "le", "gt", "ge"), _order),
    **dict.fromkeys(("eq", "ne"), _equality),
    "add": _quantities(q.add), "sub": _quantities(q.subtract), "mul": _mul,
    "div": _div, "floor": _quantities(q.floor), "neg": _quantities(q.negative, exact=True),
    "abs": _quantities(q.absolute, exact=True),
    "mod": lambda w, n, f, left: q.remainder(w.quantity(n.args[0], f), n.args[1], left),
    **dict.fromkeys(("min", "max"), lambda w, n, f, left: q.extreme(n.op, [w.quantity(x, f) for x in n.args], left)),
    "open": lambda w, n, f, _l: q.made(float(n.args[0]), float(n.args[1]), 4),
    "shift": _quantities(d.shift, exact=True), "shift_days": _quantities(d.shift_days, exact=True),
    "year": _quantities(d.year, exact=True), "month": _quantities(d.month, exact=True),
    "years_between": _quantities(d.years_between, exact=True),
}
