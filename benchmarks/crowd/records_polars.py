"""The fund as Polars expressions, in its lazy form."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from polars import col, when

from crowd.columns import Columns
from crowd.record_columns import FACTS, FIELDS, SINCE, YEAR


def load(count: int, columns: Columns) -> Any:
    """Two frames; Polars is told that the rows stand in the order of their organisations."""
    people = pl.DataFrame({"id": np.arange(count), **{id_: columns[id_] for id_ in FACTS}})
    rows = pl.DataFrame({id_: columns[id_] for id_ in ("owner", *FIELDS)})
    return people.with_columns(col("id").set_sorted()), rows.with_columns(col("owner").set_sorted())


def run(loaded: Any) -> dict[str, Any]:
    """Outcome (1: something is paid) and amount in yuan."""
    people, rows = (frame.lazy() for frame in loaded)
    price = (when((col("level") == 3) & col("led")).then(200_000).when(col("level") == 3).then(60_000)
             .when((col("level") == 2) & col("led")).then(80_000).when(col("level") == 2).then(30_000)
             .when(col("led")).then(20_000).otherwise(0))
    paid = (rows.filter(col("published_on").is_between(*YEAR) & ~col("paid_before")).with_columns(price=price)
            .sort("price", descending=True).group_by("owner", "level").agg(col("price").head(3).sum())
            .group_by("owner").agg(amount=col("price").sum().clip(upper_bound=500_000)))
    history = rows.group_by("owner").agg(
        done=((col("published_on") >= SINCE) & ~col("paid_before")).sum(),
        spent=when(col("published_on") >= YEAR[0]).then(col("cost")).otherwise(0).sum())
    holds = col("legal_person") & ~col("dishonest") & (col("done") >= 2) & (col("spent") >= 100_000) & (
        col("amount") > 0)
    found = (people.join(history, left_on="id", right_on="owner", how="left", maintain_order="left")
             .join(paid, left_on="id", right_on="owner", how="left", maintain_order="left")
             .select(outcome=holds.fill_null(False), amount=col("amount").fill_null(0)).collect())
    return {name: found[name].to_numpy() for name in found.columns}
