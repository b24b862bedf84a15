"""A table on its way to disk: it stands under its name only once it is whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from guiju.population.files.writing import PARTIAL, not_written, settle


class TableFile:
    """`with TableFile(path, schema) as file: file.add(table)`: Parquet, or CSV by the path's ending. Rows wait until
    there are `group` of them. What is not finished leaves nothing behind; neither does what can't be written, which
    raises GuijuError E916. `options` are those of a `ParquetWriter`."""

    def __init__(self, path: Path, schema: pa.Schema, group: int = 1, **options: Any) -> None:
        self.path, self.rows = path, 0
        self._csv = path.suffix == ".csv"
        # CSV has no dictionaries
        self.schema = pa.schema([pa.field(f.name, f.type.value_type) if pa.types.is_dictionary(f.type) else f
                                 for f in schema]) if self._csv else schema
        self._group, self._options = group, {"compression": "zstd", **options}
        self._waiting: list[pa.Table] = []
        self._partial = path.with_name(path.name + PARTIAL)
        self._writer: Any = None
        self._file: Any = None
        try:
            self._file = self._partial.open("wb")
            self._writer = self._opened()
        except OSError as error:
            self.abandon()
            raise not_written(path, error) from None

    def _opened(self) -> Any:
        if self._csv:
            return pcsv.CSVWriter(self._file, self.schema)
        return pq.ParquetWriter(self._file, self.schema, **self._options)

    def add(self, table: pa.Table) -> None:
        """More rows, of the columns that the schema names."""
        self.rows += table.num_rows
        self._waiting.append(table)
        if sum(t.num_rows for t in self._waiting) >= self._group:
            self._flush()

    def finish(self) -> None:
        """The table is whole, and on the disk."""
        if self._waiting:
            self._flush()
        try:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._partial.replace(self.path)
            settle(self.path.parent)
        except OSError as error:
            self.abandon()
            raise not_written(self.path, error) from None

    def abandon(self) -> None:
        """Nothing of it stays, unless it is finished."""
        for held in (self._writer, self._file):
            if held is not None:
                with suppress(OSError, pa.ArrowException):
                    held.close()
        self._writer = self._file = None
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)

    def _flush(self) -> None:
        held, self._waiting = self._waiting, []
        whole = pa.concat_tables([t.select(self.schema.names) for t in held]).combine_chunks().cast(self.schema)
        try:
            self._writer.write_table(whole)
        except OSError as error:
            self.abandon()
            raise not_written(self.path, error) from None

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if kind is None:
            self.finish()
        else:
            self.abandon()
