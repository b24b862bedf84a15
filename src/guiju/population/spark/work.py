"""What a task does with one chunk: its parcels in, its file of answers out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from guiju import __version__
from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Policy
from guiju.population.files.arrow import Needs, Reading, population_of_tables
from guiju.population.files.faults import Faults
from guiju.population.files.folder import CHUNKS
from guiju.population.files.headings import ORGANISATIONS, Headings
from guiju.population.files.identity import code_digest
from guiju.population.files.places import IDENTITY
from guiju.population.files.run import Answering
from guiju.population.files.source import Chunk
from guiju.population.files.words import Reader
from guiju.population.files.writing import chunk_path
from guiju.population.spark.parcels import Packing, unpacked
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text, fail

ANSWER = "chunk int, wrong string, file binary"
FIELDS = pa.schema([("chunk", pa.int32()), ("wrong", pa.string()), ("file", pa.binary())])


@dataclass(frozen=True, slots=True)
class Work:
    """What every task needs. `out`: the folder of results that all machines share; None where files go to the driver.
    `versions`: of what answers, which must be the same everywhere."""

    asked: tuple[tuple[Policy, Setting], ...]
    named: bool
    needs: Needs
    tolerant: bool
    tables: dict[str, tuple[Packing, Headings]]
    run: str
    out: Path | None
    versions: dict[str, str]


def versions() -> dict[str, str]:
    """Of whatever decides which bytes an answer is written as."""
    return {"guiju": __version__, "code": code_digest(), "numpy": np.__version__, "pyarrow": pa.__version__}


class Desk:
    """Answers chunks in one process, for one run."""

    def __init__(self, work: Work) -> None:
        self.work = work
        here = versions()
        for name, version in work.versions.items():
            if here[name] != version:
                raise fail("E945", Span(name), f"执行机上是 {here[name]}，驱动机上是 {version}；两边装同样的环境",
                           f"the executors have {here[name]}, the driver has {version}; install the same environment")
        if work.out is not None and not (work.out / IDENTITY).exists():
            raise fail("E946", Span(str(work.out)), "执行机看不到这个文件夹；--out 用共享的文件夹，或写成地址（如 hdfs://…）",
                       "the executors don't see this folder: give --out a shared one, or an address such as hdfs://…")
        self._answering = Answering(list(work.asked), work.named, work.run)
        self._reader = Reader(work.asked[0][0].vocabulary)

    def answer(self, number: int, parcels: pa.Table) -> bytes | None:
        """Write the chunk's file; its bytes, where they go to the driver. Raises GuijuError for what does not fit."""
        chunk, faults = self._read(number, parcels)
        if self.work.out is not None:
            self._answering.write(self.work.out, chunk, faults)
            return None
        with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
            (Path(folder) / CHUNKS).mkdir()
            self._answering.write(Path(folder), chunk, faults)
            return chunk_path(Path(folder), number).read_bytes()

    def _read(self, number: int, parcels: pa.Table) -> tuple[Chunk, Faults]:
        work = self.work
        tables = {id_: unpacked(parcels, packing) for id_, (packing, _) in work.tables.items()}
        faults = Faults()
        reading = Reading(self._reader, faults, work.needs, {}, {id_: own for id_, (_, own) in work.tables.items()})
        made = population_of_tables(tables.pop(ORGANISATIONS), tables, self._reader.vocabulary, reading)
        if not work.tolerant:
            faults.refuse()
        return Chunk(number, made.names, made.people), faults


_desks: dict[str, Desk] = {}


def answered(parcels: pa.Table, work: Callable[[], Work]) -> pa.Table:
    """One chunk's outcome: nothing, its file, or what is wrong with it."""
    number = parcels["chunk"][0].as_py()
    wrong, file = "", None
    try:
        held = work()
        if held.run not in _desks:
            _desks.clear()
            _desks[held.run] = Desk(held)
        file = _desks[held.run].answer(number, parcels)
    except GuijuError as error:
        wrong = json.dumps([asdict(d) for d in error.diagnostics], ensure_ascii=False)
    return pa.Table.from_pydict({"chunk": [number], "wrong": [wrong], "file": [file]}, schema=FIELDS)


def raise_again(wrong: str) -> None:
    """What a task found wrong, raised where somebody is told."""
    found = json.loads(wrong)
    raise GuijuError([Diagnostic(d["code"], Span(**d["span"]), Text(**d["message"]), d["cell"]) for d in found])
