"""The markup of a Word file: what is text, what is a row, what is only said to be there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from guiju.documents.reading.numbering import Level, Numbering

Line = tuple[str, tuple[tuple[str, str], ...]]
# What stands inside these is no text of the document: codes of fields, readings above characters, older copies.
SILENT = frozenset({"instrText", "rt", "Fallback", "rPr", "sectPr"})
GONE = frozenset({"del", "moveFrom"})
ADDED = frozenset({"ins", "moveTo"})
PICTURES = frozenset({"blip", "imagedata", "chart"})
SPAN = 100  # columns that one cell may take
SHOWN = 24  # characters of a change that are named


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    list_: str = ""
    level: int = -1


@dataclass(slots=True)
class _Row:
    """The cells so far; `at` is the one that is open. A cell of several columns has its text in the first."""

    cells: list[str] = field(default_factory=list)
    at: int = -1

    def begin(self) -> None:
        self.at = len(self.cells)
        self.cells.append("")

    def put(self, text: str) -> None:
        words = " ".join(text.split())
        if self.at >= 0 and words:
            self.cells[self.at] = f"{self.cells[self.at]} {words}".strip()


@dataclass(slots=True)
class Body:
    """Gathers lines from a part of the file; `taken` hands them over. `notes`: its paragraphs are notes."""

    numbering: Numbering
    notes: bool = False
    done: list[Line] = field(default_factory=list)
    paragraphs: list[_Paragraph] = field(default_factory=list)  # one in another: a text box
    rows: list[_Row] = field(default_factory=list)  # one in another: a table in a cell
    doubts: list[tuple[str, str]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    silent: int = 0
    gone: list[str] | None = None
    depth: int = 0  # of what is gone
    added: list[str] = field(default_factory=list)
    adding: int = 0
    reading: bool = False

    def taken(self) -> list[Line]:
        lines, self.done = self.done, []
        return lines

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in SILENT:
            self.silent += 1
        if self.silent:
            return
        value = attributes.get("val", "")
        if name == "p":
            self.paragraphs.append(_Paragraph())
        elif name == "tr":
            self.rows.append(_Row())
        elif name == "tc" and self.rows:
            self.rows[-1].begin()
        elif name == "gridSpan" and self.rows and value.isascii() and value.isdigit():
            self.rows[-1].cells += [""] * (min(int(value[:4]), SPAN) - 1)
        elif name in GONE:
            self.depth += 1
            self.gone = [] if self.gone is None else self.gone
        elif name in ADDED:
            self.adding += 1
        elif name in ("t", "delText"):
            self.reading = True
        elif self.paragraphs:
            self._in_paragraph(name, value, attributes)

    def _in_paragraph(self, name: str, value: str, attributes: dict[str, str]) -> None:
        paragraph = self.paragraphs[-1]
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.list_ = value
        elif name == "ilvl":
            paragraph.level = int(value) if value in tuple("012345678") else 0
        elif name == "tab" and not attributes:  # one with attributes is a tab stop
            self.text_of("\t")
        elif name in ("br", "cr"):
            self.text_of("\n")
        elif name in ("noBreakHyphen", "softHyphen"):
            self.text_of("-" if name == "noBreakHyphen" else "")
        elif name == "sym":
            self.text_of("\ufffd")
        elif name in PICTURES:
            self.doubts.append(("picture", ""))

    def text(self, words: str) -> None:
        if self.reading and not self.silent:
            self.text_of(words)

    def text_of(self, words: str) -> None:
        if self.gone is not None:
            self.gone.append(words)
        elif self.paragraphs:
            self.paragraphs[-1].parts.append(words)
            if self.adding:
                self.added.append(words)

    def end(self, name: str) -> None:
        if name in SILENT:
            self.silent -= 1
        elif self.silent:
            return
        elif name in ("t", "delText"):
            self.reading = False
        elif name in GONE and self.gone is not None:
            self.depth -= 1
            if not self.depth:
                self._said("deleted", self.gone)
                self.gone = None
        elif name in ADDED and self.adding:
            self.adding -= 1
            if not self.adding:
                self._said("inserted", self.added)
                self.added = []
        elif name == "p" and self.paragraphs:
            self._paragraph(self.paragraphs.pop())
        elif name == "tr" and self.rows:
            self._row(self.rows.pop())

    def _said(self, kind: str, words: list[str]) -> None:
        text = "".join(words).strip()
        if text:
            self.doubts.append((kind, text[:SHOWN]))

    def _paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        label = self._label(paragraph) if text.strip() else ""
        if label:
            self._once("numbered", label)
            text = f"{label} {text}" if label[-1].isalnum() else f"{label}{text}"
        if self.notes and text.strip():
            self._once("note", "")
        if self.rows:
            self.rows[-1].put(text)
        else:
            self._line(text.strip("\t"))

    def _row(self, row: _Row) -> None:
        """A row is a line; that of a table in a cell is text of the cell."""
        if self.rows:
            self.rows[-1].put(" ".join(row.cells))
        else:
            self._line("\t".join(row.cells))

    def _line(self, text: str) -> None:
        self.done.append((text, tuple(self.doubts)))
        self.doubts = []

    def _once(self, kind: str, words: str) -> None:
        if kind not in self.said:
            self.said.add(kind)
            self.doubts.append((kind, words))

    def _label(self, paragraph: _Paragraph) -> str:
        list_, level = self.numbering.styles.get(paragraph.style, ("", 0))
        list_ = paragraph.list_ or list_
        return self.numbering.label(list_, paragraph.level if paragraph.level >= 0 else level) if list_ else ""


@dataclass(slots=True)
class Lists:
    """Reads `numbering.xml` and `styles.xml` into a Numbering."""

    numbering: Numbering
    abstract: str = ""
    list_: str = ""
    level: int = 0
    style: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        value, lists = attributes.get("val", ""), self.numbering
        if name == "abstractNum":
            self.abstract, self.list_ = attributes.get("abstractNumId", ""), ""
        elif name == "num":
            self.list_ = attributes.get("numId", "")
        elif name in ("lvl", "lvlOverride"):
            self.level = _whole(attributes.get("ilvl", "0"))
        elif name == "abstractNumId" and self.list_:
            lists.lists[self.list_] = value
        elif name == "startOverride" and self.list_:
            lists.starts[self.list_, self.level] = _whole(value)
        elif name in ("start", "numFmt", "lvlText") and not self.list_:
            self._level(name, value)
        elif name == "style":
            self.style = attributes.get("styleId", "")
        elif name == "numId" and self.style:
            lists.styles[self.style] = (value, lists.styles.get(self.style, ("", 0))[1])
        elif name == "ilvl" and self.style:
            lists.styles[self.style] = (lists.styles.get(self.style, ("", 0))[0], _whole(value))

    def end(self, name: str) -> None:
        if name == "style":
            self.style = ""

    def text(self, words: str) -> None:
        """There is none."""

    def _level(self, name: str, value: str) -> None:
        levels, key = self.numbering.levels, (self.abstract, self.level)
        known = levels.get(key, Level())
        if name == "start":
            levels[key] = replace(known, start=_whole(value))
        else:
            levels[key] = replace(known, form=value) if name == "numFmt" else replace(known, text=value[:40])


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
