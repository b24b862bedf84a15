"""What does not fit in data, before anything runs: by column and row, with counts and samples."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from guiju.population.files.arrow import (
    TWICE,
    Reading,
    known_of,
    nameless,
    read_entries,
    strangers_text,
    texts_of,
    unused_text,
    without_name,
)
from guiju.population.files.faults import SAMPLES, Faults, Sample
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.places import tables_at
from guiju.population.files.sorting import MEMORY, no_room
from guiju.population.files.source import Scratch
from guiju.population.files.tables import StoredTable, legible, quoted
from guiju.population.files.words import Reader
from guiju.population.people import Texts
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import RecordType

BLANKS = "chr(32) || chr(9) || chr(10) || chr(13) || chr(12288)"
NOT_KNOWN = "not known"  # whose sets are said not to be known


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows each table has, and everything that does not fit."""

    rows: dict[str, int]
    faults: Faults


def check(path: Path, vocabulary: Vocabulary, scratch: Path | None = None) -> Found:
    """Read everything once. Raises GuijuError E900, E901 for what can't be read at all, E913 where there is no room."""
    faults = Faults()
    tables = tables_at(path, vocabulary, faults)
    headings = {id_: headings_of(table.columns(), vocabulary.records.get(id_), vocabulary, faults)
                for id_, table in tables.items()}
    reader = Reader(vocabulary)
    folder = Scratch(scratch)
    rows: dict[str, int] = {}
    try:
        with closing(duckdb.connect(str(folder.path / "keys.duckdb"))) as connection:
            connection.execute(f"SET memory_limit = '{MEMORY}'")
            connection.execute(f"CREATE TABLE {quoted(NOT_KNOWN)} (record VARCHAR, owner VARCHAR)")
            for id_, table in tables.items():
                if headings[id_].organisation:
                    record = vocabulary.records.get(id_)
                    rows[id_] = _values(connection, table, headings[id_], record, reader, faults)
                    _keys(connection, table, headings[id_], record, faults)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise no_room(folder.path, error) from None
    finally:
        folder.clear()
    return Found(rows, faults)


def _values(connection: duckdb.DuckDBPyConnection, table: StoredTable, headings: Headings, record: RecordType | None,
            reader: Reader, faults: Faults) -> int:
    """Read every value; how many rows there are. Faults: E910 rows of nobody, and whatever a value can't be."""
    rows = 0
    columns = list(dict.fromkeys(headings.names()))
    for batch in table.batches(columns):
        with legible(table.label):
            batch.validate(full=True)
        owners = texts_of(batch.column(columns.index(headings.organisation)), table.label)
        nameless(without_name(owners), headings, rows, faults)
        part, reading = pa.Table.from_batches([batch]), Reading(reader, faults, None, {headings.table: rows})
        read_entries(part, headings, record, owners, reading, Texts())
        for id_ in headings.known:
            known = known_of(part, headings, reader.vocabulary.records[id_], owners, reading)
            if not isinstance(known, bool):
                _note_unknown(connection, id_, owners.filter(pa.array(~known)))
        rows += batch.num_rows
    return rows


def _note_unknown(connection: duckdb.DuckDBPyConnection, record: str, owners: pa.Array) -> None:
    connection.register("given", pa.table({"owner": owners}))
    connection.execute(f"INSERT INTO {quoted(NOT_KNOWN)} SELECT ?, owner FROM given", [record])  # nosec B608  # the name is ours
    connection.unregister("given")


def _keys(connection: duckdb.DuckDBPyConnection, table: StoredTable, headings: Headings, record: RecordType | None,
          faults: Faults) -> None:
    """Faults: E911 organisations twice, E912 rows of strangers, E914 keys twice."""
    names = {c.entry.id: c.name for c in headings.columns if c.part == "value"}
    keys = [names.get(k, "") for k in record.key] if record else []
    keys = keys if all(keys) else []
    _load(connection, table, headings, keys)
    if record is None:
        _report(connection, faults, headings, "E911", _repeated(headings.table, ["owner"]), TWICE)
        return
    strangers = (f"SELECT place, owner FROM {quoted(headings.table)} WHERE trim(owner, {BLANKS}) <> '' AND NOT EXISTS "
                 f"(FROM {ORGANISATIONS} AS o WHERE o.owner = {quoted(headings.table)}.owner)")  # nosec B608  # names are quoted
    _report(connection, faults, headings, "E912", strangers, strangers_text(record))
    not_known = (f"SELECT place, owner FROM {quoted(headings.table)} WHERE owner IN "
                 f"(SELECT owner FROM {quoted(NOT_KNOWN)} WHERE record = '{record.id}')")  # nosec B608  # names are the dictionary's
    _report(connection, faults, headings, "W900", not_known, unused_text(record))
    if keys:
        told = "、".join(record.fields[record.position(k)].name for k in record.key)
        _report(connection, faults, headings, "E914",
                _repeated(headings.table, ["owner", *(f"key{n}" for n in range(len(keys)))]), Text(
                    f"同一单位的“{record.name}”，{told}相同；同一条只写一次",
                    f"rows of '{record.id}' of one organisation with the same {', '.join(record.key)}; keep one"))


def _load(connection: duckdb.DuckDBPyConnection, table: StoredTable, headings: Headings, keys: list[str]) -> None:
    """Whose the rows are, and their keys, as texts in a table on disk."""
    columns = [headings.organisation, *keys]
    schema = pa.schema([("owner", pa.string()), *((f"key{n}", pa.string()) for n in range(len(keys)))])
    batches = (pa.RecordBatch.from_arrays([texts_of(batch.column(c)) for c in columns], schema=schema)
               for batch in table.batches(columns))
    connection.register("given", pa.RecordBatchReader.from_batches(schema, batches))
    connection.execute(f"CREATE TABLE {quoted(headings.table)} AS SELECT row_number() OVER () AS place, * FROM given")  # nosec B608  # names are quoted
    connection.unregister("given")


def _repeated(table: str, columns: list[str]) -> str:
    """The rows that repeat an earlier one in all of these columns, none of which is blank."""
    given = " AND ".join(f"trim({c}) <> ''" for c in columns)
    return (f"SELECT place, owner FROM (SELECT place, owner, row_number() OVER (PARTITION BY {', '.join(columns)} "
            f"ORDER BY place) AS nth FROM {quoted(table)} WHERE {given}) WHERE nth > 1")  # nosec B608  # names are quoted


def _report(connection: duckdb.DuckDBPyConnection, faults: Faults, headings: Headings, code: str, rows: str,
            message: Text) -> None:
    count = connection.execute(f"SELECT count(*) FROM ({rows})").fetchall()[0][0]  # nosec B608  # `rows` is ours
    if count:
        first = connection.execute(f"{rows} ORDER BY place LIMIT {SAMPLES}").fetchall()
        faults.add(code, headings.table, headings.organisation, message, [Sample(r, o, "") for r, o in first], count)
