"""Columns as they are drawn: of the organisations of one chunk, or of their rows of one record set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.population.synthetic.model import AS_OF, Draw, Model, group_of
from guiju.population.synthetic.streams import Stream, stream, wheel
from guiju.vocabulary import Field, Vocabulary

Floats = NDArray[np.float64]
CODED = frozenset({"enum", "region", "industry"})
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """`values`: bools, positions among the entry's words, days since 1970, numbers in base units, or row numbers where
    each text is its own. `known`: None where all are."""

    values: NDArray[Any]
    known: NDArray[np.bool_] | None = None

    def at(self, rows: NDArray[np.int64] | None) -> Drawn:
        """In these rows (None: all)."""
        if rows is None:
            return self
        return Drawn(self.values[rows], None if self.known is None else self.known[rows])


class Words:
    """What coded entries may say, in the order that codes count in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        codes = sorted(vocabulary.regions)
        within = {code[:end] + "0" * (6 - end) for code in codes for end in (2, 4) if code[end:].strip("0")}
        self.places = tuple(code for code in codes if code not in within)
        self.regions = tuple(codes)
        self.industries = tuple(sorted(code for code in vocabulary.industries if code.isdigit()))
        self._factors: dict[tuple[str, tuple[tuple[str, float], ...]], NDArray[np.float32]] = {}

    def of(self, entry: Field, draw: Draw) -> tuple[str, ...]:
        """The words of an enumeration, region or industry; of a text those of its pool."""
        if entry.type == "enum":
            assert entry.enumeration is not None
            return tuple(m.id for m in entry.enumeration.members)
        if entry.type == "region":
            return self.regions
        if entry.type == "industry":
            return self.industries
        return tuple(f"虚构{entry.name}{number + 1:03d}" for number in range(draw.pool))

    def weights(self, entry: Field, draw: Draw, said: Map[str, float] | None) -> Floats:
        """A weight for each word: a province's is shared by its places, a section's by its divisions."""
        words = self.of(entry, draw)
        if entry.type == "region":
            return self._places(said or {}, draw.places)
        if said is None:
            return np.ones(len(words))
        if entry.type == "industry":
            sections = [self.vocabulary.industries[word][1] for word in words]
            return np.array([said.get(w, said.get(s, 0.0) / sections.count(s))
                             for w, s in zip(words, sections, strict=True)], float)
        return np.array([said.get(word, said.get("otherwise", 0.0)) for word in words], float)

    def _places(self, provinces: Map[str, float], places: Map[str, float]) -> Floats:
        own = {code: places.get(code, 1.0) for code in self.places}
        whole: dict[str, float] = {}
        for code, weight in own.items():
            whole[code[:2]] = whole.get(code[:2], 0.0) + weight
        return np.array([provinces.get(code[:2], provinces.get("otherwise", 0.0)) * own[code] / whole[code[:2]]
                         if code in own else 0.0 for code in self.regions], float)

    def factors(self, entry: Field, draw: Draw, said: Map[str, float]) -> NDArray[np.float32]:
        """What `by` says of each word of a column, which is drawn as `draw` says."""
        key = entry.id, tuple(said.items())
        if key not in self._factors:
            self._factors[key] = np.array([self._factor(word, entry, said) for word in self.of(entry, draw)],
                                          np.float32)
        return self._factors[key]

    def _factor(self, word: str, entry: Field, said: Map[str, float]) -> float:
        """Of the word itself, of what it lies under, or otherwise one."""
        if entry.type == "enum":
            return said.get(word, said.get("otherwise", 1.0))
        above = (word, word[:4], word[:2], self.vocabulary.industries[word][1] if entry.type == "industry" else "")
        return next((said[a] for a in above if a in said), said.get("otherwise", 1.0))


@dataclass
class Scope:
    """The columns of one table's rows in one chunk, each drawn when it is first asked for. Rows of a record set
    (`owners`) find what is their organisation's in `parent`."""

    model: Model
    words: Words
    seed: int
    chunk: int
    name: str
    count: int
    entries: Map[str, tuple[Field, Draw]]
    parent: Scope | None = None
    owners: NDArray[np.int64] | None = None
    _held: dict[str, Drawn] = field(default_factory=dict)

    def entry(self, id_: str) -> tuple[Field, Draw]:
        """An entry of this table, or of the organisations', and how it is drawn. Raises KeyError."""
        if id_ in self.entries:
            return self.entries[id_]
        if self.parent is None:
            raise KeyError(id_)
        return self.parent.entry(id_)

    def stream(self, name: str) -> Stream:
        return stream(self.seed, self.chunk, f"{self.name}.{name}")

    def column(self, id_: str) -> Drawn:
        """A column by the id of its entry; what this table doesn't have is its organisations'."""
        if id_ not in self._held:
            if id_ in self.entries:
                entry, draw = self.entries[id_]
                self._held[id_] = self._made(entry, draw)
            else:
                assert self.parent is not None, id_
                self._held[id_] = self.parent.column(id_).at(self.owners)
        return self._held[id_]

    def latent(self, id_: str) -> NDArray[np.float32]:
        """A hidden number that columns follow."""
        if id_ not in self._held:
            if self.parent is not None:
                self._held[id_] = Drawn(self.parent.latent(id_)[self.owners])
            else:
                source = self.stream(f"latent {id_}")
                shape = source.normal if self.model.latents[id_] == "normal" else source.exponential
                self._held[id_] = Drawn(shape(self.count))
        return self._held[id_].values

    def _made(self, entry: Field, draw: Draw) -> Drawn:
        rows = self._rows(entry, draw)
        drawn = View(self, rows, self.count if rows is None else len(rows)).draw(entry, draw)
        if rows is None:
            return drawn
        values = np.zeros(self.count, drawn.values.dtype)
        known = np.zeros(self.count, bool)
        values[rows] = drawn.values
        known[rows] = True if drawn.known is None else drawn.known
        return Drawn(values, known)

    def _rows(self, entry: Field, draw: Draw) -> NDArray[np.int64] | None:
        """Of whom it is known; None for everybody."""
        members = self.members(group_of(entry)) if self.parent is None else None
        if draw.known >= 1:
            return members
        some = self.count if members is None else len(members)
        kept = np.flatnonzero(self.stream(f"{entry.id} known").chance(some, draw.known))
        return kept if members is None else members[kept]

    def members(self, group: str) -> NDArray[np.int64] | None:
        """The organisations that have a group's facts at all; None for all of them."""
        if group not in self.model.groups:
            return None
        key = f"group {group}"
        if key not in self._held:
            share = View(self, None, self.count).yes(f"group {group}", self.model.groups[group].draw)
            self._held[key] = Drawn(np.flatnonzero(share))
        return self._held[key].values


@lru_cache(maxsize=4096)
def _wheel(weights: tuple[float, ...]) -> NDArray[np.int16]:
    return wheel(np.array(weights))


@dataclass(frozen=True, slots=True)
class View:
    """Some rows of a scope, of which a column is drawn."""

    scope: Scope
    rows: NDArray[np.int64] | None
    count: int

    def column(self, id_: str) -> Drawn:
        return self.scope.column(id_).at(self.rows)

    def draw(self, entry: Field, draw: Draw) -> Drawn:
        """The entry's values in these rows, as its type and `Draw` say."""
        if draw.same_as:
            return self._repeated(entry, draw)
        if entry.type == "bool":
            return Drawn(self.yes(entry.id, draw))
        if entry.type in CODED or draw.pool:
            return Drawn(self._coded(entry, draw))
        if entry.type == "date":
            return self._date(entry, draw)
        if entry.type == "text":
            return Drawn(np.arange(self.count) if self.rows is None else self.rows)
        return self._number(entry, draw)

    def yes(self, name: str, draw: Draw) -> NDArray[np.bool_]:
        """Who has it, of a share or of odds; `name` tells its random numbers from others'."""
        share = 0.5 if draw.share is None else draw.share
        if not draw.by and not draw.follows:
            return self.scope.stream(name).chance(self.count, share)
        odds = (share / max(1 - share, 1e-9)) * self.factor(draw)
        return self.scope.stream(name).uniform(self.count) < odds / (1 + odds)

    def factor(self, draw: Draw) -> NDArray[np.float32]:
        """What other columns' members and latents multiply a rate, odds or an amount by."""
        factor = np.ones(self.count, np.float32)
        if draw.follows:
            power = np.zeros(self.count, np.float32)
            for id_, slope in draw.follows.items():
                latent = self.scope.latent(id_)
                power += np.float32(slope) * (latent if self.rows is None else latent[self.rows])
            factor = np.exp(power)
        for id_, said in draw.by.items():
            entry, own = self.scope.entry(id_)
            factors = self.scope.words.factors(entry, own, said)
            factor = factor * factors[self.column(id_).values]
        return factor

    def _coded(self, entry: Field, draw: Draw) -> NDArray[np.int16]:
        words, places = self.scope.words, self.scope.stream(entry.id).raw(self.count, 2)
        if not draw.given:
            return _wheel(tuple(words.weights(entry, draw, draw.weights))).take(places)
        assert draw.weights is not None
        other, own = self.scope.entry(draw.given)
        given = self.column(draw.given).values
        found = np.zeros(self.count, np.int16)
        for position, word in enumerate(words.of(other, own)):
            said = draw.weights.get(word, draw.weights.get("otherwise"))
            rows = np.flatnonzero(given == position)
            if len(rows):
                found[rows] = _wheel(tuple(words.weights(entry, draw, said))).take(places[rows])
        return found

    def _repeated(self, entry: Field, draw: Draw) -> Drawn:
        """Another column's values; in the rest of the rows, a draw of their own."""
        same = self.column(draw.same_as)
        values = same.values
        if draw.share is not None and draw.share < 1:
            other = Draw(weights=draw.weights, places=draw.places, pool=draw.pool)
            rest = ~self.scope.stream(f"{entry.id} same").chance(self.count, draw.share)
            values = np.where(rest, self._coded(entry, other), values)
        if draw.province:
            regions = self.scope.words.regions
            above = {code: number for number, code in enumerate(regions)}
            table = np.array([above[code[:2] + "0000"] for code in regions], np.int16)
            values = table[values]
        return Drawn(values, same.known)

    def _date(self, entry: Field, draw: Draw) -> Drawn:
        source = self.scope.stream(entry.id)
        if draw.between is not None:
            first, last = ((day - EPOCH).days for day in draw.between)
            share = source.uniform(self.count)
            return Drawn((first + (share * (last - first + 1)).astype(np.int32)).astype(np.int32))
        anchor = draw.before or draw.after
        away = np.clip(self._size(source, draw, 1.0), draw.least or 0, draw.most or 40_000).astype(np.int32)
        if anchor == AS_OF:
            start = Drawn(np.full(self.count, (self.scope.model.as_of - EPOCH).days, np.int32))
        else:
            start = self.column(anchor)
        return Drawn(start.values - away if draw.before else start.values + away, start.known)

    def _size(self, source: Stream, draw: Draw, unit: float) -> Floats:
        """The amount before its limits, in base units."""
        if draw.mean is not None:
            middle = draw.mean + draw.spread * source.normal(self.count).astype(np.float64)
        elif draw.spread:
            power = np.float32(draw.spread) * source.normal(self.count)
            middle = (draw.median or 0.0) * np.exp(power).astype(np.float64)
        else:
            middle = np.full(self.count, draw.median or 0.0)
        if draw.by or draw.follows:
            middle = middle * self.factor(draw)
        return middle * unit

    def _number(self, entry: Field, draw: Draw) -> Drawn:
        per = 1.0 if entry.unit is None else float(entry.unit.per)
        unit, times, known = per, None, None
        if draw.of:
            other, _ = self.scope.entry(draw.of)
            column = self.column(draw.of)
            times, known = column.values, column.known
            alike = entry.unit is not None and other.unit is not None and entry.unit.dimension == other.unit.dimension
            unit = 1.0 if alike else per
        size = self._size(self.scope.stream(entry.id), draw, unit)
        if times is not None:
            size = size * times
        if draw.least is not None or draw.most is not None:
            size = np.clip(size, None if draw.least is None else draw.least * per,
                           None if draw.most is None else draw.most * per)
        if draw.below:
            column = self.column(draw.below)
            size = np.minimum(size, column.values)
            known = column.known if known is None else known if column.known is None else known & column.known
        return Drawn(_rounded(size, entry, per), known)


def _rounded(size: Floats, entry: Field, per: float) -> NDArray[Any]:
    """Money in whole yuan, shares to a hundredth of a percent, anything else in whole units."""
    if entry.type == "ratio":
        return np.round(size, 4)
    grain = 100.0 if entry.type == "money" else per
    whole = np.round(size / grain)
    return (whole * grain).astype(np.int64) if grain >= 1 else whole * grain
