"""A whole population against policies, chunk by chunk, in several processes; what is finished is never done again."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import pyarrow as pa

from guiju.evaluate.evaluation import Setting
from guiju.language.library import Library, load_library
from guiju.language.policy import Policy
from guiju.population.files.faults import Faults
from guiju.population.files.folder import RECEIPT, as_json
from guiju.population.files.identity import hash_of
from guiju.population.files.results import Count, columns_of, elsewhere_of, schema_of, total, width_of
from guiju.population.files.source import Chunk, Opened, Part, Source
from guiju.population.files.tables import digest_of
from guiju.population.files.writing import Note, chunk_path, is_whole, note_of, replace_with, write_chunk
from guiju.population.match import Matcher
from guiju.source.diagnostics import Span, fail

STRETCHES = 8  # parts of the work a process gets; within one it reads on without going back
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What every process needs. `named`: the asker chose the policies, so that none is left out for its region.
    `headings`: what did not fit in the columns' names."""

    library: Path
    settings: tuple[tuple[str, Setting], ...]
    named: bool
    source: Source
    out: Path
    run: str
    headings: Faults


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the whole run came to. `anew`: how many chunks were finished before, were changed since, and are made
    again."""

    rows: int
    counts: dict[str, Count]
    singly: int
    faults: Faults
    receipt: str
    anew: int


class Answering:
    """Answers chunks by the same policies, and writes what it answers."""

    def __init__(self, asked: Sequence[tuple[Policy, Setting]], named: bool, run: str) -> None:
        self.asked, self.named, self.run = asked, named, run
        self.matcher = Matcher(asked)
        self.schema = schema_of([policy for policy, _ in asked])

    def write(self, out: Path, chunk: Chunk, faults: Faults) -> None:
        """The chunk's file; `faults`: what did not fit in its rows."""
        arrays: list[pa.Array] = [chunk.names]
        counts: dict[str, Count] = {}
        singly = 0
        for (policy, _), answers in zip(self.asked, self.matcher(chunk.people), strict=True):
            elsewhere = elsewhere_of(policy, chunk.people)
            made, counts[policy.id] = columns_of(answers, policy, elsewhere & (not self.named))
            arrays += made
            singly += int(answers.left.sum())
        write_chunk(chunk_path(out, chunk.number), self.schema, arrays,
                    Note(self.run, chunk.people.count, counts, singly, faults))


class Worker:
    """Answers chunks for one job."""

    def __init__(self, job: Job, library: Library | None = None) -> None:
        held = library or load_library(job.library)
        self.job = job
        self.answering = Answering([(held.policy(id_), setting) for id_, setting in job.settings], job.named, job.run)
        self.opened = Opened(job.source)

    def answer(self, parts: list[Part]) -> int:
        """Write the chunks; how many."""
        for part in parts:
            self._answer(self.opened.read(part))  # kept by no name, so that it goes before the next is read
        return len(parts)

    def _answer(self, chunk: Chunk) -> None:
        faults, self.job.source.faults = self.job.source.faults, Faults()
        self.answering.write(self.job.out, chunk, faults)


_worker: Worker | None = None


def _begin(job: Job) -> None:
    global _worker  # noqa: PLW0603  one a process, made once
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(job)


def _end_with_parent() -> None:
    """Where the process that gives out the work is killed, those that do it don't go on: it may run again at once."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _do(parts: list[Part]) -> int:
    assert _worker is not None
    return _worker.answer(parts)


def answer_all(job: Job, identity: dict[str, Any], library: Library, workers: int, size: int,
               progress: Progress) -> Outcome:
    """Answer what is not answered yet, and write the receipt. Raises GuijuError: what does not fit in the data, E916 no
    room, E917 a process that ended."""
    parts = job.source.parts(size)
    standing = finished(job.out, len(parts))
    missing = [part for part in parts if not standing.done[part.number]]
    there = len(parts) - len(missing)
    progress(there, len(parts))
    if workers == 1 or len(missing) <= 1:
        worker = Worker(job, library)
        for done, part in enumerate(missing, start=1):
            worker.answer([part])
            progress(there + done, len(parts))
    else:
        _in_processes(job, missing, workers, lambda done: progress(there + done, len(parts)))
    return close(job, identity, standing, [library.policy(id_) for id_, _ in job.settings])


def _in_processes(job: Job, missing: list[Part], workers: int, progress: Callable[[int], None]) -> None:
    done = 0
    length = max(1, len(missing) // (workers * STRETCHES))
    blocks = [missing[n:n + length] for n in range(0, len(missing), length)]
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (job,)) as pool:
        waiting = {pool.submit(_do, block) for block in blocks}
        try:
            while waiting:
                ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                done += sum(future.result() for future in ended)
                progress(done)
        except BrokenProcessPool:
            raise fail("E917", Span(str(job.out)),
                       "一个进程意外结束（内存不够，或被终止）；减少 --workers 再运行一次，已写完的不会重算",
                       "a process ended (out of memory, or killed); again with fewer --workers: what is finished stays"
                       ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a run finds in its folder: which chunks are finished, and how many files are no longer as they were
    written."""

    done: list[bool]
    changed: int


def finished(out: Path, chunks: int) -> Standing:
    """Of so many chunks."""
    there = [chunk_path(out, number).exists() for number in range(chunks)]
    done = [held and is_whole(chunk_path(out, number)) for number, held in enumerate(there)]
    return Standing(done, sum(there) - sum(done))


def close(job: Job, identity: dict[str, Any], before: Standing, policies: Sequence[Policy]) -> Outcome:
    """The receipt: identity, every file's digest, and what all comes to; `before`: what the run found when it began."""
    files, notes = [], []
    for number in range(len(before.done)):
        path = chunk_path(job.out, number)
        note = note_of(path)
        assert note is not None
        if note.run != job.run:
            raise fail("E915", Span(str(path)), "这一批是另一次运行的结果；删去它再运行一次",
                       "this chunk is of another run; delete it and run again")
        notes.append(note)
        files.append({"file": f"chunks/{path.name}", "rows": note.rows, "sha256": digest_of(path)})
    faults = Faults()
    faults.merge(job.headings)
    for note in notes:
        faults.merge(note.faults)
    outcome = Outcome(sum(n.rows for n in notes), total(n.counts for n in notes), sum(n.singly for n in notes), faults,
                      job.run, before.changed)
    receipt = {"run": job.run, "identity": identity, "organisations": outcome.rows, "outputs": files,
               "bytes_a_pair": {p.id: width_of(p) for p in policies},
               "answered_singly": outcome.singly,
               "policies": {id_: asdict(count) for id_, count in outcome.counts.items()},
               "does_not_fit": [asdict(f) for f in faults.wrong],
               "warnings": [asdict(f) for f in faults.found.values() if not f.wrong]}
    replace_with(job.out / RECEIPT, as_json(receipt), resumes=True)
    return outcome


def run_of(identity: dict[str, Any]) -> str:
    """The run's name: what its identity hashes to."""
    return hash_of(identity)[:16]
