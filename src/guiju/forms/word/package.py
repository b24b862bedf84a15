"""The inside of a .docx, opened with care: its paragraphs and tables in order, whoever wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.source.diagnostics import GuijuError, Span, fail

MAX_FILE = 20 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024  # unpacked, without pictures
MAX_PARTS = 2000
MAX_TAGS = 1_500_000
MAX_COLUMNS = 1000
_TEXT_PART = re.compile(r"word/[^/]+\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_PASSED = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row. `first`: not the continuation of a merged cell to the left. `lines`: its paragraphs."""

    lines: tuple[str, ...]
    first: bool = True

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph (`text`) or a table (`rows`: a cell for every column of the grid). `heading`: in a heading style."""

    text: str = ""
    heading: bool = False
    rows: tuple[tuple[Cell, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`notes`: what stands in footnotes, endnotes and comments. `pictures`: how many there are."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]
    pictures: int


def open_docx(data: bytes, label: str = "docx") -> Opened:
    """The content of a .docx. Raises GuijuError: E661 no .docx, E662 damaged, E663 too large, E664 with macros or
    what a document must not hold."""
    parts = _parts(data, label)
    body = _root(parts["word/document.xml"], label)
    headings = _heading_styles(parts.get("word/styles.xml"), label)
    pieces = tuple(_pieces(body, headings))
    notes = [text for name in _NOTES if name in parts for text in _note_texts(_root(parts[name], label))]
    pictures = sum(1 for e in body.iter() if _name(e) in ("drawing", "pict"))
    return Opened(pieces, tuple(notes), pictures)


def _parts(data: bytes, label: str) -> dict[str, bytes]:
    if len(data) > MAX_FILE:
        raise fail("E663", Span(label), f"文件超过 {MAX_FILE >> 20} MB；去掉图片后另存再试",
                   f"over {MAX_FILE >> 20} MB: take the pictures out and save it anew")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise fail("E661", Span(label), "这是旧版 .doc 或加密的文件；在文字软件里另存为不加密的 .docx",
                   "an old .doc or an encrypted file: save it as a plain .docx")
    if not data.startswith(b"PK"):
        raise fail("E661", Span(label), "这不是 .docx 文件；在文字软件里另存为 .docx", "no .docx: save it as one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _checked(archive, label)
    except GuijuError:
        raise
    except Exception as error:  # zipfile and its codecs raise nearly anything on a damaged file
        raise _damaged(label, error) from None


def _checked(archive: zipfile.ZipFile, label: str) -> dict[str, bytes]:
    names = archive.namelist()
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise fail("E664", Span(label), "文件里有宏；另存为不带宏的 .docx",
                   "the file has macros: save it as .docx without them")
    if "word/document.xml" not in names:
        raise fail("E661", Span(label), "这不是 .docx 文件（可能是表格或压缩包）；另存为 .docx",
                   "no .docx (a workbook or a zip?): save it as .docx")
    wanted = [p for p in archive.infolist() if _TEXT_PART.fullmatch(p.filename)]
    if len(names) > MAX_PARTS or sum(p.file_size for p in wanted) > MAX_PART:
        raise _too_large(label)
    contents = {}
    for part in wanted:
        with archive.open(part) as file:
            contents[part.filename] = file.read(MAX_PART + 1)  # whatever size the archive claims
    if sum(map(len, contents.values())) > MAX_PART or sum(c.count(b"<") for c in contents.values()) > MAX_TAGS:
        raise _too_large(label)
    if any(b"<!DOCTYPE" in c.replace(b"\0", b"") for c in contents.values()):
        raise fail("E664", Span(label), "文件里有不该有的 XML 声明；在文字软件里另存一份再试",
                   "the file holds an XML declaration that it should not: save it anew")
    return contents


def _root(content: bytes, label: str) -> Any:
    from docx.oxml import parse_xml  # its parser resolves no entities and has bounds

    try:
        return parse_xml(content)
    except (SyntaxError, ValueError) as error:
        raise _damaged(label, error) from None


def _name(element: Any) -> str:
    """The local name: Word, WPS and the strict kind of the format differ in namespaces."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _heading_styles(content: bytes | None, label: str) -> frozenset[str]:
    """The ids of heading styles; a Chinese Word renames the ids, never the names."""
    if content is None:
        return frozenset()
    found = set()
    for style in _root(content, label):
        name = next((_attribute(e, "val") for e in style if _name(e) == "name"), "")
        if name.lower().startswith(("heading", "标题")):
            found.add(_attribute(style, "styleId"))
    return frozenset(found)


def _pieces(root: Any, headings: frozenset[str]) -> Iterator[Piece]:
    for element in _blocks(root):
        if _name(element) == "tbl":
            yield Piece(rows=tuple(_rows(element)))
        else:
            styles = (_attribute(e, "val") for e in element.iter() if _name(e) == "pStyle")
            yield Piece(_text(element), any(style in headings for style in styles))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and tracked insertions."""
    for element in parent:
        name = _name(element)
        if name in ("p", "tbl"):
            yield element
        elif name in ("body", *_PASSED):
            yield from _blocks(element)


def _text(paragraph: Any) -> str:
    """The text as it shows: tracked insertions are in it, deletions are not."""
    return "".join(_texts(paragraph))


def _texts(parent: Any) -> Iterator[str]:
    for element in parent:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab" and _name(parent) != "tabs":
            yield "\t"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "p":  # of a text box
            yield from (*_texts(element), "\n")
        elif name not in ("del", "moveFrom", "Fallback", "instrText", "pPr", "rPr"):
            yield from _texts(element)


def _rows(table: Any) -> Iterator[tuple[Cell, ...]]:
    above: list[Cell] = []
    for row in (e for e in _descend(table, "tr")):
        cells: list[Cell] = []
        for element in _descend(row, "tc"):
            properties = next((e for e in element if _name(e) == "tcPr"), ())
            span = next((_attribute(e, "val") for e in properties if _name(e) == "gridSpan"), "1")
            merged = [e for e in properties if _name(e) == "vMerge"]
            cell = Cell(tuple(_cell_lines(element)))
            if merged and _attribute(merged[0], "val") != "restart" and len(cells) < len(above):
                cell = above[len(cells)]
            cells.append(cell)
            cells += [Cell(cell.lines, False)] * (_columns(span) - 1)
            if len(cells) > MAX_COLUMNS:
                raise fail("E663", Span("docx"), f"有一行表格超过 {MAX_COLUMNS} 列；删去多余的列，另存再试",
                           f"a row of a table has more than {MAX_COLUMNS} columns: delete the surplus ones")
        above = cells
        yield tuple(cells)


def _columns(span: str) -> int:
    """How many columns a cell takes. Word has no more than 63 of them."""
    return min(int(span), 100) if span.isdecimal() and len(span) < 6 else 1


def _descend(parent: Any, wanted: str) -> Iterator[Any]:
    for element in parent:
        if _name(element) == wanted:
            yield element
        elif _name(element) in _PASSED:
            yield from _descend(element, wanted)


def _cell_lines(cell: Any) -> Iterator[str]:
    for element in _blocks(cell):
        if _name(element) == "tbl":
            yield from (table_line(row) for row in _rows(element))
        else:
            yield from _text(element).split("\n")


def table_line(row: tuple[Cell, ...]) -> str:
    """A row of a table as one line of text."""
    return "\t".join(cell.text.replace("\n", " ") for cell in row if cell.first).rstrip("\t")


def _note_texts(root: Any) -> Iterator[str]:
    for note in root:
        text = "\n".join(_text(p) for p in _blocks(note)).strip()
        if text:
            yield text


def _too_large(label: str) -> GuijuError:
    return fail("E663", Span(label), "文件展开后太大；去掉图片和多余的内容，另存再试",
                "too large when unpacked: take out pictures and surplus content")


def _damaged(label: str, error: Exception) -> GuijuError:
    return fail("E662", Span(label), f"打不开文件（{type(error).__name__}）：可能损坏或加密；在文字软件里另存一份再试",
                f"can't be opened ({type(error).__name__}): damaged or encrypted? save it anew")
