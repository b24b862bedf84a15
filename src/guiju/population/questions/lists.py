"""Lists of organisations as files, written chunk by chunk: Parquet, or CSV by the file's ending."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from guiju.population.files.tablefile import TableFile
from guiju.source.diagnostics import Span, fail
from guiju.source.document import size_of, unreadable


class ListFile:
    """A file that rows are added to: it stands under its name only once it is whole. With `path` None nothing is
    written. Raises GuijuError E973: no such ending; E916: it can't be written."""

    def __init__(self, path: Path | None, schema: pa.Schema) -> None:
        if path is not None and path.suffix not in (".parquet", ".csv"):
            raise fail("E973", Span(str(path)), "名单写成 .parquet 或 .csv 文件",
                       "lists are written to .parquet or .csv files")
        self._file = None if path is None else TableFile(path, schema, group=ROWS)

    def add(self, columns: Mapping[str, Any]) -> None:
        """More rows: for each column a list or an array."""
        if self._file is not None:
            schema = self._file.schema
            held = (columns[f.name] for f in schema)
            self._file.add(pa.table([x if isinstance(x, pa.Array | pa.ChunkedArray) else pa.array(x, f.type)
                                     for x, f in zip(held, schema, strict=True)], schema))

    def __enter__(self) -> ListFile:
        if self._file is not None:
            self._file.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.__exit__(kind, error, trace)


ROWS = 65_536  # of one group of a Parquet file
SHARES = pa.schema([("organisation", pa.string()), ("state", pa.string()), ("place", pa.int64()),
                    ("claim_low", pa.int64()), ("claim_high", pa.int64()), ("ceiling", pa.bool_()),
                    ("granted", pa.int64())])
PLACES = pa.schema([("organisation", pa.string()), ("points_low", pa.float64()), ("points_high", pa.float64()),
                    ("place_first", pa.int64()), ("place_last", pa.int64()), ("side", pa.string())])
STEPS = pa.schema([("organisation", pa.string()), ("goal", pa.string()), ("target", pa.string()),
                   ("change", pa.string()), ("change_en", pa.string()), ("more", pa.int64()), ("outcome", pa.string()),
                   ("conditions", pa.string()), ("mends", pa.string()), ("mends_en", pa.string()),
                   ("clauses", pa.string())])
OVERLAPS = pa.schema([("organisation", pa.string()), ("record", pa.string()), ("key", pa.string()),
                      ("policy", pa.string()), ("how", pa.string()), ("surely", pa.bool_()), ("low", pa.int64()),
                      ("high", pa.int64()), ("rules", pa.string()), ("clauses", pa.string())])


_HEADING = re.compile(r"(?!\+?-?(nan|inf|infinity)$)\D+", re.IGNORECASE)  # no number, nor what is meant as one


def points_in(path: Path) -> dict[str, float]:
    """The points of a list `organisation,points`, with or without a heading, in UTF-8, else GB 18030 as tables are.
    Raises GuijuError: E001 there is no such file, E979 a list that can't be read."""
    import csv

    points: dict[str, float] = {}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(_text_of(path), newline=""), strict=True), start=1):
            _add(points, row, Span(str(path), number), heading=number == 1)
    except csv.Error as error:
        raise fail("E979", Span(str(path)), f"读不了评审名单：{error}", f"can't read the list: {error}") from None
    if not points:
        raise fail("E979", Span(str(path)), "评审名单里没有单位；每行写“单位,分数”",
                   "the list names nobody; each line is organisation,points")
    return points


def _text_of(path: Path) -> str:
    size_of(path, str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(str(path), error) from None
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise fail("E979", Span(str(path)), "评审名单既不是 UTF-8 也不是 GB 18030 文本；另存为 UTF-8",
               "the list is text neither in UTF-8 nor in GB 18030; save it as UTF-8")


def _add(points: dict[str, float], row: list[str], span: Span, *, heading: bool) -> None:
    if not any(cell.strip() for cell in row):
        return
    name, points_told, more = row[0].strip(), row[1] if len(row) > 1 else "", row[2:]
    value = _number(points_told)
    if heading and len(row) == 2 and _HEADING.fullmatch(points_told.strip()):
        return
    if not name or value is None or any(cell.strip() for cell in more):
        raise fail("E979", span, "每行写“单位,分数”，分数是一个数", "each line is organisation,points: a number")
    if name in points:
        raise fail("E979", span, f"单位“{name}”出现了两次", f"'{name}' is there twice")
    points[name] = value


def _number(text: str) -> float | None:
    """A finite number as people write it; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in text else None
