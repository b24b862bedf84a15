"""The book as files: one file a page, nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

from guiju.book.contents import Book
from guiju.book.frame import framed
from guiju.book.page import beside
from guiju.source.diagnostics import Span, fail

_MARK, _LOOKED_AT = b'<main class="book">', 1 << 20  # every page has it, behind its style


def write_book(book: Book, folder: Path) -> list[Path]:
    """Write every page below `folder`, which is made; the files, in the book's order. A book that stands there is
    written again.

    Raises OSError, GuijuError: E290, before anything is written, where something else stands in a page's place.
    """
    addresses = book.addresses()
    for address in addresses:
        _refuse_other(folder / f"{address}.html")
    written = []
    for address in addresses:
        path = folder / f"{address}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        link = beside(address)
        path.write_text(framed(book.page(address, link), link, book.say), encoding="utf-8")
        written.append(path)
    return written


def _refuse_other(path: Path) -> None:
    """Nothing is written over but pages of a book."""
    if not path.exists():
        return
    if path.is_file():
        with path.open("rb") as file:
            if _MARK in file.read(_LOOKED_AT):
                return
    raise fail("E290", Span(str(path)), "这里已有别的东西，不是这样的网页，没有覆盖；请换一个文件夹，或先移开它",
               "something else stands here, and is not written over: choose another folder, or move it away first")
