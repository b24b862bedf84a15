"""Random organisations with rows of one record set, for the benchmark's fund: the same for the same seed.

Money is in whole yuan, days count from 0001-01-01 (as Python's ordinals), levels are positions in their list.
`owner` says whose a row is; rows stand in the order of their organisations.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from crowd.columns import SEED, Columns

ROWS = 4.0  # of an organisation, on average; every eighth has none
LEVELS = ("group", "industry", "national", "international")
FIRST, LAST = dt.date(2022, 7, 1).toordinal(), dt.date(2025, 3, 31).toordinal()
YEAR = dt.date(2024, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal()  # in which the fund pays
SINCE = dt.date(2023, 1, 1).toordinal()  # from when on it counts what was done
FACTS = ("legal_person", "dishonest")
FIELDS = ("level", "led", "published_on", "paid_before", "cost")


def columns(count: int, seed: int = SEED) -> Columns:
    """Two facts of each organisation, and the rows."""
    random = np.random.default_rng(seed)
    sizes = random.poisson(ROWS, count) * (random.random(count) >= 1 / 8)
    owner = np.repeat(np.arange(count), sizes)
    rows = len(owner)
    return {"legal_person": random.random(count) < 0.95, "dishonest": random.random(count) < 0.05, "owner": owner,
            "level": random.integers(0, len(LEVELS), rows), "led": random.random(rows) < 0.4,
            "published_on": random.integers(FIRST, LAST + 1, rows), "paid_before": random.random(rows) < 0.2,
            "cost": random.integers(0, 20, rows) * 10_000}
