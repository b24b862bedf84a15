"""PDF with a text layer, by pdfium, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guiju.documents.lines import RawLine
from guiju.documents.reading.optional import missing
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of


def page_lines(path: Path) -> Iterator[RawLine]:
    """The lines of a PDF, counted through all pages. Raises E862 where it is none."""
    try:
        import pypdfium2 as pdfium  # type: ignore[import-untyped]  # has no types
    except ImportError:
        raise missing("pypdfium2", path) from None
    size_of(path, path.name)
    try:
        document = pdfium.PdfDocument(path)
    except Exception as error:
        raise fail("E862", Span(path.name), f"打不开这个 PDF：{error}", f"this PDF can't be opened: {error}") from None
    number = 0
    try:
        for position in range(len(document)):
            text, lack = _text_of(document, position)
            doubts = ((lack, f"{position + 1}"),) if lack else ()
            for line in text.split("\n"):
                number += 1
                yield RawLine(number, line, position + 1, doubts)
    finally:
        document.close()


def _text_of(document: Any, position: int) -> tuple[str, str]:
    """The text of a page, and what kind of doubt it gives: a damaged page does not spoil the others."""
    try:
        page = document[position]
        layer = page.get_textpage()
        text = str(layer.get_text_range()).replace("\r\n", "\n").replace("\r", "\n")
        layer.close()
        page.close()
    except Exception:  # whatever pdfium calls it
        return "", "page_damaged"
    return text, "" if text.strip() else "page_without_text"
