"""One engine after another in processes of their own, answers compared by digest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from answer import Mismatch

HERE = Path(__file__).parent.parent
LONGEST = 600.0  # seconds for one engine and size
_ONE_THREAD = {"ENGINE_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_NO_MEMORY = ("MemoryError", "Out of Memory", "OutOfMemory", "bad_alloc", "failed to allocate", "memory allocation",
              "Unable to allocate", "realloc of size", "malloc of size")


@dataclass(frozen=True, slots=True)
class Engine:
    """`module` in crowd/; what its process is told; a scan answers nothing."""

    title: str
    module: str
    told: Mapping[str, str] | None = None
    answers: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds`: the best run over all `count` organisations; `held`: bytes of the engine's own form of the facts;
    `working`: the most beyond that in a run, answers included; `digest`: of all answers. `failed`: why there are no
    figures."""

    engine: str
    count: int
    seconds: float = 0.0
    held: int = 0
    working: int = 0
    code: int = 0
    digest: str = ""
    failed: str = ""

    @property
    def memory(self) -> int:
        """Bytes beyond the facts as they were given, without the engine's code."""
        return max(self.held, 0) + max(self.working, 0)


def compared(engines: Mapping[str, Engine], maker: str, count: int, budget: float) -> list[Run]:
    """All engines over so many organisations. Raises Mismatch where two answer differently."""
    runs = [_measured(name, engine, maker, count, budget) for name, engine in engines.items()]
    digests = {run.engine: run.digest for run in runs if engines[run.engine].answers and not run.failed}
    if len(set(digests.values())) > 1:
        raise Mismatch(f"{count} organisations: the answers differ: {digests}")
    return runs


def _measured(name: str, engine: Engine, maker: str, count: int, budget: float) -> Run:
    """One engine in a process of its own. What it can't do is said, no error."""
    command = [sys.executable, "-m", "crowd.child", maker, engine.module, str(count), str(budget)]
    try:
        done = subprocess.run(command, cwd=HERE, check=False, capture_output=True, text=True, timeout=LONGEST,
                              env={**os.environ, **_ONE_THREAD, **(engine.told or {})})
    except subprocess.TimeoutExpired:
        return _said(Run(name, count, failed=f"more than {LONGEST:.0f} s"))
    if done.returncode < 0:
        return _said(Run(name, count, failed=f"ended by signal {-done.returncode}"))
    if done.returncode:
        if any(word in done.stderr for word in _NO_MEMORY):
            return _said(Run(name, count, failed="more memory than 24 GB"))
        raise RuntimeError(f"{name}, {count}:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return _said(Run(name, count, **{key: found[key] for key in ("seconds", "held", "working", "code", "digest")}))


def _said(run: Run) -> Run:
    print(f"  {run.engine}, {run.count:,}: {run.failed or f'{run.seconds:.3f} s'}", file=sys.stderr, flush=True)
    return run


def as_json(runs: list[Run]) -> list[dict[str, Any]]:
    return [{**asdict(run), "memory": run.memory} for run in runs]
