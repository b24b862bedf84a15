"""What is drawn as Arrow arrays, over the drawn numbers themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


def array(values: NDArray[Any], known: Bools | None) -> pa.Array:
    """One value each, null where it is not `known` (None: all are)."""
    kind = pa.from_numpy_dtype(values.dtype)
    held = _bits(values) if kind == pa.bool_() else pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(kind, len(values), [_valid(known), held])


def texts(signs: NDArray[np.uint8], known: Bools | None = None) -> pa.StringArray:
    """One text a row of UTF-8 bytes, all of one length."""
    number, width = signs.shape
    offsets = np.arange(0, width * (number + 1), width, dtype=np.int32)
    return pa.StringArray.from_buffers(number, pa.py_buffer(offsets), pa.py_buffer(signs), _valid(known))


def _valid(known: Bools | None) -> pa.Buffer | None:
    return None if known is None else _bits(known)


def _bits(held: Bools) -> pa.Buffer:
    return pa.py_buffer(np.packbits(held, bitorder="little"))
