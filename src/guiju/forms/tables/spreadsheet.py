"""Rows from an .xlsx, and an empty .xlsx for them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from guiju.facts.report import Report
from guiju.facts.template_sheet import timeless
from guiju.facts.workbook import OPTIONS_SHEET, Sheet, sheets_in
from guiju.forms.layout import column_label
from guiju.forms.model import NO, YES, Fault, Field, Table
from guiju.forms.tables.recognise import Line, TableReading, recognised
from guiju.source.diagnostics import Diagnostic, GuijuError, Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW = 1000
_FORMATS = {"date": "yyyy-mm-dd", "number": "General", "money": "General"}


def rows_from_xlsx(table: Table, data: bytes, label: str = "xlsx") -> TableReading:
    """The rows of the first sheet that has the table's header, else of the first filled sheet. Formulas count by their
    saved result. Raises GuijuError as `sheets_in`; cells that can't be read are faults."""
    report = Report()
    sheets = [s for s in sheets_in(data, label, report) if s.rows and s.name != OPTIONS_SHEET]
    readings = [recognised(table, _lines(sheet)) for sheet in sheets]
    best = next((r for r in readings if r.header and r.rows), None) or next((r for r in readings if r.header), None)
    found = best or (readings[0] if readings else TableReading([], ()))
    return TableReading(found.rows, (*found.faults, *_faults(table, report)), found.header)


def blank_xlsx(table: Table) -> bytes:
    """A sheet with the table's header, formats and drop-down lists. Equal tables give equal bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(c for c in table.label.zh if c not in "[]:*?/\\")[:31]
    lists: list[tuple[str, ...]] = []
    for place, column in enumerate(table.columns, start=1):
        _column(sheet, place, column, lists)
    sheet.freeze_panes = "A2"
    if lists:
        _options(book, lists)
    buffer = io.BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue())


def _lines(sheet: Sheet) -> list[Line]:
    from openpyxl.utils import get_column_letter

    width = max((max(cells) for cells in sheet.rows.values()), default=0)
    letters = [get_column_letter(n) for n in range(1, min(width, 200) + 1)]
    found = []
    for number in sorted(sheet.rows):
        cells = [sheet.at(number, place) for place in range(1, len(letters) + 1)]
        found.append(Line(tuple(cell.text if cell else "" for cell in cells),
                          tuple(Text(f"{letter}{number}", f"{letter}{number}") for letter in letters)))
    return found


def _faults(table: Table, report: Report) -> list[Fault]:
    """What the workbook itself has wrong: formulas without a result, errors in cells."""
    try:
        found: tuple[Diagnostic, ...] = report.close()
    except GuijuError as error:
        found = error.diagnostics
    return [Fault(table.id, 0, "", "not_text", Text(f"{d.cell}：{d.message.zh}", f"{d.cell}: {d.message.en}"))
            for d in found if d.severity == "error"]


def _column(sheet: Worksheet, place: int, column: Field, lists: list[tuple[str, ...]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(place)
    head = sheet.cell(1, place, column_label(column))
    head.data_type, head.font = "s", Font(bold=True)
    sheet.column_dimensions[letter].width = max(12, 2 * len(column_label(column)) + 4)
    for row in range(2, 201):
        sheet.cell(row, place).number_format = _FORMATS.get(column.kind, "@")
    choices = (YES, NO) if column.kind == "yesno" else column.choices
    if choices:
        if choices not in lists:
            lists.append(choices)
        listed = get_column_letter(lists.index(choices) + 1)
        rule = DataValidation(type="list", allow_blank=True, errorStyle="warning",
                              formula1=f"'{OPTIONS_SHEET}'!${listed}$1:${listed}${len(choices)}")
        rule.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(rule)


def _options(book: Workbook, lists: list[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(OPTIONS_SHEET)
    sheet.sheet_state = "hidden"
    for place, choices in enumerate(lists, start=1):
        for row, word in enumerate(choices, start=1):
            sheet.cell(row, place, word)
