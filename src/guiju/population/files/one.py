"""One organisation of a population, as the one-applicant evaluation has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.facts.model import Facts, unknown
from guiju.population.files.arrow import ROW, Needs, Reading, population_of_tables, texts_of
from guiju.population.files.faults import Faults
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.places import tables_at
from guiju.population.files.source import columns_of
from guiju.population.files.tables import StoredTable, legible
from guiju.population.files.words import Reader
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary


def facts_of_one(path: Path, name: str, vocabulary: Vocabulary, needs: Needs) -> tuple[Facts, Faults]:
    """What the tables state of one organisation, and what does not fit in its rows, which is unknown. Raises
    GuijuError E919 where it is not among them."""
    name = name.encode("utf-8", "backslashreplace").decode()  # what is no character stands in no table
    faults = Faults()
    tables = {}
    for id_, table in tables_at(path, vocabulary, faults).items():
        headings = headings_of(table.columns(), vocabulary.records.get(id_), vocabulary, faults)
        if headings.organisation and (id_ == ORGANISATIONS or id_ in needs.records):
            tables[id_] = _rows(table, headings, name, needs)
    own = tables.pop(ORGANISATIONS, None)
    if own is None or not own.num_rows:
        raise fail("E919", Span(str(path)), f"{ORGANISATIONS} 里没有单位“{name}”；核对编号",
                   f"there is no organisation '{name}' among the organisations; check its code")
    people = population_of_tables(own, tables, vocabulary, Reading(Reader(vocabulary), faults)).people
    facts = people.facts_of(0)
    stated = {id_: value for id_, value in facts.values.items() if value != unknown(vocabulary.facts[id_])}
    return replace(facts, values=stated), faults


def _rows(table: StoredTable, headings: Headings, name: str, needs: Needs) -> pa.Table:
    """The organisation's rows of one table with their numbers, of the columns that are asked for."""
    columns = list(dict.fromkeys(columns_of(headings, needs)))
    schema = table.schema(columns).append(pa.field(ROW, pa.int64()))
    pieces = []
    before = 0
    for batch in table.batches(columns):
        with legible(table.label):
            batch.validate(full=True)
        here = pc.equal(texts_of(batch.column(columns.index(headings.organisation)), table.label), name)
        if pc.any(here).as_py():
            rows = pa.array(np.arange(before + 1, before + 1 + batch.num_rows))
            pieces.append(pa.RecordBatch.from_arrays([*batch.columns, rows], schema=schema).filter(here))
        before += batch.num_rows
    return pa.Table.from_batches(pieces, schema)
