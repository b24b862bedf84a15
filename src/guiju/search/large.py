"""tantivy over the words that an index holds, for a store so large that FTS5 takes long. Made from the index, and made
again when that has changed; what is found is the same, in almost the same order."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guiju.search.damage import remove, searchable, unwritable
from guiju.search.query import Query
from guiju.search.words import Word, missing
from guiju.source.diagnostics import GuijuError

if TYPE_CHECKING:
    import tantivy

WEIGHTS = {"title": 1.0, "near": 0.5, "body": 1.0}  # title, what stands above, the text itself
PAGE = 256  # entries that are asked for at once
_FORMAT = "1"  # to be raised whenever it is made in another way
_MEMORY = 64 << 20  # bytes for writing


class LargeIndex:
    """An open second index of the entries."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        self._schema = index.schema
        self._searcher = index.searcher()

    def best(self, query: Query, whole: bool) -> Iterator[list[tuple[int, float]]]:
        """Entries with all the words (`whole`) or some of them: their numbers and scores, the best first, a page at a
        time. Raises GuijuError: E888 it was damaged."""
        asked, offset, size = self._asked(query, whole), 0, PAGE
        while page := self._page(asked, offset, size):
            yield page
            offset += size
            size *= 2

    def _page(self, asked: tantivy.Query, offset: int, size: int) -> list[tuple[int, float]]:
        with searchable(self._folder):
            hits: list[tuple[Any, Any]] = self._searcher.search(asked, size, offset=offset, count=False).hits
            return [(int(self._searcher.doc(address)["entry"][0]), float(score)) for score, address in hits]

    def _asked(self, query: Query, whole: bool) -> tantivy.Query:
        if whole:
            return self._every([self._either(word) for word in query.words])
        return self._some([self._term(t) for w in query.words for t in (w.text, *w.parts, *w.same)])

    def _either(self, word: Word) -> tantivy.Query:
        """The word, another of its meaning, or all the shorter ones in it."""
        ways = [self._term(text) for text in (word.text, *word.same)]
        if word.parts:
            ways.append(self._every([self._term(part) for part in word.parts]))
        return self._some(ways)

    def _term(self, word: str) -> tantivy.Query:
        from tantivy import Query as Asked

        parts: list[str | tuple[int, str]] = [*word.split()]
        return self._some([Asked.boost_query(Asked.phrase_query(self._schema, field, parts) if len(parts) > 1
                                             else Asked.term_query(self._schema, field, word), weight)
                           for field, weight in WEIGHTS.items()])

    def _every(self, parts: list[tantivy.Query]) -> tantivy.Query:
        from tantivy import Occur
        from tantivy import Query as Asked

        return Asked.boolean_query([(Occur.Must, part) for part in parts])

    def _some(self, parts: list[tantivy.Query]) -> tantivy.Query:
        from tantivy import Occur
        from tantivy import Query as Asked

        return Asked.boolean_query([(Occur.Should, part) for part in parts])


def open_large(path: Path, connection: sqlite3.Connection) -> LargeIndex:
    """The second index beside the index at `path`, as that is now. One that can't be opened is made again.

    Raises GuijuError: E880 tantivy is missing, E882 it can't be written, E888 it is damaged again at once.
    """
    folder = _folder(path, connection)
    try:
        if (standing := _opened(folder)) is not None:
            return standing
        if folder.exists():
            remove(folder)
        _make(folder, connection)
    except (OSError, ValueError) as error:  # tantivy's own errors are ValueErrors, a full disk's, too
        raise unwritable(folder, error) from None
    for other in path.parent.glob(f"{path.stem}-*.tantivy"):
        if other != folder:
            remove(other)
    with searchable(folder):
        return _open(folder)


def standing_large(path: Path, connection: sqlite3.Connection) -> LargeIndex | None:
    """The second index of what the index at `path` holds, if it is made. Raises E880 where tantivy is missing."""
    return _opened(_folder(path, connection))


def _folder(path: Path, connection: sqlite3.Connection) -> Path:
    """Where it is, by what the index at `path` holds. Raises E880 where tantivy is missing."""
    try:
        importlib.import_module("tantivy")
    except ImportError:
        raise missing("tantivy", "tantivy") from None
    return path.with_name(f"{path.stem}-{_mark(connection)}.tantivy")


def _opened(folder: Path) -> LargeIndex | None:
    """None where there is none or it is damaged; it is gone then."""
    if folder.is_dir():
        with contextlib.suppress(GuijuError), searchable(folder):
            return _open(folder)
    return None


def _open(folder: Path) -> LargeIndex:
    import tantivy

    return LargeIndex(folder, tantivy.Index.open(str(folder)))


def _mark(connection: sqlite3.Connection) -> str:
    """Changes with what is in the index."""
    held = connection.execute("SELECT name, mark FROM part UNION ALL SELECT name, value FROM meta WHERE name = 'cut' "
                              "ORDER BY 1").fetchall()
    return hashlib.sha256(f"{_FORMAT} {held}".encode()).hexdigest()[:16]


def _make(folder: Path, connection: sqlite3.Connection) -> None:
    """Written elsewhere first, so that nobody opens half of it; who is second keeps what the first has made."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("entry", stored=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    making = Path(tempfile.mkdtemp(prefix=f"{folder.stem}-", dir=folder.parent))
    try:
        writer = tantivy.Index(builder.build(), path=str(making)).writer(heap_size=_MEMORY, num_threads=1)
        for entry, title, near, body in connection.execute("SELECT rowid, title, near, body FROM words"):
            writer.add_document(tantivy.Document(entry=entry, title=title, near=near, body=body))
        writer.commit()
        writer.wait_merging_threads()
        with contextlib.suppress(OSError):
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
