"""Word files: paragraphs, tables, text boxes and notes in their order; a table's row is a line with tabs.

Read from the file's own markup, so that nothing is lost without a word: text that a tracked change inserts is read,
what it deletes is left out and said to be, pictures are named, and the numbers that Word makes are written out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.documents.reading.body import Body, Line, Lists
from guiju.documents.reading.numbering import Numbering
from guiju.documents.reading.package import damaged, read_part
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of

MOST = 64 << 20
_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def word_lines(path: Path) -> Iterator[RawLine]:
    """The lines of a .docx. Raises E862 where it is none, is damaged, or opens to more than it should."""
    if size_of(path, path.name) > MOST:
        raise fail("E862", Span(path.name), f"文件超过 {MOST >> 20} MB", f"the file is larger than {MOST >> 20} MB")
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise damaged(path, error) from None
    number = 0
    with archive:
        if _MAIN not in archive.namelist():
            raise fail("E862", Span(path.name), "不是 Word 文件（.docx）：没有正文",
                       "no Word file (.docx): it has no text")
        for text, doubts in _lines(archive, path):
            for line in text.split("\n"):
                number += 1
                yield RawLine(number, line, 0, doubts)
                doubts = ()


def _lines(archive: zipfile.ZipFile, path: Path) -> Iterator[Line]:
    numbering = Numbering()
    lists = Lists(numbering)
    for name in ("word/numbering.xml", "word/styles.xml"):
        for _ in read_part(archive, name, lists, path):
            pass
    for name in (_MAIN, *_NOTES):
        body = Body(numbering, notes=name != _MAIN)
        for _ in read_part(archive, name, body, path):
            yield from body.taken()
