"""What `match` wrote, read again: the answers to one policy, where they are those that are asked for now."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Policy
from guiju.population.columns import Mask, Status
from guiju.population.files.folder import CHUNKS, RECEIPT
from guiju.population.files.identity import code_digest, dictionary_digest, setting_identity
from guiju.population.files.places import IDENTITY
from guiju.population.files.results import ELSEWHERE_SET, POINTS, fields_of
from guiju.population.files.run import run_of
from guiju.population.files.tables import digest_of, readable
from guiju.population.files.writing import chunk_path
from guiju.population.payable import Payable
from guiju.population.statuses import some
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.values import NOT_APPLICABLE, UNDECIDED

_PARTS = {"rules": ("规则", "rules"), "region": ("地域", "region"), "as_of": ("日子", "day"),
          "known_at": ("所知的日子", "day of knowledge"), "presuming": ("--presume", "--presume"),
          "parameters": ("参数", "parameters")}


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of some organisations to one policy. `scores`: the two ends of each by its id, not a number where
    nothing bounds it; `outside`: those whom nobody asked, being registered elsewhere."""

    names: pa.Array
    claim: Payable
    scores: Mapping[str, tuple[Any, Any]]
    outside: Mask


@dataclass(frozen=True, slots=True)
class Held:
    """A finished run. `receipt`: what its `run.json` says."""

    out: Path
    receipt: Mapping[str, Any]

    @property
    def is_of_this_program(self) -> bool:
        """Whether the code that answered is the code that runs now."""
        return bool(self.receipt["identity"]["engine"]["code"] == code_digest())

    def check(self, policy: Policy, setting: Setting) -> None:
        """Raises GuijuError E922 where the run did not ask this policy, or under other rules or another setting."""
        held = self.receipt["identity"]["policies"].get(policy.id)
        if held is None:
            raise self._refused(f"这次运行没有算 {policy.id}", f"the run did not ask {policy.id}")
        now = setting_identity(policy, setting)
        other = [words for key, words in _PARTS.items() if held.get(key) != now[key]]
        if self.receipt["identity"].get("dictionary") != dictionary_digest(policy.vocabulary):
            other.append(("词典", "dictionary"))
        if other:
            zh, en = "、".join(zh for zh, _ in other), ", ".join(en for _, en in other)
            raise self._refused(f"这里的结果不是现在所问的（{zh}不同）；照原来的问，或给原来的数据",
                                f"the results here are not what is asked now ({en} differ): ask as the run did, or "
                                "give the data")

    def chunks(self, policy: Policy) -> Iterator[Answered]:
        """All organisations in the order of their names. Raises GuijuError E922 where a file is not the one that was
        written."""
        columns = [field.name for field in fields_of(policy) if not field.name.endswith(":reasons")]
        for output in self.receipt["outputs"]:
            path = self.out / output["file"]
            if not path.is_file() or digest_of(path) != output["sha256"]:
                raise self._refused(f"{output['file']} 不在，或写成以后改动过；删去它，把 match 照原样再运行一次",
                                    f"{output['file']} is missing or was changed: delete it and run match again")
            with readable(str(path)):
                table = pq.read_table(path, columns=["organisation", *columns]).combine_chunks()
            yield self._read(table, policy)

    def _read(self, table: pa.Table, policy: Policy) -> Answered:
        def column(name: str) -> Any:
            return table[f"{policy.id}:{name}"].combine_chunks()

        status = np.array(some([Status(column(g.id).to_numpy()) for g in policy.goals if g.pays]).codes, np.uint8)
        state, high = column("amount:state").to_numpy(), column("amount:high")
        elsewhere = state & ELSEWHERE_SET > 0
        most = np.where(elsewhere, 0.0, high.cast(pa.float64()).fill_null(np.inf).to_numpy())
        claim = Payable(status, column("amount:low").to_numpy().astype(np.float64), most, state & np.uint8(UNDECIDED),
                        elsewhere)
        scores = {id_: self._points(column(f"{id_}:low"), column(f"{id_}:high"), id_) for id_ in policy.scores}
        outside = (status == NOT_APPLICABLE) & (not self.receipt["identity"]["every_region"])
        return Answered(table["organisation"].combine_chunks(), claim, scores, outside)

    def _points(self, low: pa.Array, high: pa.Array, score: str) -> tuple[Any, Any]:
        ends = tuple(end.cast(pa.float64()).fill_null(np.nan).to_numpy() for end in (low, high))
        if np.any(ends[1] - ends[0] == 1):  # rounded outwards: what the points are is not to be had from here
            raise self._refused(f"{score} 有不是万分之一整数倍的得分，结果里存的是取整后的；请给原来的数据",
                                f"{score} has points that are no multiple of 1/10,000, and the results hold them "
                                "rounded: give the data")
        return ends[0] / POINTS, ends[1] / POINTS

    def _refused(self, zh: str, en: str) -> GuijuError:
        return fail("E922", Span(str(self.out)), zh, en)


def held_at(path: Path) -> Held | None:
    """The run whose results are at `path`; None where there are none. Raises GuijuError E922 where it is not finished,
    or its receipt is not its own."""
    if not os.path.isfile(path / IDENTITY) or not os.path.isdir(path / CHUNKS):  # false where no such path can be
        return None
    if not (path / RECEIPT).exists():
        raise fail("E922", Span(str(path)), "这次运行还没有做完；先把 guiju population match 照原样再运行一次",
                   "the run is not finished: run guiju population match again as it was")
    with readable(str(path / RECEIPT)):
        receipt = json.loads((path / RECEIPT).read_text("utf-8"))
    if not _is_own(receipt, path):
        raise fail("E922", Span(str(path / RECEIPT)),
                   "凭据改动过或已损坏：编号、各批和内容对不上；删去它，把 match 照原样再运行一次",
                   "the receipt was changed or is damaged: its number or its files are not those of what it says; "
                   "delete it and run match again")
    return Held(path, receipt)


def _is_own(receipt: Any, path: Path) -> bool:
    """Whether a receipt has the number of what it says, and names every chunk with all rows."""
    try:
        outputs = receipt["outputs"]
        named = [(path / str(output["file"]), output["sha256"]) for output in outputs]
        return bool(receipt["run"] == run_of(receipt["identity"])
                    and [file for file, _ in named] == [chunk_path(path, n) for n in range(len(outputs))]
                    and sum(output["rows"] for output in outputs) == receipt["organisations"]
                    and not chunk_path(path, len(outputs)).exists())
    except (AttributeError, KeyError, TypeError):
        return False
