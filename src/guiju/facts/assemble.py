"""Stated facts, checked against the dictionary and turned into the engine's values."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Map

from guiju.facts.dates import read_day
from guiju.facts.given import COUNT_WORDS, Cell, Document, Stated, StatedRecord, StatedRow
from guiju.facts.model import Facts, Provenance, Row, blank, unknown
from guiju.facts.numbers import is_bare, normal
from guiju.facts.reading import Reading, Refusal
from guiju.facts.report import Report, did_you_mean, short
from guiju.facts.scalars import BLANK_WORDS, NULL_WORDS, Scalars, check_text
from guiju.values import FAIL, NO_TEXT, PASS, Value
from guiju.vocabulary.model import Field, RecordType, Unit, Vocabulary

MAX_COUNT = 10_000
MAX_ROWS = 20_000  # of all record sets together
_NO_ORIGIN = Provenance()


@dataclasses.dataclass(frozen=True, slots=True)
class _Checked:
    """A row in the engine's values, how often it stands, and which fields were given."""

    place: Cell
    values: Row
    count: int
    given: frozenset[str]


class Assembly:
    """Makes Facts of a Document; whatever is wrong goes to the report."""

    def __init__(self, vocabulary: Vocabulary, report: Report, known_at: dt.date | None = None,
                 recorded: Provenance | None = None) -> None:
        self._vocabulary = vocabulary
        self._report = report
        self._known_at = known_at
        self._recorded = recorded or _NO_ORIGIN
        self._scalars = Scalars(vocabulary)
        self._total = 0  # rows so far

    def facts(self, document: Document) -> Facts:
        own = self.provenance(document.recorded)
        if any((own.by, own.on, own.evidence)):
            self._recorded = own
        values: dict[str, Value] = {}
        origins: dict[str, Provenance] = {}
        first: dict[str, Cell] = {}
        for stated in document.facts:
            entry = self._vocabulary.fact(stated.name.text.strip())
            if entry is not None and self._is_first(stated.name, entry, first):
                self._fact(stated, entry, values, origins)
        records = {}
        for set_ in document.records:
            record = self._vocabulary.record(set_.name.text.strip())
            if record is not None and self._is_first(set_.name, record, first):
                records[record.id] = self._rows(set_, record)
        return Facts(values, records, origins)

    def provenance(self, details: Map[str, Cell], usual: Provenance = _NO_ORIGIN) -> Provenance:
        """What the details say; what they leave out of a judgement's record is as `usual`."""
        if not details:
            return usual if usual is _NO_ORIGIN else Provenance("", usual.by, usual.on, usual.evidence)

        def text(key: str) -> str:
            cell = details.get(key)
            missing = cell is None or normal(cell.text) in BLANK_WORDS or (cell.text in NULL_WORDS and not cell.quoted)
            if cell is None or missing:
                return ""
            try:
                check_text(cell.text)
            except Refusal as refusal:
                self._report.refuse(refusal, cell)
            return cell.text.strip()

        def date(key: str) -> dt.date | None:
            try:
                return read_day(text(key)) if text(key) else None
            except Refusal as refusal:
                self._report.refuse(refusal, details[key])
                return None

        return Provenance(text("source"), text("by") or usual.by, date("on") or usual.on,
                          text("evidence") or usual.evidence, date("known_on"))

    def _is_first(self, name: Cell, entry: Field | RecordType, first: dict[str, Cell]) -> bool:
        before = first.setdefault(entry.id, name)
        if before is name:
            return True
        where = before.address or (f"第 {before.span.line} 行" if before.span.line else f"“{before.text}”")
        self._report.add("E117", name, f"“{entry.name}”（{entry.id}）已在{where}给过；只留一处",
                         f"'{entry.id}' is already given ({before.address or before.span}); keep one")
        return False

    def _fact(self, stated: Stated, entry: Field, values: dict[str, Value], origins: dict[str, Provenance]) -> None:
        reading = self._read(stated, entry)
        origin = self.provenance(stated.details)
        if reading.value is None or self._is_later(entry.name, entry.id, origin.known_on, stated.value):
            return
        if entry.kind == "judgement":
            judged = self._judged(entry, stated, stated.details)
            if judged is None:
                return
            origin = judged
        values[entry.id] = reading.value
        if origin != _NO_ORIGIN:
            origins[entry.id] = origin

    def _read(self, stated: Stated, entry: Field) -> Reading:
        cell, unit = stated.value, stated.details.get("unit")
        text = cell.text
        if unit is not None and entry.unit is not None and is_bare(text) and not _names(unit.text, entry.unit):
            text = f"{text.strip()} {unit.text.strip()}"
        try:
            reading = self._scalars.read(text, entry, quoted=cell.quoted, number=cell.number)
        except Refusal as refusal:
            self._report.refuse(refusal, cell)
            return Reading(None)
        self._report.remark(reading.remarks, cell)
        return reading

    def _is_later(self, name: str, id_: str, day: dt.date | None, place: Cell) -> bool:
        """Whether a thing came to be known only after the time that is asked about."""
        if day is None or self._known_at is None or day <= self._known_at:
            return False
        self._report.add("N104", place, f"“{name}”在 {day} 才知悉，晚于 {self._known_at}：本次不采用",
                         f"'{id_}' became known on {day}, after {self._known_at}: left out")
        return True

    def _judged(self, entry: Field, stated: Stated, details: Map[str, Cell]) -> Provenance | None:
        """Who judged, when, on what; None, with a notice, where one of them is missing or came later."""
        origin = self.provenance(details, self._recorded)
        needed = (("判定人", "by", origin.by), ("日期", "on", origin.on), ("依据", "evidence", origin.evidence))
        missing = [(zh, en) for zh, en, value in needed if not value]
        if missing:
            zh, en = "、".join(m[0] for m in missing), ", ".join(m[1] for m in missing)
            self._report.add("W101", stated.value, f"“{entry.name}”由人判定，缺少{zh}：暂按未判定处理；"
                             "写成 {值: 是, 判定人: …, 日期: …, 依据: …}，或在文件里写“判定记录”",
                             f"'{entry.id}' is a person's judgement and lacks {en}: it stays open; "
                             "write {value:, by:, on:, evidence:} or give a default 'recorded'")
            return None
        return None if self._is_later(entry.name, entry.id, origin.on, stated.value) else origin

    def _rows(self, set_: StatedRecord, record: RecordType) -> tuple[Row, ...]:
        checked = [row for stated in set_.rows if (row := self._row(stated, record)) is not None]
        self._refuse_duplicates(checked, record)
        count = sum(row.count for row in checked)
        self._total += count
        if self._total > MAX_ROWS:
            self._report.add("E120", set_.name,
                             f"“{record.name}”有 {count} 条，各类记录合计的上限是 {MAX_ROWS}；核对“数量”",
                             f"'{record.id}' has {count} rows, the limit for all sets is {MAX_ROWS}; check the counts")
            return ()
        return tuple(row.values for row in checked for _ in range(row.count))

    def _row(self, row: StatedRow, record: RecordType) -> _Checked | None:
        origin = self.provenance(row.details)
        if self._is_later(record.name, record.id, origin.known_on, row.place):
            return None
        values: dict[str, Value] = {}
        first: dict[str, Cell] = {}
        given, count = set(), 1
        for stated in row.cells:
            word = stated.name.text.strip()
            field = record.field(word)
            if field is None and word in COUNT_WORDS:
                count = self._count(stated.value)
            elif field is None:
                self._unknown_field(stated.name, record)
            elif self._is_first(stated.name, field, first):
                reading = self._cell(stated, field, row)
                values[field.id] = unknown(field) if reading.value is None and not reading.blank else (
                    blank(field) if reading.value is None else reading.value)
                given |= {field.id} if reading.value is not None else set()
        return _Checked(row.place, tuple(values.get(f.id, blank(f)) for f in record.fields), count, frozenset(given))

    def _cell(self, stated: Stated, field: Field, row: StatedRow) -> Reading:
        reading = self._read(stated, field)
        if reading.value is None or field.kind != "judgement":
            return reading
        judged = self._judged(field, stated, {**row.details, **stated.details})
        return Reading(None) if judged is None else reading

    def _count(self, cell: Cell) -> int:
        text = normal(cell.text)
        if text in BLANK_WORDS:
            return 1
        if text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= MAX_COUNT:
            return int(text)
        self._report.add("E119", cell, f"“数量”应是 1 到 {MAX_COUNT} 的整数，不是“{short(cell.text)}”",
                         f"the count is a whole number from 1 to {MAX_COUNT}, not '{short(cell.text)}'")
        return 1

    def _unknown_field(self, name: Cell, record: RecordType) -> None:
        word = name.text.strip()
        hint = did_you_mean(word, record.fields)
        names = "、".join(f.name for f in record.fields)
        self._report.add("E105", name, f"“{record.name}”没有字段“{short(word)}”{hint.zh or '。可用：' + names}",
                         f"'{record.id}' has no field '{short(word)}'"
                         f"{hint.en or '; known: ' + ', '.join(f.id for f in record.fields)}")

    def _refuse_duplicates(self, rows: Iterable[_Checked], record: RecordType) -> None:
        """E118 where all key fields are given, certain and equal; W102 where a whole row repeats without a key."""
        keys = [(record.position(k), k) for k in record.key]
        seen: dict[tuple[Value, ...], _Checked] = {}
        keyless: Counter[Row] = Counter()
        for row in rows:
            key = tuple(row.values[position] for position, _ in keys)
            if not keys or not all(k in row.given and _certain(v) for v, (_, k) in zip(key, keys, strict=True)):
                self._warn_repeated(row, keyless, record)
                continue
            before = seen.setdefault(key, row)
            if before is row and row.count == 1:
                continue
            names = "、".join(record.fields[p].name for p, _ in keys)
            line = before.place.span.line
            where = before.place.address or (f"第 {line} 行" if line else "前面的一条")
            again = before is not row
            zh = f"与{where}的{names}相同；同一条只写一次" if again else f"写了{names}，“数量”只能是 1"
            en = "repeats the key of an earlier one; keep one" if again else "has a key; its count must be 1"
            self._report.add("E118", row.place, f"“{record.name}”这一条{zh}", f"this row of '{record.id}' {en}")

    def _warn_repeated(self, row: _Checked, keyless: Counter[Row], record: RecordType) -> None:
        keyless[row.values] += 1
        if keyless[row.values] == 2 and row.given:
            self._report.add("W102", row.place,
                             f"“{record.name}”有内容完全相同的行；是同一条就删去，确有多条可写“数量”",
                             f"'{record.id}' has rows that are equal in all fields; delete one, or use a count")


def _names(word: str, unit: Unit) -> bool:
    """Whether a word says no other unit than this one."""
    return word.strip() in ("", unit.id, unit.name, *unit.aliases)


def _certain(value: Value) -> bool:
    if isinstance(value, int):
        return value in (PASS, FAIL)
    return not value[2] and value[0] == value[1] and value[0] != NO_TEXT
