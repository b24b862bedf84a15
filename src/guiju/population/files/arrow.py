"""Tables in memory as a population."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from numpy.typing import NDArray

from guiju.facts.model import blank, unknown
from guiju.population.columns import Quantity, Status
from guiju.population.files.columns import stored_entry
from guiju.population.files.faults import Faults, Place, Sample, word_of
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.words import Reader
from guiju.population.people import Population, Stored, Table, Texts
from guiju.source.diagnostics import Text
from guiju.source.fields import TRUE_WORDS
from guiju.values import Value
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import RecordType

Tables = Map[str, pa.Table]
Known = NDArray[np.bool_] | bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Which facts, and which fields of which records, somebody asks for; the rest need not be read."""

    facts: frozenset[str]
    records: Map[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class People:
    """The organisations' names in order, and what is known of them."""

    names: pa.Array
    people: Population


@dataclass(frozen=True, slots=True)
class Reading:
    """How tables are read: by which dictionary, where faults go, and how many rows of each table went before."""

    reader: Reader
    faults: Faults
    needs: Needs | None = None
    offsets: Map[str, int] = field(default_factory=dict)

    def asks(self, record: str, entry: str) -> bool:
        if self.needs is None:
            return True
        return entry in (self.needs.records.get(record, ()) if record else self.needs.facts)


def population_of_tables(organisations: pa.Table, records: Tables, vocabulary: Vocabulary,
                         reading: Reading | None = None) -> People:
    """The population that the tables state. Without a `reading` of the caller's, raises GuijuError with all that
    does not fit (E902–E912; values as for one applicant); with one, it goes to its faults, and is unknown here."""
    chosen = reading or Reading(Reader(vocabulary), Faults())
    headings = headings_of(organisations.column_names, None, vocabulary, chosen.faults)
    if not headings.organisation:
        chosen.faults.refuse()
    names, organisations = _named(organisations, headings, chosen)
    texts = Texts()
    facts = read_entries(organisations, headings, None, names, chosen, texts)
    owned = {}
    for id_, rows in records.items():
        own = headings_of(rows.column_names, vocabulary.records[id_], vocabulary, chosen.faults)
        if own.organisation:
            owned[id_] = own, texts_of(rows[own.organisation])
    numbers = _numbered([owners for _, owners in owned.values()], names)
    tables = {id_: _table(Rows(records[id_], own, vocabulary.records[id_], owners, found),
                          _known(organisations, headings, id_), chosen, texts)
              for (id_, (own, owners)), found in zip(owned.items(), numbers, strict=True)}
    if reading is None:
        chosen.faults.refuse()
    return People(names, Population(len(names), facts, tables, texts, vocabulary))


def _named(table: pa.Table, headings: Headings, reading: Reading) -> tuple[pa.Array, pa.Table]:
    """The names in order with the table in the same order. Faults: E910 no name, E911 a name twice."""
    names = texts_of(table[headings.organisation])
    offset = reading.offsets.get(ORGANISATIONS, 0)
    empty = without_name(names)
    if empty.any():
        rows = np.flatnonzero(empty)
        reading.faults.add("E910", ORGANISATIONS, headings.organisation, Text(
            "没有单位编号的行；补上编号", "rows without an organisation; give it"),
            [Sample(offset + int(r) + 1, "", "") for r in rows[:5]], len(rows))
        table, names = table.filter(pa.array(~empty)), names.filter(pa.array(~empty))
    if len(names) > 1 and not pc.all(pc.less(names[:-1], names[1:])).as_py():
        order = pc.sort_indices(names)
        table, names = table.take(order), names.take(order)
        twice = np.flatnonzero(pc.equal(names[:-1], names[1:]).to_numpy(zero_copy_only=False)) + 1
        if len(twice):
            reading.faults.add("E911", ORGANISATIONS, headings.organisation, Text(
                "同一单位出现多次；只留一行", "an organisation stands more than once; keep one row"),
                [Sample(offset + int(order[int(r)].as_py()) + 1, word_of(names, int(r)), "") for r in twice[:5]],
                len(twice))
            once = np.ones(len(names), np.bool_)
            once[twice] = False
            table, names = table.filter(pa.array(once)), names.filter(pa.array(once))
    return names, table


def read_entries(table: pa.Table, headings: Headings, record: RecordType | None, owners: pa.Array, reading: Reading,
             texts: Texts) -> dict[str, Stored]:
    """Each entry that the table states and somebody asks for. A fact that is not stated is unknown, a blank field of a
    record may mean none."""
    found = {}
    for entry, stated in headings.entries():
        if not reading.asks(record.id if record else "", entry.id):
            continue
        parts = {part: (column, array_of(table[column.name]),
                        Place(reading.faults, headings.table, column.name,
                              reading.offsets.get(headings.table, 0), owners))
                 for part, column in stated.items()}
        empty = blank(entry) if record else unknown(entry)
        found[entry.id] = stored_entry(entry, parts, empty, reading.reader, texts)
    return found


def _numbered(owners: list[pa.Array], names: pa.Array) -> list[pa.Array]:
    """The number of each owner among the names, null for a stranger's: looked up together, which is quicker."""
    if not owners:
        return []
    found = pc.index_in(pa.chunked_array(owners, pa.string()), value_set=names)
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    ends = list(accumulate(map(len, owners)))
    return [found.slice(end - len(own), len(own)) for own, end in zip(owners, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of records: whose each row is, by name and by number."""

    table: pa.Table
    headings: Headings
    record: RecordType
    owners: pa.Array
    numbers: pa.Array


def _table(given: Rows, known: Known, reading: Reading, texts: Texts) -> Table:
    """The rows of a record set, sorted by organisation, without those of whom the set is said not to be known: what
    more there is could be anything. Fault: E912 rows of nobody in this population."""
    rows, headings, record, owners, held = given.table, given.headings, given.record, given.owners, given.numbers
    if held.null_count:
        strangers = np.flatnonzero(held.is_null().to_numpy(zero_copy_only=False))
        offset = reading.offsets.get(record.id, 0)
        reading.faults.add("E912", record.id, headings.organisation, Text(
            f"“{record.name}”有的行，单位不在 {ORGANISATIONS} 里；补上单位，或删去这些行",
            f"rows of '{record.id}' whose organisation is not among the organisations; add it, or drop the rows"),
            [Sample(offset + int(r) + 1, word_of(owners, int(r)), "") for r in strangers[:5]], len(strangers))
        kept = held.is_valid()
        rows, owners, held = rows.filter(kept), owners.filter(kept), held.filter(kept)
    numbers = held.to_numpy(zero_copy_only=False).astype(np.int64)
    if not isinstance(known, bool) and not known[numbers].all():
        used = known[numbers]
        rows, owners, numbers = rows.filter(pa.array(used)), owners.filter(pa.array(used)), numbers[used]
    if np.any(numbers[1:] < numbers[:-1]):
        order = np.argsort(numbers, kind="stable")
        rows, owners, numbers = rows.take(pa.array(order)), owners.take(pa.array(order)), numbers[order]
    stated = read_entries(rows, headings, record, owners, reading, texts)
    return Table(numbers, tuple(stated.get(f.id) or _alike(blank(f), texts) for f in record.fields), known)


def _known(table: pa.Table, headings: Headings, record: str) -> Known:
    """Whose set of a record is known: everybody's, unless a column says otherwise."""
    name = headings.known.get(record)
    if name is None:
        return True
    values = array_of(table[name])
    if kinds.is_boolean(values.type):
        known = values.fill_null(False).to_numpy(zero_copy_only=False)
    else:
        words = values.cast(pa.string()).fill_null("")
        known = np.array([w.strip().lower() in TRUE_WORDS | {"1"} for w in words.to_pylist()], np.bool_)
    return True if known.all() else np.asarray(known, np.bool_)


def _alike(value: Value, texts: Texts) -> Stored:
    """One value for all rows."""
    if isinstance(value, int):
        return Stored(Status(value))
    low, high, cause = value
    if isinstance(low, str) or low is None:
        code = float(texts.code(low))
        return Stored(Quantity(code, code, cause))
    return Stored(Quantity(float(low), float(high), cause))


def texts_of(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Whose rows they are, as text."""
    values = array_of(column)
    return values if kinds.is_string(values.type) else values.cast(pa.string())


def without_name(names: pa.Array) -> NDArray[np.bool_]:
    """Rows that say nobody's name."""
    blank = pc.fill_null(pc.equal(pc.utf8_length(names), 0), True)
    return np.asarray(blank.to_numpy(zero_copy_only=False), np.bool_)


def array_of(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
