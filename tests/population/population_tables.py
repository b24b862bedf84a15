"""Small tables on disk, in every form that is read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

FORMS = ("parquet", "csv", "arrow", "duckdb", "sqlite")


def write(folder: Path, form: str, **tables: pa.Table) -> Path:
    """The tables in one form below `folder`; what a command is given."""
    if form in ("duckdb", "sqlite"):
        path = folder / f"data.{form}"
        (_duckdb if form == "duckdb" else _sqlite)(path, tables)
        return path
    path = folder / form
    path.mkdir()
    for name, table in tables.items():
        if form == "parquet":
            pq.write_table(table, path / f"{name}.parquet", row_group_size=5)
        elif form == "csv":
            pcsv.write_csv(table, path / f"{name}.csv")
        else:
            with ipc.new_file(path / f"{name}.arrow", table.schema) as file:
                file.write_table(table, max_chunksize=7)
    return path


def _duckdb(path: Path, tables: dict[str, pa.Table]) -> None:
    with duckdb.connect(str(path)) as connection:
        for name, table in tables.items():
            connection.register("given", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
            connection.unregister("given")


def _sqlite(path: Path, tables: dict[str, pa.Table]) -> None:
    connection = sqlite3.connect(path)
    for name, table in tables.items():
        columns = ", ".join(f'"{c}"' for c in table.column_names)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * table.num_columns)})",
                               [tuple(row.values()) for row in table.to_pylist()])
    connection.commit()
    connection.close()
