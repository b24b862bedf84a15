"""A population on disk, chunk by chunk: never a whole table in memory."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.population.files.arrow import ROW, Needs, Reading, population_of_tables, texts_of
from guiju.population.files.faults import Faults
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.places import tables_at
from guiju.population.files.sorting import Rows, name_starts, order_of, sorted_copy, starts_of
from guiju.population.files.tables import Parquet, StoredTable, legible
from guiju.population.files.words import Reader
from guiju.population.people import Population
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary

CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some organisations in a row, from the chunk's number on."""

    number: int
    names: pa.Array
    people: Population


@dataclass(frozen=True, slots=True)
class Part:
    """Where a chunk stands: the first row and the one after the last, by table."""

    number: int
    rows: Map[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A table in the order of its organisations, and the columns of it that are read; a copy has the numbers of the
    rows that it was made of."""

    table: Parquet
    headings: Headings
    columns: tuple[str, ...]

    @property
    def organisation(self) -> str:
        return self.headings.organisation


PREFIX = "guiju-"  # of the folders of sorted copies


class Scratch:
    """A folder that goes when nobody needs it any more."""

    def __init__(self, where: Path | None) -> None:
        try:
            if where is not None:
                where.mkdir(parents=True, exist_ok=True)
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=where))
        except OSError as error:
            raise fail("E913", Span(str(where or "")), f"放不了临时文件（{error.strerror}）；用 --scratch 换一个地方",
                       f"no place for temporary files ({error.strerror}); choose another with --scratch") from None
        self.clear = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(slots=True)
class Source:
    """`tables`: by id, the organisations' first. `tolerant`: what does not fit counts as unknown and goes to `faults`;
    otherwise the first chunk with such a thing raises GuijuError."""

    vocabulary: Vocabulary
    tables: Map[str, Sorted]
    needs: Needs | None = None
    tolerant: bool = False
    faults: Faults = field(default_factory=Faults)
    scratch: Scratch | None = field(default=None, repr=False)

    def close(self) -> None:
        """Take the sorted copies away; otherwise they go with the source."""
        if self.scratch is not None:
            self.scratch.clear()

    def parts(self, size: int = CHUNK) -> list[Part]:
        """Chunks of about `size` organisations; each takes the records of its own."""
        everybody = self.tables[ORGANISATIONS]
        starts, names = name_starts(everybody.table, everybody.organisation, size)
        bounds = {ORGANISATIONS: _bounds(starts, everybody)}
        for id_, held in self.tables.items():
            if id_ != ORGANISATIONS:
                bounds[id_] = _bounds(starts_of(held.table, held.organisation, names), held)
        return [Part(n, {id_: (b[n], b[n + 1]) for id_, b in bounds.items()}) for n in range(len(starts) + 1)]

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """All organisations in the order of their names."""
        return self.read(self.parts(size))

    def read(self, parts: list[Part]) -> Iterator[Chunk]:
        """Some of the chunks; in a row they are read without going back."""
        opened = Opened(self)
        return (opened.read(part) for part in parts)


class Opened:
    """A source that is being read: its files are open, and what texts mean is known from chunk to chunk."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._reader = Reader(source.vocabulary)
        self._rows = {id_: Rows(held.table.path, held.columns) for id_, held in source.tables.items()}
        self._headings = {id_: held.headings for id_, held in source.tables.items()}

    def read(self, part: Part) -> Chunk:
        """One chunk. Raises GuijuError for what does not fit, unless the source is tolerant."""
        source = self.source
        tables = {id_: rows.read(*part.rows[id_]) for id_, rows in self._rows.items()}
        faults = Faults()
        reading = Reading(self._reader, faults, source.needs, {id_: first for id_, (first, _) in part.rows.items()},
                          self._headings)
        try:
            made = population_of_tables(tables[ORGANISATIONS], {id_: held for id_, held in tables.items()
                                                                if id_ != ORGANISATIONS}, source.vocabulary, reading)
        except UnicodeError:
            for id_, held in tables.items():
                with legible(source.tables[id_].table.label):
                    held.validate(full=True)
            raise
        if not source.tolerant:
            faults.refuse()
        source.faults.merge(faults)
        return Chunk(part.number, made.names, made.people)


def open_source(path: Path, vocabulary: Vocabulary, needs: Needs | None = None, *, tolerant: bool = False,
                scratch: Path | None = None) -> Source:
    """The population at `path`: a directory of tables, or a database. What is no Parquet in the order of its
    organisations is sorted into a copy first, in `scratch` (by default where temporary files are), which goes with the
    source. Raises GuijuError: E900 no data, E901 unreadable, E902–E907 columns, E913 no room for the copy."""
    faults = Faults()
    held = tables_at(path, vocabulary, faults)
    headings = {id_: headings_of(table.columns(), vocabulary.records.get(id_), vocabulary, faults)
                for id_, table in held.items()}
    if not tolerant or not headings[ORGANISATIONS].organisation:
        faults.refuse()
    folder = Scratch(scratch)
    try:
        tables = {id_: _sorted(id_, table, headings[id_], needs, folder.path) for id_, table in held.items()
                  if headings[id_].organisation and _needed(id_, needs)}
    except BaseException:
        folder.clear()
        raise
    return Source(vocabulary, tables, needs, tolerant, faults, folder)


def _sorted(id_: str, table: StoredTable, headings: Headings, needs: Needs | None, folder: Path) -> Sorted:
    columns = tuple(dict.fromkeys(columns_of(headings, needs)))
    texts_of(table.schema([headings.organisation]).empty_table().column(0), table.label)
    if not isinstance(table, Parquet) or not order_of(table, headings.organisation).sorted:
        table = sorted_copy(table, headings.organisation, columns, folder, id_)
        columns = (*columns, ROW)
    return Sorted(table, headings, columns)


def columns_of(headings: Headings, needs: Needs | None) -> list[str]:
    """The columns to read: whose row it is, and what somebody asks for."""
    if needs is None:
        return headings.names()
    asked = needs.facts if headings.table == ORGANISATIONS else needs.records.get(headings.table, frozenset())
    return [headings.organisation, *(c.name for c in headings.columns if c.entry.id in asked),
            *(name for record, name in headings.known.items() if record in needs.records)]


def _needed(id_: str, needs: Needs | None) -> bool:
    return needs is None or id_ == ORGANISATIONS or id_ in needs.records


def _bounds(starts: list[int], held: Sorted) -> list[int]:
    return [0, *starts, pq.read_metadata(held.table.path).num_rows]
