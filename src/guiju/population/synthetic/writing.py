"""A synthetic population to disk: chunks made by workers, written in order, so that what stands there is the same bytes
whatever the number of workers, and memory doesn't grow with the population.

Workers are threads: numbers are drawn and files encoded outside Python for most of the time, and a chunk handed to
another process would cost half as much again as to make it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from guiju.population.files.headings import ORGANISATION, ORGANISATIONS
from guiju.population.files.tablefile import TableFile
from guiju.population.files.writing import not_written
from guiju.population.synthetic.chunks import CHUNK, Dirt, Maker, description
from guiju.population.synthetic.readme import readme
from guiju.source.diagnostics import Span, fail

Format = Literal["parquet", "csv"]
Made = tuple[dict[str, pa.Table], Dirt]
KEY = b"guiju.synthetic"
DIRT = "dirt.json"
README = "README.md"
AHEAD = 2  # chunks more than workers, that may wait to be written


@dataclass(frozen=True, slots=True)
class Written:
    """Rows and bytes of each table."""

    rows: Map[str, int]
    sizes: Map[str, int]


def write_population(maker: Maker, folder: Path, form: Format, workers: int,
                     progress: Callable[[int], None] = lambda chunks: None) -> Written:
    """Raises GuijuError where `folder` holds something already or can't be written; then nothing new is left there."""
    _empty(folder)
    files: dict[str, TableFile] = {}
    about = json.dumps(description(maker.wish, maker.model), ensure_ascii=False, sort_keys=True).encode()
    dirt: Dirt = Counter()
    written = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as threads:  # the organisations, and all the records beside them
            for number, (tables, found) in enumerate(_made(maker, workers)):
                dirt += found
                for name, table in tables.items():
                    if name not in files:
                        files[name] = _file(folder / f"{name}.{form}", table.schema.with_metadata({KEY: about}))
                writing = threads.submit(files[ORGANISATIONS].add, tables.pop(ORGANISATIONS))
                for name, table in tables.items():
                    files[name].add(table)
                writing.result()
                progress(number + 1)
        for file in files.values():
            file.finish()
        made = Written({name: file.rows for name, file in files.items()},
                       {name: file.path.stat().st_size for name, file in files.items()})
        if maker.wish.dirty:
            _write(folder / DIRT, json.dumps(dirt_record(dirt), ensure_ascii=False, indent=2) + "\n")
        _write(folder / README, readme(maker, made.rows))
        written = made
    except OSError as error:
        raise not_written(folder, error) from None
    finally:
        if written is None:
            for path in _abandoned(folder, files):
                path.unlink(missing_ok=True)
    return written


def _abandoned(folder: Path, files: Map[str, TableFile]) -> Iterator[Path]:
    """What stands there of a population that didn't become whole."""
    for file in files.values():
        file.abandon()
        yield file.path
    yield from (folder / DIRT, folder / README)


def dirt_record(dirt: Dirt) -> dict[str, Any]:
    """What is wrong and how often, as `check` should find it: a row that is written twice, or is nobody's, counts as
    that alone."""
    found: dict[str, Any] = {"total": sum(dirt.values()), "tables": {}}
    for (table, column, kind), number in sorted(dirt.items()):
        held = found["tables"].setdefault(table, {"rows": {}, "columns": {}})
        (held["columns"].setdefault(column, {}) if column else held["rows"])[kind] = number
    return found


def _empty(folder: Path) -> None:
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise fail("E001", Span(str(folder)), f"读不了：{error.strerror}", f"cannot read: {error.strerror}") from None
    if taken:
        raise fail("E930", Span(str(folder)), "已有内容；请给一个空的或还没有的文件夹",
                   "something is there already; name an empty or a new folder")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _made(maker: Maker, workers: int) -> Iterator[Made]:
    """All chunks in order; in this thread where there is but one worker or one chunk."""
    chunks = maker.wish.chunks()
    if workers == 1 or chunks == 1:
        yield from map(maker.tables, range(chunks))
        return
    with ThreadPoolExecutor(min(workers, chunks)) as pool:
        ahead: deque[Future[Made]] = deque()
        try:
            for chunk in range(chunks):
                ahead.append(pool.submit(maker.tables, chunk))
                if len(ahead) >= workers + AHEAD:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for waiting in ahead:
                waiting.cancel()


def _file(path: Path, schema: pa.Schema) -> TableFile:
    """One table on its way to disk, by row groups."""
    coded = [f.name for f in schema if pa.types.is_dictionary(f.type)]
    whole = {f.name: "DELTA_BINARY_PACKED" for f in schema if pa.types.is_int64(f.type) or pa.types.is_date32(f.type)}
    return TableFile(path, schema, CHUNK, compression="lz4", use_dictionary=coded,
                     column_encoding={**whole, ORGANISATION: "DELTA_BYTE_ARRAY"}, write_statistics=[ORGANISATION],
                     write_batch_size=CHUNK)
