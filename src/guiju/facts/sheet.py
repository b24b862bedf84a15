"""A filled workbook as stated facts: the sheet 事实, and one sheet for each record type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guiju.facts.given import COUNT_WORDS, DETAILS, Cell, Document, Stated, StatedRecord, StatedRow
from guiju.facts.nodes import unknown_name
from guiju.facts.numbers import normal
from guiju.facts.report import Report, did_you_mean
from guiju.facts.scalars import BLANK_WORDS, NONE_WORDS
from guiju.facts.workbook import OPTIONS_SHEET, Sheet, open_sheets
from guiju.source.diagnostics import Span
from guiju.vocabulary.model import Field, RecordType, Vocabulary

FACTS_SHEET = "事实"
COLUMNS = ("名称", "编号", "值", "单位", "允许值", "含义", "来源", "判定人", "判定日", "依据")
NOTES_SHEET = "说明"
_HEADER_ROWS = 10


def document_from_workbook(path: Path, vocabulary: Vocabulary, report: Report) -> Document:
    """All facts and rows of a workbook. Errors carry the cell (`事实!D12`).

    Reports E123 for missing, repeated or empty headers, E125 for merged cells, W106 for unknown sheets, N105 for
    columns that are not read; raises as `open_sheets` does.
    """
    facts: list[Stated] = []
    records: list[StatedRecord] = []
    known = 0
    for sheet in open_sheets(path, report):
        record = vocabulary.record(sheet.name.strip())
        if sheet.name.strip() == FACTS_SHEET:
            known += 1
            facts += _facts(sheet, vocabulary, report)
        elif record is not None:
            known += 1
            records += _records(sheet, record, report)
        elif sheet.name not in (NOTES_SHEET, OPTIONS_SHEET) and sheet.rows:
            _unknown_sheet(sheet, path, vocabulary, report)
    if not known:
        report.add("E123", Cell("", Span(str(path))), f"没有名为“{FACTS_SHEET}”或记录名称的工作表；请用空白表填写",
                   f"there is no sheet '{FACTS_SHEET}' and none of a record set; fill in a blank template")
    return Document(tuple(facts), tuple(records))


def _facts(sheet: Sheet, vocabulary: Vocabulary, report: Report) -> Iterator[Stated]:
    header = next((r for r in sorted(sheet.rows)[:_HEADER_ROWS]
                   if {"值"} < {_word(c) for c in sheet.rows[r].values()} & {"值", "名称", "编号"}), None)
    if header is None:
        if sheet.rows:
            report.add("E123", _place(sheet, 1, 1), "没有表头；第一行应有“名称”或“编号”，以及“值”",
                       "no header; the first row needs 名称 or 编号, and 值")
        return
    columns = _columns(sheet, header, report)
    for word, column in columns.items():
        if word not in COLUMNS and word not in DETAILS:
            report.add("N105", _place(sheet, header, column), f"“{word}”这一列不读", f"the column '{word}' is not read")
    for number in sorted(r for r in sheet.rows if r > header):
        cells = {word: cell for word, column in columns.items() if (cell := sheet.at(number, column)) is not None}
        yield from _fact(cells, vocabulary, report)


def _fact(cells: dict[str, Cell], vocabulary: Vocabulary, report: Report) -> Iterator[Stated]:
    """One line of 事实. A line without a value states nothing, whatever else it holds."""
    value = cells.get("值")
    name, code = cells.get("名称"), cells.get("编号")
    if value is None:
        return
    word = code or name
    if word is None:
        report.add("E104", value, "这一行有值，却没有名称", "this line has a value but no name")
        return
    entries = {e.id: e for cell in (name, code) if cell and (e := vocabulary.fact(_word(cell)))}
    if len(entries) > 1:
        names = "、".join(f"“{e.name}”（{e.id}）" for e in entries.values())
        report.add("E104", word, f"名称和编号不是同一项：{names}", f"name and id do not agree: {', '.join(entries)}")
        return
    if not entries:
        unknown_name(name or word, vocabulary, report)
        return
    (entry,) = entries.values()
    yield Stated(Cell(entry.id, word.span, word.address), value, _fact_details(cells, entry))


def _fact_details(cells: dict[str, Cell], entry: Field) -> dict[str, Cell]:
    """A source that is the dictionary's own (as the blank template prints it) says nothing about this value."""
    details = {DETAILS[word]: cell for word, cell in cells.items() if word in DETAILS}
    if "source" in details and details["source"].text.strip() == entry.source.strip():
        del details["source"]
    return details


def _records(sheet: Sheet, record: RecordType, report: Report) -> Iterator[StatedRecord]:
    """The rows of one record set. A sheet without rows states nothing; a single 无 states that there are none."""
    header = _record_header(sheet, record)
    if header is None:
        if sheet.rows:
            report.add("E123", _place(sheet, 1, 1), f"没有表头；第一行应是“{record.name}”的字段名",
                       f"no header; the first row holds the field names of '{record.id}'")
        return
    columns = _columns(sheet, header, report)
    headers = {word: sheet.rows[header][column] for word, column in columns.items()}
    numbers = sorted(r for r in sheet.rows if r > header)
    if not numbers:
        return
    only = list(sheet.rows[numbers[0]].values())
    name = Cell(record.id, only[0].span, sheet.name)
    if len(numbers) == 1 and len(only) == 1 and normal(only[0].text).lower() in NONE_WORDS:
        report.add("N103", only[0], f"“{record.name}”写作“{only[0].text.strip()}”：理解为一条也没有",
                   f"'{record.id}' is '{only[0].text.strip()}': taken as an empty set")
        yield StatedRecord(name, ())
        return
    yield StatedRecord(name, tuple(_row(sheet, number, headers, columns, record) for number in numbers))


def _row(sheet: Sheet, number: int, headers: dict[str, Cell], columns: dict[str, int],
         record: RecordType) -> StatedRow:
    cells: list[Stated] = []
    details: dict[str, Cell] = {}
    for word, column in columns.items():
        cell = sheet.at(number, column)
        field, unit = _field(word, record)
        if cell is None:
            continue
        name = Cell(word if field is None else field.id, cell.span, headers[word].address)
        if field is None and word not in COUNT_WORDS and word in DETAILS:
            details[DETAILS[word]] = cell
        else:
            cells.append(Stated(name, cell, {"unit": Cell(unit, cell.span, cell.address)} if unit else {}))
    return StatedRow(_place(sheet, number, 1), tuple(cells), details)


def _field(word: str, record: RecordType) -> tuple[Field | None, str]:
    """A header as a field and a unit: 金额（万元） is the field 金额 in 万元."""
    field = record.field(word)
    match = re.fullmatch(r"(.+?)\s*[（(]([^（）()]+)[）)]", word)
    if field is None and match and (field := record.field(match[1])) is not None:
        return field, match[2] if field.unit is not None else ""
    return field, ""


def _record_header(sheet: Sheet, record: RecordType) -> int | None:
    for number in sorted(sheet.rows)[:_HEADER_ROWS]:
        if any(_field(_word(cell), record)[0] for cell in sheet.rows[number].values()):
            return number
    return None


def _columns(sheet: Sheet, header: int, report: Report) -> dict[str, int]:
    """Header word → column. Reports repeated headers, filled columns without one, and merged cells."""
    columns: dict[str, int] = {}
    for column, cell in sorted(sheet.rows[header].items()):
        if _word(cell) in columns:
            report.add("E123", cell, f"表头“{_word(cell)}”重复；只留一列",
                       f"the header '{_word(cell)}' repeats; keep one")
        columns.setdefault(_word(cell), column)
    bare = {c: n for n in sorted(sheet.rows, reverse=True) if n > header for c in sheet.rows[n]
            if c not in sheet.rows[header] and normal(sheet.rows[n][c].text) not in BLANK_WORDS}
    for column, number in sorted(bare.items()):
        report.add("E123", _place(sheet, number, column), "这一列没有表头，却有内容；补上表头或删去",
                   "this column has content but no header; add one or delete it")
    for address, last in sheet.merged:
        if last >= header:
            place = Cell("", next(iter(sheet.rows[header].values())).span, f"{sheet.name}!{address}")
            report.add("E125", place, "有合并的单元格；取消合并，每格填自己的值",
                       "merged cells; unmerge them and fill each cell")
    return columns


def _unknown_sheet(sheet: Sheet, path: Path, vocabulary: Vocabulary, report: Report) -> None:
    hint = did_you_mean(sheet.name, vocabulary.all_records())
    place = Cell("", Span(str(path)), sheet.name)
    report.add("W106", place, f"工作表“{sheet.name}”不是“{FACTS_SHEET}”，也不是记录名称，没有读{hint.zh}",
               f"the sheet '{sheet.name}' is neither '{FACTS_SHEET}' nor a record set; not read{hint.en}")


def _place(sheet: Sheet, row: int, column: int) -> Cell:
    from openpyxl.utils import get_column_letter

    span = next((c.span for cells in sheet.rows.values() for c in cells.values()), Span(sheet.name))
    return Cell("", span, f"{sheet.name}!{get_column_letter(column)}{row}")


def _word(cell: Cell) -> str:
    return cell.text.strip()
