"""Which tables a path holds: `organisations`, and one a record set, by the record's id or name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb

from guiju.facts.report import did_you_mean, short
from guiju.population.files.faults import Faults
from guiju.population.files.headings import ORGANISATIONS
from guiju.population.files.tables import Arrow, Csv, DuckTable, Parquet, SqliteTable, StoredTable, readable
from guiju.source.diagnostics import Span, Text, fail
from guiju.vocabulary import Vocabulary

IDENTITY = "identity.json"  # of a run: where it stands, there are results
FILES: dict[str, type[StoredTable]] = {".parquet": Parquet, ".csv": Csv, ".arrow": Arrow}
DATABASES: dict[str, type[StoredTable]] = {".duckdb": DuckTable, ".sqlite": SqliteTable}
ORGANISATIONS_WORDS = (ORGANISATIONS, "单位")


class Labelled(Protocol):
    """A table, wherever it stands."""

    @property
    def label(self) -> str: ...


T = TypeVar("T", bound=Labelled)


def tables_at(path: Path, vocabulary: Vocabulary, faults: Faults, *, folders: bool = False) -> dict[str, StoredTable]:
    """The tables by id, the organisations' first. `folders`: a table may be a folder of several files. Faults: E904 a
    table twice, E907 one that is of nothing known. Raises GuijuError E900 where there are no organisations, or the path
    is of no known kind, E901 where a table is no file."""
    return named_tables(_held(path, folders), str(path), vocabulary, faults)


def named_tables(held: Iterable[tuple[str, T]], place: str, vocabulary: Vocabulary, faults: Faults) -> dict[str, T]:
    """The same of tables that were found already, each with its name."""
    found: dict[str, T] = {}
    for name, table in held:
        record = vocabulary.record(name)
        id_ = ORGANISATIONS if name in ORGANISATIONS_WORDS else record.id if record else ""
        if not id_:
            hint = did_you_mean(name, vocabulary.all_records())
            faults.add("E907", table.label, "", Text(
                f"没有“{short(name)}”这类记录{hint.zh or '；改名，或移走'}",
                f"there is no record set '{short(name)}'{hint.en or '; mend the name, or move it away'}"))
        elif id_ in found:
            faults.add("E904", table.label, "", Text(f"“{id_}”已在 {found[id_].label}；只留一处",
                                                     f"'{id_}' is in {found[id_].label} already; keep one"))
        else:
            found[id_] = table
    if ORGANISATIONS not in found and os.path.exists(os.path.join(place, IDENTITY)):
        raise fail("E900", Span(place), "这里是 match 的结果，不是数据；给那次所用的数据（结果只有 budget 用得上）",
                   "these are results of match, no data: give the data that they were made from (only budget takes "
                   "results)")
    if ORGANISATIONS not in found:
        kinds = "、".join((*FILES, *DATABASES))
        raise fail("E900", Span(place), f"没有“{ORGANISATIONS}”表；见 guiju population template（可用 {kinds}）",
                   f"there is no table '{ORGANISATIONS}'; see guiju population template")
    return {ORGANISATIONS: found.pop(ORGANISATIONS), **dict(sorted(found.items()))}


def _held(path: Path, folders: bool) -> Iterator[tuple[str, StoredTable]]:
    """Each table with its name."""
    with readable(str(path)):
        files = sorted(path.iterdir()) if path.is_dir() else None
        there = path.is_file()
    if files is not None:
        for file in files:
            if file.suffix.lower() in FILES and not file.name.startswith((".", "_")):
                _refuse_no_file(file, folders)
                yield file.stem, FILES[file.suffix.lower()](file)
        return
    kind = DATABASES.get(path.suffix.lower())
    if kind is None or not there:
        raise fail("E900", Span(str(path)),
                   f"不是数据：要一个文件夹（内有 {'、'.join(FILES)} 文件），或一个 {'、'.join(DATABASES)} 文件",
                   f"no data: give a folder of {', '.join(FILES)} files, or one {' or '.join(DATABASES)} file")
    with readable(str(path)):
        names = _duck_tables(path) if kind is DuckTable else _sqlite_tables(path)
    for name in sorted(names):
        yield name, kind(path, name)


def _refuse_no_file(file: Path, folders: bool) -> None:
    """A link that leads nowhere can't be read, and who opens a pipe may wait for ever."""
    if file.is_file() or (folders and file.is_dir()):
        return
    if file.is_dir():
        raise fail("E901", Span(str(file)), "是文件夹；几个文件的表只有 --engine spark 能读：合成一个文件，或用 Spark",
                   "it is a folder; a table of several files is for --engine spark alone: make it one file, or use "
                   "Spark")
    raise fail("E901", Span(str(file)), "不是文件（断了的链接、管道或设备）；换成文件，或移走",
               "it is no file (a broken link, a pipe, a device): put a file there, or move it away")


def _duck_tables(path: Path) -> list[str]:
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        return [row[0] for row in connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'").fetchall()]


def _sqlite_tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")]
