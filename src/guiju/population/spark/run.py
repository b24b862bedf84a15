"""A whole population on Spark: cut as on one machine, answered chunk by chunk wherever there is room, into the same
files."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from guiju.evaluate.evaluation import Setting
from guiju.language.library import Library
from guiju.language.policy import Policy
from guiju.population.files.asked import needs_of
from guiju.population.files.faults import Faults
from guiju.population.files.folder import Folder
from guiju.population.files.headings import ORGANISATIONS
from guiju.population.files.identity import identity_of
from guiju.population.files.run import Job, Outcome, Standing, close, finished, run_of
from guiju.population.files.source import Source
from guiju.population.spark.addresses import is_address
from guiju.population.spark.cutting import first_names
from guiju.population.spark.far import Far, wrong_in
from guiju.population.spark.frames import Frame, all_headings, frames_of, tables_of
from guiju.population.spark.parcels import PARCEL, Cut, pack, parcels_of, written
from guiju.population.spark.session import working
from guiju.population.spark.work import ANSWER, Work, answered, raise_again, versions


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: which data, by which policies, where the results go; `size` organisations a chunk. Data and
    results are paths that all machines see, or addresses."""

    data: str
    out: str
    library: Library
    asked: tuple[tuple[Policy, Setting], ...]
    named: bool
    tolerant: bool
    size: int


def answer_on_spark(spark: Any, request: Request) -> Outcome:
    """Answer what is not answered yet, and write the receipt; the same bytes as on one machine. Raises GuijuError as
    the answering on one machine, and E943 to E946 for what Spark can't do."""
    faults = Faults()
    vocabulary = request.library.vocabulary
    tables = tables_of(spark, request.data, vocabulary, faults)
    headings = all_headings(tables, vocabulary, faults)
    if not request.tolerant or not headings[ORGANISATIONS].organisation:
        faults.refuse()
    identity = identity_of(request.asked, request.named, {}, request.size, request.tolerant)
    identity["data"] = {id_: table.said for id_, table in tables.items()}
    needs = needs_of([policy for policy, _ in request.asked])
    frames = frames_of(spark, tables, headings, needs)
    with _folder(spark, request.out) as (out, far), Folder(out, identity, request.out) as folder:
        folder.begin()
        if far is not None:
            far.begin()
        job = Job(request.library.folder, tuple((p.id, s) for p, s in request.asked), request.named,
                  Source(vocabulary, {}), out, run_of(identity), faults)
        work = Work(request.asked, request.named, needs, request.tolerant,
                    {id_: (f.packing, f.headings) for id_, f in frames.items()}, job.run, out if far is None else None,
                    versions())
        before = _answer(spark, request, frames, work, far, out)
        outcome = close(job, identity, before, [policy for policy, _ in request.asked])
        if far is not None:
            far.end()
    return outcome


@contextmanager
def _folder(spark: Any, out: str) -> Iterator[tuple[Path, Far | None]]:
    """Where files are written: for an address, a folder here that is as the one there."""
    if not is_address(out):
        yield Path(out), None
        return
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        far = Far(spark, out.rstrip("/"), Path(folder) / "results")
        far.bring()
        yield far.here, far


def _answer(spark: Any, request: Request, frames: dict[str, Frame], work: Work, far: Far | None,
            out: Path) -> Standing:
    """Makes the chunks that are not finished; which were before."""
    everybody = frames[ORGANISATIONS]
    with working(request.data):
        partitions = max(2, spark.sparkContext.defaultParallelism)
        firsts = first_names(everybody.rows.select("c0"), request.size, partitions)
        before = finished(out, len(firsts) + 1)
        done = np.array(before.done, np.bool_)
        if not done.all():
            cut = Cut(pa.array(firsts, pa.string()), _keys(spark, len(done)), done)
            answer_missing(spark, frames, work, cut, far)
    return before


def answer_missing(spark: Any, frames: dict[str, Frame], work: Work, cut: Cut, far: Far | None) -> None:
    """The chunks that the cut has not done, each by a task; `far`: where they go if that is an address. Raises
    GuijuError with what is wrong in the first of them that can't be answered."""
    spark.conf.set("spark.sql.shuffle.partitions", str(len(cut.keys)))
    held = spark.sparkContext.broadcast(work)
    cut_held = spark.sparkContext.broadcast(cut)
    parcels = {id_: _parcels(frame, cut_held) for id_, frame in frames.items()}
    empty = [] if cut.done[0] else [(0, written(frames[ORGANISATIONS].packing.emptied()))]
    everybody = parcels.pop(ORGANISATIONS).unionByName(_made_here(spark, parcels_of(ORGANISATIONS, empty, cut)))
    records = reduce(lambda one, other: one.unionByName(other), parcels.values(),
                     _made_here(spark, parcels_of(ORGANISATIONS, [], cut)))

    def answer(organisations: pa.Table, records: pa.Table) -> pa.Table:
        sides = [side for side in (organisations, records) if side.num_rows]  # an empty one lacks its columns
        return answered(pa.concat_tables(sides), lambda: held.value)

    answers = everybody.groupBy("key").cogroup(records.groupBy("key")).applyInArrow(answer, ANSWER)
    wrong = wrong_in(answers) if far is None else far.add(answers)
    if wrong:
        raise_again(wrong[0])
    held.destroy()
    cut_held.destroy()


def _parcels(frame: Frame, cut: Any) -> Any:
    packing = frame.packing

    def packed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return pack(batches, packing, cut.value)

    return frame.rows.mapInArrow(packed, PARCEL)


def _made_here(spark: Any, parcels: pa.RecordBatch) -> Any:
    """A frame of parcels that no table has: an empty one for the first chunk, which is there even where nobody is."""
    def made(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        if sum(batch.num_rows for batch in batches):
            yield parcels

    return spark.range(1, numPartitions=1).mapInArrow(made, PARCEL)


def _keys(spark: Any, count: int) -> Any:
    """A number for each chunk such that Spark sends each to a task of its own: by their own numbers some tasks would
    get several, others none."""
    tried = int(count * (math.log(count + 1) + 12)) + 64
    numbers = spark.range(tried, numPartitions=1).selectExpr(
        "CAST(id AS int) AS key", f"pmod(hash(CAST(id AS int)), {count}) AS task")
    found: dict[int, int] = {}
    for row in numbers.collect():
        found.setdefault(row["task"], row["key"])
    spare = range(tried, tried + count - len(found))  # for tasks that no number met: shared ones will do
    return np.array([*found.values(), *spare], np.int32)
