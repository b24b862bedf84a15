"""One form for data, its digest, and chance that can be replayed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

_WORD = 1 << 64


def digest(data: Any) -> str:
    """SHA-256 over the canonical JSON of plain data or of our dataclasses. Sets and mappings have no order."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(data: Any) -> str:
    """JSON in its one form: keys sorted, no spaces, Chinese as it is. Raises TypeError for what it can't hold."""
    return json.dumps(plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def plain(data: Any) -> Any:
    """Dataclasses as mappings, sets as sorted lists, dates and fractions as words."""
    if dataclasses.is_dataclass(data) and not isinstance(data, type):
        return {f.name: plain(getattr(data, f.name)) for f in dataclasses.fields(data)}
    if isinstance(data, Mapping):
        return {_key(key): plain(value) for key, value in data.items()}
    if isinstance(data, frozenset | set):
        return sorted((plain(item) for item in data), key=_order)
    if isinstance(data, list | tuple):
        return [plain(item) for item in data]
    if isinstance(data, dt.date):
        return data.isoformat()
    if isinstance(data, Fraction):
        return str(data)
    return data


def _key(key: Any) -> str:
    return key if isinstance(key, str) else json.dumps(plain(key), ensure_ascii=False)


def _order(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


class Stream:
    """Whole numbers that a seed determines: SHA-256 of the seed and a counter. The same on every machine, for ever."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` − 1, each equally likely."""
        if bound < 1:
            raise ValueError("no number is below 0")
        words = max(1, -(-bound.bit_length() // 64))
        space = _WORD ** words
        while True:  # numbers beyond the last multiple of the bound would favour the small ones
            number = 0
            for _ in range(words):
                number = number * _WORD + self._word()
            if number < space - space % bound:
                return number % bound

    def shuffled(self, items: Iterable[Any]) -> list[Any]:
        """The items in an order of chance."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            place = self.below(last + 1)
            order[last], order[place] = order[place], order[last]
        return order

    def _word(self) -> int:
        self._count += 1
        return int.from_bytes(hashlib.sha256(f"{self._seed}\n{self._count}".encode()).digest()[:8])
