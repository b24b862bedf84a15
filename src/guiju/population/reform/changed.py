"""The organisations to which something happens, as a Parquet file that is written chunk by chunk."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

from guiju.evaluate.assess import OUTCOMES
from guiju.population.columns import Mask
from guiju.population.files.tablefile import TableFile
from guiju.population.payable import Payable
from guiju.population.reform.sides import KINDS, UNCHANGED, Side
from guiju.population.reform.simulation import Chunk, Simulation
from guiju.values import PASS, UNDECIDED

SCHEMA = pa.schema([
    ("organisation", pa.string()), ("change", pa.string()), ("possible", pa.list_(pa.string())),
    *((f"{name}_{side}", type_) for side in ("before", "after") for name, type_ in (
        ("outcome", pa.string()), ("low", pa.int64()), ("high", pa.int64()), ("ceiling", pa.bool_()),
        ("elsewhere", pa.bool_()))),
    ("rules", pa.list_(pa.string())), ("perhaps_rules", pa.list_(pa.string()))])
ROWS = 65_536  # of one group of the file
Rows = Any  # places in a chunk


class Changed:
    """`with Changed(path, simulation) as changed`: rows of everybody but those who stay as they are. Amounts in fen;
    a high end that is null has no bound, or another document sets it."""

    def __init__(self, path: Path, simulation: Simulation) -> None:
        self.path, self.rows = path, 0
        self._rules = [cell.difference.rule for cell in simulation.cells.cells]

    def __enter__(self) -> Changed:
        self._file = TableFile(self.path, SCHEMA, group=ROWS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._file.__exit__(kind, error, trace)

    def add(self, chunk: Chunk) -> None:
        rows = np.flatnonzero(chunk.change.kind != KINDS.index(UNCHANGED))
        if not len(rows):
            return
        names = chunk.crowd.names
        columns = [(names if isinstance(names, pa.Array) else pa.array(names)).take(pa.array(rows)),
                   pa.array(KINDS).take(pa.array(chunk.change.kind[rows])),
                   _listed({kind: mask[rows] for kind, mask in chunk.change.possible.items()}, len(rows)),
                   *(column for side in chunk.sides for column in _columns(side, rows)),
                   _listed(self._inside(chunk, rows, surely=True), len(rows)),
                   _listed(self._inside(chunk, rows, surely=False), len(rows))]
        self._file.add(pa.Table.from_arrays(columns, schema=SCHEMA))
        self.rows += len(rows)

    def _inside(self, chunk: Chunk, rows: Rows, surely: bool) -> dict[str, Mask]:
        found: dict[str, Mask] = {}
        for rule, statuses in zip(self._rules, chunk.inside, strict=True):
            codes = statuses[rows]
            mask: Mask = codes == PASS if surely else (codes & UNDECIDED) > 0
            found[rule] = found[rule] | mask if rule in found else mask
        return found


def _columns(side: Side, rows: Rows) -> list[pa.Array]:
    claim: Payable = side.claim
    high, numbered = claim.high[rows], ~(claim.unbounded | claim.elsewhere)[rows]
    return [pa.array(OUTCOMES).take(pa.array(side.outcome[rows])), pa.array(claim.low[rows].astype(np.int64)),
            pa.array(np.where(numbered, high, 0.0).astype(np.int64), mask=~numbered), pa.array(claim.ceiling[rows]),
            pa.array(claim.elsewhere[rows])]


def _listed(masks: dict[str, Mask], count: int) -> pa.Array:
    """For each row the names whose mask holds."""
    table = np.stack([*masks.values(), np.zeros(count, np.bool_)], axis=1)
    ends = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(ends, pa.array([*masks, ""]).take(pa.array(np.nonzero(table)[1])))
