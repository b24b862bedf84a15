"""The steps of operations on numbers and texts. Every operation is exact or refused.

Numbers are whole, within bounds that are known, or shares of two of them; what may be in doubt goes through `ends`.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, gcd
from typing import Any

from guiju.population.columns import EXACT
from guiju.population.kernels.ends import TESTS, Ends
from guiju.population.kernels.given import BYTE, Span
from guiju.population.kernels.parts import (
    ONE,
    Between,
    Beyond,
    Codes,
    Fails,
    Multiple,
    Number,
    Ratio,
    Share,
    Table,
    Truth,
    Whole,
    Word,
    constant,
)
from guiju.population.kernels.sketch import LARGE, Part, Sketch, Slot, View
from guiju.values import FAIL

STEPS = 32  # in a table of equal steps


class Values(Ends):
    """Writes the steps of operations into a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        super().__init__(sketch)
        self._origins: dict[Slot, tuple[Slot, float]] = {}  # of columns that were moved, from where and by how much

    # Comparisons

    def compared(self, op: str, a: Any, b: Any) -> Truth:
        """lt, le, gt, ge, eq, ne."""
        if isinstance(a, Word) or isinstance(b, Word):
            return self._of_words(op, a, b)
        if isinstance(a, Table) and isinstance(b, Whole) and b.alike:
            return self._of_places([not TESTS[op](entry, b.low) for entry in a.entries], a.place)
        if isinstance(a, Multiple) and isinstance(b, Whole) and b.alike:
            return self._of_parts(op, a.of, Fraction(int(b.low), a.by))
        if isinstance(b, Multiple) and isinstance(a, Whole) and a.alike:
            return self.compared(MIRRORED[op], b, a)
        if isinstance(a, Ratio) or isinstance(b, Ratio):
            return self._of_ratios(op, a, b)
        if isinstance(a, Share) or isinstance(b, Share):
            return self._of_shares(op, self._as_share(a), self._as_share(b))
        if isinstance(a, Between) or isinstance(b, Between):
            return self.of_ends(op, self.between(a), self.between(b))
        return self._of_wholes(op, self.whole(a), self.whole(b))

    def _of_places(self, fails: list[bool], place: Slot) -> Fails:
        """By the place in a table: past a line, if one parts the places where it fails; a look is much dearer."""
        first = fails[0]
        line = fails.index(not first) if (not first) in fails else len(fails)
        if line == len(fails):
            return Fails(first)
        if first in fails[line:]:
            return Fails(self.sketch.put("take", self.sketch.table(fails, "t"), place, kind="t"))
        return Fails(self.sketch.put("less" if first else "greater_equal", place, line, kind="t"))

    def _of_words(self, op: str, a: Any, b: Any) -> Truth:
        if not isinstance(a, Word) or not isinstance(b, Word) or (isinstance(a.at, str) and isinstance(b.at, str)):
            raise Beyond
        a, b = (b, a) if isinstance(a.at, str) else (a, b)
        if b.bits:
            raise Beyond  # two texts that may both be unknown
        fails = self.sketch.put(FAILING[op], a.at, b.at, kind="t")
        if not a.bits:
            return Fails(fails)
        if isinstance(a.cause, int):
            return Codes(a.cause, a.bits)
        known = self.sketch.put("equal", a.cause, 0, kind="t")
        failing = self._times(self.sketch.put("logical_and", fails, known, kind="t"), FAIL)
        return Codes(self._byte("bitwise_or", failing, a.cause), a.bits | FAIL)

    def between(self, a: Any) -> Between:
        if isinstance(a, Between):
            return a
        found = self.whole(a)
        part = self.wide(found).part
        return Between(part, part, 0, 0, lambda: Span(found.low, found.high))

    def _of_ratios(self, op: str, a: Any, b: Any) -> Truth:
        if not isinstance(a, Ratio):
            a, b, op = b, a, MIRRORED[op]
        if isinstance(b, Ratio) or not (line := self._as_share(b)).alike:
            raise Beyond
        assert isinstance(line.over, Whole)
        return self.of_ratio(op, a, line.over.low / line.under.low, line.over.size, line.under.high)

    # Whole numbers and shares

    def _of_wholes(self, op: str, a: Whole, b: Whole) -> Fails:
        if a.at is None:
            if b.at is None:
                return Fails(not TESTS[op](a.low, b.low))
            a, b, op = b, a, MIRRORED[op]
        assert a.at is not None
        if b.at is None:
            if not a.low <= b.low <= a.high:
                return Fails(not TESTS[op](a.low, b.low))  # as each of them
            return Fails(self.sketch.put(FAILING[op], a.at, b.low, kind="t"))
        if a.at.kind != b.at.kind:
            a, b = self.wide(a), self.wide(b)
        return Fails(self.sketch.put(FAILING[op], a.part, b.part, kind="t"))

    def _as_share(self, a: Any) -> Share:
        return a if isinstance(a, Share) else Share(a if isinstance(a, Between) else self.whole(a), ONE)

    def _of_shares(self, op: str, a: Share, b: Share) -> Truth:
        if a.alike:
            if b.alike:
                raise Beyond
            a, b, op = b, a, MIRRORED[op]
        if isinstance(b.over, Whole) and b.alike and (a.under.alike or not b.over.low):
            return self._of_parts(op, a.over, Fraction(int(b.over.low * a.under.high), int(b.under.low)))
        if isinstance(a.over, Between) or isinstance(b.over, Between):
            if not (a.under.alike and b.under.alike):
                raise Beyond
            return self.compared(op, self.product(a.over, b.under), self.product(b.over, a.under))
        if a.lines == 1 and b.alike and (products := self._products(a, b)):
            return self._of_wholes(op, *products)
        # Doubles stand in the order of the shares that they are nearest to: two different shares are farther apart, by
        # 1 over the greater product, than a double and the next.
        if max(a.over.size * b.under.high, b.over.size * a.under.high) >= EXACT / 2:
            raise Beyond
        return Fails(self.sketch.put(FAILING[op], self._quotient(a), self._quotient(b), kind="t"))

    def _products(self, a: Share, line: Share) -> tuple[Whole, Whole] | None:
        """What stands in the order of a share and a line, for less than a division; none where that is not exact."""
        assert isinstance(a.over, Whole)
        assert isinstance(line.over, Whole)
        part = Fraction(int(line.over.low), int(line.under.low))
        if part <= 0 or max(a.over.size * part.denominator, a.under.high * part.numerator) > EXACT:
            return None
        return self._manifold(a.over, part.denominator), self._manifold(a.under, part.numerator)

    def _manifold(self, a: Whole, by: int) -> Whole:
        if by == 1:
            return a
        if a.at is None or a.at.kind != "l":
            a = self.wide(a)
        at = a.at and self.sketch.put("multiply", a.at, by, kind=a.at.kind)
        return Whole(a.low * by, a.high * by, at)

    def _of_parts(self, op: str, a: Whole | Between, line: Fraction) -> Truth:
        """Whole numbers against a fraction."""
        if op in ("eq", "ne") and line.denominator > 1:
            if isinstance(a, Between):
                raise Beyond
            return Fails(op == "eq")
        return self.compared(op, a, constant(float(ceil(line) if op in ("ge", "lt") else floor(line))))

    def _quotient(self, a: Share) -> Slot | float:
        assert isinstance(a.over, Whole)
        if a.alike:
            return a.over.low / a.under.low
        if a.quotient is None:
            over, under = self.wide(a.over).part, self.wide(a.under).part
            a.quotient = self.sketch.put("divide", over, under, kind=LARGE)
        return a.quotient

    # Numbers

    def whole(self, a: Any) -> Whole:
        """The number itself, as a column or one for all."""
        if isinstance(a, Table):
            call, *parts = self.looked_up(a)
            return Whole(min(a.entries), max(a.entries), self.sketch.put(call, *parts, kind=LARGE))
        if isinstance(a, Multiple):
            a = self.product(a.of, constant(a.by))
        if not isinstance(a, Whole):
            raise Beyond
        return a

    def looked_up(self, a: Table) -> tuple[str, Part, Part]:
        """The last step to a table's numbers."""
        if a.step:
            return "multiply", self.sketch.put("copyto", a.place, kind=LARGE), a.step
        return "take", self.sketch.table(a.entries, LARGE), a.place

    def multiple(self, a: Whole | Between, by: int) -> Number:
        if by == 1:
            return a
        if isinstance(a, Between) or a.alike:
            return self.product(a, constant(float(by)))
        if a.size * by > EXACT:
            raise Beyond
        return Multiple(a, by)

    def wide(self, a: Whole) -> Whole:
        """The number in eight bytes."""
        if a.at is None or a.at.kind == LARGE:
            return a
        return Whole(a.low, a.high, self.sketch.put("copyto", a.at, kind=LARGE))

    def summed(self, a: Number, b: Number, sign: int = 1) -> Number:
        """a + b, or a − b."""
        if isinstance(a, Between) or isinstance(b, Between):
            return self.sum_of_ends(self.between(a), self.between(b), sign)
        if isinstance(a, Multiple) and isinstance(b, Multiple) and a.by == b.by:
            return self.multiple(self.whole(self.summed(a.of, b.of, sign)), a.by)
        a, b = self.whole(a), self.whole(b)
        if sign > 0:
            return self._worked("add", a, b, a.low + b.low, a.high + b.high)
        return self._worked("subtract", a, b, a.low - b.high, a.high - b.low)

    def extreme(self, call: str, a: Number, b: Number) -> Number:
        """minimum, maximum."""
        pick = min if call == "minimum" else max
        if isinstance(a, Table) and isinstance(b, Whole) and b.alike:
            other = b.low
            return a.mapped(lambda x: pick(x, other))
        if isinstance(a, Between) or isinstance(b, Between):
            return self.extreme_of_ends(call, self.between(a), self.between(b))
        a, b = self.whole(a), self.whole(b)
        return self._worked(call, a, b, pick(a.low, b.low), pick(a.high, b.high))

    def product(self, a: Number, b: Number) -> Number:
        if isinstance(b, Share | Between):
            a, b = b, a
        if isinstance(a, Between) and isinstance(b, Share):
            a, b = b, a
        if isinstance(a, Between):
            by = self.whole(b)
            if not by.alike:
                raise Beyond
            return self.times(a, by.low)
        if isinstance(a, Share):
            if not a.alike:
                raise Beyond
            return self.share(self.product(a.over, b), a.under)
        a, b = self.whole(a), self.whole(b)
        ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return self._worked("multiply", a, b, min(ends), max(ends))

    def quotient(self, a: Number, b: Number) -> Number:
        """By what is surely above zero."""
        if isinstance(a, Multiple) and isinstance(b, Multiple):
            common = gcd(a.by, b.by)
            a, b = self.multiple(a.of, a.by // common), self.multiple(b.of, b.by // common)
        if isinstance(b, Multiple):
            b = self.whole(b)
        if isinstance(b, Share) and isinstance(b.over, Whole) and b.alike and b.over.low > 0:
            return self.share(self.product(a, b.under), b.over)
        if isinstance(b, Between) or (isinstance(b, Whole) and not b.alike and (isinstance(a, Between) or b.low < 1)):
            return self.ratio(self.between(a), self.between(b))
        return self.share(a, self.whole(b))

    def share(self, over: Number, under: Whole) -> Number:
        if under.low < 1:
            raise Beyond
        if under == ONE:
            return over
        return Share(over if isinstance(over, Between) else self.whole(over), under)

    def _worked(self, call: str, a: Whole, b: Whole, low: float, high: float) -> Whole:
        if max(-low, high) > EXACT:
            raise Beyond
        if low == high:
            return Whole(low, high)
        a, b = self._of_one_size(a, b, low, high)
        return Whole(low, high, self.sketch.put(call, a.part, b.part, kind=_kind(a, b)))

    def _of_one_size(self, a: Whole, b: Whole, *ends: float) -> tuple[Whole, Whole]:
        """Both in one byte, if they and what comes of them have room there; else in eight."""
        small = max(a.size, b.size, *map(abs, ends)) <= BYTE
        if small and _kind(a, b) == _kind(b, a) == "i":
            return a, b
        return self.wide(a), self.wide(b)

    def either(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        """`then` where the condition holds, else `otherwise`."""
        if isinstance(condition, Codes) or isinstance(then, Between) or isinstance(otherwise, Between):
            return self._either_in_doubt(condition, then, otherwise)
        fails = self.fails(condition)
        if isinstance(fails, bool):
            return otherwise if fails else then
        if isinstance(then, Whole) and then.alike and then == otherwise:
            return then
        if _fixed(then) and _fixed(otherwise) and not (_in_a_byte(then) and _in_a_byte(otherwise)):
            return self._entry(fails, then, otherwise)
        return self._mixed(fails, self.whole(then), self.whole(otherwise))

    def _either_in_doubt(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        if condition.at is False or condition.at is True:
            return otherwise if condition.at else then
        return self.either_of_ends(condition, self.between(then), self.between(otherwise))

    def _mixed(self, fails: Slot, a: Whole, b: Whole) -> Whole:
        """a + (b − a) where it fails: of whole numbers, and so exact."""
        least, most = b.low - a.high, b.high - a.low
        if max(-least, most) > EXACT:
            raise Beyond
        a, b = self._of_one_size(a, b, least, most)
        put, kind = self.sketch.put, _kind(a, b)
        where: Slot | View = put("copyto", fails, kind=LARGE) if kind == LARGE else View(fails, "i")
        apart: Slot | float = b.low - a.low
        if not (a.alike and b.alike):
            apart = self._moved(b.at, -a.low) if a.alike and b.at else put("subtract", b.part, a.part, kind=kind)
        found = put("multiply", where, apart, kind=kind)
        found = self._moved(found, a.low) if a.alike else put("add", found, a.part, kind=kind)
        return Whole(min(a.low, b.low), max(a.high, b.high), found)

    def _moved(self, column: Slot, by: float) -> Slot:
        """Whole numbers and one more number, which is put together with the one that they were moved by last."""
        origin, before = self._origins.get(column, (column, 0.0))
        if abs(by + before) > BYTE:
            origin, before = column, 0.0
        if not by + before:
            return origin
        found = self.sketch.put("add", origin, by + before, kind=column.kind)
        self._origins[found] = origin, by + before
        return found

    def _entry(self, fails: Slot, then: Any, otherwise: Any) -> Number:
        """The place in a table of what both may come to."""
        if step := _step(then, otherwise):
            place = self._mixed(fails, self._steps(then, step), self._steps(otherwise, step))
            if place.at is None:
                raise Beyond
            return Table(tuple(step * n for n in range(int(place.high) + 1)), place.at, step)
        entries: list[float] = []
        places = []
        for number in (otherwise, then):
            if isinstance(number, Table):
                place = Whole(0.0, len(number.entries) - 1.0, number.place)
                places.append(self._worked("add", place, constant(len(entries)), len(entries),
                                           len(entries) + len(number.entries) - 1.0) if entries else place)
                entries += number.entries
            else:
                places.append(constant(len(entries)))
                entries.append(number.low)
        place = self._mixed(fails, places[1], places[0])
        if place.at is None or place.at.kind == LARGE:
            raise Beyond  # a table of more than 127 lines
        return Table(tuple(entries), place.at)

    def _steps(self, a: Any, step: float) -> Whole:
        """How many steps the number is."""
        if isinstance(a, Table):
            place = Whole(0.0, len(a.entries) - 1.0, a.place)
            return place if a.step == step else self.whole(self.product(place, constant(a.step // step)))
        return constant(a.low // step)


def _step(*numbers: Any) -> float:
    """What all numbers are a few times of, so that how many times can be worked out in bytes; 0 if nothing is."""
    if any(isinstance(a, Table) and not a.step for a in numbers):
        return 0.0
    entries = [int(entry) for a in numbers for entry in (a.entries if isinstance(a, Table) else (a.low,))]
    step = gcd(*entries)
    return float(step) if min(entries) >= 0 and max(entries) < STEPS * step else 0.0


def _fixed(a: Number) -> bool:
    return isinstance(a, Table) or (isinstance(a, Whole) and a.alike)


def _in_a_byte(a: Number) -> bool:
    return isinstance(a, Whole) and a.size <= BYTE


def _kind(a: Whole, b: Whole) -> str:
    return a.at.kind if a.at is not None else b.at.kind if b.at is not None else "i"


FAILING = {"lt": "greater_equal", "le": "greater", "gt": "less_equal", "ge": "less", "eq": "not_equal", "ne": "equal"}
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
