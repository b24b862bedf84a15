"""Results at an address: what stands there is brought here first, and what a run makes stands there as soon as its task
has ended, so that a run that was cut short goes on.

Tasks put their chunks into `_parts/0`, `_parts/1` …, a table for each attempt, by Spark's own writer: the machines need
not see each other's disks. At the end the chunks go to their own files, and the tables go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.population.files.folder import CHUNKS, RECEIPT
from guiju.population.files.places import IDENTITY
from guiju.population.files.tables import digest_of
from guiju.population.files.writing import chunk_path, replace_with
from guiju.population.spark.addresses import entries, fetch, refuse_full, remove, send
from guiju.population.spark.session import working
from guiju.population.spark.work import ANSWER

PARTS = "_parts"
# A task's file stands under its name when the task has ended, not when all have.
AT_ONCE = {"mapreduce.fileoutputcommitter.algorithm.version": "2"}


def wrong_in(answers: Any) -> list[str]:
    """What is wrong with some chunks, in their order."""
    found = answers.where("wrong != ''").select("chunk", "wrong").collect()
    return [row["wrong"] for row in sorted(found)]


@dataclass(slots=True)
class Far:
    """`here`: the folder on this machine that is as the one at `place`; `standing`: the digest of each file there."""

    spark: Any
    place: str
    here: Path
    standing: dict[str, str] = field(default_factory=dict)

    def bring(self) -> None:
        """All that is finished. Raises GuijuError E915 where there are other things."""
        if IDENTITY not in entries(self.spark, self.place):
            refuse_full(self.spark, self.place)
            return
        (self.here / CHUNKS).mkdir(parents=True)
        for attempt in entries(self.spark, f"{self.place}/{PARTS}"):
            self._take(attempt)
        chunks = [f"{CHUNKS}/{name}" for name in entries(self.spark, f"{self.place}/{CHUNKS}")]
        for name in (*{IDENTITY, RECEIPT}.intersection(entries(self.spark, self.place)), *chunks):
            fetch(self.spark, f"{self.place}/{name}", self.here / name)
            self.standing[name] = digest_of(self.here / name)

    def begin(self) -> None:
        """From now on the place is that of this run."""
        self._send(IDENTITY)

    def add(self, answers: Any) -> list[str]:
        """Chunks as tasks answer them; what is wrong with some of them, in their order."""
        attempt = str(len(entries(self.spark, f"{self.place}/{PARTS}")))
        answers.write.options(**AT_ONCE).parquet(f"{self.place}/{PARTS}/{attempt}")
        wrong = wrong_in(self._read(attempt))
        if not wrong:
            self._take(attempt)
        return wrong

    def end(self) -> None:
        """Every chunk in a file of its own, then the receipt."""
        for chunk in sorted((self.here / CHUNKS).iterdir()):
            self._send(f"{CHUNKS}/{chunk.name}")
        self._send(RECEIPT)
        remove(self.spark, f"{self.place}/{PARTS}")

    def _read(self, attempt: str) -> Any:
        return self.spark.read.schema(ANSWER).parquet(f"{self.place}/{PARTS}/{attempt}")

    def _take(self, attempt: str) -> None:
        with working(self.place):
            for row in self._read(attempt).where("wrong = ''").toLocalIterator():
                replace_with(chunk_path(self.here, row["chunk"]), bytes(row["file"]))

    def _send(self, name: str) -> None:
        digest = digest_of(self.here / name)
        if self.standing.get(name) != digest:
            send(self.spark, self.here / name, f"{self.place}/{name}")
            self.standing[name] = digest
