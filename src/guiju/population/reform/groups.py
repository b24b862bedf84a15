"""By what an organisation is counted: province, size, kind and sector, as its own facts say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.spelling import spell_money
from guiju.population.columns import Quantity, number_of
from guiju.population.people import Population
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary

UNKNOWN = ""  # the group of those of whom it is not known
STEPS = tuple(10 ** n for n in (8, 9, 10, 11))  # of revenue, in fen: 1, 10, 100 and 1000 million yuan
Inverse = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Dimension:
    """`fact`: on which fact it rests; `key`: the group that a value from `low` to `high` belongs to; `word`: a group in
    words."""

    id: str
    title: Text
    fact: str
    key: Callable[[Population, Any, Any], str]
    word: Callable[[str, Vocabulary], Text]

    def of(self, people: Population) -> tuple[list[str], Inverse]:
        """The groups that occur in a population, and the place of each organisation's among them."""
        held = people.facts.get(self.fact)
        column = None if held is None else held.column
        if held is None or not isinstance(column, Quantity):
            return [UNKNOWN], np.zeros(people.count, np.int64)
        low, high = (np.broadcast_to(np.asarray(part, np.float64), people.count) for part in (column.low, column.high))
        doubt = np.broadcast_to(np.asarray(column.cause, np.float64), people.count) * (low == high)
        ends, inverse = np.unique(np.stack([low, high, doubt]), axis=1, return_inverse=True)
        keys = [UNKNOWN if cause else self.key(people, number_of(a, held.scale), number_of(b, held.scale))
                for a, b, cause in ends.T.tolist()]
        names = sorted(set(keys))
        places = np.array([names.index(key) for key in keys], np.int64)
        return names, places[inverse.reshape(-1)]


def _province(_: Population, low: Any, high: Any) -> str:
    return f"{int(low) // 10000:02}0000" if low // 10000 == high // 10000 else UNKNOWN


def _band(_: Population, low: Any, high: Any) -> str:
    places = {bisect_right(STEPS, end) for end in (low, high)}
    return str(places.pop()) if len(places) == 1 else UNKNOWN


def _member(_: Population, low: Any, high: Any) -> str:
    return str(int(low)) if low == high else UNKNOWN


def _sector(people: Population, low: Any, high: Any) -> str:
    return people.texts.text(int(low)) if low == high and low >= 0 else UNKNOWN


_NOT_KNOWN = Text("未知", "not known")


def _region_word(key: str, vocabulary: Vocabulary) -> Text:
    return Text(vocabulary.regions.get(key, key), "") if key else _NOT_KNOWN


def _band_word(key: str, _: Vocabulary) -> Text:
    if not key:
        return _NOT_KNOWN
    place, words = int(key), [spell_money(step) for step in STEPS]
    if place == 0:
        return Text(f"不足 {words[0].zh}", f"below {words[0].en}")
    if place == len(STEPS):
        return Text(f"{words[-1].zh}以上", f"{words[-1].en} or more")
    return Text(f"{words[place - 1].zh} 至 {words[place].zh}", f"{words[place - 1].en} to {words[place].en}")


def _kind_word(key: str, vocabulary: Vocabulary) -> Text:
    entry = vocabulary.facts.get("organisation_type")
    if not key or entry is None or entry.enumeration is None:
        return _NOT_KNOWN
    member = entry.enumeration.members[int(key)]
    return Text(member.name, member.en)


def _sector_word(key: str, vocabulary: Vocabulary) -> Text:
    return Text(vocabulary.industries[key][0], "") if key in vocabulary.industries else Text(key or "未知", key or
                                                                                             "not known")


DIMENSIONS = (
    Dimension("province", Text("注册地（省）", "province"), "region", _province, _region_word),
    Dimension("size", Text("上年度营业收入", "revenue of last year"), "revenue_y1", _band, _band_word),
    Dimension("kind", Text("单位类型", "organisation type"), "organisation_type", _member, _kind_word),
    Dimension("sector", Text("所属行业", "industry"), "industry", _sector, _sector_word))
