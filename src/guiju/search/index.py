"""The index: one SQLite file in the user's data directory, made from the text store and the library, and made again,
part by part, where they changed. Everything in it can be had back from them; only the user's dictionary is its own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from guiju.documents.store import default_store
from guiju.search.damage import readable, unwritable
from guiju.search.large import LargeIndex, open_large
from guiju.search.sources import REGISTERS, RULES, Sources
from guiju.search.words import Cutter, Dictionary
from guiju.source.diagnostics import Span, fail

FORMAT = "1"  # to be raised whenever entries are made in another way
BATCH = 2000
ENGINES = ("fts5", "tantivy")
_WAIT = 60.0  # seconds for another process that is making the index
_TEXTS = "text:%"  # the parts that are sources of the store
_TABLES = """
CREATE TABLE part (name TEXT PRIMARY KEY, mark TEXT NOT NULL);
CREATE TABLE cite (policy TEXT NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL);
CREATE TABLE work (
    id INTEGER PRIMARY KEY, part TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, region TEXT NOT NULL,
    published TEXT NOT NULL, start TEXT, end TEXT, since TEXT NOT NULL, source TEXT NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL, policy TEXT NOT NULL);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, work INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, text TEXT NOT NULL,
    place TEXT NOT NULL, slight INTEGER NOT NULL);
CREATE INDEX entry_of_work ON entry (work);
CREATE INDEX work_of_key ON work (key);
CREATE VIRTUAL TABLE words USING fts5 (title, near, body, tokenize = 'unicode61 remove_diacritics 0');
"""


class Index:
    """An open index. `broken`, `unread`: policies and registers that could not be read; `with_texts`: whether there was
    a text store; `large`: the second index, where tantivy is to find; `forgot`: what was there could not be opened, and
    was made anew without the user's dictionary."""

    def __init__(self, connection: sqlite3.Connection, large: LargeIndex | None = None, forgot: bool = False) -> None:
        self.connection = connection
        self.large = large
        self.forgot = forgot
        self.dictionary = Dictionary(tuple(json.loads(_meta(connection, "dictionary", "[]"))))
        self.broken: list[str] = json.loads(_meta(connection, "broken", "[]"))
        self.unread: list[str] = json.loads(_meta(connection, "unread", "[]"))
        self.regions: dict[str, str] = json.loads(_meta(connection, "regions", "{}"))

    @property
    def with_texts(self) -> bool:
        return self._count("SELECT count(*) FROM part WHERE name LIKE ?", _TEXTS) > 0

    def sizes(self) -> tuple[int, int, int]:
        """Documents, policies, entries."""
        return (self._count("SELECT count(*) FROM work WHERE part LIKE ?", _TEXTS),
                self._count("SELECT count(*) FROM work WHERE part = ?", RULES),
                self._count("SELECT count(*) FROM entry"))

    def unstated(self) -> dict[str, int]:
        """How many documents do not state their region, when they were published, any date at all."""
        sql = ("SELECT sum(coalesce(p.region, w.region) = ''), sum(w.published = ''), "
               "sum(coalesce(p.start, w.start) IS NULL) FROM work w "
               "LEFT JOIN work p ON p.key = w.policy AND p.part = ? WHERE w.part LIKE ?")
        found = self.connection.execute(sql, (RULES, _TEXTS)).fetchone()
        return {name: int(count or 0) for name, count in zip(("region", "published", "start"), found, strict=True)}

    def _count(self, sql: str, *values: str) -> int:
        return int(self.connection.execute(sql, values).fetchone()[0])


def index_path(sources: Sources) -> Path:
    """Beside the default store, one file for each store with its libraries."""
    folders = [sources.store, sources.folder, *([sources.registers] if sources.registers is not None else [])]
    names = "\n".join(str(folder.resolve()) for folder in folders).encode("utf-8", "surrogateescape")
    return default_store().parent / "search" / f"{hashlib.sha256(names).hexdigest()[:16]}.sqlite"


@contextlib.contextmanager
def open_index(sources: Sources, users: tuple[str, ...] | None = None, path: Path | None = None,
               engine: str = "") -> Iterator[Index]:
    """The index of these sources as they are now. `users`: words that replace the dictionary of the index. `engine`:
    who finds, of ENGINES; by default the one that GUIJU_SEARCH_ENGINE names, or SQLite's own FTS5.

    Raises GuijuError: E871 a damaged store, E880 rjieba or tantivy is missing, E882 the index can't be written, E886 no
    such engine, E888 damage showed while it was read.
    """
    path, engine, forgot = path or index_path(sources), engine_of(engine), False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = _brought_up(path, sources, users)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()  # no database, or damaged: all but the dictionary can be made again
            forgot = users is None
            connection = _brought_up(path, sources, users)
    except (OSError, sqlite3.Error) as error:
        raise unwritable(path, error) from None
    with readable(path, connection):
        yield Index(connection, open_large(path, connection) if engine == "tantivy" else None, forgot)


def engine_of(named: str = "") -> str:
    """Who finds: as named, or as GUIJU_SEARCH_ENGINE names it, or FTS5. Raises E886."""
    engine = named or os.environ.get("GUIJU_SEARCH_ENGINE", "") or ENGINES[0]
    if engine not in ENGINES:
        raise fail("E886", Span("guiju search"), f"没有检索引擎 {engine}；有 {'、'.join(ENGINES)}",
                   f"no search engine {engine}; there are {', '.join(ENGINES)}")
    return engine


def _brought_up(path: Path, sources: Sources, users: tuple[str, ...] | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        if _stale(connection, sources, users):
            connection.execute("BEGIN IMMEDIATE")
            stale = _stale(connection, sources, users)  # another process may have made it meanwhile
            if stale:
                _make(connection, sources, users, stale)
            connection.execute("COMMIT")
        with contextlib.suppress(OSError):
            os.chmod(path, 0o600)
    except BaseException:
        connection.close()
        raise
    return connection


def _stale(connection: sqlite3.Connection, sources: Sources, users: tuple[str, ...] | None) -> dict[str, str]:
    """The parts that are to be made or taken out (no mark). All of them where words would be cut differently."""
    known = dict(connection.execute("SELECT name, mark FROM part")) if _has_tables(connection) else {}
    wanted = sources.marks()
    own = tuple(json.loads(_meta(connection, "dictionary", "[]"))) if known else ()
    cut = f"{FORMAT} {Dictionary(own if users is None else users).version}"
    if not known or _meta(connection, "cut", "") != cut:
        return wanted | {name: "" for name in known if name not in wanted}
    return {name: wanted.get(name, "") for name in wanted.keys() | known.keys()
            if wanted.get(name) != known.get(name)}


def _make(connection: sqlite3.Connection, sources: Sources, users: tuple[str, ...] | None,
          stale: dict[str, str]) -> None:
    if not _has_tables(connection):
        connection.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
    words = tuple(json.loads(_meta(connection, "dictionary", "[]"))) if users is None else users
    dictionary = Dictionary(words)
    cutter = Cutter(dictionary)
    for part, mark in sorted(stale.items()):
        _take_out(connection, part)
        if mark:
            _put_in(connection, sources, part, cutter)
            connection.execute("INSERT INTO part VALUES (?, ?)", (part, mark))
    if stale.get(RULES):
        connection.execute("DELETE FROM cite")
        connection.executemany("INSERT INTO cite VALUES (?, ?, ?)", sources.cited)
        _note(connection, "broken", json.dumps(sources.broken))
        _note(connection, "regions", json.dumps(sources.regions(), ensure_ascii=False))
    if REGISTERS in stale:
        _note(connection, "unread", json.dumps(sources.unread))
    _note(connection, "dictionary", json.dumps(dictionary.users, ensure_ascii=False))
    _note(connection, "cut", f"{FORMAT} {dictionary.version}")
    _tie(connection)


def _take_out(connection: sqlite3.Connection, part: str) -> None:
    for statement in (
            "DELETE FROM words WHERE rowid IN "
            "(SELECT e.id FROM entry e JOIN work w ON w.id = e.work WHERE w.part = ?)",
            "DELETE FROM entry WHERE work IN (SELECT id FROM work WHERE part = ?)",
            "DELETE FROM work WHERE part = ?", "DELETE FROM part WHERE name = ?"):
        connection.execute(statement, (part,))


def _put_in(connection: sqlite3.Connection, sources: Sources, part: str, cutter: Cutter) -> None:
    top = int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])
    for work, entries in sources.works(part):
        days = [day.isoformat() if day else None for day in (work.start, work.end)]
        row = connection.execute(
            "INSERT INTO work (part, key, title, region, published, start, end, since, source, first, last, policy) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (part, work.key, _clean(work.title), work.region, work.published, *days, work.since, work.source,
             *work.lines, work.policy))
        title = cutter.of_text(work.title)
        source = iter(entries)
        while batch := list(islice(source, BATCH)):
            numbered = list(enumerate(batch, start=top + 1))
            top += len(batch)
            connection.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(i, row.lastrowid, e.kind, e.ref, _clean(e.text), e.place, e.slight) for i, e in numbered])
            connection.executemany(
                "INSERT INTO words (rowid, title, near, body) VALUES (?, ?, ?, ?)",
                [(i, title, cutter.of_text(e.near), cutter.of_text(e.text)) for i, e in numbered])


def _tie(connection: sqlite3.Connection) -> None:
    """A document that a policy cites has that policy's region and dates: of several, the one that cites it most."""
    connection.execute(
        "UPDATE work SET policy = coalesce((SELECT c.policy FROM cite c WHERE c.source = work.source AND c.line "
        "BETWEEN work.first AND work.last GROUP BY c.policy ORDER BY count(*) DESC, c.policy LIMIT 1), '') "
        "WHERE part LIKE ?", (_TEXTS,))


def _clean(text: str) -> str:
    """Without half characters, which UTF-8 can't hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _has_tables(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'part', 'words')").fetchone()
    return int(found[0]) == 3


def _meta(connection: sqlite3.Connection, name: str, default: str) -> str:
    if not _has_tables(connection):
        return default
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else default


def _note(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
