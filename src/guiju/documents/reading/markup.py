"""HTML: blocks become lines, cells are kept apart by tabs, scripts and styles are not text."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.documents.reading.plain import plain_lines

BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "title", "ul", "ol",
                    "section", "article", "header", "footer", "blockquote", "pre", "hr"})
SILENT = frozenset({"script", "style", "noscript", "template"})


class _Text(HTMLParser):
    """Gathers text; `place` is the line of the file on which the current text began."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[tuple[int, str]] = []
        self.parts: list[str] = []
        self.place = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_line()
        elif tag in ("td", "th") and self.parts:
            self.parts.append("\t")
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_line()
        if tag in SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent and (data.strip() or self.parts):
            if not self.parts:
                self.place = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
            self.parts.append(data.replace("\n", " "))

    def end_line(self) -> None:
        if self.parts:
            self.done.append((self.place, "".join(self.parts)))
            self.parts = []


def markup_lines(path: Path) -> Iterator[RawLine]:
    """The text of an HTML file; a line's number is that of the file's line on which it begins."""
    parser = _Text()
    last = 0
    for raw in plain_lines(path):
        parser.feed(raw.text + "\n")
        for number, text in parser.done:
            last = max(last + 1, number)
            yield RawLine(last, text)
        parser.done.clear()
    parser.close()
    parser.end_line()
    for number, text in parser.done:
        last = max(last + 1, number)
        yield RawLine(last, text)
