"""How wide text will be, whatever font the reader has, and where its lines break."""

from __future__ import annotations

import re
import unicodedata

from guiju.source.diagnostics import visible

_WIDTHS = {" ,.:;'|!": 0.36, "iljIJ": 0.32, "()[]{}/\\\"-`": 0.42, "frt": 0.42, "^*_": 0.53, "csz?": 0.56,
           "FLkvxyae": 0.62, "ABCEKPRSTVXYZbdghnopqu$": 0.7, "0123456789": 0.64, "DGHNOQUw&": 0.82, "M#+<=>~": 0.88,
           "mW%@": 1.0}
_NARROW = {char: width for chars, width in _WIDTHS.items() for char in chars}
_BOLD = 1.1
_PIECE = re.compile(r"\s+|[A-Za-z0-9.%]+[_/\-]?|.", re.DOTALL)
_NOT_XML = re.compile("[\ufffe\uffff]")
_NOT_FIRST = frozenset("，。、；：！？）】》”’…·,.;:!?()]}%")
_NOT_LAST = frozenset("（【《“‘([{")


def width(text: str, size: float, bold: int | bool = False) -> float:
    """The width of a line in pixels; no usual font makes it wider. `bold`: all of it, or so many characters."""
    heavy = len(text) if bold is True else int(bold)
    return (sum(map(_em, text[:heavy])) * _BOLD + sum(map(_em, text[heavy:]))) * size


def plain(text: str) -> str:
    """The text without what XML or a terminal can't bear."""
    return _NOT_XML.sub("\ufffd", visible(text))


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines that are no wider than `room`. A word that is wider by itself is broken."""
    lines, line = [], ""
    for piece in _pieces(text):
        if not line and piece.isspace():
            continue
        if width(line + piece.rstrip(), size, bold) <= room:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        line = piece.lstrip()
        while width(line, size, bold) > room and len(line) > 1:
            head = _head(line, room, size, bold)
            lines.append(head)
            line = line[len(head):]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _em(char: str) -> float:
    if char in _NARROW:
        return _NARROW[char]
    if unicodedata.combining(char):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.75


def _pieces(text: str) -> list[str]:
    """What stays together: a word, or a character with the marks that cling to it."""
    pieces: list[str] = []
    for piece in _PIECE.findall(plain(" ".join(text.split()))):
        before = pieces[-1] if pieces else ""
        clings = piece in _NOT_FIRST or before[-1:] in _NOT_LAST or (before[-1:] == ")" and piece[0].isdigit())
        if clings and before and not before.isspace():
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _head(text: str, room: float, size: float, bold: bool) -> str:
    """As much of a long word as fits; at least one character."""
    end = next((n for n in range(len(text), 1, -1) if width(text[:n], size, bold) <= room), 1)
    return text[:end]
