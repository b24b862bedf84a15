"""What a document states, before it is checked against the dictionary: one form for YAML, JSON, sheets and Python."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from guiju.source.diagnostics import Span

DETAILS = {
    "单位": "unit", "unit": "unit", "来源": "source", "source": "source", "判定人": "by", "by": "by",
    "日期": "on", "判定日": "on", "on": "on", "依据": "evidence", "evidence": "evidence",
    "知悉日": "known_on", "known_on": "known_on",
}
VALUE_WORDS = ("值", "value")
COUNT_WORDS = ("数量", "count")
RECORDED_WORDS = ("判定记录", "recorded")
OTHER_RECORDS_WORDS = ("其余记录", "other_records")


@dataclass(frozen=True, slots=True)
class Cell:
    """One word or value as written. `address` is a sheet address; `number` marks a binary number of a sheet."""

    text: str
    span: Span
    address: str = ""
    quoted: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A named value with what was said about it: `unit`, `source`, `by`, `on`, `evidence`, `known_on`."""

    name: Cell
    value: Cell
    details: Map[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One row of a record set; `place` is where it starts."""

    place: Cell
    cells: tuple[Stated, ...]
    details: Map[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatedRecord:
    name: Cell
    rows: tuple[StatedRow, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`recorded` is the record for judgements that carry none of their own."""

    facts: tuple[Stated, ...] = ()
    records: tuple[StatedRecord, ...] = ()
    recorded: Map[str, Cell] = field(default_factory=dict)
