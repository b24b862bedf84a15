"""The rules in SQL, for complete facts: one statement over one table, in DuckDB."""

from __future__ import annotations

import os
from typing import Any

import duckdb
import pyarrow as pa

from crowd.columns import Columns

_RULES = """
WITH shares AS (SELECT *, rd / revenue AS rd_share, liabilities / assets AS debt, main_revenue / revenue AS main,
    (revenue - revenue_before) / revenue_before AS growth_rate, patents_1 >= 3 AS d3 FROM organisations),
parts AS (SELECT *,
    legal_person AND NOT (dishonest OR abnormal OR accident) AND kind <= 2 AS a,
    floor_area >= 3000 AND equipment >= 50000000 AND concentrated AND precise AS b,
    director_share >= 50 AND rd_staff / employees >= 0.20 AND (doctors >= 10 OR senior_staff / employees >= 0.25) AS c,
    (standards_led >= 2)::INT + (national_projects + provincial_projects >= 5)::INT + d3::INT + (award >= 2)::INT
        + (served >= 20)::INT >= 3 AS d,
    (revenue >= 10000000 OR equity >= 20000000) AND rd_share >= 0.03::DOUBLE AND (kind != 0 OR profit >= 0)
        AND debt <= 0.75::DOUBLE AS f,
    CASE WHEN d3 THEN 20 WHEN patents_1 >= 1 THEN 15 WHEN patents_2 >= 1 THEN 10 ELSE 0 END
        + CASE WHEN rd_share >= 0.05::DOUBLE THEN 20 WHEN rd_share >= 0.03::DOUBLE THEN 15
               WHEN rd_share >= 0.02::DOUBLE THEN 10 WHEN rd_share >= 0.01::DOUBLE THEN 5 ELSE 0 END AS innovation,
    CASE WHEN growth_rate >= 0.15::DOUBLE THEN 20 WHEN growth_rate >= 0.10::DOUBLE THEN 15
         WHEN growth_rate >= 0.05::DOUBLE THEN 10 WHEN growth_rate >= 0 THEN 5 ELSE 0 END
        + CASE WHEN debt <= 0.55::DOUBLE THEN 10 WHEN debt <= 0.75::DOUBLE THEN 5 ELSE 0 END AS growth,
    CASE WHEN strategic THEN 10 ELSE 5 END
        + CASE WHEN main >= 0.70::DOUBLE THEN 20 WHEN main >= 0.60::DOUBLE THEN 15 WHEN main >= 0.55::DOUBLE THEN 10
               WHEN main >= 0.50::DOUBLE THEN 5 ELSE 0 END AS focus FROM shares),
prices AS (SELECT *, innovation + growth + focus AS points, CASE WHEN NOT (a AND d) THEN 0
    WHEN level = 3 AND kind = 0 THEN 1000000 WHEN level = 3 AND kind <= 2 THEN 800000 WHEN level = 2 THEN 500000
    WHEN level = 1 AND kind = 0 THEN 200000 ELSE 0 END AS amount FROM parts)
SELECT CASE WHEN NOT (a AND b AND c AND d AND f AND amount > 0 AND
        ((points >= 60 AND innovation >= 20 AND growth >= 15 AND focus >= 15) OR (equity >= 5000000 AND strategic)))
    THEN 0 WHEN niche_years >= 3 THEN 1 ELSE 2 END AS outcome, points, amount FROM prices
"""


def load(count: int, columns: Columns) -> Any:
    """The facts in a table of DuckDB's own, as it likes them best."""
    connection = duckdb.connect(":memory:", config={"threads": int(os.environ["ENGINE_THREADS"])})
    connection.register("given", pa.table(columns))
    connection.execute("CREATE TABLE organisations AS SELECT * FROM given")
    return connection


def run(connection: Any) -> dict[str, Any]:
    """Outcome, points, amount."""
    found: dict[str, Any] = connection.execute(_RULES).fetchnumpy()
    return found
