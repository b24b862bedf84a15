"""What was expected of whole populations beforehand, held against what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Expected:
    """`value` should be at least `bound`, or at most where `most`."""

    text: str
    value: float
    bound: float
    most: bool = False

    @property
    def met(self) -> bool:
        return self.value <= self.bound if self.most else self.value >= self.bound

    def sentence(self) -> str:
        return f"- {self.text}: {'met' if self.met else 'NOT met'} ({self.value:,.3g} against {self.bound:,.3g})"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def expected(parts: Mapping[str, Any]) -> list[Expected]:
    """Of the parts that have been measured."""
    found: list[Expected] = []
    if "peers" in parts:
        found += _peers(parts["peers"]["runs"])
    if "library" in parts:
        one = parts["library"]
        found.append(Expected("the whole library at 40 % or more of the speed of reading the same columns once",
                              one["scanning"] / one["matching"], 0.4))
    if "records" in parts:
        ours = [run for run in parts["records"]["runs"] if run["engine"] == "guiju" and not run["failed"]]
        found += [Expected(f"15 million records a second ({run['count']:,} organisations)",
                           run["rows"] / run["seconds"] / 1e6, 15) for run in ours]
    for size in parts.get("files", {}).get("sizes", ()):
        how = "" if size["organisations"] == 10_000_000 else f", extrapolated from {size['organisations']:,}"
        found += [Expected(f"ten million organisations made in 120 s{how}", size["ten_million"]["making"], 120, True),
                  Expected(f"ten million × the library, Parquet to Parquet, in 300 s{how}",
                           size["ten_million"]["matching"], 300, True)]
    return found


def _peers(runs: list[dict[str, Any]]) -> list[Expected]:
    place = {(run["engine"], run["count"]): run for run in runs if not run["failed"]}
    found = []
    for count in sorted({count for _, count in place}):
        ours = place.get(("guiju", count))
        for peer, words, bound in (("openfisca", "5× openfisca-core", 5), ("policyengine", "3× policyengine-core", 3),
                                   ("polars", "not slower than Polars", 1)):
            other = place.get((peer, count))
            if ours is None or other is None:
                continue
            found.append(Expected(f"{words}, {count:,}", other["seconds"] / ours["seconds"], bound))
            if peer != "polars":
                found.append(Expected(f"a fifth of the memory of {peer}-core, {count:,}",
                                      ours["memory"] / max(other["memory"], 1), 0.2, most=True))
    return found
