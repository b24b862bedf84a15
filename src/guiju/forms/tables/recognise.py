"""Cells in lines recognised as the rows of a table: which column is which, and what a cell says in the form's terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.facts.numbers import normal
from guiju.forms.checking.values import text_faults
from guiju.forms.layout import column_label
from guiju.forms.model import MOST_ROWS, Fault, Field, Row, Table
from guiju.forms.tables.tidying import tidy
from guiju.forms.word.marks import NUMBER, key
from guiju.source.diagnostics import Text

_HEADER_LINES = 10  # a title or a note may stand above the header
_LEAST_LIKE = 2  # characters of a head that may stand for a longer one: 级别 for 项目级别
_UNIT = re.compile(r"[(（]\s*(元|万元|亿元)\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class TableReading:
    """`rows`: what was read, also where it has faults. `faults`: `row` counts `rows` from 1 (0: the whole), and the
    message names the place in the source and how to mend it. `header`: whether a header was recognised."""

    rows: list[Row]
    faults: tuple[Fault, ...]
    header: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its cells, and what each is called in messages (C5, 第 5 行第 3 列)."""

    cells: tuple[str, ...]
    places: tuple[Text, ...]


def recognised(table: Table, lines: Sequence[Line]) -> TableReading:
    """The rows in these lines. Without a header, columns are taken in the form's order, if there are as many."""
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    header = next((n for n, line in enumerate(filled[:_HEADER_LINES]) if _is_header(line, table)), None)
    if header is None:
        columns: list[Field | None] | None = _by_position(table, filled)
        body = filled
    else:
        columns = [_named(cell, table) for cell in filled[header].cells]
        body = [line for line in filled[header + 1:] if line.cells != filled[header].cells]
    if columns is None:
        return TableReading([], (_no_header(table),), header=False)
    units = _units(filled[header]) if header is not None else {}
    faults = [*_foreign(table, filled[header], columns, body)] if header is not None else []
    if len(body) > MOST_ROWS:
        faults.append(Fault(table.id, 0, "", "too_many_rows", Text(
            f"有 {len(body)} 行，最多 {MOST_ROWS} 行；只读了前 {MOST_ROWS} 行",
            f"{len(body)} rows; only {MOST_ROWS} were read")))
    rows: list[Row] = []
    for line in body[:MOST_ROWS]:
        row, wrong = _row(table, line, columns, units, len(rows) + 1)
        if row:
            rows.append(row)
            faults += wrong
    return TableReading(rows, tuple(faults), header is not None)


def _row(table: Table, line: Line, columns: Sequence[Field | None], units: dict[int, str], number: int
         ) -> tuple[Row, list[Fault]]:
    row: Row = {}
    faults = []
    for place, (cell, column) in enumerate(zip(line.cells, columns, strict=False)):
        if column is None or not cell.strip():
            continue
        row[column.id] = tidy(column, cell, units.get(place, ""))
        faults += [Fault(table.id, number, column.id, code, _placed(line.places[place], column, message))
                   for code, message in text_faults(column, row[column.id])]
    return row, faults


def _is_header(line: Line, table: Table) -> bool:
    met = {column.id for cell in line.cells if (column := _named(cell, table)) is not None}
    return len(met) >= max(1, (len(table.columns) + 1) // 2)


def _named(cell: str, table: Table) -> Field | None:
    word = key(_UNIT.sub("", cell))
    exact = next((c for c in table.columns if word in (key(c.label.zh), key(column_label(c)), c.id)), None)
    if exact is not None or len(word) < _LEAST_LIKE:
        return exact
    alike = [c for c in table.columns if word in key(c.label.zh) or key(c.label.zh) in word]
    return alike[0] if len(alike) == 1 else None


def _units(header: Line) -> dict[int, str]:
    """The money unit that a header names, by column."""
    found = {place: _UNIT.search(cell) for place, cell in enumerate(header.cells)}
    return {place: unit[1] for place, unit in found.items() if unit}


def _by_position(table: Table, lines: Sequence[Line]) -> list[Field | None] | None:
    width = max((_width(line) for line in lines), default=0)
    if width == len(table.columns) + 1 and all(normal(line.cells[0]).isdecimal() for line in lines):
        return [None, *table.columns]
    return list(table.columns) if 0 < width <= len(table.columns) else None


def _width(line: Line) -> int:
    return max((n for n, cell in enumerate(line.cells, start=1) if cell.strip()), default=0)


def _foreign(table: Table, header: Line, columns: Sequence[Field | None], body: Sequence[Line]) -> list[Fault]:
    """A fault for each filled column that the table does not have."""
    found = []
    for place, (cell, column) in enumerate(zip(header.cells, columns, strict=True)):
        is_number = key(cell) in (NUMBER, "编号行", "no.", "no")
        filled = any(len(line.cells) > place and line.cells[place].strip() for line in body)
        if column is None and filled and not is_number:
            known = "、".join(c.label.zh for c in table.columns)
            at, name = header.places[place], cell.strip()[:40]
            found.append(Fault(table.id, 0, "", "unknown_field", Text(
                f"{at.zh}：没有“{name}”这一列，没有读；表头可用：{known}",
                f"{at.en}: there is no column '{name}'; it was left out")))
    return found


def _placed(place: Text, column: Field, message: Text) -> Text:
    return Text(f"{place.zh}（{column.label.zh}）：{message.zh}", f"{place.en} ({column.label.en}): {message.en}")


def _no_header(table: Table) -> Fault:
    heads = "、".join(column_label(c) for c in table.columns)
    return Fault(table.id, 0, "", "not_text", Text(
        f"认不出各列：加上表头（{heads}），或按这个顺序排好 {len(table.columns)} 列再贴",
        f"the columns are not known: add a header, or paste {len(table.columns)} columns in the form's order"))
