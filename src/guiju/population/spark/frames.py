"""The tables of a population as Spark's frames: the columns that somebody asks for, and where each row stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from guiju.population.files.arrow import ROW, Needs
from guiju.population.files.faults import Faults
from guiju.population.files.headings import ORGANISATIONS, Headings, headings_of
from guiju.population.files.places import named_tables, tables_at
from guiju.population.files.source import columns_of
from guiju.population.files.tables import Parquet, StoredTable, chosen, digest_of, readable
from guiju.population.spark.addresses import Address, is_address, tables_under
from guiju.population.spark.parcels import FILE, Packing
from guiju.population.spark.session import same_name, working
from guiju.source.diagnostics import Span, Text, fail
from guiju.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Held:
    """A table as it is found: its files in the order of their rows, how many rows stand before each file's, and all its
    columns. `said`: what the receipt says of it."""

    label: str
    files: tuple[str, ...]
    before: tuple[int, ...]
    schema: pa.Schema
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is read of a table: a frame with whose each row is, what is asked for, and where the row stood."""

    rows: Any
    packing: Packing
    headings: Headings


def tables_of(spark: Any, place: str, vocabulary: Vocabulary, faults: Faults) -> dict[str, Held]:
    """The tables by id, the organisations' first. Raises GuijuError: E900 no data, E901 unreadable, E906 files of one
    table that differ, E943 a table that is no Parquet."""
    if is_address(place):
        found = named_tables(tables_under(spark, place), place, vocabulary, faults)
        return {id_: _far(spark, table) for id_, table in found.items()}
    near = tables_at(Path(place), vocabulary, faults, folders=True)
    return {id_: _near(table) for id_, table in near.items()}


def _near(table: StoredTable) -> Held:
    """A table on this machine, or in a folder that all machines share."""
    if not isinstance(table, Parquet):
        raise fail("E943", Span(table.label), "Spark 只读 Parquet；先转成 Parquet，或去掉 --engine spark",
                   "Spark reads Parquet alone: convert the table, or leave out --engine spark")
    inside = sorted(f for f in table.path.iterdir() if not f.name.startswith(("_", "."))) if table.path.is_dir() else []
    files = inside or [table.path]
    with readable(table.label):
        schemas = [pq.read_schema(file).remove_metadata() for file in files]
        rows = [pq.read_metadata(file).num_rows for file in files]
    if any(not schema.equals(schemas[0]) for schema in schemas):
        raise fail("E906", Span(table.label), "几个文件的列不同；使它们一致",
                   "its files have different columns; make them alike")
    said: dict[str, Any] = {"file": table.path.name, "table": ""}
    said |= {"files": {f.name: digest_of(f) for f in inside}} if inside else {"sha256": digest_of(table.path)}
    return Held(table.label, tuple(f"file:{f.absolute().as_posix()}" for f in files),
                tuple(accumulate(rows, initial=0))[:-1], schemas[0], said)


def _far(spark: Any, table: Address) -> Held:
    """A table at an address: Spark says what its columns are."""
    from pyspark.sql import functions
    from pyspark.sql.pandas.types import to_arrow_schema

    files = tuple(path for path, _, _ in table.files)
    with working(table.label):
        frame = spark.read.option("mergeSchema", "true").parquet(*map(_literally, files))
        schema = to_arrow_schema(frame.schema)
        counts = {row["name"]: row["count"] for row in
                  frame.groupBy(functions.col("_metadata.file_name").alias("name")).count().collect()}
    rows = [counts.get(_name(path), 0) for path in files]
    said = {"file": table.label, "table": "",
            "files": {path: {"bytes": size, "changed": changed} for path, size, changed in table.files}}
    return Held(table.label, files, tuple(accumulate(rows, initial=0))[:-1], schema, said)


def frames_of(spark: Any, tables: dict[str, Held], headings: dict[str, Headings],
              needs: Needs) -> dict[str, Frame]:
    """The frames of the tables that somebody asks for. Raises GuijuError for columns that Spark can't read: E904 two of
    one name, E906 a type."""
    return {id_: _frame(spark, table, headings[id_], needs) for id_, table in tables.items()
            if headings[id_].organisation and (id_ == ORGANISATIONS or id_ in needs.records)}


def all_headings(tables: dict[str, Held], vocabulary: Vocabulary, faults: Faults) -> dict[str, Headings]:
    return {id_: headings_of(table.schema.names, vocabulary.records.get(id_), vocabulary, faults)
            for id_, table in tables.items()}


def _frame(spark: Any, table: Held, headings: Headings, needs: Needs) -> Frame:
    from pyspark.sql import functions
    from pyspark.sql.types import StructField, StructType

    names = list(dict.fromkeys(columns_of(headings, needs)))
    for name in names:
        if table.schema.names.count(name) > 1:
            raise same_name(f"{headings.table}[{name}]", name)
    schema = pa.schema([pa.field(field.name, _plain(field.type)) for field in chosen(table.schema, names)])
    read = [field for field in schema if not kinds.is_null(field.type)]
    asked = StructType([StructField(f.name, _type(f, headings.table)) for f in read])
    place = [functions.col("_metadata.file_name").alias(FILE)] if len(table.files) > 1 else []
    with working(table.label):
        reader = spark.read.schema(asked).option("parquet.page.verify-checksum.enabled", "true")
        rows = reader.parquet(*map(_literally, table.files)).select(
            *[functions.col("`" + f.name.replace("`", "``") + "`").alias(f"c{n}")  # a dot in a name means a part of it
              for n, f in enumerate(read)], *place,
            (functions.col("_metadata.row_index") + 1).alias(ROW))
    files = tuple(map(_name, table.files))
    return Frame(rows, Packing(headings.table, headings.organisation, schema, files, table.before), headings)


def _name(file: str) -> str:
    return file.rsplit("/", 1)[-1]


def _literally(file: str) -> str:
    """A path that means itself, whatever is in it."""
    return re.sub(r"([\\*?{}\[\]])", r"\\\1", file)


def _plain(kind: pa.DataType) -> pa.DataType:
    """Texts of any kind as plain texts."""
    if kinds.is_dictionary(kind):
        return _plain(kind.value_type)
    return pa.string() if kinds.is_large_string(kind) or kinds.is_string_view(kind) else kind


def _type(field: pa.Field, table: str) -> Any:
    """What Spark reads a column of the file as; the file's own type is given back before anything is made of it."""
    from pyspark.sql import types

    kind = field.type
    simple = {pa.bool_(): types.BooleanType(), pa.int8(): types.ByteType(), pa.int16(): types.ShortType(),
              pa.int32(): types.IntegerType(), pa.int64(): types.LongType(), pa.uint8(): types.ShortType(),
              pa.uint16(): types.IntegerType(), pa.uint32(): types.LongType(), pa.uint64(): types.DecimalType(20, 0),
              pa.float32(): types.FloatType(), pa.float64(): types.DoubleType(), pa.string(): types.StringType(),
              pa.date32(): types.DateType(), pa.date64(): types.DateType(), pa.binary(): types.BinaryType()}
    if kind in simple:
        return simple[kind]
    if kinds.is_decimal(kind) and kind.precision <= 38:
        return types.DecimalType(kind.precision, kind.scale)
    if kinds.is_timestamp(kind):
        return types.LongType() if kind.unit == "ns" else types.TimestampType() if kind.tz else types.TimestampNTZType()
    faults = Faults()
    faults.add("E906", table, field.name, Text(f"列的类型是 {kind}，Spark 读不了；换一种类型",
                                               f"the column's type is {kind}, which Spark can't read; use another"))
    faults.refuse()
    return None
