"""What was answered in a dialogue: into the facts at once, and kept as typed so that it can be saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from guiju.facts.dates import read_day
from guiju.facts.model import Facts, Provenance, Row
from guiju.facts.read import facts_from_mapping
from guiju.facts.reading import Reading, Refusal, Remark
from guiju.facts.scalars import check_text, read_value
from guiju.vocabulary import Field, RecordType, Vocabulary


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judged, when (as typed), on what evidence."""

    by: str
    on: str
    evidence: str

    def day(self) -> dt.date:
        """Raises Refusal E114 for the date, E115 for words that would steer a terminal."""
        check_text(self.by)
        check_text(self.evidence)
        return read_day(self.on)

    def around(self, text: str) -> dict[str, str]:
        """A judgement as a facts file states it."""
        return {"值": text, "判定人": self.by, "日期": self.on, "依据": self.evidence}


@dataclass(slots=True)
class Answers:
    """Facts with the answers in them. `given` is what a facts file would say."""

    facts: Facts
    vocabulary: Vocabulary
    given: dict[str, Any] = field(default_factory=dict)
    cells: dict[tuple[str, int, str], Any] = field(default_factory=dict)

    def check(self, entry: Field, text: str) -> tuple[Remark, ...]:
        """How the text is read. Raises Refusal where it can't be, or states nothing."""
        return self._read(entry, text).remarks

    def give(self, entry: Field, text: str, judge: Judge | None) -> tuple[Remark, ...]:
        """Answer a fact. Raises Refusal."""
        reading = self._read(entry, text)
        origin = Provenance("", judge.by, judge.day(), judge.evidence) if judge else Provenance("guiju ask")
        value = reading.value
        assert value is not None
        self.facts = self.facts.replacing({entry.id: value})
        self.facts = Facts(self.facts.values, self.facts.records, {**self.facts.provenance, entry.id: origin},
                           self.facts.notices)
        self.given[entry.name] = judge.around(text) if judge else text
        return reading.remarks

    def give_cell(self, record: RecordType, entry: Field, number: int, text: str,
                  judge: Judge | None) -> tuple[Remark, ...]:
        """Answer one field of one row. Raises Refusal."""
        reading = self._read(entry, text)
        if judge:
            judge.day()
        rows = list(self.facts.records[record.id])
        row = list(rows[number - 1])
        assert reading.value is not None
        row[record.position(entry.id)] = reading.value
        rows[number - 1] = tuple(row)
        self.facts = self.facts.replacing({}, {record.id: tuple(rows)})
        self.cells[record.id, number, entry.name] = judge.around(text) if judge else text
        return reading.remarks

    def give_rows(self, record: RecordType, rows: list[dict[str, Any]]) -> None:
        """Answer a whole record set. Raises GuijuError."""
        read = facts_from_mapping({record.name: rows}, self.vocabulary)
        found: tuple[Row, ...] = read.records[record.id]
        self.facts = self.facts.replacing({}, {record.id: found})
        self.given[record.name] = rows

    def row_name(self, record: RecordType, number: int) -> str:
        """The text in the first fields of a row, to tell it from others."""
        row = self.facts.records[record.id][number - 1]
        return next((str(v[0]) for f, v in zip(record.fields[:3], row, strict=False)
                     if f.type == "text" and isinstance(v, tuple) and v[0]), "")

    def _read(self, entry: Field, text: str) -> Reading:
        reading = read_value(text, entry, self.vocabulary)
        if reading.value is None:
            raise Refusal("E115", "没有读出值；不知道就按回车跳过", "no value; press Enter to skip")
        return reading
