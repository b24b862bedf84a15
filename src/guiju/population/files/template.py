"""The tables that some policies read, empty, and a table of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.facts.numbers import written
from guiju.language.policy import Policy
from guiju.population.files.arrow import Needs
from guiju.population.files.asked import needs_of
from guiju.population.files.headings import MEASURED, ORGANISATION, ORGANISATIONS
from guiju.population.files.writing import not_written, replace_with
from guiju.source.diagnostics import Span, fail
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import Field

Form = Literal["parquet", "csv"]
SCHEMA = "_schema.csv"  # the line below the bar keeps it from being taken for a table
KINDS: dict[str, pa.DataType] = {
    "bool": pa.bool_(), "money": pa.int64(), "number": pa.float64(), "ratio": pa.float64(), "date": pa.date32(),
    "enum": pa.string(), "region": pa.string(), "industry": pa.string(), "text": pa.string()}
HEAD = ("table", "column", "name", "en", "type", "unit", "values", "kind", "meaning", "policies")
_VALUES = {"region": "GB/T 2260", "industry": "GB/T 4754", "bool": "true / false", "date": "YYYY-MM-DD"}


def write_template(folder: Path, policies: Sequence[Policy], vocabulary: Vocabulary, form: Form) -> dict[str, int]:
    """An empty file for each table, and `_schema.csv`; how many columns each table has. Raises GuijuError E920 where
    the folder holds something, E916 where it can't be written."""
    tables = _tables(needs_of(policies), vocabulary)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise not_written(folder, error) from None
    if taken:
        raise fail("E920", Span(str(folder)), "文件夹里已有东西；换一个空的", "the folder is not empty; choose another")
    for id_, fields in tables.items():
        names = pa.schema([(ORGANISATION, pa.string()), *((f.id, KINDS[f.type]) for f in fields)])
        _write_empty(folder / f"{id_}.{form}", names, form)
    replace_with(folder / SCHEMA, _schema(tables, policies))
    return {id_: len(fields) + 1 for id_, fields in tables.items()}


def _tables(needs: Needs, vocabulary: Vocabulary) -> dict[str, list[Field]]:
    """The columns of each table in the dictionary's order, the keys of records with them."""
    facts = [f for f in vocabulary.all_facts() if f.id in needs.facts]
    records = {r.id: [f for f in r.fields if f.id in needs.records[r.id] or f.id in r.key]
               for r in vocabulary.all_records() if r.id in needs.records}
    return {ORGANISATIONS: facts, **records}


def _write_empty(path: Path, names: pa.Schema, form: Form) -> None:
    if form == "parquet":
        replace_with(path, lambda file: pq.write_table(names.empty_table(), file))
    else:
        replace_with(path, _csv([names.names]))


def _schema(tables: dict[str, list[Field]], policies: Sequence[Policy]) -> bytes:
    asked = {policy.id: needs_of([policy]) for policy in policies}
    rows: list[Sequence[str]] = [HEAD]
    for id_, fields in tables.items():
        rows.append((id_, ORGANISATION, "单位编号", "code of the organisation", "text", "", "", "key",
                     "每行是谁的；organisations 里不重复", ""))
        for f in fields:
            who = [policy for policy, needs in asked.items()
                   if f.id in (needs.facts if id_ == ORGANISATIONS else needs.records.get(id_, ()))]
            rows.append((id_, f.id, f.name, f.en, f.type, _unit(f), _values(f), f.kind, f.meaning, " ".join(who)))
    return _csv(rows)


def _unit(field: Field) -> str:
    """In what a bare number stands, and what a column may be named to stand in another unit."""
    if field.type not in MEASURED or field.unit is None:
        return ""
    if field.type == "money":
        return f"分（或列名写 {field.id}[万元]）"
    if field.unit.per == 1:
        return field.unit.name
    base = {"ratio": "1（0.05 即 5%）", "duration": "月"}.get(field.unit.dimension, "")
    return f"{base}（或列名写 {field.id}[{field.unit.name}]）"


def _values(field: Field) -> str:
    if field.enumeration is not None:
        return " / ".join(f"{m.id} {m.name}" for m in field.enumeration.members)
    if field.type in MEASURED:
        ends = ["" if end is None else written(end, field) for end in (field.low, field.high)]
        return f"{ends[0]} … {ends[1]}" if any(ends) else ""
    return _VALUES.get(field.type, "")


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
