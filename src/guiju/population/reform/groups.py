"""By what an organisation is counted: province, size, kind and sector, as its own facts say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.population.columns import Quantity
from guiju.population.people import Population
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary

UNKNOWN = ""  # the group of those of whom it is not known
STEPS = tuple(10 ** n for n in (8, 9, 10, 11))  # of revenue, in fen
BANDS = (Text("不足 100 万元", "below 1 million yuan"), Text("100 万至 1000 万元", "1 to 10 million yuan"),
         Text("1000 万至 1 亿元", "10 to 100 million yuan"), Text("1 亿至 10 亿元", "100 million to 1 billion yuan"),
         Text("10 亿元以上", "1 billion yuan or more"))
Ends = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dimension:
    """`fact`: on which fact it rests; `number`: the number of a value's group; `key`: the group of a number; `word`: a
    group in words; `ordered`: the groups have an order of their own."""

    id: str
    title: Text
    fact: str
    number: Callable[[Ends], Any]
    key: Callable[[Population, int], str]
    word: Callable[[str, Vocabulary], Text]
    ordered: bool = False

    def of(self, people: Population) -> tuple[list[str], NDArray[np.int64]]:
        """The groups that occur in a population, and the place of each organisation's among them."""
        held = people.facts.get(self.fact)
        column = None if held is None else held.ready()
        if not isinstance(column, Quantity):
            return [UNKNOWN], np.zeros(people.count, np.int64)
        low, high, cause = (np.broadcast_to(part, people.count) for part in (column.low, column.high, column.cause))
        with np.errstate(invalid="ignore"):
            first, last = self.number(low), self.number(high)
            known = np.isfinite(low) & np.isfinite(high) & (first == last) & ((low != high) | (cause == 0))
        numbers, places = np.unique(np.where(known, first, -1.0), return_inverse=True)
        return [UNKNOWN if n < 0 else self.key(people, int(n)) for n in numbers.tolist()], places.reshape(-1)


def _province(_: Population, number: int) -> str:
    return f"{number:02}0000"


def _numbered(_: Population, number: int) -> str:
    return str(number)


def _sector(people: Population, number: int) -> str:
    return people.texts.text(number)


_NOT_KNOWN = Text("未知", "not known")


def _region_word(key: str, vocabulary: Vocabulary) -> Text:
    return Text(vocabulary.regions.get(key, key), "") if key else _NOT_KNOWN


def _band_word(key: str, _: Vocabulary) -> Text:
    return BANDS[int(key)] if key else _NOT_KNOWN


def _kind_word(key: str, vocabulary: Vocabulary) -> Text:
    entry = vocabulary.facts.get("organisation_type")
    if not key or entry is None or entry.enumeration is None:
        return _NOT_KNOWN
    member = entry.enumeration.members[int(key)]
    return Text(member.name, member.en)


def _sector_word(key: str, vocabulary: Vocabulary) -> Text:
    if key in vocabulary.industries:
        return Text(vocabulary.industries[key][0], "")
    return Text(key, key) if key else _NOT_KNOWN


DIMENSIONS = (
    Dimension("province", Text("注册地（省）", "province"), "region", lambda codes: codes // 10000, _province,
              _region_word),
    Dimension("size", Text("上年度营业收入", "revenue of last year"), "revenue_y1",
              lambda fen: np.searchsorted(STEPS, fen, "right"), _numbered, _band_word, True),
    Dimension("kind", Text("单位类型", "organisation type"), "organisation_type", lambda members: members, _numbered,
              _kind_word),
    Dimension("sector", Text("所属行业", "industry"), "industry", lambda codes: codes, _sector, _sector_word))
