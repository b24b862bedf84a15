"""Whole populations on Spark on one machine, against the local engine: time, exchange, memory, skew; results compared.

`python benchmarks/spark.py [N ...]`: so many organisations each (default 100,000 and 1,000,000), then the first again
with one organisation that has a million records. Prints every figure that
docs/populations-on-a-cluster.md uses, and writes them to benchmarks/out/spark.json. Times are worth something where
nothing else runs; bytes are the same anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parent / "out" / "spark"
GUIJU = Path(sys.executable).with_name("guiju")
DAY = "2023-06-01"
GROUP = 1_000_000  # records of one organisation
LOGGED = {"spark.eventLog.enabled": "true", "spark.eventLog.rolling.enabled": "false",
          "spark.eventLog.compress": "false", "spark.eventLog.logStageExecutorMetrics": "true",
          "spark.executor.processTreeMetrics.enabled": "true"}


def guiju(*words: object) -> tuple[float, float]:
    """Seconds that a command takes, and processor seconds of all its processes, which a busy machine changes little."""
    begun = time.perf_counter()
    command = subprocess.Popen([GUIJU, "population", *map(str, words)], stdout=subprocess.DEVNULL,
                               start_new_session=True)
    spent: dict[str, int] = {}
    while command.poll() is None:
        spent |= ticks_of(command.pid)
        time.sleep(0.2)
    if command.returncode:
        raise SystemExit(f"{words}: {command.returncode}")
    return time.perf_counter() - begun, sum(spent.values()) / os.sysconf("SC_CLK_TCK")


def ticks_of(session: int) -> dict[str, int]:
    """What each process of a session has used so far: Spark's outlive nobody, and nobody waits for them."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            found[file.parent.name] = int(fields[11]) + int(fields[12])
    return found


def population(count: int) -> Path:
    """A population of so many; made once."""
    data = OUT / f"data-{count}"
    if not (data / "README.md").exists():
        shutil.rmtree(data, ignore_errors=True)
        guiju("synthesise", count, "--seed", 1, "--out", data)
    return data


def with_a_group(data: Path) -> Path:
    """The same population; the organisation in its middle has a million standards more."""
    skewed = data.with_name(data.name + "-skewed")
    shutil.rmtree(skewed, ignore_errors=True)
    skewed.mkdir()
    for file in data.glob("*.parquet"):
        os.link(file, skewed / file.name)
    names = pq.read_table(data / "organisations.parquet", columns=["organisation"])["organisation"]
    group = names[len(names) // 2].as_py()
    standards = pq.read_table(data / "standard.parquet")
    more = standards.take(pa.array(np.arange(GROUP) % len(standards)))
    place = standards.schema.names.index("organisation")
    field = standards.schema.field(place)
    more = more.set_column(place, field, pa.array([group] * GROUP).cast(field.type))
    (skewed / "standard.parquet").unlink()
    pq.write_table(pa.concat_tables([standards, more]), skewed / "standard.parquet", compression="zstd")
    return skewed


def measured(data: Path, count: int) -> dict[str, Any]:
    """One population with both engines."""
    here, there, events = (OUT / name for name in ("local", "spark", "events"))
    for folder in (here, there, events):
        shutil.rmtree(folder, ignore_errors=True)
    events.mkdir(parents=True)
    local, local_spent = guiju("match", data, "--out", here, "--on", DAY, "--workers", 2)
    conf = [word for key, value in {**LOGGED, "spark.eventLog.dir": events.as_uri()}.items()
            for word in ("--conf", f"{key}={value}")]
    spark, spark_spent = guiju("match", data, "--out", there, "--on", DAY, "--engine", "spark", "--master", "local[2]",
                               *conf)
    records = sum(pq.read_metadata(f).num_rows for f in data.glob("*.parquet") if f.stem != "organisations")
    return {"organisations": count, "records": records, "input_bytes": size_of(data, "*.parquet"),
            "result_bytes": size_of(there / "chunks", "*"), "local_seconds": local, "spark_seconds": spark,
            "local_processor_seconds": local_spent, "spark_processor_seconds": spark_spent,
            "same_files": bytes_of(here) == bytes_of(there), **told(next(events.iterdir()))}


def size_of(folder: Path, names: str) -> int:
    return sum(f.stat().st_size for f in folder.glob(names))


def bytes_of(out: Path) -> dict[str, bytes]:
    return {str(f.relative_to(out)): f.read_bytes() for f in sorted(out.rglob("*")) if f.is_file()}


def told(log: Path) -> dict[str, Any]:
    """What Spark's own log says."""
    tasks: dict[int, list[dict[str, Any]]] = {}
    spans: dict[int, float] = {}
    peaks: dict[str, int] = {}
    begun = ended = 0
    with log.open(encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            kind = event["Event"]
            if kind == "SparkListenerTaskEnd":
                tasks.setdefault(event["Stage ID"], []).append(event)
            elif kind == "SparkListenerStageCompleted":
                info = event["Stage Info"]
                spans[info["Stage ID"]] = (info["Completion Time"] - info["Submission Time"]) / 1000
            elif kind == "SparkListenerStageExecutorMetrics":
                for name, value in event["Executor Metrics"].items():
                    peaks[name] = max(peaks.get(name, 0), value)
            elif kind == "SparkListenerApplicationStart":
                begun = event["Timestamp"]
            elif kind == "SparkListenerApplicationEnd":
                ended = event["Timestamp"]
    last = max(tasks)
    seconds = sorted(task["Task Metrics"]["Executor Run Time"] / 1000 for task in tasks[last])
    before = [task for stage, own in tasks.items() if stage != last for task in own]
    exchanged = sum(map(read_by, tasks[last]))
    written = sum(task["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"] for task in before)
    return {"application_seconds": (ended - begun) / 1000, "tasks": sum(map(len, tasks.values())),
            "parcel_bytes": exchanged, "name_bytes": written - exchanged,
            "largest_chunk_bytes": max(map(read_by, tasks[last])),
            "before_task_seconds": sum(task["Task Metrics"]["Executor Run Time"] for task in before) / 1000,
            "answer_span_seconds": spans[last], "answer_task_seconds": sum(seconds), "chunks": len(seconds),
            "answer_task_median": statistics.median(seconds), "answer_task_longest": seconds[-1],
            "jvm_peak_bytes": peaks.get("ProcessTreeJVMRSSMemory", 0),
            "python_peak_bytes": peaks.get("ProcessTreePythonRSSMemory", 0)}


def read_by(task: dict[str, Any]) -> int:
    read = task["Task Metrics"]["Shuffle Read Metrics"]
    return int(read["Local Bytes Read"] + read["Remote Bytes Read"])


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [100_000, 1_000_000]
    found = {}
    for name, data, count in [(f"{n:,}", population(n), n) for n in counts] + [
            (f"{counts[0]:,}, one of them with {GROUP:,} records", with_a_group(population(counts[0])), counts[0])]:
        found[name] = measured(data, count)
        print(name)
        for key, value in found[name].items():
            print(f"  {key:24} {value:,.1f}" if isinstance(value, float) else f"  {key:24} {value:,}")
    (OUT.parent / "spark.json").write_text(json.dumps({"load_before": os.getloadavg(), "runs": found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
