"""Finds and ranks: first what the query names, then entries with all words, then those with some, by BM25 over title,
surroundings and text."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.search.context import Context, context_of
from guiju.search.entries import WORKS
from guiju.search.folding import folded
from guiju.search.index import Index
from guiju.search.large import WEIGHTS
from guiju.search.query import Query
from guiju.search.words import Word

SLIGHT = 0.7  # what a heading's score counts
DEEP = 3  # candidates looked at for each one that is shown
_COLUMNS = ("e.id, e.kind, e.ref, e.text, e.place, e.slight, w.key, w.title, coalesce(p.region, w.region), "
            "w.published, coalesce(p.start, w.start), coalesce(p.end, w.end), coalesce(p.since, w.since), w.policy")
_WORKS = "JOIN work w ON w.id = e.work LEFT JOIN work p ON p.key = w.policy AND p.part = 'rules'"
_FROM = f"words CROSS JOIN entry e ON e.id = words.rowid {_WORKS}"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit has to be: of these kinds, in this region (its digits), published in these years, in force on a day as
    far as is known."""

    kinds: tuple[str, ...] = ()
    region: str = ""
    years: tuple[int, int] | None = None
    in_force: dt.date | None = None

    def sql(self) -> tuple[str, list[Any]]:
        parts = ["1"]
        values: list[Any] = []
        if self.kinds:
            parts.append(f"e.kind IN ({', '.join('?' * len(self.kinds))})")
            values += self.kinds
        if self.region:
            parts.append("substr(coalesce(p.region, w.region), 1, ?) = ?")
            values += [len(self.region), self.region]
        if self.years:
            parts.append("w.published <> '' AND CAST(substr(w.published, 1, 4) AS INTEGER) BETWEEN ? AND ?")
            values += self.years
        if self.in_force:
            parts += ["coalesce(p.start, w.start, '') <= ?", "coalesce(p.end, w.end, '9999') >= ?"]
            values += [self.in_force.isoformat()] * 2
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. `start` and `end`: in force as far as is known; `since`: `effective`, or only `published`."""

    kind: str
    ref: str
    context: Context
    place: str
    key: str
    title: str
    region: str
    published: str
    start: str
    end: str
    since: str
    policy: str
    whole: bool
    score: float


def search(index: Index, query: Query, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
    """The best hits first. Every phrase of the query is in each, and nothing that it excludes."""
    deep = limit * DEEP
    seen: dict[int, tuple[float, bool, tuple[Any, ...]]] = {}
    for whole in (True, False) if len(query.words) > 1 or query.words[0].parts else (True,):
        for row, score in _matching(index, whole, filters, query, deep - len(seen)):
            if row[0] not in seen:
                seen[row[0]] = (score * (SLIGHT if row[5] else 1), whole, row)
        if len(seen) >= limit:  # entries with some of the words would come behind these
            break
    named = {row[0]: row for row in _named(index.connection, query, filters) if _fits(row, query)}
    seen = {id_: (0.0, True, row) for id_, row in named.items() if id_ not in seen} | seen
    if not seen:
        seen = {row[0]: (0.0, False, row) for row in _containing(index.connection, query, filters, limit)}
    places = {id_: place for place, id_ in enumerate(named)}
    ranked = sorted(seen.values(), key=lambda s: (places.get(s[2][0], len(places)), not s[1], -s[0], s[2][0]))[:limit]
    marks = query.marks()
    return [_hit(row, marks, whole, score) for score, whole, row in ranked]


def count_whole(index: Index, query: Query, filters: Filters = Filters()) -> int:
    """How many entries have all the words, phrases and exclusions aside."""
    where, values = filters.sql()
    sql = f"SELECT count(*) FROM {_FROM} WHERE words MATCH ? AND {where}"  # nosec B608: our own words
    return int(index.connection.execute(sql, [_all(query), *values]).fetchone()[0])


def _all(query: Query) -> str:
    return " AND ".join(_either(word) for word in query.words)


def _any(query: Query) -> str:
    return " OR ".join(_quoted(t) for w in query.words for t in (w.text, *w.parts, *w.same))


def _either(word: Word) -> str:
    """The word, another of its meaning, or all the shorter ones in it."""
    ways = [_quoted(text) for text in (word.text, *word.same)]
    if word.parts:
        ways.append(f"({' AND '.join(map(_quoted, word.parts))})")
    return f"({' OR '.join(ways)})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _matching(index: Index, whole: bool, filters: Filters, query: Query,
              most: int) -> Iterator[tuple[tuple[Any, ...], float]]:
    """Rows with all the words (`whole`) or some, in the order of their score, at most so many that fit: no more are
    read than are wanted."""
    found = _by_fts5 if index.large is None else _by_tantivy
    for row, score in found(index, whole, filters, query):
        if most <= 0:
            return
        if _fits(row, query):
            most -= 1
            yield row, score


def _by_fts5(index: Index, whole: bool, filters: Filters, query: Query) -> Iterator[tuple[tuple[Any, ...], float]]:
    where, values = filters.sql()
    sql = (f"SELECT {_COLUMNS}, -rank FROM {_FROM} WHERE words MATCH ? AND rank MATCH ? AND {where} "  # nosec B608: so
           "ORDER BY rank")
    weights = f"bm25({', '.join(map(str, WEIGHTS.values()))})"
    for row in index.connection.execute(sql, [_all(query) if whole else _any(query), weights, *values]):
        yield row[:-1], float(row[-1])


def _by_tantivy(index: Index, whole: bool, filters: Filters, query: Query) -> Iterator[tuple[tuple[Any, ...], float]]:
    assert index.large is not None
    where, values = filters.sql()
    for page in index.large.best(query, whole):
        some = ", ".join("?" * len(page))
        sql = f"SELECT {_COLUMNS} FROM entry e {_WORKS} WHERE e.id IN ({some}) AND {where}"  # nosec B608: likewise
        rows = {row[0]: row for row in index.connection.execute(sql, [*(entry for entry, _ in page), *values])}
        yield from ((rows[entry], score) for entry, score in page if entry in rows)


def _named(connection: sqlite3.Connection, query: Query, filters: Filters) -> Iterator[tuple[Any, ...]]:
    """Works that the query names: it is at least half of the title. Those of which it is the most come first."""
    where, values = filters.sql()
    title, kinds = "replace(lower(w.title), ' ', '')", ", ".join("?" * len(WORKS))
    sql = (f"SELECT {_COLUMNS} FROM work w CROSS JOIN entry e ON e.work = w.id "  # nosec B608: likewise
           f"LEFT JOIN work p ON p.key = w.policy AND p.part = 'rules' WHERE instr({title}, ?) "
           f"AND length({title}) <= ? AND e.kind IN ({kinds}) AND {where} ORDER BY length({title}), e.kind, e.id")
    yield from connection.execute(sql, [query.name, 2 * len(query.name), *WORKS, *values])


def _containing(connection: sqlite3.Connection, query: Query, filters: Filters,
                limit: int) -> Iterator[tuple[Any, ...]]:
    """Where no word is found: entries in which the words stand inside other words."""
    where, values = filters.sql()
    inside = " AND ".join("instr(lower(e.text), ?)" for _ in query.words)
    sql = f"SELECT {_COLUMNS} FROM entry e {_WORKS} WHERE {inside} AND {where} ORDER BY e.id"  # nosec B608: likewise
    for row in connection.execute(sql, [*(w.text for w in query.words), *values]):
        if limit <= 0:
            return
        if _fits(row, query):
            limit -= 1
            yield row


def _fits(row: tuple[Any, ...], query: Query) -> bool:
    if not (query.phrases or query.without):
        return True
    text = folded(f"{row[7]}\n{row[3]}")
    return all(p in text for p in query.phrases) and not any(w in text for w in query.without)


def _hit(row: tuple[Any, ...], marks: list[str], whole: bool, score: float) -> Hit:
    _, kind, ref, text, place, _, key, title, region, published, start, end, since, policy = row
    return Hit(kind, ref, context_of(text, marks), place, key, title, region, published, start or "", end or "", since,
               policy, whole, round(score, 4))
