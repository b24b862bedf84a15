"""One engine in a process of its own: `python -m crowd.child FACTS MODULE COUNT SECONDS` prints one line of JSON.

FACTS is the module that draws the facts. `seconds`: the best of several runs; `held`: bytes of the engine's own form of
the facts, `working`: the most that the first run holds beyond that, answers included (and not their digest); `code`:
what importing the engine takes; `digest`: of all answers, `first`: some of them, to see where digests differ; `runs`:
how many were timed; `facts`: bytes of the arrays that all engines are given.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import json
import sys
from time import perf_counter
from typing import Any

import numpy as np
from child import peak

from crowd.memory import forget_peak, limit, resident


def main(maker: str, module: str, count: int, budget: float) -> None:
    limit()
    start = resident()
    engine: Any = importlib.import_module(f"crowd.{module}")
    code = resident() - start
    facts = importlib.import_module(f"crowd.{maker}").columns(count)
    before = resident()
    loaded = engine.load(count, facts)
    held = resident()
    forget_peak()
    found = engine.run(loaded)
    working = peak() - held
    result = {"digest": digest(found), "first": {k: np.asarray(v)[:5].tolist() for k, v in found.items()}}
    del found
    times: list[float] = []
    while not times or (sum(times) < budget and len(times) < 20):
        gc.collect()
        begun = perf_counter()
        engine.run(loaded)
        times.append(perf_counter() - begun)
    print(json.dumps({**result, "seconds": min(times), "runs": len(times), "code": code, "held": held - before,
                      "working": working, "facts": sum(v.nbytes for v in facts.values())}))


def digest(found: dict[str, Any]) -> str:
    """Of all answers as whole numbers."""
    whole = hashlib.sha256()
    for name in sorted(found):
        values = np.ascontiguousarray(np.asarray(found[name]), np.int64)
        whole.update(values)
    return whole.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
