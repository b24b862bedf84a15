"""The index as it stands, for those who may not wait until it is brought up to date: somebody else sees to that."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from guiju.search.damage import readable
from guiju.search.index import Index, engine_of, index_path
from guiju.search.large import standing_large
from guiju.search.sources import Sources
from guiju.source.diagnostics import Span, fail

_WAIT = 5.0  # seconds for another process that is changing it


@contextlib.contextmanager
def standing_index(sources: Sources) -> Iterator[Index]:
    """The index that was made last of these sources, whatever has changed since, with the engine that
    GUIJU_SEARCH_ENGINE names; while the second index is not made, FTS5 finds the same. Raises E880 where tantivy is
    named and missing, E886 where another engine is named, E887 where no index is there, E888 where damage shows
    while it is read."""
    path, engine = index_path(sources), engine_of()
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)
    except sqlite3.Error:
        raise _none(path.name) from None
    with readable(path, connection):
        try:
            connection.execute("BEGIN")  # all that is read is of one state, whoever writes meanwhile
            connection.execute("SELECT count(*) FROM part")
            index = Index(connection, standing_large(path, connection) if engine == "tantivy" else None)
        except sqlite3.Error:  # it is being made, for the first time or anew
            raise _none(path.name) from None
        yield index


def _none(name: str) -> Exception:
    return fail("E887", Span(name), "索引还没有建好；请过一两分钟再试",
                "the index is not made yet: try again in a minute or two")
