"""The book as files: one file a page, nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

from guiju.book.contents import Book
from guiju.book.frame import framed
from guiju.book.page import beside


def write_book(book: Book, folder: Path) -> list[Path]:
    """Write every page below `folder`, which is made; the files, in the book's order. Raises OSError."""
    written = []
    for address in book.addresses():
        path = folder / f"{address}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        link = beside(address)
        path.write_text(framed(book.page(address, link), link, book.say), encoding="utf-8")
        written.append(path)
    return written
