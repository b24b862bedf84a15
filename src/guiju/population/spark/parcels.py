"""Rows on their way to their chunk: those of one table that a task reads for one chunk go as one parcel of Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc as ipc
import pyarrow.types as kinds
from numpy.typing import NDArray

from guiju.population.files.arrow import ROW, texts_of
from guiju.population.spark.cutting import chunks_of

PARCEL = "key int, chunk int, table string, rows binary"
FIELDS = pa.schema([("key", pa.int32()), ("chunk", pa.int32()), ("table", pa.string()), ("rows", pa.binary())])
FILE = "file name"  # a column, not of the data: in which of a table's files a row stands
HELD = 128 << 20  # bytes that a task holds before it packs them
WRITTEN = ipc.IpcWriteOptions(compression="zstd")


@dataclass(frozen=True, slots=True)
class Cut:
    """How the population is cut: the names that chunks begin with, after the first; by which key each chunk travels;
    which chunks are answered already."""

    firsts: pa.Array
    keys: NDArray[np.int32]
    done: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Packing:
    """How a table's rows are packed: whose they are, the columns as the files have them, and how many rows stand before
    each file's."""

    table: str
    organisation: str
    schema: pa.Schema
    files: tuple[str, ...]
    before: tuple[int, ...]

    def emptied(self) -> pa.Table:
        """The table without rows, as a chunk gets it that has none."""
        return self.schema.append(pa.field(ROW, pa.int64())).empty_table()


def pack(batches: Iterable[pa.RecordBatch], packing: Packing, cut: Cut) -> Iterator[pa.RecordBatch]:
    """The rows as parcels."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        waiting.append(restored(batch, packing))
        held += waiting[-1].nbytes
        if held > HELD:
            yield _packed(waiting, packing, cut)
            waiting, held = [], 0
    if waiting:
        yield _packed(waiting, packing, cut)


def restored(batch: pa.RecordBatch, packing: Packing) -> pa.RecordBatch:
    """The columns in the types of the files, and the number of each row in the whole table, from 1. Columns of nothing
    were not read."""
    held = iter(batch.columns)
    columns = [pa.nulls(batch.num_rows) if kinds.is_null(field.type) else _restored(next(held), field.type)
               for field in packing.schema]
    numbers = batch.column(ROW)
    if FILE in batch.schema.names:
        place = pc.index_in(batch.column(FILE), pa.array(packing.files))
        numbers = pc.add(numbers, pa.array(packing.before, pa.int64()).take(place))
    return pa.RecordBatch.from_arrays([*columns, numbers], schema=packing.schema.append(pa.field(ROW, pa.int64())))


def _restored(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column as its file has it: Spark has no unsigned numbers and no nanoseconds."""
    return column if column.type == kind else column.cast(kind)


def _packed(batches: Sequence[pa.RecordBatch], packing: Packing, cut: Cut) -> pa.RecordBatch:
    rows = pa.Table.from_batches(batches).combine_chunks()
    chunks = chunks_of(texts_of(rows[packing.organisation]), cut.firsts)
    order = np.argsort(chunks, kind="stable")
    if np.any(chunks[1:] < chunks[:-1]):
        rows, chunks = rows.take(pa.array(order)), chunks[order]
    found, starts = np.unique(chunks, return_index=True)
    ends = [*starts[1:].tolist(), len(chunks)]
    parcels = [(int(chunk), written(rows.slice(start, end - start)))
               for chunk, start, end in zip(found, starts.tolist(), ends, strict=True) if not cut.done[chunk]]
    return parcels_of(packing.table, parcels, cut)


def parcels_of(table: str, parcels: Sequence[tuple[int, bytes]], cut: Cut) -> pa.RecordBatch:
    """Rows of `FIELDS` for packed rows of a table, each with the number of its chunk."""
    numbers = [chunk for chunk, _ in parcels]
    return pa.RecordBatch.from_arrays(
        [pa.array([int(cut.keys[n]) for n in numbers], pa.int32()), pa.array(numbers, pa.int32()),
         pa.array([table] * len(parcels), pa.string()), pa.array([rows for _, rows in parcels], pa.binary())],
        schema=FIELDS)


def written(rows: pa.Table) -> bytes:
    """Rows packed: an Arrow stream, compressed."""
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, rows.schema, options=WRITTEN) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def unpacked(parcels: pa.Table, packing: Packing) -> pa.Table:
    """The chunk's rows of one table: by organisation, those of one as they stood, those of nobody last."""
    own = parcels.filter(pc.equal(parcels["table"], packing.table))["rows"]
    tables = [ipc.open_stream(pa.py_buffer(rows.as_buffer())).read_all() for chunk in own.chunks for rows in chunk]
    if not tables:
        return packing.emptied()
    rows = pa.concat_tables(tables).combine_chunks()
    keyed = pa.table({"name": texts_of(rows[packing.organisation]), "row": rows[ROW]})
    return rows.take(pc.sort_indices(keyed, [("name", "ascending", "at_end"), ("row", "ascending", "at_end")]))
