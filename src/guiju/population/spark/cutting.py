"""Where a population is cut into chunks: at the same organisations as on one machine, found without sorting rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guiju.population.files.arrow import texts_of


def first_names(names: Any, size: int, partitions: int) -> list[str]:
    """With which name each chunk after the first begins. `names`: a frame of the one column that says whose each row
    is. One global sort of the names."""
    from pyspark import StorageLevel

    ordered = (names.mapInArrow(_texts, "name string").repartitionByRange(partitions, "name")
               .sortWithinPartitions("name").persist(StorageLevel.DISK_ONLY))
    try:
        found = sorted(ordered.mapInArrow(_counted, "part int, rows long, again binary").collect())
        ends = np.cumsum([0, *(row["rows"] for row in found)])
        again = [np.frombuffer(row["again"], np.int64) + start for row, start in zip(found, ends[:-1], strict=True)]
        wanted = _starts(int(ends[-1]), np.concatenate(again), size)
        offsets = {row["part"]: int(start) for row, start in zip(found, ends[:-1], strict=True)}
        if not len(wanted):
            return []

        def picked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            return _picked(batches, offsets, wanted)

        return sorted(row["name"] for row in ordered.mapInArrow(picked, "name string").collect())
    finally:
        ordered.unpersist()


def _texts(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.RecordBatch.from_arrays([texts_of(batch.column(0)).drop_null()], ["name"])


def _counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """How many rows the partition has, and which of them have the name of the row before."""
    from pyspark import TaskContext

    rows, last = 0, None
    again = [np.zeros(0, np.int64)]
    for batch in batches:
        names = batch.column(0)
        if not len(names):
            continue
        same = np.ones(len(names), np.bool_)
        same[0] = names[0].as_py() == last
        same[1:] = pc.equal(names[:-1], names[1:]).to_numpy(zero_copy_only=False)
        again.append(np.flatnonzero(same) + rows)
        rows, last = rows + len(names), names[-1].as_py()
    part = TaskContext.get().partitionId()
    yield pa.RecordBatch.from_arrays([pa.array([part], pa.int32()), pa.array([rows], pa.int64()),
                                      pa.array([np.concatenate(again).tobytes()])], ["part", "rows", "again"])


def _starts(rows: int, again: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Every `size`-th row, or the first of another name behind it."""
    found = []
    repeated = set(again.tolist())
    want = size
    while want < rows:
        if want in repeated:
            want += 1
            continue
        found.append(want)
        want += size
    return np.array(found, np.int64)


def _picked(batches: Iterator[pa.RecordBatch], offsets: dict[int, int],
            wanted: NDArray[np.int64]) -> Iterator[pa.RecordBatch]:
    """The names at some rows of the whole."""
    from pyspark import TaskContext

    before = offsets[TaskContext.get().partitionId()]
    for batch in batches:
        own = wanted[np.searchsorted(wanted, before):np.searchsorted(wanted, before + batch.num_rows)] - before
        yield batch.take(pa.array(own))
        before += batch.num_rows


def chunks_of(names: pa.Array, firsts: pa.Array) -> NDArray[np.int64]:
    """In which chunk each name is, by the names that chunks begin with; without a name it is the last."""
    low = np.zeros(len(names), np.int64)
    high = np.full(len(names), len(firsts))
    if len(firsts):
        for _ in range(len(firsts).bit_length()):
            middle = (low + high) // 2
            held = firsts.take(pa.array(np.minimum(middle, len(firsts) - 1)))
            behind = pc.fill_null(pc.greater_equal(names, held), True).to_numpy(zero_copy_only=False)
            going = low < high
            low, high = np.where(going & behind, middle + 1, low), np.where(going & ~behind, middle, high)
    return low
