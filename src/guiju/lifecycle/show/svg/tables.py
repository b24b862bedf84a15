"""Ruled tables of everything that a chart says: moves, terms, notices, duties, counts, bans, sub-procedures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guiju.lifecycle.show.svg.canvas import Canvas
from guiju.lifecycle.show.svg.contents import LINE, SMALL
from guiju.lifecycle.show.svg.measure import wrapped
from guiju.lifecycle.show.svg.palette import INK, QUIET, RULE, STRONG_RULE

TABLE_WIDTH = 680.0
HEADING = 14.0
_GAP, _ROW_PAD = 10.0, 4.0

Draw = Callable[[Canvas, float, float], None]


@dataclass(frozen=True, slots=True)
class Panel:
    """Something of a fixed height that is drawn beside the flow."""

    height: float
    draw: Draw


def table(heading: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]) -> Panel:
    """A table; the first column holds ids. The widths of the columns add up to `TABLE_WIDTH`."""
    cells = [[wrapped(text, wide - _GAP, SMALL, bold=i == 0)
              for i, (text, (_, wide)) in enumerate(zip(row, columns, strict=True))] for row in rows]
    heads = [wrapped(head, wide - _GAP, SMALL, bold=True) for head, wide in columns]
    head_height = max(map(len, heads)) * LINE + 2 * _ROW_PAD
    heights = [max(map(len, row)) * LINE + 2 * _ROW_PAD for row in cells]

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.text(x, y + HEADING, heading, HEADING, bold=True, fill=INK)
        y += HEADING + 10
        canvas.line((x, y), (x + TABLE_WIDTH, y), stroke=STRONG_RULE)
        _row(canvas, x, y, heads, columns, QUIET, bold=len(columns))
        y += head_height
        canvas.line((x, y), (x + TABLE_WIDTH, y), stroke=STRONG_RULE)
        for row, height in zip(cells, heights, strict=True):
            _row(canvas, x, y, row, columns, INK, bold=1)
            y += height
            canvas.line((x, y), (x + TABLE_WIDTH, y), stroke=RULE)

    return Panel(HEADING + 10 + head_height + sum(heights), draw)


def _row(canvas: Canvas, x: float, y: float, cells: Sequence[Sequence[str]], columns: Sequence[tuple[str, float]],
         colour: str, bold: int) -> None:
    for i, (lines, (_, wide)) in enumerate(zip(cells, columns, strict=True)):
        for n, line in enumerate(lines):
            canvas.text(x, y + _ROW_PAD + 10.5 + n * LINE, line, SMALL, bold=i < bold, fill=colour)
        x += wide
