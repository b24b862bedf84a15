"""Random organisations in columns, the same for the same seed. Many values stand on a threshold or one unit beside it.

Money is in whole yuan, shares in whole percent, choices are positions in their lists: what each engine can take
exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
SEED = 20240101
KINDS = ("enterprise", "institute", "university", "other")
AWARDS = ("none", "third", "second", "first")
LEVELS = ("none", "city", "province", "state")
CHOICES = {"kind": KINDS, "award": AWARDS, "level": LEVELS}
OUTCOMES = ("ineligible", "eligible", "review")
MONEY = frozenset({"equipment", "revenue", "revenue_before", "main_revenue", "rd", "profit", "assets", "liabilities",
                   "equity"})


def columns(count: int, seed: int = SEED) -> Columns:
    """All 32 facts of `count` organisations; some nearly always good, some not."""
    draw = _Draw(np.random.default_rng(seed), count)
    before = draw.whole(800, 100_000) * 10_000
    revenue = draw.share(before, (115, 120, 110, 105, 100), (99, 85))
    assets = draw.whole(1_000, 150_000) * 10_000
    employees = draw.whole(1, 25) * 20
    return {
        "kind": draw.one((0, 0, 1, 2), (3,)), "legal_person": draw.good(), "dishonest": ~draw.good(),
        "abnormal": ~draw.good(), "accident": ~draw.good(), "floor_area": draw.around(3000),
        "equipment": draw.around(50_000_000), "concentrated": draw.good(), "precise": draw.good(),
        "employees": employees, "rd_staff": draw.share(employees, (20, 25, 40), (19, 5)), "doctors": draw.around(10),
        "senior_staff": draw.share(employees, (25, 30), (24, 10)), "director_share": np.minimum(draw.around(50), 100),
        "standards_led": draw.around(2), "national_projects": draw.around(2), "provincial_projects": draw.around(3),
        "patents_1": draw.around(3), "patents_2": draw.around(1), "served": draw.around(20),
        "award": draw.one((2, 3), (0, 1)), "level": draw.one((1, 2, 3), (0,)), "niche_years": draw.around(3, 0.9),
        "strategic": draw.good(0.55), "revenue": revenue, "revenue_before": before,
        "main_revenue": draw.share(revenue, (70, 60, 55), (50, 45)), "rd": draw.share(revenue, (5, 3, 8), (2, 1)),
        "profit": draw.around(0), "assets": assets, "liabilities": draw.share(assets, (55, 75, 40), (76, 90)),
        "equity": draw.of((0, 4_999_999, 5_000_000, 20_000_000)),
    }


class _Draw:
    """Values on the good side of a threshold with a set probability, often exactly on it."""

    def __init__(self, random: np.random.Generator, count: int) -> None:
        self.random, self.count = random, count
        self.strength = self.of((80, 96, 99)) / 100

    def whole(self, low: int, high: int) -> NDArray[np.int64]:
        return self.random.integers(low, high, self.count)

    def of(self, values: tuple[int, ...]) -> NDArray[np.int64]:
        return np.array(values)[self.whole(0, len(values))]

    def good(self, weight: float = 1.0) -> NDArray[np.bool_]:
        return self.random.random(self.count) < self.strength * weight

    def one(self, good: tuple[int, ...], poor: tuple[int, ...]) -> NDArray[np.int64]:
        return np.where(self.good(), self.of(good), self.of(poor))

    def around(self, threshold: int, weight: float = 1.0) -> NDArray[np.int64]:
        far = self.whole(0, threshold + 1)
        above = np.choose(self.whole(0, 3), (np.zeros_like(far), np.ones_like(far), far))
        below = np.where(self.whole(0, 2) > 0, 1, np.minimum(far + 1, threshold) if threshold else 1_000)
        return np.where(self.good(weight), threshold + above, threshold - below)

    def share(self, whole: NDArray[np.int64], good: tuple[int, ...], poor: tuple[int, ...]) -> NDArray[np.int64]:
        """A percentage of `whole`: exact, or one more or less."""
        part = whole * np.where(self.good(), self.of(good), self.of(poor)) // 100
        return np.maximum(part + self.of((0, 0, 1, -1)), 0)
