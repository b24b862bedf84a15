"""Synthetic populations on disk, made by the command, and what commands take."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from crowd.memory import Tree

OUT = Path(__file__).parent.parent / "out"
SEED = 20231231


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock and of processors; `peak`: the most memory that the command and its processes held."""

    seconds: float
    processors: float
    peak: int


def guiju(*words: str) -> Taken:
    """The command with these words. Raises RuntimeError where it fails."""
    begun, before = perf_counter(), _processors()
    command = [str(Path(sys.executable).with_name("guiju")), "population", *words]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with started as process, Tree(process.pid) as tree:
        said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{said}")
    return Taken(perf_counter() - begun, _processors() - before, tree.peak)


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def synthesise(folder: Path, count: int, gaps: float = 0.0) -> Taken:
    return guiju("synthesise", str(count), "--seed", str(SEED), "--gaps", str(gaps), "--out", str(folder))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that goes afterwards, on the disk where results stand."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="population-", dir=OUT) as folder:
        yield Path(folder)


def processors() -> int:
    return os.cpu_count() or 1


def size_of(folder: Path, pattern: str = "**/*") -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
