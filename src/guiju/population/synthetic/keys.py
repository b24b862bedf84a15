"""Keys and texts of a synthetic population: numbered, in order, and nobody's.

A key has the shape of a 统一社会信用代码 (18 signs of GB 32100, the last a check), so that what reads codes reads it.
Its first sign is 0, which is no registration department's, and XXXXXX stands where a region's digits would: no
organisation can have it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from guiju.facts.organisations import SIGNS

PREFIX = "00XXXXXX"
DIGITS = 9
MOST = 10 ** DIGITS - 1
FOREIGN = "Z"  # a sign that no code has: instead of the check, it makes a key nobody's, next to the one it was


# The signs of all numbers of three digits, which is how long numbers are written: by thirds
_THIRDS = np.array([list(f"{number:03d}".encode()) for number in range(1000)], np.uint8)


def numbered(prefix: str, numbers: NDArray[np.int64], digits: int = DIGITS, after: int = 0) -> NDArray[np.uint8]:
    """Texts of one length, a row of signs each: a prefix, a number with leading zeros, and room for more `after` it."""
    head = np.frombuffer(prefix.encode(), np.uint8)
    end = len(head) + digits
    signs = np.empty((len(numbers), end + after), np.uint8)
    signs[:, :len(head)] = head
    for place in range(0, digits, 3):
        most = min(3, digits - place)
        third = (numbers // 10 ** place % 1000).astype(np.intp)
        signs[:, end - place - most:end - place] = _THIRDS[:, 3 - most:].take(third, axis=0)
    return signs


def keys(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The organisations' keys, a row of signs each."""
    signs = numbered(PREFIX, numbers, after=1)
    total = np.full(len(numbers), sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(PREFIX)))
    for place in range(len(PREFIX), len(PREFIX) + DIGITS):
        total += (signs[:, place] - ord("0")).astype(np.int64) * pow(3, place, 31)
    signs[:, -1] = np.frombuffer(SIGNS.encode(), np.uint8)[-total % 31]
    return signs


def taken(signs: NDArray[np.uint8], rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Some rows of signs."""
    width = signs.shape[1]
    return signs.view(f"V{width}")[:, 0].take(rows).view(np.uint8).reshape(-1, width)
