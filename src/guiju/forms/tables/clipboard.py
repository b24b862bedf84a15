"""Rows pasted from a spreadsheet or a table of a word processor."""

from __future__ import annotations

import csv
import io

from guiju.forms.model import MOST_CHARACTERS, Fault, Table
from guiju.forms.tables.recognise import Line, TableReading, recognised
from guiju.source.diagnostics import Text

MOST_PASTED = 40 * MOST_CHARACTERS


def rows_from_paste(table: Table, text: str) -> TableReading:
    """Lines of cells with tabs between them, with or without a header. A cell with a line break stands in quotes, as
    spreadsheets put it on the clipboard."""
    if len(text) > MOST_PASTED:
        return TableReading([], (Fault(table.id, 0, "", "too_large", Text(
            "贴的内容太多；分几次贴，或导入 .xlsx",
            "too much at once: paste it in parts, or import an .xlsx")),), header=False)
    lines = _quoted(text) or [line.split("\t") for line in text.replace("\r\n", "\n").split("\n")]
    return recognised(table, [
        Line(tuple(cells), tuple(_place(number, place) for place in range(1, len(cells) + 1)))
        for number, cells in enumerate(lines, start=1)])


def _place(line: int, cell: int) -> Text:
    return Text(f"第 {line} 行第 {cell} 列", f"line {line}, column {cell}")


def _quoted(text: str) -> list[list[str]] | None:
    """The cells where some stand in quotes; None where quotes are just quotes."""
    if '"' not in text:
        return None
    try:
        lines = list(csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return None
    return lines
