"""Random numbers by seed, chunk and column: what one column draws changes nothing in another, nor in another chunk."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

FINE = 1 << 16


def stream(seed: int, chunk: int, name: str) -> Generator:
    """Philox counts: the key is the seed and the column, the counter's upper end the chunk. Its first k numbers are
    the same however many are drawn."""
    key = int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=16).digest(), "big")
    return Generator(Philox(key=key, counter=chunk << 192))


def fine(rng: Generator, count: int) -> NDArray[np.uint16]:
    """Whole numbers below 65,536, all alike likely: two bytes each, the cheapest draw."""
    return np.frombuffer(rng.bytes(2 * count), "<u2")


def chance(rng: Generator, count: int, share: float) -> NDArray[np.bool_]:
    """True for a share of the rows; shares too small for two bytes take four."""
    if share <= 0 or share >= 1:
        return np.full(count, share >= 1)
    if share < 0.02 or share > 0.98:
        return np.frombuffer(rng.bytes(4 * count), "<u4") < np.uint32(share * (1 << 32))
    return fine(rng, count) < np.uint16(share * FINE)


def wheel(weights: NDArray[np.float64]) -> NDArray[np.int16]:
    """65,536 places dealt to members by weight, at least one to each that has any: a draw is a look-up."""
    share = weights / weights.sum() * FINE
    places = np.where(weights > 0, np.maximum(1, np.floor(share)), 0).astype(np.int64)
    places[np.argmax(places)] += FINE - places.sum()
    return np.repeat(np.arange(len(weights), dtype=np.int16), places)


def counts(rng: Generator, rates: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Poisson numbers by inversion, worked out only where a uniform number leaves room for one or more. A uniform
    number of 24 bits is below one by more than a sum's rounding, so each is reached."""
    drawn = rng.random(len(rates), dtype=np.float32)
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
