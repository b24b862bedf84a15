"""The engines that are compared, each over the same clauses: `build` once, then `find` gives places, best first.

What Guiju adds to FTS5 (cut words, a dictionary, words of one meaning, all words before some) is just what the two
plain peers lack; all get title and surroundings. tantivy gets all of it, so that the engines themselves are compared.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from guiju.search.index import open_index
from guiju.search.query import read_query
from guiju.search.ranking import Filters, search
from guiju.search.sources import Sources
from guiju.search.texts import entries_of
from guiju.search.words import Cutter, Dictionary, Word

DEPTH = 10
CLAUSES = Filters(kinds=("clause",))


@dataclass(frozen=True, slots=True)
class Clause:
    place: str
    title: str
    near: str
    text: str


def clauses_of(sources: Sources) -> list[Clause]:
    """What there is to find."""
    return [Clause(entry.place, document.title, entry.near, entry.text)
            for held in sources.stored().values() for document in held
            for entry in entries_of(document) if entry.kind == "clause"]


class Engine(Protocol):
    """`size`: bytes on disk, after `build`."""

    size: int

    def build(self, clauses: Sequence[Clause]) -> None: ...

    def find(self, query: str) -> list[str]: ...


class Guiju:
    """As `guiju search --kind clause` does it. Reads its sources itself."""

    def __init__(self, sources: Sources, folder: Path, engine: str) -> None:
        self.sources, self.path, self.engine = sources, folder / f"guiju-{id(self)}.sqlite", engine
        self.size = 0

    def build(self, clauses: Sequence[Clause]) -> None:
        self.opened = open_index(self.sources, path=self.path, engine=self.engine)
        self.index = self.opened.__enter__()
        self.cutter = Cutter(self.index.dictionary)
        self.size = sum(path.stat().st_size for path in self.path.parent.rglob(f"{self.path.stem}*/*")) \
            + self.path.stat().st_size

    def find(self, query: str) -> list[str]:
        return [hit.place for hit in search(self.index, read_query(query, self.cutter), CLAUSES, DEPTH)]


class Fts:
    """FTS5 with a tokenizer of its own over the text as it is; any of the terms, ranked by BM25."""

    def __init__(self, tokenizer: str, folder: Path) -> None:
        self.path = folder / f"{tokenizer}-{id(self)}.sqlite"
        self.tokenizer = tokenizer
        self.size = 0

    def build(self, clauses: Sequence[Clause]) -> None:
        self.connection = sqlite3.connect(self.path)
        self.connection.execute(f"CREATE VIRTUAL TABLE t USING fts5 (title, near, body, tokenize = '{self.tokenizer}')")
        self.connection.executemany("INSERT INTO t VALUES (?, ?, ?)", ((c.title, c.near, c.text) for c in clauses))
        self.connection.commit()
        self.places = [c.place for c in clauses]
        self.size = self.path.stat().st_size

    def find(self, query: str) -> list[str]:
        terms = [f'"{term}"' for term in self.terms(query)]
        if not terms:
            return []
        rows = self.connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT ?",
                                       (" OR ".join(terms), DEPTH))
        return [self.places[row[0] - 1] for row in rows]

    def terms(self, query: str) -> list[str]:
        return re.findall(r"\w+", query)


class Trigrams(Fts):
    """Any three characters in a row; a word of two can't be asked for."""

    def terms(self, query: str) -> list[str]:
        return [word[i:i + 3] for word in re.findall(r"\w+", query) for i in range(len(word) - 2)]


class Tantivy:
    """tantivy over the words that Guiju cuts."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tantivy-", dir=folder))
        self.cutter = Cutter(Dictionary())
        self.size = 0

    def build(self, clauses: Sequence[Clause]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("place", stored=True, tokenizer_name="raw")
        for name in ("title", "near", "body"):
            schema.add_text_field(name, tokenizer_name="whitespace")
        self.index = tantivy.Index(schema.build(), path=str(self.folder))
        writer = self.index.writer(heap_size=64 << 20, num_threads=1)
        for clause in clauses:
            writer.add_document(tantivy.Document(
                place=clause.place, title=self.cutter.of_text(clause.title), near=self.cutter.of_text(clause.near),
                body=self.cutter.of_text(clause.text)))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.size = sum(path.stat().st_size for path in self.folder.iterdir())

    def find(self, query: str) -> list[str]:
        words = read_query(query, self.cutter).words
        found: dict[str, None] = {}
        for expression in (" ".join(f"+{_ways(word)}" for word in words),
                           " ".join(f'"{term}"' for w in words for term in (w.text, *w.parts, *w.same))):
            parsed = self.index.parse_query(expression, ["title", "near", "body"], {"near": 0.5})
            hits: list[tuple[Any, Any]] = self.searcher.search(parsed, DEPTH).hits
            found |= dict.fromkeys(self.searcher.doc(address)["place"][0] for _, address in hits)
            if len(found) >= DEPTH:
                break
        return list(found)[:DEPTH]


def _ways(word: Word) -> str:
    """The word, another of its meaning, or all the shorter ones in it."""
    ways = [f'"{text}"' for text in (word.text, *word.same)]
    if word.parts:
        ways.append("(" + " ".join(f'+"{part}"' for part in word.parts) + ")")
    return f"({' OR '.join(ways)})"


def engines(sources: Sources, folder: Path) -> dict[str, Engine]:
    """The engines by their names; what they write lies below `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {"Guiju (FTS5, cut words)": Guiju(sources, folder, "fts5"),
            "Guiju (tantivy)": Guiju(sources, folder, "tantivy"), "FTS5 as it comes": Fts("unicode61", folder),
            "FTS5 trigram": Trigrams("trigram", folder), "tantivy, same words": Tantivy(folder)}
