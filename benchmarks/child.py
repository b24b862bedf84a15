"""One engine in a process of its own: `child.py ENGINE STARTED` prints when it had its first answer, and its memory.

STARTED is the parent's clock before the process began; the clock is the same for all processes.
"""

import json
import sys
from time import perf_counter

COUNT = 200


def main(name: str, started: float) -> None:
    ready = perf_counter()
    if name != "bare":
        from applicants import applicants
        from engines import load

        people = applicants(COUNT)
        engine = load(name)
        engine.answer(engine.run(engine.prepare(people[0])))
        ready = perf_counter()
        for applicant in people:
            engine.run(engine.prepare(applicant))
    print(json.dumps({"seconds": ready - started, "peak": peak()}))


def peak() -> int:
    """The most memory that this process has held, in bytes. `ru_maxrss` may be the parent's, so not where we can."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
