"""One organisation of a population, as the one-applicant evaluation has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from guiju.facts.model import Facts, unknown
from guiju.population.files.arrow import Needs, population_of_tables, texts_of
from guiju.population.files.faults import Faults
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.places import tables_at
from guiju.population.files.source import columns_of
from guiju.population.files.tables import Stored
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary


def facts_of_one(path: Path, name: str, vocabulary: Vocabulary, needs: Needs) -> Facts:
    """What the tables state of one organisation. Raises GuijuError: E919 where it is not among them, and as
    `open_source` for what does not fit in its rows."""
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
    people = population_of_tables(own, tables, vocabulary).people
    facts = people.facts_of(0)
    stated = {id_: value for id_, value in facts.values.items() if value != unknown(vocabulary.facts[id_])}
    return replace(facts, values=stated)


def _rows(table: Stored, headings: Headings, name: str, needs: Needs) -> pa.Table:
    """The organisation's rows of one table, of the columns that are asked for."""
    columns = list(dict.fromkeys(columns_of(headings, needs)))
    pieces = []
    for batch in table.batches(columns):
        here = pc.equal(texts_of(batch.column(columns.index(headings.organisation))), name)
        if pc.any(here).as_py():
            pieces.append(batch.filter(here))
    return pa.Table.from_batches(pieces, table.schema(columns))
