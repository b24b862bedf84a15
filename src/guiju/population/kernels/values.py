"""What a step's column means, and the steps of each operation on such columns. Every operation is exact or refused.

Statuses are columns of where a condition fails, or codes; numbers are whole, within bounds that are known, or shares
of two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import ceil, floor
from typing import Any

from guiju.population.columns import EXACT
from guiju.population.kernels.given import BYTE
from guiju.population.kernels.sketch import LARGE, Sketch, Slot, View


class Beyond(Exception):
    """What a kernel does not hold: doubt, numbers that may not be exact, operations that are not its own."""


@dataclass(frozen=True, slots=True)
class Fails:
    """PASS or FAIL: where it fails; True or False for all."""

    at: Slot | bool


@dataclass(frozen=True, slots=True)
class Codes:
    """PASS 0, FAIL 8, or for a person to decide, 1; one code for all."""

    at: Slot | int


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole numbers between two bounds; without a column, `low` for all."""

    low: float
    high: float
    at: Slot | None = None

    @property
    def alike(self) -> bool:
        return self.at is None

    @property
    def size(self) -> float:
        return max(abs(self.low), abs(self.high))

    @property
    def part(self) -> Slot | float:
        return self.low if self.at is None else self.at


@dataclass(frozen=True, slots=True)
class Table:
    """One of some fixed numbers: at which place it stands among them."""

    entries: tuple[float, ...]
    place: Slot

    def mapped(self, function: Callable[[float], float]) -> Table:
        return Table(tuple(map(function, self.entries)), self.place)


@dataclass(slots=True, eq=False)
class Share:
    """`over` / `under`, which is above zero. `quotient`: its column, once somebody has asked."""

    over: Whole
    under: Whole
    quotient: Slot | None = None

    @property
    def alike(self) -> bool:
        return self.over.alike and self.under.alike


@dataclass(frozen=True, slots=True)
class Word:
    """Codes of texts; of one text for all the name of its code."""

    at: Slot | str


Truth = Fails | Codes
Number = Whole | Table | Share
NOTHING = Whole(0.0, 0.0)
ONE = Whole(1.0, 1.0)


def constant(value: float) -> Whole:
    if abs(value) > EXACT:
        raise Beyond
    return Whole(value, value)


class Values:
    """Writes the steps of operations into a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch

    # Statuses

    def fails(self, a: Truth) -> Slot | bool:
        if isinstance(a, Codes):
            raise Beyond
        return a.at

    def negated(self, a: Truth) -> Fails:
        fails = self.fails(a)
        return Fails(not fails if isinstance(fails, bool) else self.sketch.put("logical_not", fails, kind="t"))

    def every(self, parts: Sequence[Truth]) -> Truth:
        if not parts:
            raise Beyond  # does not apply
        open_ = [p for p in parts if isinstance(p, Codes) or p.at is not False]
        if not open_ or any(isinstance(p, Fails) and p.at is True for p in open_):
            return Fails(bool(open_))
        plain = [p.at for p in open_ if isinstance(p, Fails) and isinstance(p.at, Slot)]
        coded = [p for p in open_ if isinstance(p, Codes)]
        if plain:
            failing = self._joined("logical_or", plain, "t")
            if not coded:
                return Fails(failing)
            coded.insert(0, Codes(self.sketch.put("multiply", View(failing, "u"), 8, kind="u")))
        columns = [p.at for p in coded if isinstance(p.at, Slot)]
        if not columns:
            return coded[0]
        joined = self._joined("maximum", columns, "u")
        return Codes(joined if len(columns) == len(coded) else self.sketch.put("maximum", joined, 1, kind="u"))

    def _joined(self, call: str, slots: Sequence[Slot], kind: str) -> Slot:
        return reduce(lambda a, b: self.sketch.put(call, a, b, kind=kind), slots)

    def some(self, parts: Sequence[Truth]) -> Fails:
        if not parts:
            raise Beyond
        fails = [self.fails(p) for p in parts]
        if any(f is False for f in fails):
            return Fails(False)
        open_ = [f for f in fails if isinstance(f, Slot)]
        return Fails(self._joined("logical_and", open_, "t") if open_ else True)

    def at_least(self, k: int, parts: Sequence[Truth]) -> Fails:
        fails = [self.fails(p) for p in parts]
        spare = len(fails) - k - sum(f is True for f in fails)  # how many more may fail
        open_ = [View(f, "u") for f in fails if isinstance(f, Slot)]
        if spare < 0 or spare >= len(open_) or len(open_) > BYTE:
            if len(open_) > BYTE:
                raise Beyond
            return Fails(spare < 0)
        total = reduce(lambda a, b: View(self.sketch.put("add", a, b, kind="u"), "u"), open_)
        return Fails(self.sketch.put("greater", total, spare, kind="t"))

    def softened(self, a: Truth) -> Truth:
        """Unmet asks a person."""
        fails = self.fails(a)
        if isinstance(fails, bool):
            return Codes(1) if fails else a
        return Codes(self.sketch.put("copyto", View(fails, "u"), kind="u"))

    def guarded(self, applies: Truth, a: Truth) -> Truth:
        if self.fails(applies) is not False:
            raise Beyond
        return a

    def chosen(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        fails = self.fails(condition)
        if isinstance(fails, bool):
            return otherwise if fails else then
        # It holds, and so does `then`, or it does not, and `otherwise` holds.
        return self.some([self.every([condition, then]), self.every([self.negated(condition), otherwise])])

    # Comparisons

    def compared(self, op: str, a: Any, b: Any) -> Fails:
        """lt, le, gt, ge, eq, ne."""
        if isinstance(a, Word) or isinstance(b, Word):
            return self._of_words(op, a, b)
        if isinstance(a, Table) and isinstance(b, Whole) and b.alike:
            fails = self.sketch.table([not TESTS[op](entry, b.low) for entry in a.entries], "t")
            return Fails(self.sketch.put("take", fails, a.place, kind="t"))
        if isinstance(a, Share) or isinstance(b, Share):
            return self._of_shares(op, self._as_share(a), self._as_share(b))
        return self._of_wholes(op, self.whole(a), self.whole(b))

    def _of_words(self, op: str, a: Any, b: Any) -> Fails:
        if not isinstance(a, Word) or not isinstance(b, Word) or (isinstance(a.at, str) and isinstance(b.at, str)):
            raise Beyond
        a, b = (b, a) if isinstance(a.at, str) else (a, b)
        return Fails(self.sketch.put(FAILING[op], a.at, b.at, kind="t"))

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
        return a if isinstance(a, Share) else Share(self.whole(a), ONE)

    def _of_shares(self, op: str, a: Share, b: Share) -> Fails:
        if a.alike:
            if b.alike:
                raise Beyond
            a, b, op = b, a, MIRRORED[op]
        if b.alike and (a.under.alike or not b.over.low):
            return self._of_parts(op, a.over, Fraction(int(b.over.low * a.under.high), int(b.under.low)))
        # Doubles stand in the order of the shares that they are nearest to: two different shares are farther apart, by
        # 1 over the greater product, than a double and the next.
        if max(a.over.size * b.under.high, b.over.size * a.under.high) >= EXACT / 2:
            raise Beyond
        return Fails(self.sketch.put(FAILING[op], self._quotient(a), self._quotient(b), kind="t"))

    def _of_parts(self, op: str, a: Whole, line: Fraction) -> Fails:
        """Whole numbers against a fraction."""
        if op in ("eq", "ne") and line.denominator > 1:
            return Fails(op == "eq")
        return self._of_wholes(op, a, constant(float(ceil(line) if op in ("ge", "lt") else floor(line))))

    def _quotient(self, a: Share) -> Slot | float:
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
            column = self.sketch.put("take", self.sketch.table(a.entries, LARGE), a.place, kind=LARGE)
            return Whole(min(a.entries), max(a.entries), column)
        if not isinstance(a, Whole):
            raise Beyond
        return a

    def wide(self, a: Whole) -> Whole:
        """The number in eight bytes."""
        if a.at is None or a.at.kind == LARGE:
            return a
        return Whole(a.low, a.high, self.sketch.put("copyto", a.at, kind=LARGE))

    def summed(self, a: Number, b: Number, sign: int = 1) -> Number:
        """a + b, or a − b."""
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
        a, b = self.whole(a), self.whole(b)
        return self._worked(call, a, b, pick(a.low, b.low), pick(a.high, b.high))

    def product(self, a: Number, b: Number) -> Number:
        if isinstance(b, Share):
            a, b = b, a
        if isinstance(a, Share):
            if not a.alike:
                raise Beyond
            return self.share(self.product(a.over, b), a.under)
        a, b = self.whole(a), self.whole(b)
        ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return self._worked("multiply", a, b, min(ends), max(ends))

    def quotient(self, a: Number, b: Number) -> Number:
        """By what is surely above zero."""
        if isinstance(b, Share) and b.alike and b.over.low > 0:
            return self.share(self.product(a, b.under), b.over)
        return self.share(a, self.whole(b))

    def share(self, over: Number, under: Whole) -> Number:
        if under.low < 1:
            raise Beyond
        return Share(self.whole(over), under) if under != ONE else over

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
        if small and _kind(a, b) != LARGE and _kind(b, a) != LARGE:
            return a, b
        return self.wide(a), self.wide(b)

    def either(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        """`then` where the condition holds, else `otherwise`."""
        fails = self.fails(condition)
        if isinstance(fails, bool):
            return otherwise if fails else then
        if isinstance(then, Whole) and then.alike and then == otherwise:
            return then
        if _fixed(then) and _fixed(otherwise) and not (_in_a_byte(then) and _in_a_byte(otherwise)):
            return self._entry(fails, then, otherwise)
        return self._mixed(fails, self.whole(then), self.whole(otherwise))

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
            apart = b.part if a == NOTHING else put("subtract", b.part, a.part, kind=kind)
        found = put("multiply", where, apart, kind=kind)
        found = found if a == NOTHING else put("add", found, a.part, kind=kind)
        return Whole(min(a.low, b.low), max(a.high, b.high), found)

    def _entry(self, fails: Slot, then: Any, otherwise: Any) -> Number:
        """The place in a table of what both may come to."""
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


def _fixed(a: Number) -> bool:
    return isinstance(a, Table) or (isinstance(a, Whole) and a.alike)


def _in_a_byte(a: Number) -> bool:
    return isinstance(a, Whole) and a.size <= BYTE


def _kind(a: Whole, b: Whole) -> str:
    return a.at.kind if a.at is not None else b.at.kind if b.at is not None else "i"


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b}
FAILING = {"lt": "greater_equal", "le": "greater", "gt": "less_equal", "ge": "less", "eq": "not_equal", "ne": "equal"}
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
