"""The steps of operations on statuses: columns of where a condition fails, or of codes where a row may be in doubt.

A code is one of `guiju.values`. While conditions are joined, a failure may stand beside doubts that it makes void
(`loose`); they go before anybody could read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from guiju.evaluate import arithmetic as one
from guiju.population.kernels.given import BYTE
from guiju.population.kernels.parts import DOUBTS, NOWHERE, Beyond, Codes, Fails, Truth
from guiju.population.kernels.sketch import Sketch, Slot, View
from guiju.values import FAIL, NOT_APPLICABLE, PASS

KNOWN = FAIL | DOUBTS


class Truths:
    """Writes the steps into a sketch."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self._opposites: dict[Slot, Slot] = {}  # of columns that were made so, to what

    # Forms of a status

    def fails(self, a: Truth) -> Slot | bool:
        """Of what passes or fails in every row: where it fails."""
        if isinstance(a, Codes):
            raise Beyond
        return a.at

    def tight(self, a: Truth) -> Codes:
        """As codes, without what a failure makes void."""
        if isinstance(a, Fails):
            return Codes(FAIL * a.at, FAIL * a.at) if isinstance(a.at, bool) else Codes(self._times(a.at, FAIL), FAIL)
        if not a.loose:
            return a
        assert isinstance(a.at, Slot)
        if not a.bits & NOWHERE:
            return Codes(self._byte("minimum", a.at, FAIL), a.bits)  # a failure is more than all doubts
        failing = self._byte("bitwise_and", a.at, FAIL)
        doubts = self._byte("subtract", failing, self._byte("right_shift", failing, 3))
        void = self._byte("bitwise_and", a.at, doubts)
        return Codes(self._byte("bitwise_xor", a.at, void), a.bits)

    def open(self, a: Truth) -> Slot | bool:
        """Where it fails or is in doubt."""
        if isinstance(a, Fails):
            return a.at
        if isinstance(a.at, int):
            return bool(a.at & KNOWN)
        part = self._byte("bitwise_and", a.at, KNOWN) if a.bits & NOWHERE else a.at
        return self.sketch.put("not_equal", part, 0, kind="t")

    def _passes(self, a: Truth) -> Slot:
        """Where a status that is not alike for all holds."""
        assert isinstance(a.at, Slot)
        return self.opposite(a.at) if isinstance(a, Fails) else self.sketch.put("equal", a.at, 0, kind="t")

    def opposite(self, where: Slot) -> Slot:
        """Where something does not hold."""
        if where in self._opposites:
            return self._opposites[where]
        found = self.sketch.put("logical_not", where, kind="t")
        self._opposites[found] = where
        return found

    def _byte(self, call: str, *parts: Slot | View | int) -> Slot:
        return self.sketch.put(call, *parts, kind="u")

    def _times(self, where: Slot, value: int) -> Slot:
        return self._byte("multiply", View(where, "u"), value) if value != 1 else self._byte("copyto", View(where, "u"))

    def _but(self, codes: Slot, where: Slot) -> Slot:
        """The codes, 0 where something holds."""
        return self._byte("bitwise_and", codes, self._byte("subtract", View(where, "u"), 1))

    def _joined(self, call: str, slots: Sequence[Slot], kind: str) -> Slot:
        return reduce(lambda a, b: self.sketch.put(call, a, b, kind=kind), slots)

    def _together(self, call: str, slots: Sequence[Slot]) -> Slot:
        """logical_and, logical_or: of several opposites the opposite of the other, with one step for all of them."""
        turned = [self._opposites[slot] for slot in slots if slot in self._opposites]
        if len(turned) > 1:
            other = "logical_or" if call == "logical_and" else "logical_and"
            slots = [*(slot for slot in slots if slot not in self._opposites),
                     self.opposite(self._joined(other, turned, "t"))]
        return self._joined(call, slots, "t")

    # Conditions together

    def every(self, parts: Sequence[Truth]) -> Truth:
        codes = [_alike(p) for p in parts]
        if any(code == FAIL for code in codes) or None not in codes:
            return _one(one.every(code for code in codes if code is not None))
        plain = [p.at for p in parts if isinstance(p, Fails) and isinstance(p.at, Slot)]
        coded = [p for p in parts if isinstance(p, Codes) and isinstance(p.at, Slot)]
        fixed = reduce(lambda a, b: a | b, (code for code in codes if code is not None), 0) & DOUBTS
        failing = [self._together("logical_or", plain)] if plain else []
        if not coded and not fixed:
            return Fails(failing[0])
        applies = bool(plain) or any(code not in (None, NOT_APPLICABLE) for code in codes)
        return self._every(coded, [self._times(slot, FAIL) for slot in failing], fixed, applies)

    def _every(self, coded: Sequence[Codes], failing: list[Slot], fixed: int, applies: bool) -> Codes:
        """`fixed`: doubts of parts that are alike for all; `applies`: there is a part that applies in every row."""
        bits = reduce(lambda a, b: a | b.bits, coded, FAIL if failing else 0) | fixed
        columns = [p.at for p in coded if isinstance(p.at, Slot)]
        joined = self._joined("bitwise_or", [*failing, *columns], "u")
        joined = self._byte("bitwise_or", joined, fixed) if fixed else joined
        if bits & NOWHERE:
            joined = self._byte("bitwise_and", joined, KNOWN)
            if applies or not all(p.bits & NOWHERE for p in coded):
                bits &= ~NOWHERE
            else:
                joined = self._byte("bitwise_or", joined, self._nowhere(columns))
        return Codes(joined, bits, bool(bits & FAIL and bits & DOUBTS))

    def _nowhere(self, columns: Sequence[Slot]) -> Slot:
        """Where none of the conditions applies."""
        return self._byte("bitwise_and", self._joined("bitwise_and", columns, "u"), NOWHERE)

    def some(self, parts: Sequence[Truth]) -> Truth:
        codes = [_alike(p) for p in parts]
        if any(code == PASS for code in codes) or None not in codes:
            return _one(one.some(code for code in codes if code is not None))
        plain = [p.at for p in parts if isinstance(p, Fails) and isinstance(p.at, Slot)]
        coded = [self.tight(p) for p in parts if isinstance(p, Codes) and isinstance(p.at, Slot)]
        fixed = reduce(lambda a, b: a | b, (code for code in codes if code is not None), 0) & DOUBTS
        if not coded and not fixed:
            return Fails(self._together("logical_and", plain))
        applies = bool(plain) or any(code not in (None, NOT_APPLICABLE) for code in codes)
        return self._some(coded, plain, fixed, applies)

    def _some(self, coded: Sequence[Codes], plain: list[Slot], fixed: int, applies: bool) -> Codes:
        columns = [p.at for p in coded if isinstance(p.at, Slot)]
        passing = [self._passes(p) for p in coded]
        passing += [self.opposite(self._together("logical_and", plain))] if plain else []
        passes = self._joined("logical_or", passing, "t")
        bits = reduce(lambda a, b: a | b.bits, coded, fixed) & DOUBTS
        if fixed:
            doubt = self._byte("copyto", fixed)
            if columns:
                joined = self._byte("bitwise_or", self._joined("bitwise_or", columns, "u"), fixed)
                doubt = self._byte("bitwise_and", joined, DOUBTS)
            return Codes(self._but(doubt, passes), bits)
        failing: Slot
        if not bits:
            failing = self.sketch.put("logical_not", passes, kind="t")
            result = self._times(failing, FAIL)
        else:
            doubt = self._byte("bitwise_and", self._joined("bitwise_or", columns, "u"), DOUBTS)
            failing = self.sketch.put("equal", doubt, 0, kind="t")
            result = self._but(self._byte("bitwise_or", doubt, self._times(failing, FAIL)), passes)
        if applies or not all(p.bits & NOWHERE for p in coded):
            return Codes(result, bits | FAIL)
        # Where nothing applies, it stands as failed so far: 8 more.
        nowhere = self._byte("right_shift", self._nowhere(columns), 1)
        return Codes(self._byte("add", result, nowhere), bits | FAIL | NOWHERE)

    def at_least(self, k: int, parts: Sequence[Truth]) -> Truth:
        codes = [_alike(p) for p in parts]
        if None not in codes:
            return _one(one.at_least(k, (code for code in codes if code is not None)))
        fails = [self.fails(p) for p in parts]
        spare = len(fails) - k - sum(f is True for f in fails)  # how many more may fail
        open_ = [View(f, "u") for f in fails if isinstance(f, Slot)]
        if len(open_) > BYTE:
            raise Beyond
        if spare < 0 or spare >= len(open_):
            return Fails(spare < 0)
        total = reduce(lambda a, b: View(self._byte("add", a, b), "u"), open_)
        return Fails(self.sketch.put("greater", total, spare, kind="t"))

    # One condition

    def negated(self, a: Truth) -> Truth:
        if (code := _alike(a)) is not None:
            return _one(one.negate(code))
        if isinstance(a, Fails):
            return Fails(self._passes(a))
        a = self.tight(a)
        assert isinstance(a.at, Slot)
        rest = self._byte("bitwise_and", a.at, DOUBTS | NOWHERE) if a.bits & FAIL else a.at
        return Codes(self._byte("bitwise_or", rest, self._times(self._passes(a), FAIL)), a.bits | FAIL)

    def softened(self, a: Truth) -> Truth:
        """Unmet asks a person."""
        if (code := _alike(a)) is not None:
            return _one(one.soften(code))
        if isinstance(a, Fails):
            assert isinstance(a.at, Slot)
            return Codes(self._times(a.at, 1), 1)
        if not a.bits & FAIL:
            return a
        a = self.tight(a)
        assert isinstance(a.at, Slot)
        failing = self.sketch.put("equal", a.at, FAIL, kind="t")
        rest = self._byte("bitwise_and", a.at, DOUBTS | NOWHERE)
        return Codes(self._byte("bitwise_or", rest, View(failing, "u")), a.bits & ~FAIL | 1)

    def guarded(self, applies: Truth, a: Truth) -> Truth:
        """The status where it applies; where it may not apply, a success stands and a failure is in doubt."""
        code = _alike(applies)
        if code == PASS:
            return a
        if code in (FAIL, NOT_APPLICABLE):
            return Codes(NOT_APPLICABLE, NOWHERE)
        a = self.tight(a)
        if isinstance(applies, Fails):
            assert isinstance(applies.at, Slot)
            nowhere = self._times(applies.at, NOT_APPLICABLE)
            if not a.bits:
                return Codes(nowhere, NOWHERE)
            rest = self._but(self._column(a), applies.at)
            return Codes(self._byte("bitwise_or", rest, nowhere), a.bits | NOWHERE)
        if code is not None:
            raise Beyond  # in doubt for all
        return self._guarded(self.tight(applies), a)

    def _guarded(self, applies: Codes, a: Codes) -> Codes:
        assert isinstance(applies.at, Slot)
        column = self._column(a)
        surely = self._passes(applies)
        stands = self._but(column, self.sketch.put("logical_not", surely, kind="t"))
        # Where it may apply: the doubts of both, but for what holds anyway.
        doubts = self._byte("bitwise_and", applies.at, DOUBTS)
        settled = self.sketch.put("equal", self._byte("bitwise_and", column, KNOWN), 0, kind="t")
        decided = self.sketch.put("equal", doubts, 0, kind="t")
        both = self._byte("bitwise_and", self._byte("bitwise_or", doubts, column), DOUBTS)
        open_ = self._but(both, self.sketch.put("logical_or", settled, decided, kind="t"))
        nowhere = self._times(self.sketch.put("greater", applies.at, DOUBTS, kind="t"), NOT_APPLICABLE)
        joined = self._byte("bitwise_or", self._byte("bitwise_or", stands, open_), nowhere)
        return Codes(joined, applies.bits & DOUBTS | a.bits | NOWHERE)

    def _column(self, a: Codes) -> Slot:
        """The codes as a column, of what is alike for all too."""
        return a.at if isinstance(a.at, Slot) else self._byte("copyto", a.at)

    def chosen(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        fails = self.fails(condition)
        if isinstance(fails, bool):
            return otherwise if fails else then
        if isinstance(then, Fails) and isinstance(otherwise, Fails):
            # It holds, and so does `then`, or it does not, and `otherwise` holds.
            return self.some([self.every([condition, then]), self.every([self.negated(condition), otherwise])])
        one_, other = self.tight(then), self.tight(otherwise)
        apart = self._byte("bitwise_xor", self._column(one_), self._column(other))
        # `otherwise`, and what sets them apart where the condition holds.
        return Codes(self._byte("bitwise_xor", self._column(other), self._but(apart, fails)), one_.bits | other.bits)


def _alike(a: Truth) -> int | None:
    """The code that all rows have; none where they differ."""
    if isinstance(a.at, Slot):
        return None
    return a.at if isinstance(a, Codes) else FAIL * a.at


def _one(code: int) -> Truth:
    return Fails(code == FAIL) if code in (PASS, FAIL) else Codes(code, code)
