"""One chunk of a synthetic population as Arrow tables, with gaps and dirt if they are asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.population.files.headings import ORGANISATION, ORGANISATIONS
from guiju.population.synthetic.arrays import array, texts
from guiju.population.synthetic.columns import CODED, Drawn, Scope, View, Words
from guiju.population.synthetic.keys import FOREIGN, keys, numbered, taken
from guiju.population.synthetic.model import Model
from guiju.population.synthetic.streams import counts
from guiju.vocabulary import Field, RecordType, Vocabulary

CHUNK = 65_536
WRONG = "不存在的值"
MOST = 50  # rows of one organisation where the model says nothing
NAMES = {"organisation_name": "虚构单位", "credit_code": ""}
# Dirt is counted as (table, column, kind); of whole rows, the column is empty.
Dirt = Counter[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made: so many organisations by a seed, those facts and record sets, and how bad."""

    count: int
    seed: int
    facts: tuple[Field, ...]
    records: tuple[RecordType, ...]
    gaps: float = 0.0
    dirty: float = 0.0

    def chunks(self) -> int:
        return -(-self.count // CHUNK)


@dataclass
class Maker:
    """Makes the tables of any chunk. The same wish and model make the same tables, in whatever order."""

    wish: Wish
    model: Model
    vocabulary: Vocabulary
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.vocabulary)
        asked = {entry.id: entry for entry in self.wish.facts}
        modelled = {id_: self.vocabulary.facts[id_] for id_ in self.model.facts}
        self._drawn = {id_: (entry, self.model.fact(entry)) for id_, entry in (modelled | asked).items()}
        # All fields of a record, since those that are asked may follow others.
        self._cells = {record.id: {entry.id: (entry, self.model.cell(record, entry))
                                   for entry in self.vocabulary.records[record.id].fields}
                       for record in self.wish.records}
        place = {entry.id: number for number, entry in enumerate(self.vocabulary.all_facts())}
        # In the dictionary's order: what is asked, and what the model says something of.
        self.facts = sorted((entry for entry, _ in self._drawn.values()), key=lambda e: place.get(e.id, len(place)))

    def tables(self, chunk: int) -> tuple[dict[str, pa.Table], Dirt]:
        """The organisations of a chunk, and their rows of each record set."""
        first = chunk * CHUNK
        numbers = np.arange(first + 1, min(first + CHUNK, self.wish.count) + 1)
        count, own = len(numbers), keys(numbers)
        # What a row draws mustn't depend on how many come after it: streams are read from the front.
        scope = Scope(self.model, self.words, self.wish.seed, chunk, ORGANISATIONS, count, self._drawn)
        dirt: Dirt = Counter()
        made = {}
        known: dict[str, NDArray[np.bool_]] = {}
        for record in self.wish.records:
            if self.wish.gaps:
                known[record.id] = ~scope.stream(f"{record.id}.known").chance(count, self.wish.gaps)
            made[record.id] = self._rows(record, scope, own, known.get(record.id), dirt)
        return {ORGANISATIONS: self._organisations(scope, numbers, known, dirt), **made}, dirt

    def _organisations(self, scope: Scope, numbers: NDArray[np.int64], known: dict[str, NDArray[np.bool_]], dirt: Dirt
                       ) -> pa.Table:
        rows = None
        if self.wish.dirty:
            again = scope.stream("again").chance(scope.count, self.wish.dirty)
            rows = np.repeat(np.arange(scope.count), 1 + again)
            dirt[ORGANISATIONS, "", "duplicate"] += int(again.sum())
            numbers = numbers[rows]
        own = texts(keys(numbers))
        columns: dict[str, pa.Array] = {ORGANISATION: own}
        for entry in self.facts:
            if entry.id in NAMES:
                prefix = NAMES[entry.id]
                columns[entry.id] = texts(numbered(prefix, numbers)) if prefix else own
            else:
                columns[entry.id] = self._array(scope, entry, rows, dirt)
        for id_, held in known.items():
            columns[f"{id_}.known"] = array(held if rows is None else held[rows], None)
        return pa.table(columns)

    def _rows(self, record: RecordType, scope: Scope, own: NDArray[np.uint8], known: NDArray[np.bool_] | None,
              dirt: Dirt) -> pa.Table:
        draw = self.model.rows(record)
        rates = np.float32(draw.median or 0.0) * View(scope, None, scope.count).factor(draw)
        numbers = counts(scope.stream(f"{record.id} rows"), rates, int(draw.most or MOST))
        if draw.again:
            held = np.flatnonzero(numbers)
            more = scope.stream(f"{record.id} again").generator().negative_binomial(numbers[held], 1 - draw.again)
            numbers[held] = np.minimum(numbers[held] + more, int(draw.most or MOST))
        owners = np.repeat(np.arange(scope.count), numbers)
        rows = Scope(self.model, self.words, scope.seed, scope.chunk, record.id, len(owners), self._cells[record.id],
                     scope, owners)
        kept = None if known is None else np.flatnonzero(known[owners])
        shown = owners if kept is None else owners[kept]
        signs, sound = taken(own, shown), None
        if self.wish.dirty:
            # Only an organisation's last row, so that the table stays in order; nothing else is wrong in it, so that
            # what is wrong is counted once.
            last = np.append(shown[1:] != shown[:-1], [True])[:len(shown)]
            foreign = rows.stream("foreign").chance(len(shown), self.wish.dirty) & last
            sound = np.ones(len(owners), bool)
            sound[slice(None) if kept is None else kept] = ~foreign
            signs[foreign, -1] = ord(FOREIGN)
            dirt[record.id, "", "no_organisation"] += int(foreign.sum())
        columns = {ORGANISATION: texts(signs)}
        for entry in record.fields:
            columns[entry.id] = self._array(rows, entry, kept, dirt, sound)
        return pa.table(columns)

    def _array(self, scope: Scope, entry: Field, rows: NDArray[np.int64] | None, dirt: Dirt,
               sound: NDArray[np.bool_] | None = None) -> pa.Array:
        """A column as it is written: with gaps, with dirt where it may have any, and in those `rows` that are."""
        drawn = scope.column(entry.id)
        if self.wish.gaps:
            there = ~scope.stream(f"{entry.id} gap").chance(scope.count, self.wish.gaps)
            drawn = Drawn(drawn.values, there if drawn.known is None else drawn.known & there)
        draw = scope.entries[entry.id][1]
        coded = entry.type in CODED or bool(draw.pool)
        words = self.words.of(entry, draw) if coded else ()
        if self.wish.dirty and (entry.type in CODED or entry.low == 0):
            spoilt = scope.stream(f"{entry.id} dirt").chance(scope.count, self.wish.dirty)
            spoilt = spoilt if sound is None else spoilt & sound
            drawn = _dirtied(scope.name, entry, drawn, len(words), spoilt, rows, dirt)
        drawn = drawn.at(rows)
        if coded:
            said = [*words, WRONG] if self.wish.dirty and entry.type in CODED else words
            codes = array(drawn.values.astype(np.int8 if len(said) < 127 else np.int16), drawn.known)
            return pa.DictionaryArray.from_arrays(codes, pa.array(said, pa.string()))
        if entry.type == "text":
            return texts(numbered(f"{scope.name}-{entry.id}-{scope.chunk:05d}", drawn.values, 7), drawn.known)
        if entry.type == "date":
            return array(drawn.values.astype(np.int32, copy=False), drawn.known).view(pa.date32())
        return array(drawn.values, drawn.known)


def _dirtied(table: str, entry: Field, drawn: Drawn, wrong: int, spoilt: NDArray[np.bool_],
             rows: NDArray[np.int64] | None, dirt: Dirt) -> Drawn:
    """Wrong where `spoilt`: a word that isn't one (of the code `wrong`), or a number below nought. What stands in a row
    that is written twice is counted once: whoever reads leaves the second out."""
    spoilt = spoilt if drawn.known is None else spoilt & drawn.known
    kind, value = ("wrong_member", wrong) if entry.type in CODED else ("negative", -drawn.values - 1)
    number = int((spoilt if rows is None else spoilt[np.unique(rows)]).sum())
    if number:
        dirt[table, entry.id, kind] += number
    return Drawn(np.where(spoilt, value, drawn.values).astype(drawn.values.dtype), drawn.known)


def description(wish: Wish, model: Model) -> dict[str, Any]:
    """What a file says of itself: that nothing in it is real, and what made it."""
    return {"synthetic": True, "organisations": wish.count, "seed": wish.seed, "gaps": wish.gaps, "dirty": wish.dirty,
            "as_of": model.as_of.isoformat(), "model": model.digest,
            "note": {"zh": "合成数据：单位和记录全部虚构，不是真实情况，也不是统计结果",
                     "en": "Synthetic: every organisation and record is invented; neither facts nor statistics"}}

