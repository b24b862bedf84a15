"""Start-up and memory, each engine in fresh processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

CHILD = Path(__file__).parent / "child.py"
BARE = "bare"
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Start:
    """From the start of the process to the first answer, and the most memory after 200 answers."""

    seconds: float
    peak: int


def starts(engines: Iterable[str], repeats: int = REPEATS) -> dict[str, Start]:
    """Medians, by engine; `bare` is Python alone. A first start, which may write .pyc files, is not counted."""
    names = (BARE, *engines)
    runs: dict[str, list[Start]] = {name: [] for name in names}
    for turn in range(repeats + 1):
        for name in names:
            found = _start(name)
            if turn:
                runs[name].append(found)
    return {name: Start(median(r.seconds for r in found), int(median(r.peak for r in found)))
            for name, found in runs.items()}


def _start(name: str) -> Start:
    command = [sys.executable, str(CHILD), name, repr(perf_counter())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} does not start:\n{done.stderr}")
    return Start(**json.loads(done.stdout.splitlines()[-1]))
