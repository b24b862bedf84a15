"""`make bench-web`: the site with 500 cases and 20,000 events, fifty people at once: requests a second, times, errors,
memory. Prints a table and writes benchmarks/out/web.json; ends with 1 where there was any error.

Twice: as people work, who look at a page for one to five seconds before they ask for the next: how long does one wait?
Then with no pause at all: how much does the site do? There the waiting times say only that fifty stand in a queue.

`--cases`, `--events`, `--people`, `--seconds`, `--pause LEAST MOST` for a quick look; DATABASE_URL for another
database than SQLite.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
OUT = HERE / "out" / "web.json"
READS, WRITES = ("public page", "dashboard", "case"), ("form autosave", "score entry")
EXPECTED = {"read": 150, "write": 250}  # milliseconds, p95


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="guiju-bench-web-") as data:
        environment = {**os.environ, "GUIJU_DATA": data, "GUIJU_CLOCK": "1", "GUIJU_SECOND_FACTOR": "off",
                       "GUIJU_MAIL": "file", "DJANGO_SETTINGS_MODULE": "guiju.web.settings"}
        began = time.monotonic()
        seeded = json.loads(output([str(HERE / "site/seed.py"), str(asked.cases), str(asked.events)], environment))
        print(f"seeded in {time.monotonic() - began:.0f} s: {seeded['cases']} cases, {seeded['events']} events, "
              f"{len(seeded['writers'])} fields to write, {len(seeded['experts'])} marks to give")
        results = measured(asked, environment, seeded)
    report(results)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(any(k["errors"] for kinds in results["runs"].values() for k in kinds.values()))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, default in (("cases", 500), ("events", 20_000), ("people", 50), ("seconds", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--pause", type=float, nargs=2, default=(1.0, 5.0))
    return parser.parse_args()


def output(program: list[str], environment: dict[str, str], given: str = "") -> str:
    """The last line that a program prints."""
    done = subprocess.run([sys.executable, *program], env=environment, input=given, stdout=subprocess.PIPE, text=True,
                          check=True)
    return done.stdout.splitlines()[-1]


def measured(asked: argparse.Namespace, environment: dict[str, str], seeded: dict[str, Any]) -> dict[str, Any]:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", "from guiju.cli.main import main; main()", "serve", "--port",
                               str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        load = [str(HERE / "site/load.py"), str(port), str(asked.people)]
        given = json.dumps(seeded)
        output([*load, "10", "0", "0"], environment, given)  # warm: templates are read once a process
        found = {name: run([*load, *map(str, (seconds, *pause))], environment, given, server.pid)
                 for name, seconds, pause in (("with pauses", asked.seconds, asked.pause),
                                              ("without", asked.seconds // 2, (0, 0)))}
        memory = {process: resident(process) for process in family(server.pid)}
    finally:
        server.terminate()
        server.wait(60)
    return {"cases": seeded["cases"], "events": seeded["events"], "people": asked.people, "pause": asked.pause,
            "database": "PostgreSQL" if environment.get("DATABASE_URL") else "SQLite",
            "memory_mb": sorted(memory.values(), reverse=True), "processors": os.cpu_count(), "load": os.getloadavg(),
            "python": platform.python_version(),
            "processor_ms": {name: round(ms, 1) for name, (_, ms) in found.items()},
            "runs": {name: by_kind(told) for name, (told, _) in found.items()}}


def run(load: list[str], environment: dict[str, str], given: str, server: int) -> tuple[dict[str, Any], float]:
    """What the clients met, and the processor's time that the site took for a request, in milliseconds."""
    before = processor_seconds(server)
    told: dict[str, Any] = json.loads(output(load, environment, given))
    taken = processor_seconds(server) - before
    return told, 1000 * taken / max(1, sum(map(len, told["times"].values())))


def by_kind(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Figures of each kind of page, then of all that read and of all that write."""
    groups = {kind: (kind,) for kind in (*READS, *WRITES)} | {"all reads": READS, "all writes": WRITES}
    return {name: figures(of_kinds(found["times"], kinds), of_kinds(found["faults"], kinds), found["seconds"])
            for name, kinds in groups.items()}


def of_kinds(found: dict[str, list[Any]], kinds: tuple[str, ...]) -> list[Any]:
    return [x for kind in kinds for x in found.get(kind, [])]


def figures(times: list[float], faults: list[str], seconds: float) -> dict[str, Any]:
    cut = quantiles(times, n=100, method="inclusive") if len(times) > 1 else [*times, 0.0][:1] * 99
    return {"requests": len(times), "rps": len(times) / seconds, "p50": cut[49], "p95": cut[94], "most": max(cut),
            "errors": len(faults), "first_errors": faults[:3]}


def report(results: dict[str, Any]) -> None:
    memory = " + ".join(f"{m:.0f}" for m in results["memory_mb"])
    print(f"\n{results['people']} people, a pause of {results['pause'][0]:g} to {results['pause'][1]:g} s before each "
          f"page; {results['database']}, {results['processors']} processors, the clients on "
          f"them too, load average {results['load'][0]:.1f}; memory by process: {memory} MB")
    for name, kinds in results["runs"].items():
        total = sum(kinds[kind]["rps"] for kind in ("all reads", "all writes"))
        print(f"\n{name}: {total:.0f} requests/s, {results['processor_ms'][name]:.0f} ms of a processor each, the "
              f"worker's included\n{'':14} {'requests':>9} {'per s':>7} {'p50 ms':>8} {'p95 ms':>8} {'errors':>7}")
        for kind, k in kinds.items():
            print(f"{kind:14} {k['requests']:>9} {k['rps']:>7.1f} {k['p50']:>8.1f} {k['p95']:>8.1f} {k['errors']:>7}")
            for fault in k["first_errors"]:
                print(f"{'':14} {fault}")
    print()
    for kind, k in results["runs"]["with pauses"].items():
        most = EXPECTED["read" if kind in (*READS, "all reads") else "write"]
        print(f"{kind}: expected p95 under {most} ms, measured {k['p95']:.0f}: {'yes' if k['p95'] < most else 'no'}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urlopen(address, timeout=10).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def family(process: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [process, *(c for word in found.stdout.split() for c in family(int(word)))]


def processor_seconds(server: int) -> float:
    """What the server and all its processes have taken so far. Linux only: elsewhere 0."""
    files = [Path(f"/proc/{process}/stat") for process in family(server)]
    ticks = [file.read_text().rpartition(")")[2].split()[11:13] for file in files if file.is_file()]
    return sum(int(t) for pair in ticks for t in pair) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    """Megabytes of memory."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
    return int(found.stdout.strip() or 0) / 1024


if __name__ == "__main__":
    sys.exit(main())
