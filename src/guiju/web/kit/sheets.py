"""Tables as .xlsx. What people typed stays text: it never runs as a formula when another opens the file."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.kit.text import say

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters that a cell holds
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what shows the rest of a line in another order
_NARROW, _WIDE = 8, 60


def workbook(title: str, columns: Sequence[str | Text], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a heading row, as a file. Whole and decimal numbers, fractions, dates, moments and yes/no keep
    their type; all else is text, and text that a program might take for a formula is marked as text."""
    book = Workbook()
    add_sheet(book, book.active, title, columns, rows)  # type: ignore[arg-type]  # a new book has a sheet
    return saved(book)


def workbook_of(sheets: Iterable[tuple[str, Sequence[str | Text], Iterable[Sequence[Any]]]]) -> bytes:
    """Several sheets (title, columns, rows) as one file."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has a sheet
    for title, columns, rows in sheets:
        add_sheet(book, book.create_sheet(), title, columns, rows)
    return saved(book)


def add_sheet(book: Workbook, sheet: Worksheet, title: str, columns: Sequence[str | Text],
              rows: Iterable[Sequence[Any]]) -> None:
    sheet.title = _free_title(book, sheet, title)
    widths = [0] * len(columns)
    for number, row in enumerate([columns, *rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            put(cell, say(value) if isinstance(value, Text) else value)
            widths[place - 1] = max(widths[place - 1], _width(cell.value))
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width + 2, _NARROW), _WIDE)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF2")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions


def put(cell: Any, value: Any) -> None:
    """Put a value into a cell, never as a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        value = say(Text("是", "yes") if value else Text("否", "no"))
    if isinstance(value, dt.datetime):
        cell.value, cell.number_format = value.astimezone(CHINA).replace(tzinfo=None, microsecond=0), "yyyy-mm-dd hh:mm"
    elif isinstance(value, dt.date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, Fraction):
        cell.value, cell.number_format = float(value), "0.00"
    elif isinstance(value, (int, float, Decimal)):
        cell.value = value
    else:
        _put_text(cell, str(value))


def _put_text(cell: Cell, value: str) -> None:
    clean = _TURNS.sub("", ILLEGAL_CHARACTERS_RE.sub("", value))[:_LONGEST]
    cell.value = clean
    cell.data_type = "s"  # after the value: openpyxl takes what begins with = for a formula
    if clean.lstrip(" \u3000\u00a0\ufeff").startswith(DANGEROUS) or clean.startswith(DANGEROUS):
        cell.quotePrefix = True  # and a program that saves it again leaves it text
    if "\n" in clean:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def saved(book: Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def file_name(*parts: str) -> str:
    """A name for a download, of what people typed: no path, no control characters, at most 100 characters."""
    joined = "-".join(p for p in parts if p)
    return (re.sub(r"[\\/:*?\"<>|\x00-\x1f\x7f]+", "_", joined).strip(" .")[:100] or "guiju") + ".xlsx"


def _free_title(book: Workbook, sheet: Worksheet, title: str) -> str:
    """As a sheet may be called: 31 characters at most, without those that have a meaning, none twice."""
    clean = re.sub(r"[\\/*?:\[\]\x00-\x1f]", " ", title).strip(" '")[:31] or "Sheet"
    taken = {s.title.casefold() for s in book.worksheets if s is not sheet}
    number, found = 2, clean
    while found.casefold() in taken:
        found, number = f"{clean[:28]} {number}", number + 1
    return found


def _width(value: Any) -> int:
    """How many narrow characters a value takes in its longest line."""
    lines = str("" if value is None else value).splitlines() or [""]
    return max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in lines)
