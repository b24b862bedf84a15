"""`make bench-web`: the site with 500 cases and 20,000 events, fifty people at once: requests a second, times, errors,
memory. Prints a table and writes benchmarks/out/web.json; ends with 1 where there was any error.

`--cases`, `--events`, `--people`, `--seconds` for a quick look; DATABASE_URL for another database than SQLite.
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
READS = ("public page", "dashboard", "case")
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
    return int(any(k["errors"] for k in results["kinds"].values()))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, default in (("cases", 500), ("events", 20_000), ("people", 50), ("seconds", 30)):
        parser.add_argument(f"--{name}", type=int, default=default)
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
        output([*load, "5"], environment, json.dumps(seeded))  # warm: charts and templates are read once a process
        found = json.loads(output([*load, str(asked.seconds)], environment, json.dumps(seeded)))
        memory = sum(map(resident, family(server.pid)))
    finally:
        server.terminate()
        server.wait(60)
    kinds = {kind: figures(times, found["faults"].get(kind, []), found["seconds"])
             for kind, times in sorted(found["times"].items())}
    return {"cases": seeded["cases"], "events": seeded["events"], "people": asked.people, "seconds": found["seconds"],
            "database": "PostgreSQL" if environment.get("DATABASE_URL") else "SQLite", "memory_mb": memory,
            "processors": os.cpu_count(), "python": platform.python_version(), "kinds": kinds}


def figures(times: list[float], faults: list[str], seconds: float) -> dict[str, Any]:
    cut = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return {"requests": len(times), "rps": len(times) / seconds, "p50": cut[49], "p95": cut[94], "most": max(times),
            "errors": len(faults), "first_errors": faults[:3]}


def report(results: dict[str, Any]) -> None:
    total = sum(k["rps"] for k in results["kinds"].values())
    print(f"\n{results['people']} people for {results['seconds']:.0f} s on {results['database']}, "
          f"{results['processors']} processors, clients included: {total:.0f} requests/s, "
          f"{results['memory_mb']:.0f} MB\n\n{'':14} {'requests':>9} {'per s':>7} {'p50 ms':>8} {'p95 ms':>8} "
          f"{'errors':>7}")
    for kind, k in results["kinds"].items():
        print(f"{kind:14} {k['requests']:>9} {k['rps']:>7.1f} {k['p50']:>8.1f} {k['p95']:>8.1f} {k['errors']:>7}")
        for fault in k["first_errors"]:
            print(f"{'':14} {fault}")
    for kind, k in results["kinds"].items():
        most = EXPECTED["read" if kind in READS else "write"]
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


def resident(process: int) -> float:
    """Megabytes of memory."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
    return int(found.stdout.strip() or 0) / 1024


if __name__ == "__main__":
    sys.exit(main())
