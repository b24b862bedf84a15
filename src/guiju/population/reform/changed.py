"""The organisations to which something happens, as a Parquet file that is written chunk by chunk."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guiju.population.files.writing import not_written
from guiju.population.reform.sides import KINDS, OUTCOMES, UNCHANGED, Mask, Side
from guiju.population.reform.simulation import Chunk, Simulation
from guiju.population.reform.totals import whole_fen
from guiju.values import PASS, UNDECIDED

FIELDS = [
    ("organisation", pa.string()), ("change", pa.string()), ("possible", pa.list_(pa.string())),
    *((f"{name}_{side}", type_) for side in ("before", "after") for name, type_ in (
        ("outcome", pa.string()), ("low", pa.int64()), ("high", pa.int64()), ("ceiling", pa.bool_()))),
    ("rules", pa.list_(pa.string())), ("perhaps_rules", pa.list_(pa.string()))]
SCHEMA = pa.schema(FIELDS)


class Changed:
    """`with Changed(path, simulation) as changed`: rows of everybody but those who stay as they are. Amounts in fen;
    a high end that is null has no bound."""

    def __init__(self, path: Path, simulation: Simulation) -> None:
        self.path, self.rows = path, 0
        self._partial = path.with_name(f"{path.name}.partial")
        self._rules = [cell.difference.rule for cell in simulation.cells.cells]

    def __enter__(self) -> Changed:
        try:
            self._writer = pq.ParquetWriter(self._partial, SCHEMA, compression="zstd")
        except OSError as error:
            raise not_written(self.path, error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._writer.close()
        if kind is None:
            self._partial.replace(self.path)
        else:
            self._partial.unlink(missing_ok=True)

    def add(self, chunk: Chunk) -> None:
        rows = np.flatnonzero(chunk.change.kind != KINDS.index(UNCHANGED))
        if not len(rows):
            return
        columns = [[str(chunk.crowd.names[row]) for row in rows.tolist()],
                   [KINDS[kind] for kind in chunk.change.kind[rows].tolist()],
                   _listed({kind: mask[rows] for kind, mask in chunk.change.possible.items()}, len(rows)),
                   *(column for side in chunk.sides for column in _columns(side, rows)),
                   _listed(self._inside(chunk, rows, surely=True), len(rows)),
                   _listed(self._inside(chunk, rows, surely=False), len(rows))]
        table = pa.table([pa.array(values, type_) for values, (_, type_) in zip(columns, FIELDS, strict=True)],
                         schema=SCHEMA)
        try:
            self._writer.write_table(table)
        except OSError as error:
            raise not_written(self.path, error) from None
        self.rows += len(rows)

    def _inside(self, chunk: Chunk, rows: np.ndarray[tuple[int], np.dtype[np.int64]], surely: bool) -> dict[str, Mask]:
        found: dict[str, Mask] = {}
        for rule, statuses in zip(self._rules, chunk.inside, strict=True):
            codes = statuses[rows]
            mask: Mask = codes == PASS if surely else (codes & UNDECIDED) > 0
            found[rule] = found[rule] | mask if rule in found else mask
        return found


def _columns(side: Side, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[list[object]]:
    return [[OUTCOMES[place] for place in side.outcome[rows].tolist()], list(whole_fen(side.low[rows])),
            list(whole_fen(side.high[rows])), side.ceiling[rows].tolist()]


def _listed(masks: dict[str, Mask], count: int) -> list[list[str]]:
    """For each row the names whose mask holds."""
    return [[name for name, mask in masks.items() if mask[row]] for row in range(count)]
