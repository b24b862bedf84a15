"""The steps of operations on numbers that may be in doubt: both ends, and why they are apart."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from guiju.population.columns import EXACT
from guiju.population.kernels.given import Span
from guiju.population.kernels.parts import (
    DOUBTS,
    NOWHERE,
    Between,
    Beyond,
    Codes,
    Fails,
    Ratio,
    Truth,
    Whole,
)
from guiju.population.kernels.sketch import LARGE, Slot, View
from guiju.population.kernels.truths import Truths
from guiju.values import FAIL, PASS, UNKNOWN

MOST = 255.0  # in a byte without sign, as small numbers in doubt are kept
End = Slot | float


class Ends(Truths):
    """Writes the steps into a sketch."""

    # Comparisons

    def of_ends(self, op: str, a: Between, b: Between) -> Truth:
        if op in ("eq", "ne"):
            apart = self._or(self._where("less", a.high, b.low), self._where("less", b.high, a.low))
            told = self._told(a, b, apart, apart)
            return told if op == "eq" else self.negated(told)
        if op in ("lt", "le"):
            a, b = b, a
        strict = op in ("gt", "lt")
        fails = self._where("less_equal" if strict else "less", a.high, b.low)
        holds = self._where("greater" if strict else "greater_equal", a.low, b.high)
        return self._told(a, b, fails, self._or(fails, holds))

    def of_ratio(self, op: str, a: Ratio, line: float, size: float, under: float) -> Truth:
        """A ratio against a share of two numbers up to `size` and `under`: doubles stand in the order of both."""
        over = a.over.span().size
        if op in ("eq", "ne") or max(over * under, size * a.under.span().most) >= EXACT / 2:
            raise Beyond
        return self.of_ends(op, self._quotients(a), Between(line, line, 0, 0, lambda: Span(line, line)))

    def _told(self, a: Between, b: Between, fails: Slot | bool, decided: Slot | bool) -> Truth:
        """It fails somewhere; where it is not decided either, it is in doubt for both numbers' causes, if any."""
        bits = a.bits | b.bits
        if decided is True or not bits:
            return Fails(fails)
        cause = self._or_codes(a.cause, b.cause)
        if decided is False:
            return Codes(cause, bits)
        failing = self._times(fails, FAIL) if isinstance(fails, Slot) else FAIL * fails
        return Codes(self._or_codes(failing, self._but(self._as_column(cause), decided)), bits | FAIL)

    def _where(self, call: str, x: End, y: End) -> Slot | bool:
        if not isinstance(x, Slot):
            return self._where(TURNED[call], y, x) if isinstance(y, Slot) else TESTS[SIGNS[call]](x, y)
        if not isinstance(y, Slot):
            return self.sketch.put(call, x if _is_small(y) else self._large(x), y, kind="t")
        return self.sketch.put(call, *((x, y) if x.kind == y.kind else (self._large(x), self._large(y))), kind="t")

    def _large(self, end: End) -> End:
        return end if not isinstance(end, Slot) or end.kind == LARGE else self.sketch.put("copyto", end, kind=LARGE)

    def _or(self, x: Slot | bool, y: Slot | bool) -> Slot | bool:
        if isinstance(x, bool):
            return True if x else y
        if isinstance(y, bool):
            return True if y else x
        return x if x is y else self.sketch.put("logical_or", x, y, kind="t")

    def _or_codes(self, x: Slot | int, y: Slot | int) -> Slot | int:
        if isinstance(x, int):
            if isinstance(y, int):
                return x | y
            x, y = y, x
        return x if x is y or (isinstance(y, int) and not y) else self._byte("bitwise_or", x, y)

    def _as_column(self, cause: Slot | int) -> Slot:
        return self._byte("copyto", cause) if isinstance(cause, int) else cause

    # Numbers

    def sum_of_ends(self, a: Between, b: Between, sign: int) -> Between:
        """a + b, or a − b."""
        one, other = a.span(), b.span()
        if sign > 0:
            span = _checked(Span(one.least + other.least, one.most + other.most, one.bottomless or other.bottomless,
                                 one.endless or other.endless))
            low, high = self._added("add", a.low, b.low, span), self._added("add", a.high, b.high, span)
        else:
            span = _checked(Span(one.least - other.most, one.most - other.least, one.bottomless or other.endless,
                                 one.endless or other.bottomless))
            low, high = self._added("subtract", a.low, b.high, span), self._added("subtract", a.high, b.low, span)
        return Between(low, high, self._or_codes(a.cause, b.cause), a.bits | b.bits, lambda: span)

    def _added(self, call: str, x: End, y: End, span: Span) -> End:
        if not isinstance(x, Slot) and not isinstance(y, Slot):
            return x + y if call == "add" else x - y
        small = _is_small(x) and _is_small(y) and _fits(span)
        parts = (x, y) if small else (self._large(x), self._large(y))
        return self.sketch.put(call, *parts, kind="u" if small else LARGE)

    def times(self, a: Between, by: float) -> Between | Whole:
        """Times a number that is the same for all."""
        if not by:
            return Whole(0.0, 0.0)
        span, ends = a.span(), [self._scaled(end, by) for end in (a.low, a.high)]
        least, most = sorted((span.least * by, span.most * by))
        turned = by < 0
        span = _checked(Span(least, most, *((span.endless, span.bottomless) if turned else
                                            (span.bottomless, span.endless))))
        low, high = ends[::-1] if turned else ends
        return Between(low, high, a.cause, a.bits, lambda: span)

    def _scaled(self, end: End, by: float) -> End:
        return self.sketch.put("multiply", self._large(end), by, kind=LARGE) if isinstance(end, Slot) else end * by

    def extreme_of_ends(self, call: str, a: Between, b: Between) -> Between:
        """minimum, maximum."""
        pick = min if call == "minimum" else max
        low, high = (self._picked(call, pick, x, y) for x, y in ((a.low, b.low), (a.high, b.high)))
        cause = self._apart(self._or_codes(a.cause, b.cause), low, high)
        return Between(low, high, cause, a.bits | b.bits, lambda: _hull(a.span(), b.span()))

    def _picked(self, call: str, pick: Callable[..., float], x: End, y: End) -> End:
        if not isinstance(x, Slot) and not isinstance(y, Slot):
            return pick(x, y)
        small = _is_small(x) and _is_small(y)
        parts = (x, y) if small else (self._large(x), self._large(y))
        return self.sketch.put(call, *parts, kind="u" if small else LARGE)

    def _apart(self, cause: Slot | int, low: End, high: End) -> Slot | int:
        """The cause where the ends are apart: elsewhere there is no doubt left."""
        if isinstance(cause, int) and not cause:
            return 0
        meet = self._where("equal", low, high)
        if isinstance(meet, bool):
            return 0 if meet else cause
        return self._but(self._as_column(cause), meet)

    def either_of_ends(self, condition: Truth, a: Between, b: Between) -> Between:
        """`a` where the condition holds, `b` where it fails, both where that is in doubt."""
        codes = self.tight(condition)
        if codes.bits & NOWHERE or not isinstance(codes.at, Slot):
            raise Beyond
        if isinstance(condition, Fails) and isinstance(condition.at, Slot):
            fails = condition.at
            holds = self.sketch.put("logical_not", fails, kind="t")
        else:
            fails, holds = (self.sketch.put("equal", codes.at, code, kind="t") for code in (FAIL, PASS))
        by = self._smaller if all(_is_small(end) for end in (a.low, a.high, b.low, b.high)) else self._larger
        low, high = by(fails, holds, a, b)
        doubt = 0 if isinstance(condition, Fails) else self._byte("bitwise_and", codes.at, DOUBTS)
        causes = [self._but(self._as_column(cause), where) if cause != 0 else 0
                  for cause, where in ((a.cause, fails), (b.cause, holds))]
        cause = self._apart(self._or_codes(self._or_codes(*causes), doubt), low, high)
        return Between(low, high, cause, a.bits | b.bits | codes.bits & DOUBTS if doubt != 0 else a.bits | b.bits,
                       lambda: _hull(a.span(), b.span()))

    def _smaller(self, fails: Slot, holds: Slot, a: Between, b: Between) -> tuple[Slot, Slot]:
        """In bytes: the least of what has 255 where it is out of the question, the most of what has 0 there."""
        lows, highs = [], []
        for number, out in ((a, fails), (b, holds)):
            lows.append(self._byte("bitwise_or", self._byte("subtract", 0, View(out, "u")), _part(number.low)))
            highs.append(self._byte("bitwise_and", self._byte("subtract", View(out, "u"), 1), _part(number.high)))
        return self._byte("minimum", *lows), self._byte("maximum", *highs)

    def _larger(self, fails: Slot, holds: Slot, a: Between, b: Between) -> tuple[Slot, Slot]:
        put = self.sketch.put
        lows = [put("where", out, inf, self._large(x.low), kind=LARGE) for x, out in ((a, fails), (b, holds))]
        highs = [put("where", out, -inf, self._large(x.high), kind=LARGE) for x, out in ((a, fails), (b, holds))]
        return put("minimum", *lows, kind=LARGE), put("maximum", *highs, kind=LARGE)

    def ratio(self, over: Between, under: Between) -> Ratio:
        span = under.span()
        if span.least < 0 or span.bottomless:
            raise Beyond
        return Ratio(over, under)

    def _quotients(self, a: Ratio) -> Between:
        """The ends of a ratio in doubles; where it is divided by what may be nothing, anything."""
        if a.ends is None:
            put, over, under = self.sketch.put, a.over, a.under
            low, high = self._divided(over.low, under), self._divided(over.high, under)
            if under.low is not under.high:
                others = Between(under.high, under.high, 0, 0, under.span)
                # No number stands where infinity is divided by infinity: the other quotient is the end.
                low = put("fmin", low, self._divided(over.low, others), kind=LARGE)
                high = put("fmax", high, self._divided(over.high, others), kind=LARGE)
            none = self._where("less_equal", under.low, 0.0)
            cause, bits = self._or_codes(over.cause, under.cause), over.bits | under.bits
            if isinstance(none, Slot):
                low, high = (put("where", none, end, x, kind=LARGE) for x, end in ((low, -inf), (high, inf)))
                cause, bits = self._or_codes(self._times(none, UNKNOWN), cause), bits | UNKNOWN
            elif none:
                raise Beyond
            a.ends = Between(low, high, cause, bits, over.span)
        return a.ends

    def _divided(self, over: End, under: Between) -> Slot:
        one, other = self._large(over), self._large(under.low)
        if not isinstance(one, Slot) and not isinstance(other, Slot):
            raise Beyond
        return self.sketch.put("divide", one, other, kind=LARGE)


def _checked(span: Span) -> Span:
    if span.size > EXACT:
        raise Beyond
    return span


def _hull(a: Span, b: Span) -> Span:
    return Span(min(a.least, b.least), max(a.most, b.most), a.bottomless or b.bottomless, a.endless or b.endless)


def _fits(span: Span) -> bool:
    return span.least >= 0 and span.most <= MOST and not span.bottomless and not span.endless


def _is_small(end: End) -> bool:
    return end.kind == "u" if isinstance(end, Slot) else 0 <= end <= MOST and end == int(end)


def _part(end: End) -> Slot | int:
    return end if isinstance(end, Slot) else int(end)


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b}
SIGNS = {"less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge", "equal": "eq"}
TURNED = {"less": "greater", "less_equal": "greater_equal", "greater": "less", "greater_equal": "less_equal",
          "equal": "equal"}
