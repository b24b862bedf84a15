"""A column that has been read, on its way to be kept: the ends of its rows, and which say nothing, or what can't be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf, isinf, lcm
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.facts.model import not_applicable, unknown
from guiju.population.columns import EXACT, Quantity
from guiju.population.people import Stored
from guiju.values import Number, Value
from guiju.vocabulary import Field

Mask = NDArray[np.bool_]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ends:
    """`low`, `high`: whole numbers over `scale` (or doubles, see `Stored.printed`), the same object where every row is
    one value. `given`: rows that state something; `wrong`: rows whose text or number can't be."""

    low: Doubles
    high: Doubles
    cause: Any
    given: Mask
    wrong: Mask
    scale: int = 1
    printed: Fraction | None = None

    def at_scale(self, scale: int) -> Ends:
        """The same over a multiple of the scale; rows that have too many digits for it are wrong."""
        times = scale // self.scale
        if times == 1:
            return self
        with np.errstate(over="ignore"):
            low = self.low * times
            high = low if self.high is self.low else self.high * times
        large = self.given & ((np.abs(low) > EXACT) & np.isfinite(low) | (np.abs(high) > EXACT) & np.isfinite(high))
        return replace(self, low=low, high=high, wrong=self.wrong | large, scale=scale)

    def put(self, rows: Mask, value: Value) -> Ends:
        """The same with one value at some rows."""
        if not rows.any():
            return self
        assert isinstance(value, tuple)
        low, high, cause = value
        scale = lcm(self.scale, *(v.denominator for v in (low, high) if isinstance(v, Fraction)))
        same = self.at_scale(scale) if self.printed is None else self
        bottom, top = (same._stored(end) for end in (low, high))
        new_low = np.where(rows, bottom, same.low)
        new_high = new_low if same.high is same.low and bottom == top else np.where(rows, top, same.high)
        causes = same.cause
        if cause or not isinstance(causes, int):
            causes = np.where(rows, np.uint8(cause), np.uint8(0) if isinstance(causes, int) else causes)
        return replace(same, low=new_low, high=new_high, cause=causes)

    def _stored(self, end: Any) -> float:
        if end is None:
            return -1.0
        if isinstance(end, float) and isinf(end):
            return end
        return float(Fraction(end) / self.printed if self.printed is not None else end * self.scale)

    def stored(self, entry: Field, empty: Value, states: Mask | None = None, unstated: Mask | None = None) -> Stored:
        """The column as it is kept. Rows that say nothing are `empty`, wrong ones unknown, those of `states` 不适用,
        those of `unstated` unknown."""
        rest = ~(self.given | self.wrong)
        made = self.put(rest, empty).put(self.wrong, unknown(entry))
        if states is not None:
            made = made.put(states, not_applicable(entry))
        if unstated is not None:
            made = made.put(unstated, unknown(entry))
        return Stored(Quantity(made.low, made.high, made.cause), made.scale, made.printed)


def given_in(values: pa.Array) -> Mask:
    """Rows that are not null."""
    return np.asarray(values.is_valid().to_numpy(zero_copy_only=False), np.bool_)


def nothing(count: int) -> Ends:
    """A column in which no row states anything."""
    none = np.zeros(count, np.bool_)
    zeros = np.zeros(count)
    return Ends(zeros, zeros, 0, none, none)


def known_ends(values: Doubles, given: Mask, wrong: Mask, scale: int = 1, printed: Fraction | None = None) -> Ends:
    """Rows of one value each."""
    held = np.where(given & ~wrong, values, 0.0)
    return Ends(held, held, 0, given & ~wrong, wrong, scale, printed)


def sure_numbers(values: pa.Array, start: int, between: tuple[Number, Number], empty: Value) -> Stored | None:
    """Whole numbers, counted from `start` on. None where one is not between those two."""
    filled: NDArray[Any] = (values.fill_null(0) if values.null_count else values).to_numpy()
    bounds = (int(filled.min()) + start, int(filled.max()) + start) if len(filled) else None
    if bounds and not between[0] <= bounds[0] <= bounds[1] <= between[1]:
        return None
    return sure_ends(np.add(filled, start, dtype=np.float64), values, empty, bounds)


def sure_ends(low: Doubles, values: pa.Array, empty: Value, bounds: tuple[int, int] | None = None) -> Stored | None:
    """One value each where there is any, else what an empty cell means; `low` is taken over, `bounds` are those of all
    of it. None where what an empty cell means is no whole number."""
    if not values.null_count:
        return Stored(Quantity(low, low), bounds=bounds)
    assert isinstance(empty, tuple)
    bottom, top, doubt = empty
    if not all(isinstance(end, int) or end in (inf, -inf) for end in (bottom, top)):
        return None
    none = values.is_null().to_numpy(zero_copy_only=False)
    np.copyto(low, float(bottom), where=none)
    high = low if bottom == top else np.where(none, float(top), low)
    return Stored(Quantity(low, high, none.view(np.uint8) * np.uint8(doubt) if doubt else 0))
