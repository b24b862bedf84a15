"""Text in columns where a Chinese character is two columns wide."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth, wcwidth

WIDEST = 100
NARROWEST = 48
LEAST, LAST = 8, 16  # the narrowest column of text, the narrowest last column
_ANSI = re.compile("\x1b\\[[0-9;]*m")
_NOT_FIRST = frozenset("，。、；：！？）】》”’…·%,.;:!?)]}")
_NOT_LAST = frozenset("（【《“‘([{")
_UNIT = "(?: ?(?:%|万元|亿元|元|平方米|分|项|条|年|人|yuan))?"
_NUMBER = r"(?:[−+≤≥] ?)?(?:\d{1,3}(?: \d{3})+(?!\d)|\d)[\d.,–]*" + _UNIT
_WORD = re.compile(r"(?:\x1b\[[0-9;]*m)+|\s+|" + _NUMBER + r"(?![\dA-Za-z/-])|"
                   r"\([一二三四五六七八九十]+\)\d*|"
                   r"[A-Z]{1,4}(?:\d\d)?(?:/[A-Z]+)? \d[\d.:–-]*|[A-Za-z0-9_./+=<>≤≥%'’&#@-]+|.", re.DOTALL)


def terminal_width() -> int:
    """The columns to fill: the terminal's, but no more than can be read well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def width(text: str) -> int:
    """How many columns a line takes. Colours take none."""
    plain = _ANSI.sub("", text)
    found = wcswidth(plain)
    return found if found >= 0 else sum(max(wcwidth(c), 0) for c in plain)


def padded(text: str, columns: int, align: str = "<") -> str:
    """The text with spaces up to `columns`; `align` is `<` or `>`."""
    gap = " " * max(0, columns - width(text))
    return gap + text if align == ">" else text + gap


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`. Breaks between Chinese characters and at spaces, keeps numbers and
    Latin words whole, and begins no line with a closing mark."""
    lines: list[str] = []
    line = ""
    for word in _units(text):
        if width(line) + width(word.rstrip()) <= columns:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = word.lstrip()
        while width(line) > columns:
            head = _head(line, columns)
            lines.append(head)
            line = line[len(head):]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> list[str]:
    """Pieces that stay whole: a word, or a character with the marks that cling to it."""
    units: list[str] = []
    for piece in _WORD.findall(text):
        before = units[-1] if units else ""
        clings = before and (piece in _NOT_FIRST or before[-1] in _NOT_LAST or "\x1b" in (piece[0], before[0])
                            or (piece[0] == "(" and len(piece) > 1))
        if clings and not piece.isspace() and not before.isspace():
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _head(text: str, columns: int) -> str:
    """As much of a long word as fits: of an identifier or a path up to a hyphen or a slash, if one is there."""
    most = next((end for end in range(len(text), 0, -1) if width(text[:end]) <= columns), 1)
    joint = max(text.rfind(mark, 0, most) for mark in "-/_") + 1
    return text[:joint] if joint and text[:most].isascii() else text[:most]


def indented(text: str, columns: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """The text wrapped behind `indent`; further lines behind `hanging`."""
    hanging = indent if hanging is None else hanging
    parts = wrapped(text, columns - max(width(indent), width(hanging)))
    return [(indent if i == 0 else hanging) + part for i, part in enumerate(parts)]


def sides(left: str, right: str, columns: int) -> list[str]:
    """`left` and `right` at the two ends of a line, or on two lines where one is too short."""
    if width(left) + 2 + width(right) <= columns:
        return [(padded(left, columns - width(right)) + right).rstrip()]
    below = [padded(part, columns, ">") for part in wrapped(right, columns)] if right else []
    return [*wrapped(left, columns), *below]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `align` is `<` or `>`; `most` the width at which its text is wrapped (0: the rest)."""

    align: str = "<"
    most: int = 0


def table(rows: Iterable[Sequence[str]], columns: Sequence[Column], width_of_page: int, indent: str = "  ",
          gap: str = "  ", least: Sequence[int] = ()) -> list[str]:
    """Rows in aligned columns; the last column takes what is left and is wrapped. `least`: widths to begin with."""
    return [line for part in tables(rows, columns, width_of_page, indent, gap, least) for line in part]


def tables(rows: Iterable[Sequence[str]], columns: Sequence[Column], width_of_page: int, indent: str = "  ",
           gap: str = "  ", least: Sequence[int] = ()) -> list[list[str]]:
    """The same, with the lines of each row apart."""
    rows = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    widths = []
    for i, column in enumerate(columns[:-1]):
        widest = max((width(row[i]) for row in rows), default=0)
        floor = least[i] if i < len(least) else 0
        widths.append(max(floor, min(widest, column.most or widest)))
    room = width_of_page - width(indent) - width(gap) * len(widths)
    last = LAST if any(row[-1] for row in rows) else 0
    widths = _shrunk(widths, columns, room - last)
    return [_row(row, [*widths, max(room - sum(widths), last)], columns, indent, gap) for row in rows]


def _shrunk(widths: list[int], columns: Sequence[Column], room: int) -> list[int]:
    """Narrower columns where the page is too small: the widest of the texts gives first."""
    texts = [i for i in range(len(widths)) if columns[i].align == "<"]
    while sum(widths) > room and any(widths[i] > LEAST for i in texts):
        widest = max(texts, key=lambda i: widths[i])
        widths = [w - 1 if i == widest else w for i, w in enumerate(widths)]
    return widths


def _row(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column], indent: str, gap: str) -> list[str]:
    cells = [wrapped(text, w) if w else [""] for text, w in zip(row, widths, strict=True)]
    lines = []
    for i in range(max(map(len, cells))):
        parts = [padded(cell[i] if i < len(cell) else "", w, column.align)
                 for cell, w, column in zip(cells, widths, columns, strict=True)]
        lines.append((indent + gap.join(parts)).rstrip())
    return lines
