"""Colours and strokes. Every colour of text or line has a contrast of 4.5 : 1 or more to what it stands on, and
nothing is said by colour alone: strokes differ in pattern, boxes in border, signs in shape."""

from __future__ import annotations

INK, QUIET = "#1b1f24", "#57606a"
PAPER, BAND, PANEL = "#ffffff", "#f3f5f8", "#fafbfc"
RULE, STRONG_RULE = "#c9d0d8", "#57606a"
FLOW, DOUBT = "#24476b", "#8f3a0b"
BOX, END = "#24476b", "#3d444d"
NOTICE, TERM, DUTY = "#8a4b08", "#1d6136", "#5b3a8c"

SOLID, DASHED, DOTTED, MIXED = None, "8 4", "2 3", "9 3 2 3"
FONTS = ("'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',"
         "'WenQuanYi Micro Hei',sans-serif")


def stroke(auto: bool, doubtful: bool) -> dict[str, object]:
    """How a move is drawn: dashed where nobody makes it, dotted where the source does not say it."""
    pattern = MIXED if auto and doubtful else DASHED if auto else DOTTED if doubtful else SOLID
    return {"stroke": DOUBT if doubtful else FLOW, "stroke_dasharray": pattern, "stroke_width": 1.6, "fill": "none"}
