"""The rules as Polars expressions, for complete facts, in its lazy form."""

from __future__ import annotations

from typing import Any

import polars as pl
from polars import col, when

from crowd.columns import Columns


def load(count: int, columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns)


def run(frame: pl.DataFrame) -> dict[str, Any]:
    """Outcome, points, amount."""
    firm, revenue, employees = col("kind") == 0, col("revenue"), col("employees")
    found = frame.lazy().with_columns(
        rd_share=col("rd") / revenue, debt=col("liabilities") / col("assets"), main=col("main_revenue") / revenue,
        growth_rate=(revenue - col("revenue_before")) / col("revenue_before"), d3=col("patents_1") >= 3,
    ).with_columns(
        a=col("legal_person") & ~(col("dishonest") | col("abnormal") | col("accident")) & (col("kind") <= 2),
        b=(col("floor_area") >= 3000) & (col("equipment") >= 50_000_000) & col("concentrated") & col("precise"),
        c=(col("director_share") >= 50) & (col("rd_staff") / employees >= 0.20) & (
            (col("doctors") >= 10) | (col("senior_staff") / employees >= 0.25)),
        d=pl.sum_horizontal(col("standards_led") >= 2, col("national_projects") + col("provincial_projects") >= 5,
                            col("d3"), col("award") >= 2, col("served") >= 20) >= 3,
        f=((revenue >= 10_000_000) | (col("equity") >= 20_000_000)) & (col("rd_share") >= 0.03) & (
            ~firm | (col("profit") >= 0)) & (col("debt") <= 0.75),
        innovation=_steps((col("d3"), 20), (col("patents_1") >= 1, 15), (col("patents_2") >= 1, 10)) + _tiers(
            "rd_share", (0.05, 20), (0.03, 15), (0.02, 10), (0.01, 5)),
        growth=_tiers("growth_rate", (0.15, 20), (0.10, 15), (0.05, 10), (0, 5)) + _steps(
            (col("debt") <= 0.55, 10), (col("debt") <= 0.75, 5)),
        focus=when("strategic").then(10).otherwise(5) + _tiers("main", (0.70, 20), (0.60, 15), (0.55, 10), (0.50, 5)),
    ).with_columns(
        points=col("innovation") + col("growth") + col("focus"),
        amount=_steps((~(col("a") & col("d")), 0), ((col("level") == 3) & firm, 1_000_000),
                      ((col("level") == 3) & (col("kind") <= 2), 800_000), (col("level") == 2, 500_000),
                      ((col("level") == 1) & firm, 200_000)),
    ).select("points", "amount", outcome=_steps((~_holds(), 0), (col("niche_years") >= 3, 1), rest=2)).collect()
    return {name: found[name].to_numpy() for name in found.columns}


def _holds() -> pl.Expr:
    scored = (col("points") >= 60) & (col("innovation") >= 20) & (col("growth") >= 15) & (col("focus") >= 15)
    direct = (col("equity") >= 5_000_000) & col("strategic")
    return pl.all_horizontal("a", "b", "c", "d", "f", scored | direct, col("amount") > 0)


def _steps(*rows: tuple[pl.Expr, int], rest: int = 0) -> pl.Expr:
    """The points of the first test that holds."""
    result = pl.lit(rest)
    for test, points in reversed(rows):
        result = when(test).then(points).otherwise(result)
    return result


def _tiers(name: str, *rows: tuple[float, int]) -> pl.Expr:
    return _steps(*((col(name) >= threshold, points) for threshold, points in rows))
