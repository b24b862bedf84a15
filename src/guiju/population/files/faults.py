"""What does not fit in tables: alike faults of one column are one, with their number and some of their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa

from guiju.facts.report import short
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text, visible

SAMPLES = 5
Numbers: TypeAlias = "pa.Array | pa.ChunkedArray | int"


@dataclass(frozen=True, slots=True)
class Sample:
    """One place: the row in its table, from 1; whose it is; what stands there."""

    row: int
    organisation: str
    value: str


@dataclass(slots=True)
class Fault:
    """`count` rows of one column (or of the table, where `column` is empty) with the same fault. `message` speaks of
    the first."""

    code: str
    table: str
    column: str
    message: Text
    count: int = 0
    samples: list[Sample] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether it does not fit; a warning does, and is only remarkable."""
        return self.code.startswith("E")

    def diagnostic(self) -> Diagnostic:
        """As it is told: the first row's message and place; of several rows their number and the samples."""
        place = f"{self.table}[{self.column}]" if self.column else self.table
        shown = [f"{s.row}({short(s.organisation)})" + (f": {short(s.value)}" if s.value else "") for s in self.samples]
        zh = f"（共 {self.count} 行；行（单位）：{'；'.join(shown)}）" if shown else ""
        en = f" ({self.count} rows; row (organisation): {'; '.join(shown)})" if shown else ""
        line = self.samples[0].row if self.samples else 0
        return Diagnostic(self.code, Span(place, line), Text(self.message.zh + zh, self.message.en + en))


@dataclass(slots=True)
class Faults:
    """All that was found, by table, column and code, in the order found."""

    found: dict[tuple[str, str, str], Fault] = field(default_factory=dict)

    def add(self, code: str, table: str, column: str, message: Text, samples: Iterable[Sample] = (),
            count: int = 1) -> None:
        """`count` more rows; `samples` are the first of them."""
        fault = self.found.setdefault((table, column, code), Fault(code, table, column, message))
        fault.count += count
        fault.samples += list(samples)[:SAMPLES - len(fault.samples)]

    def merge(self, other: Faults) -> None:
        for fault in other.found.values():
            self.add(fault.code, fault.table, fault.column, fault.message, fault.samples, fault.count)

    @property
    def wrong(self) -> list[Fault]:
        return [f for f in self.found.values() if f.wrong]

    def refuse(self) -> None:
        """Raises GuijuError with everything that is wrong, if anything is."""
        if self.wrong:
            raise GuijuError([f.diagnostic() for f in self.wrong])


@dataclass(frozen=True, slots=True)
class Place:
    """Rows of one column, for the faults in them. `rows`: at which row of the data each stood, from 1, or how many rows
    went before the first; `owners`: whose each row is."""

    faults: Faults
    table: str
    column: str
    rows: Numbers
    owners: pa.Array | pa.ChunkedArray

    def fault(self, code: str, message: Text, rows: Iterable[int], values: pa.Array | None, count: int) -> None:
        """`rows` count from 0 within the column."""
        samples = [Sample(row_of(self.rows, row), word_of(self.owners, row), word_of(values, row))
                   for row, _ in zip(rows, range(SAMPLES), strict=False)]
        self.faults.add(code, self.table, self.column, message, samples, count)


def row_of(rows: Numbers, place: int) -> int:
    """At which row of the data the row at a place stood."""
    return rows + place + 1 if isinstance(rows, int) else int(rows[place].as_py())


def word_of(values: pa.Array | pa.ChunkedArray | None, row: int) -> str:
    """What stands there, fit to be shown; empty for a null, and where there are no values."""
    if values is None:
        return ""
    try:
        value = values[row].as_py()
    except OverflowError:  # days and times beyond Python's
        value = values[row].cast(pa.string()).as_py()
    return "" if value is None else visible(str(value))
