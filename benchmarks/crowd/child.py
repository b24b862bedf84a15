"""One engine in a process of its own: `python -m crowd.child MODULE COUNT SECONDS` prints one line of JSON.

`seconds`: the best of several runs; `peak`: the most memory that the process has held beyond what it held before the
engine was loaded, facts in their columns included in that; `digest`: of all answers.
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

from crowd.columns import columns


def main(module: str, count: int, budget: float) -> None:
    facts = columns(count)
    before = peak()
    engine: Any = importlib.import_module(f"crowd.{module}")
    loaded = engine.load(count, facts)
    found = engine.run(loaded)
    result = {"digest": digest(found), "first": {k: np.asarray(v)[:5].tolist() for k, v in found.items()}}
    del found
    times: list[float] = []
    while not times or (sum(times) < budget and len(times) < 20):
        gc.collect()
        begun = perf_counter()
        engine.run(loaded)
        times.append(perf_counter() - begun)
    print(json.dumps({**result, "seconds": min(times), "runs": len(times), "peak": peak() - before,
                      "facts": sum(v.nbytes for v in facts.values())}))


def digest(found: dict[str, Any]) -> str:
    """Of outcome, points and amount as whole numbers."""
    whole = hashlib.sha256()
    for name in sorted(found):
        values = np.ascontiguousarray(np.asarray(found[name]), np.int64)
        whole.update(values)
    return whole.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
