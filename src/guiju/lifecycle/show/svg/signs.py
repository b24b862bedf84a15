"""Small drawings that stand before a line: a clock for a term, a sheet for a notice, a circle for a duty …"""

from __future__ import annotations

from guiju.lifecycle.show.svg.canvas import Canvas, number
from guiju.lifecycle.show.svg.palette import DUTY, FLOW, NOTICE, PAPER, QUIET, TERM

_COLOURS = {"notice": NOTICE, "term": TERM, "duty": DUTY, "stays": FLOW, "opens": QUIET}


def draw_sign(canvas: Canvas, sign: str, x: float, y: float) -> None:
    """A sign of 12 by 12 whose left upper corner is at x, y."""
    if sign not in _COLOURS:
        return
    pen: dict[str, object] = {"stroke": _COLOURS[sign], "stroke_width": 1.3, "fill": "none", "stroke_linecap": "round",
                              "stroke_linejoin": "round"}
    if sign == "opens":
        canvas.path(_at("M1 1h7v7h-7z", x, y), **pen)
        canvas.path(_at("M4 4h7v7h-7z", x, y), **{**pen, "fill": PAPER})
        return
    canvas.path(_at(_SHAPES[sign], x, y), **pen)


def _at(d: str, x: float, y: float) -> str:
    """A path whose pieces begin with an absolute point, moved to x, y."""
    moved = []
    for piece in d.split("M")[1:]:
        px, rest = piece.split(" ", 1)
        end = next(i for i, char in enumerate(rest) if char not in "0123456789.")
        moved.append(f"M{number(x + float(px))} {number(y + float(rest[:end]))}{rest[end:]}")
    return "".join(moved)


_SHAPES = {
    "notice": "M1.5 1h9v10h-9zM3.5 4h5M3.5 6.5h5M3.5 9h3",
    "term": "M1 6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0zM6 3v3.2l2.2 1.4",
    "duty": "M10.6 5a5 5 0 1 0 0.2 2.4M11.4 2v3.2h-3.2",
    "stays": "M9 11h-4.5a3.5 3.5 0 0 1 0 -7h5M7.4 1.8l2.4 2.2l-2.4 2.2",
}
