"""The fund in SQL: one statement over two tables, in DuckDB."""

from __future__ import annotations

import os
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from crowd.columns import Columns
from crowd.record_columns import FACTS, FIELDS, SINCE, YEAR

_FUND = f"""
WITH prices AS (SELECT owner, level, CASE WHEN level = 3 AND led THEN 200000 WHEN level = 3 THEN 60000
        WHEN level = 2 AND led THEN 80000 WHEN level = 2 THEN 30000 WHEN led THEN 20000 ELSE 0 END AS price
    FROM standards WHERE published_on BETWEEN {YEAR[0]} AND {YEAR[1]} AND NOT paid_before),
best AS (SELECT owner, list_sum(max(price, 3)) AS price FROM prices GROUP BY owner, level),
paid AS (SELECT owner, least(sum(price), 500000) AS amount FROM best GROUP BY owner),
history AS (SELECT owner, count(*) FILTER (WHERE published_on >= {SINCE} AND NOT paid_before) AS done,
        sum(cost) FILTER (WHERE published_on >= {YEAR[0]}) AS spent FROM standards GROUP BY owner)
SELECT coalesce(legal_person AND NOT dishonest AND done >= 2 AND spent >= 100000 AND amount > 0, false) AS outcome,
    coalesce(amount, 0) AS amount
FROM organisations LEFT JOIN history ON id = history.owner LEFT JOIN paid ON id = paid.owner ORDER BY id
"""


def load(count: int, columns: Columns) -> Any:
    """The facts in tables of DuckDB's own, as it likes them best."""
    connection = duckdb.connect(":memory:", config={"threads": int(os.environ["ENGINE_THREADS"])})
    connection.register("given", pa.table({"id": np.arange(count), **{id_: columns[id_] for id_ in FACTS}}))
    connection.register("rows", pa.table({id_: columns[id_] for id_ in ("owner", *FIELDS)}))
    connection.execute("CREATE TABLE organisations AS SELECT * FROM given")
    connection.execute("CREATE TABLE standards AS SELECT * FROM rows")
    return connection


def run(connection: Any) -> dict[str, Any]:
    """Outcome (1: something is paid) and amount in yuan."""
    found: dict[str, Any] = connection.execute(_FUND).fetchnumpy()
    return found
