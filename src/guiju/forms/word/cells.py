"""Fields and rows in the tables of a document, recognised by their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiju.forms.layout import column_label, field_label
from guiju.forms.model import NOTHING, Field, Row, Table
from guiju.forms.word import marks
from guiju.forms.word.package import Cell, table_line

Rows = Sequence[tuple[Cell, ...]]
_HEADER_ROWS = 3  # a header stands in one of the first


@dataclass(slots=True)
class Pairs:
    """`rest`: the fields that a later row or table may still have; `order`: all of the card."""

    found: list[tuple[Field, str]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    rest: list[Field] = field(default_factory=list)
    order: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class ReadRows:
    rows: list[Row] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    nothing: bool = False


def read_pairs(rows: Rows, expected: Sequence[Field], cards: Mapping[str, list[Field]]) -> Pairs:
    """Label, value, label, value … A row that names another section of the form goes on with its fields."""
    result = Pairs(rest=list(expected), order=list(expected))
    for row in rows:
        cells = [cell for cell in row if cell.first]
        if len(cells) == 1 and marks.key(cells[0].text) in cards:
            result.order = cards[marks.key(cells[0].text)]
            result.rest = list(result.order)
            continue
        _take_pairs(cells, result)
    return result


def _take_pairs(cells: Sequence[Cell], result: Pairs) -> None:
    waiting: Field | None = None
    before: Field | None = None  # the field met before in this row
    for cell in cells:
        target = _named(cell, result, before) if waiting is None else None
        if target is not None:
            before = waiting = target
            result.rest.remove(target)
        elif waiting is not None:
            result.found.append((waiting, cell.text))
            waiting = None
        elif cell.text:
            result.unplaced.append(cell.text)


def _named(cell: Cell, card: Pairs, before: Field | None) -> Field | None:
    """The field of this label that was not met yet. 职务/职称 stands twice in one card: it goes with the name before it
    in the row, else it is the first."""
    words = {marks.key(cell.text), *(marks.key(line) for line in cell.lines[:1])}
    found = [f for f in card.rest if words & {marks.key(f.label.zh), marks.key(field_label(f))}]
    following = card.order[card.order.index(before) + 1:][:1] if before in card.order else []
    return next((f for f in following if f in found), next(iter(found), None))


def read_rows(rows: Rows, table: Table) -> ReadRows | None:
    """The rows below a header of this table's columns; None where there is no such header."""
    header = next((n for n, row in enumerate(rows[:_HEADER_ROWS]) if _is_header(row, table)), None)
    if header is None:
        return None
    columns = [_column(cell, table) if cell.first else None for cell in rows[header]]
    result = ReadRows(unplaced=[line for row in rows[:header] if (line := table_line(row))])
    group = ""
    for row in rows[header + 1:]:
        single = [cell for cell in row if cell.first]
        if _is_header(row, table):
            continue
        if len(single) == 1 and _grouping(table) is not None and single[0].text in _grouping_choices(table):
            group = single[0].text
        else:
            _take(row, columns, rows[header], table, group, result)
    result.nothing = not result.rows and result.nothing
    return result


def _take(row: tuple[Cell, ...], columns: list[Field | None], header: tuple[Cell, ...], table: Table, group: str,
          result: ReadRows) -> None:
    found: Row = {}
    foreign = []
    for place, cell in enumerate(row):
        column = columns[place] if place < len(columns) else None
        is_number = place < len(header) and marks.key(header[place].text) == marks.NUMBER
        if not cell.first or not cell.text or is_number:
            continue
        if column is None:
            foreign.append(cell.text)
        else:
            found[column.id] = cell.text
    if foreign:
        result.unplaced.append(table_line(row))
    by = _grouping(table)
    if found and group and by is not None:
        found.setdefault(by.id, group)
    if list(found.values()) == [NOTHING]:
        result.nothing = True
    elif found:
        result.rows.append(found)


def _is_header(row: tuple[Cell, ...], table: Table) -> bool:
    met = {column.id for cell in row if cell.first and (column := _column(cell, table)) is not None}
    return len(met) >= max(1, (len(table.columns) + 1) // 2) and len(met) > 1 - (len(table.columns) == 1)


def _column(cell: Cell, table: Table) -> Field | None:
    word = marks.key(cell.text)
    return next((c for c in table.columns if word in (marks.key(c.label.zh), marks.key(column_label(c)))), None)


def _grouping(table: Table) -> Field | None:
    return table.column(table.arranged_by[0]) if table.arranged_by else None


def _grouping_choices(table: Table) -> tuple[str, ...]:
    by = _grouping(table)
    return by.choices if by is not None else ()


def read_opinion(rows: Rows, fields: Sequence[Field]) -> list[tuple[Field, str, str]]:
    """Opinions by the label in front of them: the text above the seal, and what is written at the places for seal,
    signature and date."""
    found = []
    for row in rows:
        cells = [cell for cell in row if cell.first]
        target = next((f for f in fields if cells and marks.key(cells[0].text) == marks.key(f.label.zh)), None)
        if target is not None and len(cells) > 1:
            lines = [line for cell in cells[1:] for line in cell.lines]
            seal = max((n for n, line in enumerate(lines) if marks.key(line).startswith(marks.key(marks.SEAL))),
                       default=len(lines))
            found.append((target, "\n".join(lines[:seal]).strip(), " ".join(filter(None, map(_signed, lines[seal:])))))
    return found


def _signed(line: str) -> str:
    """What a line of the seal's place says besides what the form prints there."""
    word = marks.key(line)
    for printed in (marks.SEAL, marks.SIGNATURE, marks.DAY):
        word = word.replace(marks.key(printed), "")
    return line.strip() if word else ""
