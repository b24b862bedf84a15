"""The labelled queries as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "queries.yaml"
COMPILATION = "004"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A query and its judged clauses: the line on which each begins, and 2 for a full answer, 1 for a part of one."""

    ask: str
    judged: dict[str, int]


def labelled(file: Path = FILE) -> list[Labelled]:
    entries = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["queries"]
    return [Labelled(e["ask"], {place: grade for name, grade in (("part", 1), ("full", 2))
                                for place in _places(e.get(name, ""))}) for e in entries]


def line_of(place: str) -> str:
    """The first line of a place: `004:12-14` begins at `004:12`."""
    return place.partition("-")[0]


def _places(words: str) -> list[str]:
    return [word if ":" in word else f"{COMPILATION}:{word}" for word in words.split()]
