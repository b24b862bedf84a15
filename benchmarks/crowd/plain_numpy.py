"""The rules as a programmer would write them over numpy arrays, for complete facts. Shares are doubles."""

from __future__ import annotations

from typing import Any

import numpy as np

from crowd.columns import Columns

_DEAREST = ((3, 0, 1_000_000), (3, 1, 800_000), (3, 2, 800_000), (1, 0, 200_000))


def load(count: int, columns: Columns) -> Columns:
    return columns


def run(x: Columns) -> dict[str, Any]:
    """Outcome, points, amount."""
    firm, revenue, employees = x["kind"] == 0, x["revenue"], x["employees"]
    rd, debt = x["rd"] / revenue, x["liabilities"] / x["assets"]
    main = x["main_revenue"] / revenue
    growth_rate = (revenue - x["revenue_before"]) / x["revenue_before"]
    a = x["legal_person"] & ~(x["dishonest"] | x["abnormal"] | x["accident"]) & (x["kind"] <= 2)
    b = (x["floor_area"] >= 3000) & (x["equipment"] >= 50_000_000) & x["concentrated"] & x["precise"]
    c = (x["director_share"] >= 50) & (x["rd_staff"] / employees >= 0.20) & (
        (x["doctors"] >= 10) | (x["senior_staff"] / employees >= 0.25))
    d3 = x["patents_1"] >= 3
    d = (x["standards_led"] >= 2).astype(np.int8) + (x["national_projects"] + x["provincial_projects"] >= 5) + d3 + (
        x["award"] >= 2) + (x["served"] >= 20) >= 3
    f = ((revenue >= 10_000_000) | (x["equity"] >= 20_000_000)) & (rd >= 0.03) & (~firm | (x["profit"] >= 0)) & (
        debt <= 0.75)
    innovation = _steps([d3, x["patents_1"] >= 1, x["patents_2"] >= 1], (20, 15, 10)) + _tiers(
        rd, ((0.05, 20), (0.03, 15), (0.02, 10), (0.01, 5)))
    growth = _tiers(growth_rate, ((0.15, 20), (0.10, 15), (0.05, 10), (0, 5))) + _steps([debt <= 0.55, debt <= 0.75],
                                                                                        (10, 5))
    focus = np.where(x["strategic"], 10, 5) + _tiers(main, ((0.70, 20), (0.60, 15), (0.55, 10), (0.50, 5)))
    points = innovation + growth + focus
    r = ((points >= 60) & (innovation >= 20) & (growth >= 15) & (focus >= 15)) | (
        (x["equity"] >= 5_000_000) & x["strategic"])
    amount = _price(x["level"], x["kind"], a & d)
    holds = a & b & c & d & f & r & (amount > 0)
    return {"outcome": np.where(holds, np.where(x["niche_years"] >= 3, 1, 2), 0), "points": points, "amount": amount}


def _price(level: Any, kind: Any, may: Any) -> Any:
    amount = np.where(level == 2, 500_000, 0)
    for at, of, yuan in _DEAREST:
        amount = np.where((level == at) & (kind == of), yuan, amount)
    return np.where(may, amount, 0)


def _steps(tests: list[Any], points: tuple[int, ...]) -> Any:
    return np.select(tests, points, 0)


def _tiers(value: Any, rows: tuple[tuple[float, int], ...]) -> Any:
    return np.select([value >= threshold for threshold, _ in rows], [points for _, points in rows], 0)
