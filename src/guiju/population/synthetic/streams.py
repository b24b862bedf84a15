"""Random numbers by seed, chunk and column: what one column draws changes nothing in another, nor in another chunk."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

FINE = 1 << 16
_ONE_IN_2_24 = np.float32(2.0 ** -24)
_held = threading.local()


@dataclass(frozen=True, slots=True)
class Stream:
    """Philox counts: the key is the seed and the column, the counter's upper end the chunk. Each draw begins at the
    front, and its first k numbers are the same however many are drawn."""

    key: tuple[int, int]
    chunk: int

    def generator(self) -> Generator:
        """At the front of the stream; good until this thread asks for another. One generator a thread is set to and
        fro: to make a new one takes as long as to draw some thousand numbers."""
        if not hasattr(_held, "generator"):
            _held.generator = Generator(Philox(0))
        generator: Generator = _held.generator
        generator.bit_generator.state = {
            "bit_generator": "Philox", "state": {"counter": (0, 0, 0, self.chunk), "key": self.key},
            "buffer": (0, 0, 0, 0), "buffer_pos": 4, "has_uint32": 0, "uinteger": 0}
        return generator

    def raw(self, count: int, size: int) -> NDArray[Any]:
        """Whole numbers of `size` bytes, all alike likely: the cheapest draw."""
        words = self.generator().bit_generator.random_raw(-(-count * size // 8))
        return words.astype("<u8", copy=False).view(f"<u{size}")[:count]

    def uniform(self, count: int) -> NDArray[np.float32]:
        """From nought to below one, by steps of 2 to the power of -24."""
        return (self.raw(count, 4) >> np.uint32(8)).astype(np.float32) * _ONE_IN_2_24

    def normal(self, count: int) -> NDArray[np.float32]:
        return self.generator().standard_normal(count, dtype=np.float32)

    def exponential(self, count: int) -> NDArray[np.float32]:
        return self.generator().standard_exponential(count, dtype=np.float32)

    def chance(self, count: int, share: float) -> NDArray[np.bool_]:
        """True for a share of the rows; shares too small for two bytes take four."""
        if share <= 0 or share >= 1:
            return np.full(count, share >= 1)
        if share < 0.02 or share > 0.98:
            return self.raw(count, 4) < np.uint32(share * (1 << 32))
        return self.raw(count, 2) < np.uint16(share * FINE)


def stream(seed: int, chunk: int, name: str) -> Stream:
    """The numbers of one column in one chunk; `name` is the column's, with its table's."""
    key = int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=16).digest(), "big")
    return Stream((key & (1 << 64) - 1, key >> 64), chunk)


def wheel(weights: NDArray[np.float64]) -> NDArray[np.int16]:
    """65,536 places dealt to members by weight, at least one to each that has any: a draw is a look-up."""
    share = weights / weights.sum() * FINE
    places = np.where(weights > 0, np.maximum(1, np.floor(share)), 0).astype(np.int64)
    places[np.argmax(places)] += FINE - places.sum()
    return np.repeat(np.arange(len(weights), dtype=np.int16), places)


def counts(source: Stream, rates: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Poisson numbers by inversion, worked out only where a uniform number leaves room for one or more. A uniform
    number of 24 bits is below one by more than a sum's rounding, so each is reached."""
    drawn = source.uniform(len(rates))
    found = np.zeros(len(rates), np.int64)
    rows: NDArray[np.intp] = np.flatnonzero(drawn > 1 - rates)
    uniform: NDArray[np.float64] = drawn[rows].astype(np.float64)
    rate: NDArray[np.float64] = np.minimum(rates[rows].astype(np.float64), 600.0)
    likely: NDArray[np.float64] = np.exp(-rate)
    reached, number = likely.copy(), 0
    while len(rows) and number < most:
        more = uniform > reached
        rows, uniform, rate, likely, reached = rows[more], uniform[more], rate[more], likely[more], reached[more]
        number += 1
        found[rows] = number
        likely = likely * rate / number
        reached = reached + likely
    return found
