"""Pipe tables inside YAML block text: a header line, then one line a row."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.source.diagnostics import Span, fail
from guiju.source.document import Scalar


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table(Scalar):
    """A block of which some rows were changed from elsewhere: each cell knows its own place."""

    rows: tuple[tuple[Cell, ...], ...] = ()


def read_rows(block: Scalar) -> list[list[Cell]]:
    """All rows of a table, blank lines skipped, as trimmed cells that know their line and column.

    Raises GuijuError E010 where a row has another number of cells than the first.
    """
    if isinstance(block, Table):
        return [list(row) for row in block.rows]
    first_line = block.span.line + (1 if block.block else 0)
    rows: list[list[Cell]] = []
    for offset, line in enumerate(block.text.splitlines()):
        if not line.strip():
            continue
        cells = _cells(line, Span(block.span.file, first_line + offset, block.indent))
        if rows and len(cells) != len(rows[0]):
            raise fail("E010", cells[0].span, f"这一行有 {len(cells)} 格，第一行有 {len(rows[0])} 格；用 | 补齐",
                       f"this row has {len(cells)} cells, the first has {len(rows[0])}; add or remove |")
        rows.append(cells)
    return rows


def _cells(line: str, edge: Span) -> list[Cell]:
    cells, column = [], 0
    for part in line.strip().strip("|").split("|"):
        start = line.index(part, column) if part else column
        column = start + len(part)
        cells.append(Cell(part.strip(), edge.shifted(start + 1 + len(part) - len(part.lstrip()))))
    return cells
