"""Random applicants with all facts, as plain Python data. Many values stand on a threshold or one unit beside it.

Money is in whole yuan, shares in whole percent, enumerations are ids: data that each engine can take exactly.
"""

from __future__ import annotations

from random import Random
from typing import Any

Applicant = dict[str, Any]
SEED = 20240101


def applicants(n: int, seed: int = SEED) -> list[Applicant]:
    """The same `n` applicants for the same seed; some nearly always good, some not."""
    random = Random(seed)
    return [_applicant(random, random.choice((0.8, 0.96, 0.99))) for _ in range(n)]


def with_gaps(complete: list[Applicant], share: float = 0.12, seed: int = SEED) -> list[Applicant]:
    """The same applicants, each fact missing with probability `share`."""
    random = Random(seed)
    return [{k: v for k, v in applicant.items() if random.random() >= share} for applicant in complete]


def _applicant(random: Random, strength: float) -> Applicant:
    draw = _Draw(random, strength)
    before = random.randrange(800, 100_000) * 10_000
    revenue = draw.share(before, (115, 120, 110, 105, 100), (99, 85))
    assets = random.randrange(1_000, 150_000) * 10_000
    employees = random.randrange(1, 25) * 20
    return {
        "kind": draw.one(("enterprise", "enterprise", "institute", "university"), ("other",)),
        "legal_person": draw.good(), "dishonest": not draw.good(), "abnormal": not draw.good(),
        "accident": not draw.good(),
        "floor_area": draw.around(3000), "equipment": draw.around(50_000_000),
        "concentrated": draw.good(), "precise": draw.good(),
        "employees": employees, "rd_staff": draw.share(employees, (20, 25, 40), (19, 5)),
        "doctors": draw.around(10), "senior_staff": draw.share(employees, (25, 30), (24, 10)),
        "director_share": min(draw.around(50), 100),
        "standards_led": draw.around(2), "national_projects": draw.around(2), "provincial_projects": draw.around(3),
        "patents_1": draw.around(3), "patents_2": draw.around(1), "served": draw.around(20),
        "award": draw.one(("second", "first"), ("none", "third")),
        "level": draw.one(("state", "province", "city"), ("none",)), "niche_years": draw.around(3, 0.9),
        "strategic": random.random() < 0.5, "revenue": revenue, "revenue_before": before,
        "main_revenue": draw.share(revenue, (70, 60, 55), (50, 45)), "rd": draw.share(revenue, (5, 3, 8), (2, 1)),
        "profit": draw.around(0), "assets": assets, "liabilities": draw.share(assets, (55, 75, 40), (76, 90)),
        "equity": random.choice((0, 4_999_999, 5_000_000, 20_000_000)),
    }


class _Draw:
    """Values on the good side of a threshold with a set probability, often exactly on it."""

    def __init__(self, random: Random, strength: float) -> None:
        self.random = random
        self.strength = strength

    def good(self, weight: float = 1.0) -> bool:
        return self.random.random() < self.strength * weight

    def one(self, good: tuple[str, ...], poor: tuple[str, ...]) -> str:
        return self.random.choice(good if self.good() else poor)

    def around(self, threshold: int, weight: float = 1.0) -> int:
        if self.good(weight):
            return threshold + self.random.choice((0, 1, self.random.randrange(threshold + 1)))
        return threshold - self.random.choice((1, self.random.randrange(threshold) + 1 if threshold else 1_000))

    def share(self, whole: int, good: tuple[int, ...], poor: tuple[int, ...]) -> int:
        """A percentage of `whole`: exact, or one more or less."""
        percent = self.random.choice(good if self.good() else poor)
        return max(whole * percent // 100 + self.random.choice((0, 0, 1, -1)), 0)
