"""Files as lines with their place. One module a format; each yields `RawLine` and keeps nothing of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.source.diagnostics import Span, fail

FORMATS = {".txt": "plain", ".md": "plain", ".html": "markup", ".htm": "markup", ".docx": "word", ".pdf": "pages"}


def read_lines(path: Path) -> Iterator[RawLine]:
    """The lines of a file, numbered from 1.

    Raises GuijuError: E001 unreadable, E860 a format that is not read, E861 empty, E862 binary or damaged, E863 a line
    without end, E864 neither UTF-8 nor GB18030, E865 a library is missing.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = "、".join(FORMATS)
        raise fail("E860", Span(path.name), f"不读这种格式：{path.suffix or '没有扩展名'}；可读：{known}",
                   f"this format is not read: {path.suffix or 'no suffix'}; read are {', '.join(FORMATS)}")
    if kind == "plain":
        from guiju.documents.reading.plain import plain_lines as reader
    elif kind == "markup":
        from guiju.documents.reading.markup import markup_lines as reader
    elif kind == "word":
        from guiju.documents.reading.word import word_lines as reader
    else:
        from guiju.documents.reading.pages import page_lines as reader
    empty = True
    for line in reader(path):
        empty = empty and not line.text.strip()
        yield line
    if empty:
        raise fail("E861", Span(path.name), "文件里没有文字（扫描件请先做文字识别）",
                   "there is no text in this file (recognise a scan first)")
