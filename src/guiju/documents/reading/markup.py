"""HTML: blocks become lines, rows of tables become lines with tabs; scripts, styles and comments are not text.

Read by an expression that looks at each character a bounded number of times, so that no file takes long. Markup that is
opened and never closed is read as text, and said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.documents.reading.plain import plain_lines
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of

MOST = 16 << 20
BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "title", "ul", "ol",
                    "section", "article", "header", "footer", "blockquote", "pre", "hr", "dl", "dt", "dd", "caption"})
SILENT = ("script", "style", "noscript", "template")
SPAN = 100  # columns or rows that one cell may take
WIDEST = 200  # columns of a row; what stands further right belongs to the last of them
_TOKEN = re.compile(r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]*)(?P<rest>[^<>]*)>|[!?][^<>]*>)")
_COLUMNS = re.compile(r"\bcolspan\s*=\s*[\"']?(\d{1,3})", re.I)
_ROWS = re.compile(r"\browspan\s*=\s*[\"']?(\d{1,3})", re.I)
_BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class _Lines:
    """Gathers lines; `place` is the line of the file on which the current one began."""

    done: list[tuple[int, str, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    row: _Row | None = None
    below: dict[int, int] = field(default_factory=dict)  # columns that a cell above still fills, and for how many rows
    place: int = 0
    tables: int = 0  # how many are open: one inside another is text of its cell
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def text(self, words: str, line: int) -> None:
        if words.strip() or self.parts:
            if not self.place:
                self.place = line + words[:len(words) - len(words.lstrip())].count("\n")
            self.parts.append(unescape(words.replace("\n", " ")))

    def tag(self, name: str, closes: bool, rest: str) -> None:
        if name == "table":
            if self.tables == (1 if closes else 0):
                self.end(whole=True)
                self.below = {}
            self.tables = max(0, self.tables + (-1 if closes else 1))
        elif name in ("td", "th") and self.tables == 1 and not closes:
            self._cell(_number(_COLUMNS, rest), _number(_ROWS, rest))
        elif name == "tr" and self.tables == 1:
            self.end(whole=True)
        elif name in BLOCKS or name in ("td", "th"):
            self.end(whole=False)

    def end(self, whole: bool) -> None:
        """The end of a line; inside a cell only where the whole row ends."""
        if self.row is not None and not whole:
            self.parts.append(" ")
            return
        if self.row is not None:
            self.row.fill("".join(self.parts))
        line = "".join(self.parts) if self.row is None else "\t".join(self.row.cells)
        if line.strip() or self.doubts:
            self.done.append((self.place, line, tuple(self.doubts)))
        self.parts, self.row, self.place, self.doubts = [], None, 0, []

    def _cell(self, columns: int, rows: int) -> None:
        if self.row is None:
            if self.parts:  # text between cells belongs to none
                self.end(whole=True)
            self.row = _Row()
        elif len(self.row.cells) >= WIDEST:
            self.parts.append(" ")
            return
        else:
            self.row.fill("".join(self.parts))
        self.parts = []
        cells = self.row.cells
        while self.below.get(len(cells)):
            self.below[len(cells)] -= 1
            cells.append("")
        self.row.at = min(len(cells), WIDEST - 1)
        for _ in range(min(columns, WIDEST - len(cells))):
            if rows > 1:
                self.below[len(cells)] = rows - 1
            cells.append("")


@dataclass(slots=True)
class _Row:
    """The cells of a row so far; `at` is the one that is open. A cell of several columns has its text in the first."""

    cells: list[str] = field(default_factory=list)
    at: int = 0

    def fill(self, text: str) -> None:
        self.cells[self.at] = _BLANK.sub(" ", text).strip()


def _number(pattern: re.Pattern[str], attributes: str) -> int:
    found = pattern.search(attributes)
    return min(max(int(found[1]), 1), SPAN) if found else 1


def markup_lines(path: Path) -> Iterator[RawLine]:
    """The text of an HTML file; a line's number is that of the file's line on which it begins. Raises E862 where the
    file is too large."""
    if size_of(path, path.name) > MOST:
        raise fail("E862", Span(path.name), f"网页超过 {MOST >> 20} MB；请另存为文字，或拆开",
                   f"the page is larger than {MOST >> 20} MB: save it as text, or split it")
    found = _read("\n".join(raw.text for raw in plain_lines(path)))
    last = 0
    for number, text, doubts in found:
        last = max(last + 1, number)
        yield RawLine(last, text, 0, doubts)


def _read(text: str) -> list[tuple[int, str, tuple[tuple[str, str], ...]]]:
    lines = _Lines()
    start = counted = 0
    line = 1
    open_ended: set[str] = set()  # what was looked for to the end of the file already
    while True:
        found = _TOKEN.search(text, start)
        end = found.start() if found else len(text)
        line, counted = line + text.count("\n", counted, start), start
        lines.text(text[start:end], line)
        if found is None:
            lines.end(whole=True)
            return lines.done
        start = found.end()
        name = "!--" if found["comment"] else (found["tag"] or "").lower()
        if name == "!--" or (name in SILENT and not found["close"]):
            start = _skipped(text, found, name, lines, open_ended)
        elif name:
            lines.tag(name, bool(found["close"]), found["rest"])


def _skipped(text: str, found: re.Match[str], name: str, lines: _Lines, open_ended: set[str]) -> int:
    """Where to go on behind what is no text; right behind its beginning where it has no end."""
    ending = re.compile("-->" if name == "!--" else f"</{name}[^<>]*>", re.I)
    over = None if name in open_ended else ending.search(text, found.end())
    if over is not None:
        return over.end()
    if name not in open_ended:
        lines.doubts.append(("unclosed", found[0][:20]))
    open_ended.add(name)
    return found.end()
