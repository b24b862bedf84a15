"""How good an order of hits is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(places: Sequence[str], judged: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted gain of the first hits: 1 where no better order is possible. A place counts once."""
    gained, seen = 0.0, set()
    for rank, place in enumerate(places[:depth]):
        if place not in seen:
            seen.add(place)
            gained += _gain(judged.get(place, 0)) / log2(rank + 2)
    best = sorted(judged.values(), reverse=True)[:depth]
    return gained / sum(_gain(grade) / log2(rank + 2) for rank, grade in enumerate(best))


def share_found(places: Sequence[str], judged: Mapping[str, int], depth: int = 10) -> float:
    """How much of what answers fully stands among the first hits, of as much as could."""
    full = {place for place, grade in judged.items() if grade == max(judged.values())}
    return len(full & set(places[:depth])) / min(depth, len(full))


def _gain(grade: int) -> float:
    return float(2**grade - 1)
