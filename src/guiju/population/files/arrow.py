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
from guiju.population.files.faults import SAMPLES, Faults, Numbers, Place, Sample, row_of, word_of
from guiju.population.files.headings import ORGANISATION, ORGANISATIONS, Column, Headings, headings_of
from guiju.population.files.words import Reader
from guiju.population.people import Population, Stored, Table, Texts
from guiju.source.diagnostics import Span, Text, fail
from guiju.values import PASS, UNKNOWN, Value
from guiju.vocabulary import Field, Vocabulary
from guiju.vocabulary.model import RecordType

Tables = Map[str, pa.Table]
Known = NDArray[np.bool_] | bool
TWICE = Text("同一单位出现多次；只留一行", "an organisation stands more than once; keep one row")  # E911
ROW = "row number"  # a column, not of the data, that says at which row of them each row stood, from 1


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
    """How tables are read: by which dictionary, where faults go, what their columns say where that is known already,
    and how many rows of each table went before."""

    reader: Reader
    faults: Faults
    needs: Needs | None = None
    offsets: Map[str, int] = field(default_factory=dict)
    headings: Map[str, Headings] = field(default_factory=dict)

    def headings_of(self, table: pa.Table, record: RecordType | None) -> Headings:
        """What the table's columns say; where that is read here, what does not fit goes to the faults."""
        held = self.headings.get(record.id if record else ORGANISATIONS)
        return held or headings_of([name for name in table.column_names if name != ROW], record,
                                   self.reader.vocabulary, self.faults)

    def numbers(self, table: pa.Table, id_: str) -> Numbers:
        """At which row of the data each row stood, or how many went before."""
        return table[ROW] if ROW in table.column_names else self.offsets.get(id_, 0)

    def numbered(self, table: pa.Table, id_: str) -> pa.Table:
        """The table with the numbers of its rows, which then go where they go."""
        if ROW in table.column_names:
            return table
        first = self.offsets.get(id_, 0) + 1
        return table.append_column(ROW, pa.array(np.arange(first, first + table.num_rows)))

    def asks(self, record: str, entry: str) -> bool:
        """Whether somebody asks for a field of a record, or for a fact where `record` is empty."""
        if self.needs is None:
            return True
        return entry in (self.needs.records.get(record, ()) if record else self.needs.facts)


def population_of_tables(organisations: pa.Table, records: Tables, vocabulary: Vocabulary,
                         reading: Reading | None = None) -> People:
    """The population that the tables state. Without a `reading` of the caller's, raises GuijuError with all that
    does not fit (E902–E912; values as for one applicant); with one, it goes to its faults, and is unknown here."""
    chosen = reading or Reading(Reader(vocabulary), Faults())
    headings = chosen.headings_of(organisations, None)
    if not headings.organisation:
        chosen.faults.refuse()
    names, organisations = _named(organisations, headings, chosen)
    texts = Texts()
    facts = read_entries(organisations, headings, None, names, chosen, texts)
    owned = {}
    for id_, rows in records.items():
        own = chosen.headings_of(rows, vocabulary.records[id_])
        if own.organisation:
            owned[id_] = own, texts_of(rows[own.organisation])
    numbers = _numbered([owners for _, owners in owned.values()], names)
    tables = {id_: _table(_Records(records[id_], own, vocabulary.records[id_], owners, found),
                          known_of(organisations, headings, vocabulary.records[id_], names, chosen), chosen, texts)
              for (id_, (own, owners)), found in zip(owned.items(), numbers, strict=True)}
    if reading is None:
        chosen.faults.refuse()
    return People(names, Population(len(names), facts, tables, texts, vocabulary))


def _named(table: pa.Table, headings: Headings, reading: Reading) -> tuple[pa.Array, pa.Table]:
    """The names in order with the table in the same order. Faults: E910 no name, E911 a name twice."""
    names = texts_of(table[headings.organisation])
    empty = without_name(names)
    if empty.any():
        table = reading.numbered(table, ORGANISATIONS)
        nameless(empty, headings, reading.numbers(table, ORGANISATIONS), reading.faults)
        table, names = table.filter(pa.array(~empty)), names.filter(pa.array(~empty))
    if len(names) > 1 and not pc.all(pc.less(names[:-1], names[1:])).as_py():
        table = reading.numbered(table, ORGANISATIONS)
        order = pc.sort_indices(names)
        table, names = table.take(order), names.take(order)
        rows = reading.numbers(table, ORGANISATIONS)
        twice = np.flatnonzero(pc.equal(names[:-1], names[1:]).to_numpy(zero_copy_only=False)) + 1
        if len(twice):
            samples = [Sample(row_of(rows, r), word_of(names, r), "") for r in twice[:SAMPLES].tolist()]
            reading.faults.add("E911", ORGANISATIONS, headings.organisation, TWICE, samples, len(twice))
            once = np.ones(len(names), np.bool_)
            once[twice] = False
            table, names = table.filter(pa.array(once)), names.filter(pa.array(once))
    return names, table


def nameless(empty: NDArray[np.bool_], headings: Headings, rows: Numbers, faults: Faults) -> None:
    """Fault: E910 rows that say nobody's name."""
    where = np.flatnonzero(empty)
    if len(where):
        faults.add("E910", headings.table, headings.organisation, Text(
            "没有单位编号的行；补上编号，或删去", "rows without an organisation; give it, or drop them"),
            [Sample(row_of(rows, r), "", "") for r in where[:SAMPLES].tolist()], len(where))


def read_entries(table: pa.Table, headings: Headings, record: RecordType | None, owners: pa.Array, reading: Reading,
                 texts: Texts) -> dict[str, Stored]:
    """Each entry that the table states and somebody asks for. A fact that is not stated is unknown, a blank field of a
    record may mean none."""
    found = {}
    rows = reading.numbers(table, headings.table)
    for entry, stated in headings.entries():
        if not reading.asks(record.id if record else "", entry.id):
            continue
        parts = {part: (column, _array_of(table[column.name]),
                        Place(reading.faults, headings.table, column.name, rows, owners))
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
class _Records:
    """A table of records: whose each row is, by name and by number."""

    table: pa.Table
    headings: Headings
    record: RecordType
    owners: pa.Array
    numbers: pa.Array


def _table(given: _Records, known: Known, reading: Reading, texts: Texts) -> Table:
    """The rows of a record set, sorted by organisation, without those of whom the set is said not to be known: what
    more there is could be anything. Faults: E910 and E912 rows of nobody in this population; W900 rows not used."""
    rows, headings, record, owners, held = given.table, given.headings, given.record, given.owners, given.numbers
    if held.null_count:
        rows = reading.numbered(rows, record.id)
        _strangers(given, reading.numbers(rows, record.id), reading.faults)
        kept = held.is_valid()
        rows, owners, held = rows.filter(kept), owners.filter(kept), held.filter(kept)
    numbers = held.to_numpy(zero_copy_only=False).astype(np.int64)
    if not isinstance(known, bool) and not known[numbers].all():
        rows, used = reading.numbered(rows, record.id), known[numbers]
        _unused(np.flatnonzero(~used), record, headings, owners, reading.numbers(rows, record.id), reading.faults)
        rows, owners, numbers = rows.filter(pa.array(used)), owners.filter(pa.array(used)), numbers[used]
    if np.any(numbers[1:] < numbers[:-1]):
        rows = reading.numbered(rows, record.id)
        order = np.argsort(numbers, kind="stable")
        rows, owners, numbers = rows.take(pa.array(order)), owners.take(pa.array(order)), numbers[order]
    stated = read_entries(rows, headings, record, owners, reading, texts)
    return Table(numbers, tuple(stated.get(f.id) or _alike(blank(f), texts) for f in record.fields), known)


def _strangers(given: _Records, rows: Numbers, faults: Faults) -> None:
    """Faults: E910 rows that say nobody's name, E912 rows of those who are not among the organisations."""
    empty, record = without_name(given.owners), given.record
    nameless(empty, given.headings, rows, faults)
    where = np.flatnonzero(given.numbers.is_null().to_numpy(zero_copy_only=False) & ~empty)
    if len(where):
        samples = [Sample(row_of(rows, r), word_of(given.owners, r), "") for r in where[:SAMPLES].tolist()]
        faults.add("E912", record.id, given.headings.organisation, strangers_text(record), samples, len(where))


def strangers_text(record: RecordType) -> Text:
    """What is said of rows of those who are not among the organisations (E912)."""
    return Text(f"“{record.name}”有的行，单位不在 {ORGANISATIONS} 里；补上单位，或删去这些行",
                f"rows of '{record.id}' whose organisation is not among the organisations; add it, or drop the rows")


def _unused(where: NDArray[np.int64], record: RecordType, headings: Headings, owners: pa.Array, rows: Numbers,
           faults: Faults) -> None:
    """Warning: W900 rows of those whose set is said not to be known."""
    faults.add("W900", record.id, headings.organisation, unused_text(record),
               [Sample(row_of(rows, r), word_of(owners, r), "") for r in where[:SAMPLES].tolist()], len(where))


def unused_text(record: RecordType) -> Text:
    """What is said of rows that are not used (W900)."""
    return Text(f"organisations 的 {record.id}.known 说这些单位的“{record.name}”没有查明，"
                "这些行不用；查明了就改那一列",
                f"organisations[{record.id}.known] says that these organisations' {record.id} rows are not known: they "
                "are not used; if they are known, mend that column")


def known_of(table: pa.Table, headings: Headings, record: RecordType, owners: pa.Array, reading: Reading) -> Known:
    """Whose set of a record is known: everybody's, unless a column says otherwise. Faults as for a yes or no."""
    name = headings.known.get(record.id)
    if name is None:
        return True
    entry = Field(f"{record.id}.known", f"{record.name}是否查明", f"whether {record.en} is known", "bool", "fact",
                  "fixed", "", "")
    place = Place(reading.faults, headings.table, name, reading.numbers(table, headings.table), owners)
    told = stored_entry(entry, {"value": (Column(name, entry, "value"), _array_of(table[name]), place)}, UNKNOWN,
                        reading.reader, Texts()).column
    assert isinstance(told, Status)
    known = np.broadcast_to(told.codes == np.uint8(PASS), len(owners))
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


def texts_of(column: pa.ChunkedArray | pa.Array, where: str = ORGANISATION) -> pa.Array:
    """Whose rows they are, as text. Raises GuijuError E906 for what is none."""
    values = _array_of(column)
    try:
        return values if kinds.is_string(values.type) else values.cast(pa.string())
    except pa.ArrowException:
        raise fail("E906", Span(where), f"说明每行是谁的列，类型是 {values.type}，读不成文本；改成文本",
                   f"the column that says whose each row is has the type {values.type}, which can't be read as text; "
                   "make it text") from None


def without_name(names: pa.Array) -> NDArray[np.bool_]:
    """Rows that say nobody's name."""
    blank = pc.fill_null(pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(names)), 0), True)
    return np.asarray(blank.to_numpy(zero_copy_only=False), np.bool_)


def _array_of(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
