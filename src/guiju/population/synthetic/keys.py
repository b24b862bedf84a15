"""Keys and texts of a synthetic population: numbered, in order, and nobody's.

A key has the shape of a 统一社会信用代码 (18 signs of GB 32100, the last a check), so that what reads codes reads it.
Its first sign is 0, which is no registration department's, and XXXXXX stands where a region's digits would: no
organisation can have it.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.facts.organisations import SIGNS

PREFIX = "00XXXXXX"
DIGITS = 9
MOST = 10 ** DIGITS - 1
FOREIGN = "Z"  # a sign that no code has: instead of the check, it makes a key nobody's, next to the one it was


def numbered(prefix: str, numbers: NDArray[np.int64], digits: int = DIGITS, last: NDArray[np.uint8] | None = None
             ) -> pa.StringArray:
    """Texts of one length: a prefix, a number with leading zeros, and a last sign if there is one."""
    head = prefix.encode()
    width = len(head) + digits + (last is not None)
    signs = np.empty((len(numbers), width), np.uint8)
    signs[:, :len(head)] = np.frombuffer(head, np.uint8)
    for place in range(digits):
        signs[:, len(head) + digits - 1 - place] = numbers // 10 ** place % 10 + ord("0")
    if last is not None:
        signs[:, -1] = last
    offsets = np.arange(0, width * (len(numbers) + 1), width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(signs))


def keys(numbers: NDArray[np.int64], foreign: NDArray[np.bool_] | None = None) -> pa.StringArray:
    """The organisations' keys; where `foreign`, one that is nobody's."""
    total = np.full(len(numbers), sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(PREFIX)))
    for place in range(DIGITS):
        total += numbers // 10 ** (DIGITS - 1 - place) % 10 * pow(3, len(PREFIX) + place, 31)
    checks = np.frombuffer(SIGNS.encode(), np.uint8)[-total % 31]
    if foreign is not None:
        checks = np.where(foreign, np.uint8(ord(FOREIGN)), checks)
    return numbered(PREFIX, numbers, last=checks)
