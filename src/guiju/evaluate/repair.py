"""Tree repair: what would have to change for a condition to hold. Every repair is a guess until it is evaluated.

Works on the organisation's facts, and on the cells of one new row of a record set.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.evaluate.arithmetic import compare
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.solving import left_open, parts_of, reach, straight_line
from guiju.facts.model import Row, blank, domain
from guiju.language.ir import Node, walk
from guiju.language.policy import Policy
from guiju.values import FAIL, NOT_APPLICABLE, PASS, Value, known, whole
from guiju.vocabulary import Field

BEAM = 8
_FLIP = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}
OUTERMOST = {"ge": "max", "gt": "max", "le": "min", "lt": "min"}  # one large part makes a maximum large
_SWAP = {"eq": "eq", "ne": "ne", "lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: a fact gets a value, or (with `row`) a record set gets `times` new rows like it."""

    target: str
    value: Value | None = None
    row: Row | None = None
    times: int = 1

    def cost(self, it: Interpreter) -> float:
        """How hard it is: one for a change, up to one more for its size, double where only time brings it."""
        if self.row is not None:
            return float(self.times)
        entry = it.vocabulary.facts[self.target]
        return (1.0 + _relative(it.facts.value(entry), self.value)) * (2 if entry.mutability == "time" else 1)


Repair = tuple[Edit, ...]


def _relative(before: Any, after: Any) -> float:
    if not isinstance(before, tuple) or not isinstance(after, tuple) or before[0] != before[1]:
        return 0.0
    if not all(isinstance(x, int | Fraction) for x in (before[0], after[0])):
        return 0.0
    size = Fraction(abs(after[0] - before[0])) / (abs(before[0]) + 1)
    return float(size / (1 + size))


class Repairer:
    """Finds repairs for nodes under one evaluation. With `row_of`, only cells of the open row may change."""

    def __init__(self, policy: Policy, it: Interpreter, row_of: str = "") -> None:
        self.policy = policy
        self.it = it
        self.row_of = row_of

    def repairs(self, node: Node, wanted: bool = True) -> list[Repair]:
        """Ways to make a condition hold (or fail), the easiest first, a handful at the most."""
        status = self.it.status(node)
        if status in (PASS if wanted else FAIL, NOT_APPLICABLE):
            return [()]
        found = self._by_form(node, wanted)
        return self._easiest(found)

    def _easiest(self, found: Iterable[Repair]) -> list[Repair]:
        """Each once, whatever the order of its changes; none that changes one fact twice."""
        unique = {frozenset(r): r for r in found if self._consistent(r)}
        return sorted(unique.values(), key=self._cost)[:BEAM]

    def _cost(self, repair: Repair) -> float:
        return sum(1.0 if self.row_of else e.cost(self.it) for e in repair)

    @staticmethod
    def _consistent(repair: Repair) -> bool:
        targets = [e.target for e in repair if e.row is None]
        return len(targets) == len(set(targets))

    def _by_form(self, node: Node, wanted: bool) -> list[Repair]:
        if node.op in ("presume", "soften"):
            return self.repairs(node.args[0], wanted)
        if node.op == "guard":
            return self.repairs(node.args[1], wanted)
        if node.op == "not":
            return self.repairs(node.args[0], not wanted)
        if node.op in ("all", "any"):
            return self.together(list(node.args), wanted) if (node.op == "all") == wanted \
                else [r for part in node.args for r in self.repairs(part, wanted)]
        if node.op == "at_least":
            return self._enough(node, wanted)
        if node.op == "if":
            return list(self._through_branches(node.args[0], [self.repairs(b, wanted) for b in node.args[1:]]))
        return list(self._leaf(node, wanted))

    def together(self, parts: list[Node], wanted: bool = True) -> list[Repair]:
        """Ways to make all of these hold (or fail). Where two parts want one fact changed, either change may do for
        both: each is offered, and the evaluation tells."""
        return self._joined([self.repairs(part, wanted) for part in parts])

    def _joined(self, options: list[list[Repair]]) -> list[Repair]:
        """One way of each, at once; none where one of them has no way."""
        if not all(options):
            return []
        joined: list[Repair] = [()]
        most = BEAM if len(options) == 1 else BEAM // 2
        for option in options:
            joined = [r for a in joined for b in option[:most] for r in self._merged(a, b)][:BEAM * 2]
        return joined

    def _through_branches(self, test: Node, ways: list[list[Repair]]) -> Iterator[Repair]:
        """Ways through an `if`, from the ways of its two branches: those of the live branch, or those of the other
        with what makes it live. While nobody knows which one is live: those of either branch, which leave the `if`
        open but may be more than there was, and those that do for both."""
        if self.it.status(test) not in (PASS, FAIL):
            yield from self._joined(ways)
            yield from itertools.chain(*ways)
        for wanted, way in zip((True, False), ways, strict=True):
            yield from self._joined([self.repairs(test, wanted), way])

    @staticmethod
    def _merged(first: Repair, second: Repair) -> Iterator[Repair]:
        own, more = {e.target for e in first if e.row is None}, tuple(e for e in second if e not in first)
        new = tuple(e for e in more if e.target not in own or e.row is not None)
        if len(new) < len(more):
            replaced = {e.target for e in more if e.row is None}
            yield tuple(e for e in first if e.target not in replaced or e.row is not None) + more
        yield first + new

    def _enough(self, node: Node, wanted: bool) -> list[Repair]:
        if not wanted:
            return []
        k, parts = node.args[0], node.args[1:]
        missing = k - sum(self.it.status(p) == PASS for p in parts)
        options = [r for p in parts if self.it.status(p) != PASS and (r := self.repairs(p))]
        chosen = itertools.islice(itertools.combinations(options, missing), 40)
        return [tuple(e for option in group for e in option[0]) for group in chosen]

    # Leaves

    def _leaf(self, node: Node, wanted: bool) -> Iterator[Repair]:
        if node.op in ("fact", "field"):
            yield from self._set(node, PASS if wanted else FAIL)
        elif node.op in _FLIP:
            yield from self._comparison(node, node.op if wanted else _FLIP[node.op])
        elif node.op == "in" and wanted:
            for value in node.args[1]:
                yield from self._set(node.args[0], (value, value, 0))
        elif node.op == "matches" and wanted:
            text = _sample(node.args[1])
            yield from self._set(node.args[0], (text, text, 0))

    def _set(self, node: Node, value: Value) -> Iterator[Repair]:
        entry = self._settable(node)
        if entry is not None and _inside(entry, value):
            target = entry.id if node.op == "fact" else f"{node.args[0]}.{entry.id}"
            yield (Edit(target, value),)

    def _settable(self, node: Node) -> Field | None:
        """The entry behind a node, if it may be changed here."""
        if node.op == "field" and node.args[0] == self.row_of:
            entry: Field = self.it.record(self.row_of).fields[node.args[1]]
            return entry
        if node.op == "fact" and not self.row_of:
            fact = self.it.vocabulary.facts[node.args[0]]
            return fact if fact.mutability != "fixed" else None
        return None

    def _comparison(self, node: Node, op: str) -> Iterator[Repair]:
        for side, other, sign in ((node.args[0], node.args[1], op), (node.args[1], node.args[0], _SWAP[op])):
            bound = self.it.value(other)
            if not isinstance(bound, tuple) or bound[2] or bound[0] is None or sign == "ne":
                continue
            yield from (r for r in self._towards(side, sign, bound[0]) if r)

    def _towards(self, side: Node, sign: str, bound: Any) -> Iterator[Repair]:
        """Ways to bring a figure to a bound: from below for `ge` and `gt`, from above for `le` and `lt`."""
        if side.op in ("fact", "field"):
            yield from self._set(side, reach(side, sign, bound))
        elif side.op == "count" and sign in ("ge", "gt", "eq"):
            yield from self._more_rows(side, bound + (sign == "gt"))
        elif side.op == "sum" and sign in ("ge", "gt"):
            yield from self._larger_sum(side, sign, bound)
        elif side.op == "year":
            yield from self._set_year(side.args[0], sign, bound)
        elif side.op == "if":
            yield from self._through_branches(side.args[0], [self._at(b, sign, bound) for b in side.args[1:]])
        elif side.op == OUTERMOST.get(sign):  # one of them is enough
            yield from itertools.chain(*(self._at(part, sign, bound) for part in side.args))
        elif side.op in OUTERMOST.values() and sign in OUTERMOST:
            yield from self._joined([self._at(part, sign, bound) for part in side.args])
        elif side.type.kind == "number":
            yield from self._through_score(side, sign, bound)
            yield from self._solved(side, sign, bound)
            yield from self._through_parts(side, sign, bound)

    def _at(self, part: Node, sign: str, bound: Any) -> list[Repair]:
        """The easiest ways to bring a part of a figure to a bound; nothing to do where it is there."""
        if compare(sign, self.it.quantity(part), known(bound)) == PASS:
            return [()]
        return self._easiest(r for r in self._towards(part, sign, bound) if r)

    def _through_parts(self, side: Node, sign: str, bound: Any) -> Iterator[Repair]:
        """One part of a sum, a difference or a product moved as far as the others leave open. A fact that is itself a
        part was solved for already."""
        for part, others, turned in parts_of(side):
            low, high, _ = self.it.quantity(others) if others is not None else known(0)
            if part.op in ("fact", "field", "const"):
                continue
            aim = left_open(side.op, turned, bound, (low, high) if sign in ("ge", "gt", "eq") else (high, low))
            if aim is not None:
                falls = turned or (side.op in ("mul", "div") and low < 0)
                yield from self._towards(part, _SWAP[sign] if falls else sign, whole(aim))

    def _set_year(self, date: Node, sign: str, year: Any) -> Iterator[Repair]:
        number = int(year) + {"gt": 1, "lt": -1}.get(sign, 0)
        if 1 <= number <= 9999:
            ordinal = dt.date(number, 6, 30).toordinal()
            yield from self._set(date, (ordinal, ordinal, 0))

    # Records

    def _more_rows(self, count: Node, bound: Any) -> Iterator[Repair]:
        record, where = count.args
        now = self.it.quantity(count)[0]
        row = None if self.row_of else self.new_row(record, [where])
        if row is not None and bound > now:
            yield (Edit(record, row=row, times=int(bound - now)),)

    def _larger_sum(self, total: Node, sign: str, bound: Any) -> Iterator[Repair]:
        record, value, where = total.args
        missing = bound - self.it.quantity(total)[0]
        if self.row_of or missing < 0:
            return
        row = self.new_row(record, [where])
        if row is None:
            return
        inner = Repairer(self.policy, self.it, row_of=record)
        with self.it.open_row(record, row):
            ways = inner._at(value, sign, missing)
        yield from ((Edit(record, row=self._with(record, row, way)),) for way in ways)

    def new_row(self, record: str, wanted: list[Node]) -> Row | None:
        """A row of which all these conditions hold, or None where none was found."""
        row: Row = tuple(blank(f) for f in self.it.record(record).fields)
        inner = Repairer(self.policy, self.it, row_of=record)
        for _ in range(12):
            with self.it.open_row(record, row):
                unmet = next((n for n in wanted if self.it.status(n) not in (PASS, NOT_APPLICABLE)), None)
                if unmet is None:
                    return row
                options = [r for r in inner.repairs(unmet) if r]
            if not options:
                return None
            row = self._with(record, row, options[0])
        return None

    def _with(self, record: str, row: Row, repair: Repair) -> Row:
        """The row with its cells changed."""
        for edit in repair:
            position = self.it.record(record).position(edit.target.split(".", 1)[1])
            assert edit.value is not None
            row = _replaced(row, position, edit.value)
        return row

    # Calculations

    def _solved(self, side: Node, sign: str, bound: Any) -> Iterator[Repair]:
        """One fact of a calculation moved until the calculation reaches the bound, taken as a straight line."""
        for leaf in (n for n in walk(side) if n.op == "fact" and n.type.kind == "number" and not n.rows):
            entry = self._settable(leaf)
            if entry is None:
                continue
            value = straight_line(self.it, side, entry, sign, bound)
            if value is not None:
                yield from self._set(leaf, (value, value, 0))

    def _through_score(self, side: Node, sign: str, bound: Any) -> Iterator[Repair]:
        """A score raised item by item: each tier above the present one is a step."""
        items = [i for s in self.policy.scores.values() for g in s.groups if side in (s.node, g.node) for i in g.items]
        if sign not in ("ge", "gt") or not items:
            return
        missing = bound - self.it.quantity(side)[0]
        steps = [(tier.points - self.it.quantity(i.node)[0], r) for i in items for table in i.tables for tier in table
                 if tier.test is not None and tier.points > self.it.quantity(i.node)[0]
                 for r in self.repairs(tier.test)[:1] if r]
        for size in (1, 2, 3):
            for group in itertools.islice(itertools.combinations(steps, size), 400):
                if sum(points for points, _ in group) >= missing:
                    yield tuple(e for _, repair in group for e in repair)


def _replaced(row: Row, position: int, value: Value) -> Row:
    return (*row[:position], value, *row[position + 1:])


def _inside(entry: Field, value: Value) -> bool:
    if not isinstance(value, tuple):
        return entry.type == "bool"
    if entry.type in ("text", "industry"):
        return True
    low, high, _ = domain(entry)
    return bool(low <= value[0] <= high)


def _sample(pattern: str) -> str:
    """A text that fits a simple pattern: its literal beginning and end around a filler."""
    body = pattern.removeprefix("^").removesuffix("$").replace(".+", "×").replace(".*", "")
    return body.split("|")[0].replace("\\", "").strip("()") + ("" if "×" in body else "/T 0")
