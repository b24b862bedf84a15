"""Word files: paragraphs and tables in their order; a table's row is a line with tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guiju.documents.lines import RawLine
from guiju.documents.reading.optional import missing
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of

MOST = 64 << 20


def word_lines(path: Path) -> Iterator[RawLine]:
    """The lines of a .docx. Raises E862 where it is none, or opens to more than it should."""
    try:
        import docx
    except ImportError:
        raise missing("python-docx", path) from None
    if size_of(path, path.name) > MOST:
        raise fail("E862", Span(path.name), f"文件超过 {MOST >> 20} MB", f"the file is larger than {MOST >> 20} MB")
    _not_a_bomb(path)
    try:
        document = docx.Document(str(path))
        items = list(document.iter_inner_content())
        texts = [text for item in items for text in _texts(item)]
    except Exception as error:
        raise fail("E862", Span(path.name), f"打不开这个 Word 文件：{type(error).__name__}",
                   f"this Word file can't be opened: {type(error).__name__}") from None
    for number, text in enumerate((line for whole in texts for line in whole.split("\n")), start=1):
        yield RawLine(number, text)


def _texts(item: object) -> list[str]:
    rows = getattr(item, "rows", None)
    if rows is None:
        return [str(getattr(item, "text", ""))]
    return ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in rows]


def _not_a_bomb(path: Path) -> None:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            opened = sum(entry.file_size for entry in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise fail("E862", Span(path.name), f"不是 Word 文件（.docx）：{error}",
                   f"no Word file (.docx): {error}") from None
    if opened > 8 * MOST:
        raise fail("E862", Span(path.name), f"解开后有 {opened >> 20} MB，不打开",
                   f"it would open to {opened >> 20} MB and is left alone")
