"""What memory allows: every fact is read once, and three columns are written; no rule is heeded."""

from __future__ import annotations

from typing import Any

import numpy as np

from crowd.columns import Columns


def load(count: int, columns: Columns) -> Columns:
    return columns


def run(columns: Columns) -> dict[str, Any]:
    """Nothing: what is read is added up."""
    count = len(next(iter(columns.values())))
    total = sum(int(values.view(np.uint8 if values.dtype == np.bool_ else values.dtype).sum())
                for values in columns.values())
    for _ in range(3):
        np.full(count, total % 7)
    return {}
