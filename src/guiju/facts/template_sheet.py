"""The workbook form, as bytes that depend on nothing but the dictionary and the title."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from guiju.facts.sheet import COLUMNS, FACTS_SHEET, NOTES_SHEET
from guiju.facts.template import allowed, choices, unit_text
from guiju.facts.workbook import OPTIONS_SHEET
from guiju.vocabulary.model import Field, RecordType

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW = 1000
_WIDTHS = (28, 24, 18, 8, 36, 48, 36, 12, 12, 24)
_JUDGED_COLUMNS = ("判定人", "判定日", "依据")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMATS = {"date": "yyyy-mm-dd", "text": "@", "region": "@", "industry": "@"}
_HINTS = (
    "不知道的留空即可：留空是“未知”，不是零。说明里写明“留空表示没有”的字段除外。",
    "“事实”表只填“值”一列；标有【人工判定】的还要填判定人、判定日和依据。",
    "每类记录一张表，一条一行；相同的几条可只写一行，并填“数量”。表空着是“未知”；确实一条也没有时，在第一格写“无”。",
)


def template_bytes(facts: Sequence[Field], records: Sequence[RecordType], title: str) -> bytes:
    """A .xlsx file."""
    import openpyxl

    book = openpyxl.Workbook()
    notes = book.worksheets[0]
    notes.title = NOTES_SHEET
    lists = _Lists(book)
    _fill_facts(book.create_sheet(FACTS_SHEET), facts, lists)
    for record in records:
        _fill_record(book.create_sheet(_sheet_name(record)), record, lists)
    _fill_notes(notes, records, title)
    lists.finish()
    book.active = 1
    notes.sheet_view.tabSelected = False
    buffer = io.BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue())


class _Lists:
    """Drop-down lists, kept on a hidden sheet since a list in the cell itself is limited to 255 characters."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._found: dict[tuple[str, ...], str] = {}

    def restrict(self, sheet: Worksheet, cells: str, entry: Field) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        values = tuple(choices(entry))
        if not values:
            return
        column = self._column(values)
        rule = DataValidation(type="list", allow_blank=True, errorStyle="warning",
                              formula1=f"'{OPTIONS_SHEET}'!${column}$1:${column}${len(values)}")
        rule.add(cells)
        sheet.add_data_validation(rule)

    def _column(self, values: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter

        return self._found.setdefault(values, get_column_letter(len(self._found) + 1))

    def finish(self) -> None:
        if not self._found:
            return
        sheet = self._book.create_sheet(OPTIONS_SHEET)
        sheet.sheet_state = "hidden"
        for column, values in enumerate(self._found, start=1):
            for row, value in enumerate(values, start=1):
                sheet.cell(row, column, value)


def _fill_facts(sheet: Worksheet, facts: Sequence[Field], lists: _Lists) -> None:
    _header(sheet, COLUMNS, _WIDTHS)
    for row, fact in enumerate(facts, start=2):
        cells = (fact.name, fact.id, None, unit_text(fact), allowed(fact), fact.meaning, fact.source)
        for column, text in enumerate(cells, start=1):
            _write(sheet, row, column, text)
        sheet.cell(row, 3).number_format = _FORMATS.get(fact.type, "General")
        sheet.cell(row, 9).number_format = _FORMATS["date"]
        lists.restrict(sheet, f"C{row}", fact)
        if fact.kind == "judgement":
            for column in (1, 3, 8, 9, 10):
                _tint(sheet, row, column)


def _fill_record(sheet: Worksheet, record: RecordType, lists: _Lists) -> None:
    from openpyxl.utils import get_column_letter

    judged = any(f.kind == "judgement" for f in record.fields)
    extra = [w for w in ("数量", *(_JUDGED_COLUMNS if judged else ())) if record.field(w) is None]
    words = [*(f.name for f in record.fields), *extra]
    _header(sheet, words, [max(12, 2 * len(word) + 4) for word in words])
    for column, field in enumerate(record.fields, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(field.type, "General")
        lists.restrict(sheet, f"{letter}2:{letter}{_LAST_ROW}", field)
        if field.kind == "judgement":
            _tint(sheet, 1, column)


def _fill_notes(sheet: Worksheet, records: Sequence[RecordType], title: str) -> None:
    _write(sheet, 1, 1, title)
    for row, hint in enumerate(_HINTS, start=2):
        _write(sheet, row, 1, hint)
    start = len(_HINTS) + 3
    words = ("记录", "字段", "编号", "单位", "允许值", "含义", "留空", "来源")
    for column, (word, width) in enumerate(zip(words, (20, 20, 24, 8, 36, 48, 14, 36), strict=True), start=1):
        _write(sheet, start, column, word)
        sheet.column_dimensions["ABCDEFGH"[column - 1]].width = width
    row = start
    for record in records:
        for field in record.fields:
            row += 1
            empty = "表示没有" if field.absent else "未知"
            for column, text in enumerate((record.name, field.name, field.id, unit_text(field), allowed(field),
                                           field.meaning, empty, field.source), start=1):
                _write(sheet, row, column, text)


def _header(sheet: Worksheet, words: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, (word, width) in enumerate(zip(words, widths, strict=True), start=1):
        _write(sheet, 1, column, word)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, text: str | None) -> None:
    """Text stays text, also where it begins with = and would become a formula."""
    if text:
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"


def _tint(sheet: Worksheet, row: int, column: int) -> None:
    from openpyxl.styles import PatternFill

    sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFF2CC")


def _sheet_name(record: RecordType) -> str:
    """A sheet's name has at most 31 characters and none of []:*?/\\."""
    return record.id[:31] if len(record.name) > 31 or re.search(r"[\[\]:*?/\\]", record.name) else record.name


def timeless(data: bytes) -> bytes:
    """The same archive with every clock set to one moment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
