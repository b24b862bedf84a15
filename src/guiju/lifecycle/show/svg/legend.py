"""What the signs and strokes of a picture mean."""

from __future__ import annotations

from guiju.lifecycle.show.svg import labels
from guiju.lifecycle.show.svg.canvas import Canvas
from guiju.lifecycle.show.svg.contents import LINE, SMALL
from guiju.lifecycle.show.svg.measure import width, wrapped
from guiju.lifecycle.show.svg.palette import BOX, END, INK, PAPER, QUIET, stroke
from guiju.lifecycle.show.svg.signs import draw_sign
from guiju.lifecycle.show.svg.tables import HEADING, TABLE_WIDTH, Panel
from guiju.source.diagnostics import Language, Text

_SAMPLE = 44.0
_STROKES = [(False, False, Text("条文写明的步骤", "a move that the text states")),
            (True, False, Text("系统到期自动办理（自动）", "made by the system when due (automatic)")),
            (False, True, Text("推定或默认：条文未写明，由上下文推出或由平台取默认",
                               "inferred or default: the text does not say it")),
            (True, True, Text("既自动，又属推定或默认", "both automatic, and inferred or default"))]
_SIGNS = [("notice", Text("公示：至少多长", "public notice, at least so long")),
          ("term", Text("在此运行的期限", "a term that runs here")),
          ("duty", Text("周期义务", "a recurring duty")),
          ("stays", Text("办理后仍在本环节的步骤", "moves after which the stage stays")),
          ("opens", Text("可在此提起的子程序", "a sub-procedure that may be opened here"))]
_BOXES = [("", Text("环节", "a stage")), ("final", Text("终结环节（双框）", "an end (double border)")),
          ("public", Text("对外公开的环节", "a stage that is public"))]
_NOTE = Text(
    "汇入同一条线的箭头通向同一环节；交叉而不转弯的线互不相干。"
    "名称只在第一次出现时写全，其后只写编号，详见各表。",
    "Arrows that bend into one line lead to one stage; lines that cross without a bend are unrelated. "
    "A name is spelled out where it first occurs; after that its id stands alone; see the tables.")
_Entry = tuple[tuple[object, ...], list[str]]


def legend(language: Language) -> Panel:
    """The legend as a panel."""
    column = TABLE_WIDTH / 2
    room = column - _SAMPLE - 14
    left: list[_Entry] = [(("stroke", auto, doubtful), wrapped(text.in_language(language), room, SMALL))
            for auto, doubtful, text in _STROKES]
    left += [(("box", kind), wrapped(text.in_language(language), room, SMALL)) for kind, text in _BOXES]
    right: list[_Entry] = [(("sign", sign), wrapped(text.in_language(language), room, SMALL)) for sign, text in _SIGNS]
    note = wrapped(_NOTE.in_language(language), TABLE_WIDTH, SMALL)
    body = max(sum(_height(lines) for _, lines in side) for side in (left, right))

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.text(x, y + HEADING, Text("图例", "Legend").in_language(language), HEADING, bold=True, fill=INK)
        for i, side in enumerate((left, right)):
            top = y + HEADING + 10
            for sample, lines in side:
                _sample(canvas, sample, x + i * column, top, language)
                for n, line in enumerate(lines):
                    canvas.text(x + i * column + _SAMPLE + 6, top + 13 + n * LINE, line, SMALL, fill=INK)
                top += _height(lines)
        for n, line in enumerate(note):
            canvas.text(x, y + HEADING + 10 + body + 14 + n * LINE, line, SMALL, fill=QUIET)

    return Panel(HEADING + 10 + body + len(note) * LINE + 8, draw)


def _height(lines: list[str]) -> float:
    return len(lines) * LINE + 7


def _sample(canvas: Canvas, sample: tuple[object, ...], x: float, y: float, language: Language) -> None:
    match sample:
        case ("stroke", bool(auto), bool(doubtful)):
            canvas.line((x, y + 9), (x + _SAMPLE - 6, y + 9), **stroke(auto, doubtful))
        case ("sign", str(sign)):
            draw_sign(canvas, sign, x + 14, y + 3)
        case ("box", "public"):
            tag = labels.PUBLIC.in_language(language)
            wide = width(tag, SMALL - 1) + 8
            canvas.rect(x + 19 - wide / 2, y + 2, wide, 15, rx=7, fill=PAPER, stroke=QUIET)
            canvas.text(x + 19, y + 13, tag, SMALL - 1, anchor="middle", fill=QUIET)
        case ("box", kind):
            canvas.rect(x, y + 2, 38, 15, rx=3, fill=PAPER, stroke=END if kind else BOX, stroke_width=1.4)
            if kind:
                canvas.rect(x + 2.5, y + 4.5, 33, 10, rx=1, fill="none", stroke=END)
