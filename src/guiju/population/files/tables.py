"""Tables where they are: files of a directory, or tables of a database; read in batches, in their own order."""

from __future__ import annotations

import codecs
import hashlib
import json
import sqlite3
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from guiju.source.diagnostics import GuijuError, Span, fail, visible

BATCH = 65_536
_SNIFFED = 1 << 20


@dataclass(frozen=True, slots=True)
class StoredTable(ABC):
    """A table: where it is, and how it is called there (empty for a file of its own)."""

    path: Path
    table: str = ""

    @property
    def label(self) -> str:
        return f"{self.path}:{self.table}" if self.table else str(self.path)

    def columns(self) -> list[str]:
        """The names of the columns. Raises GuijuError E901 for what can't be read."""
        with readable(self.label):
            return self._columns()

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The rows in their own order. Raises GuijuError E901 for what can't be read."""
        with readable(self.label):
            yield from self._batches(columns)

    def schema(self, columns: Sequence[str]) -> pa.Schema:
        with readable(self.label):
            return self._schema(columns)

    @abstractmethod
    def _columns(self) -> list[str]: ...

    @abstractmethod
    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]: ...

    @abstractmethod
    def _schema(self, columns: Sequence[str]) -> pa.Schema: ...


class Parquet(StoredTable):
    def _columns(self) -> list[str]:
        return list(pq.read_schema(self.path).names)

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        return chosen(pq.read_schema(self.path), columns)

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self.path, page_checksum_verification=True) as file:
            starts, groups = group_starts(file), range(0)
            while groups := groups_from(starts, groups.stop):
                for batch in file.iter_batches(BATCH, row_groups=list(groups), columns=list(columns)):
                    yield selected(batch, columns)


def selected(batch: pa.RecordBatch, columns: Sequence[str]) -> pa.RecordBatch:
    """These columns; of several with one name the first."""
    names = batch.schema.names  # made anew each time that one asks
    return batch.select([names.index(c) for c in columns])


def chosen(schema: pa.Schema, columns: Sequence[str]) -> pa.Schema:
    """The fields of these columns; of several with one name the first."""
    names = schema.names
    return pa.schema([schema.field(names.index(c)) for c in columns])


def group_starts(file: pq.ParquetFile) -> list[int]:
    """The first row of each row group, and the one after the last."""
    return [0, *accumulate(file.metadata.row_group(n).num_rows for n in range(file.num_row_groups))]


def groups_from(starts: Sequence[int], first: int) -> range:
    """The row groups from one on that make a batch. A stream keeps what it has read of each until it ends, so that one
    through a whole file would hold all of it."""
    last = bisect_left(starts, starts[first] + BATCH)
    return range(first, min(max(last, first + 1), len(starts) - 1))


class Csv(StoredTable):
    """Every column is text; what it means is for the dictionary to say. UTF-8, else GB 18030."""

    def _columns(self) -> list[str]:
        with pcsv.open_csv(self.path, *self._options(())) as reader:
            return list(reader.schema.names)

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        return pa.schema([(c, pa.string()) for c in columns])

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with pcsv.open_csv(self.path, *self._options(columns)) as reader:
            for batch in reader:
                yield from _cut(batch)

    def _options(self, columns: Sequence[str]) -> tuple[Any, Any, Any]:
        convert = pcsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), include_columns=list(columns),
                                      null_values=[""], strings_can_be_null=True, check_utf8=True)
        return (pcsv.ReadOptions(encoding=self._encoding(), block_size=8 << 20),
                pcsv.ParseOptions(newlines_in_values=True), convert)

    def _encoding(self) -> str:
        """As the first letters beyond ASCII are written, wherever they stand."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self.path.open("rb") as file:
            while piece := file.read(_SNIFFED):
                try:
                    if not decoder.decode(piece).isascii():
                        break
                except UnicodeDecodeError:
                    return "gb18030"
        return "utf8"


class Arrow(StoredTable):
    """An IPC file, or an IPC stream in a file."""

    def _columns(self) -> list[str]:
        with pa.memory_map(str(self.path)) as file:
            return list(self._opened(file)[0].names)

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        with pa.memory_map(str(self.path)) as file:
            return chosen(self._opened(file)[0], columns)

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with pa.memory_map(str(self.path)) as file:
            for batch in self._opened(file)[1]:
                batch.validate(full=True)  # the file has no checksums, and what is out of bounds would end the process
                yield from _cut(selected(batch, columns))

    @staticmethod
    def _opened(file: Any) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        try:
            reader = ipc.open_file(file)
        except pa.ArrowInvalid:
            file.seek(0)
            stream = ipc.open_stream(file)
            return stream.schema, iter(stream)
        return reader.schema, (reader.get_batch(n) for n in range(reader.num_record_batches))


class DuckTable(StoredTable):
    def _columns(self) -> list[str]:
        with closing(duckdb.connect(str(self.path), read_only=True)) as connection:
            return [row[0] for row in connection.execute(f"DESCRIBE {quoted(self.table)}").fetchall()]

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        with closing(duckdb.connect(str(self.path), read_only=True)) as connection:
            schema: pa.Schema = connection.sql(f"{self._select(columns)} LIMIT 0").to_arrow_table().schema
            return schema

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        with closing(duckdb.connect(str(self.path), read_only=True)) as connection:
            yield from connection.sql(self._select(columns)).to_arrow_reader(BATCH)

    def _select(self, columns: Sequence[str]) -> str:
        return f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(self.table)}"  # nosec B608  # names are quoted


class SqliteTable(StoredTable):
    """A column is of the widest kind that its values have: whole numbers, doubles, texts."""

    def _columns(self) -> list[str]:
        with closing(self._connect()) as connection:
            return [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(self.table)})")]

    def _schema(self, columns: Sequence[str]) -> pa.Schema:
        kinds = ", ".join(f"max(typeof({quoted(c)}) IN ('text', 'blob')), max(typeof({quoted(c)}) = 'real')"
                          for c in columns)
        with closing(self._connect()) as connection:
            found = connection.execute(f"SELECT {kinds} FROM {quoted(self.table)}").fetchone()  # nosec B608  # names are quoted
        return pa.schema([(c, pa.string() if found[2 * n] else pa.float64() if found[2 * n + 1] else pa.int64())
                          for n, c in enumerate(columns)])

    def _batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        schema = self._schema(columns)
        with closing(self._connect()) as connection:
            cursor = connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(self.table)}")  # nosec B608  # names are quoted
            while rows := cursor.fetchmany(BATCH):
                arrays = [pa.array(_alike(held, kind), kind)
                          for held, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _connect(self) -> sqlite3.Connection:
        # Sorting draws the rows from one thread at a time, not always the same.
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _alike(values: Sequence[Any], kind: pa.DataType) -> list[Any]:
    if kind != pa.string():
        return list(values)
    return [v if v is None or isinstance(v, str) else v.decode("utf-8", "replace") if isinstance(v, bytes) else repr(v)
            for v in values]


def _cut(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    for start in range(0, batch.num_rows, BATCH):
        yield batch.slice(start, BATCH)


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def readable(label: str) -> Iterator[None]:
    """Faults of reading as GuijuError E901."""
    try:
        yield
    except GuijuError:
        raise
    except (pa.ArrowException, OSError, duckdb.Error, sqlite3.Error, UnicodeError, json.JSONDecodeError) as error:
        raise _unreadable(label, error) from None


@contextmanager
def legible(label: str) -> Iterator[None]:
    """Texts that are none, found where something is made of them, as GuijuError E901."""
    try:
        yield
    except (pa.ArrowException, UnicodeError) as error:
        raise _unreadable(label, error) from None


def _unreadable(label: str, error: Exception) -> GuijuError:
    reason = visible(str(error).splitlines()[0] if str(error) else type(error).__name__)[:300]
    if _is_locked(error):
        return fail("E901", Span(label),
                    "另一个进程正在用这个数据库，把它锁住了；等它写完、关上，或给一份副本，再运行一次",
                    "another process is using this database and has locked it: wait until it has finished and closed "
                    "it, or give a copy, and run again")
    return fail("E901", Span(label), f"读不出来，文件可能已损坏或没有写完：{reason}；重新导出或复制",
                f"it can't be read, it may be damaged or cut short: {reason}; export or copy it again")


def _is_locked(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bits say more of it
        return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return isinstance(error, duckdb.IOException) and "lock on file" in str(error)  # it has no code to know this by


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
