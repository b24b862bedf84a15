"""Tables in the order of their organisations: how one stands, and a sorted copy where it does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guiju.population.files.arrow import ROW, texts_of
from guiju.population.files.tables import (
    BATCH,
    Parquet,
    StoredTable,
    chosen,
    group_starts,
    groups_from,
    legible,
    quoted,
    readable,
    selected,
)
from guiju.source.diagnostics import GuijuError, Span, fail, visible

MEMORY = "1GB"  # of sorting; what is more goes to disk
ROW_GROUP = 65_536


@dataclass(frozen=True, slots=True)
class Order:
    """How the rows of a table stand: how many, whether in order with a name each, and which names come again."""

    rows: int
    sorted: bool
    again: int


def order_of(table: StoredTable, column: str) -> Order:
    """Read through the column that says whose each row is."""
    rows, again, last = 0, 0, ""
    in_order = True
    for batch in table.batches([column]):
        names = texts_of(batch.column(0), table.label)
        if not len(names):
            continue
        rows += len(names)
        if in_order:
            with legible(table.label):
                names.validate(full=True)
            in_order = not names.null_count and names[0].as_py() >= last and names[0].as_py() != "" and \
                pc.all(pc.less_equal(names[:-1], names[1:])).as_py() is not False
            if in_order:
                again += (pc.sum(pc.equal(names[:-1], names[1:])).as_py() or 0) + (names[0].as_py() == last)
                last = names[-1].as_py()
    return Order(rows, in_order, again)


def sorted_copy(table: StoredTable, organisation: str, columns: Sequence[str], folder: Path, name: str) -> Parquet:
    """The rows by organisation, those of one as they stood, with the number of each. Raises GuijuError E901 for what
    can't be read, E913 where there is no room for the copy."""
    target = folder / f"{name}.parquet"
    schema = table.schema(columns).append(pa.field(ROW, pa.int64()))
    broken: list[GuijuError] = []
    reader = pa.RecordBatchReader.from_batches(schema, _numbered(table, columns, schema, broken))
    with closing(duckdb.connect()) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {_literal(folder / 'spill')}")
        connection.register("given", reader)
        try:
            connection.execute(
                f"COPY (SELECT * FROM given "
                f"ORDER BY CAST({quoted(organisation)} AS VARCHAR) NULLS LAST, {quoted(ROW)}) "
                f"TO {_literal(target)} (FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP})")  # nosec B608  # names are quoted
        except duckdb.Error as error:
            raise (broken[0] if broken else no_room(folder, error)) from None
    return Parquet(target)


def _numbered(table: StoredTable, columns: Sequence[str], schema: pa.Schema,
              broken: list[GuijuError]) -> Iterator[pa.RecordBatch]:
    """The rows with their numbers, whose each is first; what breaks on the way is kept, since a database tells less of
    it."""
    rows = 0
    try:
        for batch in table.batches(columns):
            # a copy could not tell where what is no text came from
            texts_of(batch.column(0), table.label)
            with legible(table.label):
                batch.validate(full=True)
            numbers = pa.array(np.arange(rows + 1, rows + 1 + batch.num_rows))
            yield pa.RecordBatch.from_arrays([column.cast(field.type) for column, field in zip(batch.columns, schema,
                                              strict=False)] + [numbers], schema=schema)
            rows += batch.num_rows
    except GuijuError as error:
        broken.append(error)
        raise


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def no_room(folder: Path, error: Exception) -> GuijuError:
    """E913, with what the database says of it: the message alone where it writes JSON."""
    told = str(error).splitlines()[0]
    reason = visible(told.split('"exception_message":"')[-1].replace('\\"', "'").split('"')[0])[:200]
    return fail("E913", Span(str(folder)), f"排序用的临时文件写不成：{reason}；腾出空间，或用 --scratch 换一个地方",
                f"the sorted copy could not be written: {reason}; free some space, or choose another place (--scratch)")


def name_starts(table: Parquet, column: str, size: int) -> tuple[list[int], list[str]]:
    """Where chunks of about `size` organisations begin, after the first, and whose row each begins with. Rows of one
    name stay together; rows without a name, which come last, begin no chunk."""
    starts: list[int] = []
    names: list[str] = []
    before, last, want = 0, None, size
    for batch in table.batches([column]):
        held = texts_of(batch.column(0)).drop_null()
        while want - before < len(held):
            row = want - before
            name = held[row].as_py()
            if name == (held[row - 1].as_py() if row else last):
                want += 1
                continue
            starts.append(want)
            names.append(name)
            want += size
        last = held[-1].as_py() if len(held) else last
        before += len(held)
    return starts, names


def starts_of(table: Parquet, column: str, names: Sequence[str]) -> list[int]:
    """The row of a sorted table at which each of some sorted names begins, or would."""
    found: list[int] = []
    before = 0
    for batch in table.batches([column]):
        held = texts_of(batch.column(0)).drop_null()
        while len(found) < len(names) and len(held) and names[len(found)] <= held[-1].as_py():
            found.append(before + (pc.sum(pc.less(held, names[len(found)])).as_py() or 0))
        before += len(held)
    return found + [before] * (len(names) - len(found))


class Rows:
    """The rows of a Parquet table from one to another; reading on from where the last reading ended costs no more."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        self._columns = list(columns)
        with readable(str(path)):
            self._file = pq.ParquetFile(path, page_checksum_verification=True)
            self._starts = group_starts(self._file)
        self._schema = chosen(self._file.schema_arrow, self._columns)
        self._stream: Iterator[pa.RecordBatch] = iter(())
        self._group = 0  # that comes after those of the stream
        self._held: pa.RecordBatch | None = None
        self._next = -1  # the row that comes next

    def read(self, first: int, last: int) -> pa.Table:
        """Rows `first` to before `last`. Raises GuijuError E901."""
        with readable(str(self._path)):
            if first != self._next:
                self._seek(first)
            pieces = []
            while self._next < last:
                batch = self._held if self._held is not None else self._batch()
                taken = min(batch.num_rows, last - self._next)
                pieces.append(batch.slice(0, taken))
                self._held = batch.slice(taken) if taken < batch.num_rows else None
                self._next += taken
            return pa.Table.from_batches(pieces, self._schema)

    def _seek(self, row: int) -> None:
        self._group = max(0, bisect_right(self._starts, row) - 1)
        self._stream = iter(())
        self._held, self._next = None, self._starts[self._group]
        while self._next < row:
            batch = self._batch()
            skipped = min(batch.num_rows, row - self._next)
            self._held = batch.slice(skipped) if skipped < batch.num_rows else None
            self._next += skipped

    def _batch(self) -> pa.RecordBatch:
        batch = next(self._stream, None)
        while batch is None:
            groups = groups_from(self._starts, self._group)
            if not groups:
                raise pa.ArrowInvalid("fewer rows than the file says")
            self._group = groups.stop
            self._stream = iter(self._file.iter_batches(BATCH, row_groups=list(groups), columns=self._columns,
                                                        use_threads=False))
            batch = next(self._stream, None)
        return selected(batch, self._columns)
