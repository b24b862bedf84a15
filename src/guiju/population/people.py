"""A population: facts of many organisations in columns, and their records in tables sorted by organisation."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import inf, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.facts.model import APPLICATION_DATE, Facts, Row, unknown
from guiju.population.columns import EPSILON, EXACT, Column, Quantity, Status, number_of, taken
from guiju.values import FAIL, PASS, Number, Value, whole
from guiju.vocabulary import Field, Vocabulary

TEXTS = frozenset({"text", "industry"})


class Texts:
    """Texts as numbers, the same for equal texts; -1 is a text that is not known."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._texts: list[str] = []

    def code(self, text: str | None) -> int:
        """The number of a text; a new text gets the next."""
        return -1 if text is None else self._codes.setdefault(text, len(self._codes))

    def codes(self, texts: Iterable[str]) -> NDArray[np.float64]:
        """The codes of many texts, as columns have them."""
        held = self._codes
        return np.array([held.setdefault(text, len(held)) for text in texts], np.float64)

    def text(self, code: int) -> str:
        """The text of a number that a text has."""
        if len(self._texts) < len(self._codes):
            self._texts = list(self._codes)
        return self._texts[code]


@dataclass(frozen=True, slots=True)
class Stored:
    """A column as it is kept: statuses, or ends as whole numbers over one `scale`. `printed`: the ends are doubles,
    each of which stands for the shortest decimal that prints it, times this. Whole numbers may be kept as int8, int32
    or int64, too, and a status as bool: where it holds. `bounds`: of columns that are read chunk by chunk, what all
    their values lie between, if known; `times`: each number stands for so many."""

    column: Column
    scale: int = 1
    printed: Fraction | None = None
    bounds: tuple[float, float] | None = None
    times: int = 1

    def value(self, row: int, texts: Texts, entry: Field) -> Value:
        """The value of one row, as the one-applicant evaluation has it."""
        column = self.column
        if isinstance(column, Status):
            code = _at(column.codes, row)
            return (PASS if code else FAIL) if _is_bool(column) else int(code)
        low, high, cause = (_at(part, row) for part in (column.low, column.high, column.cause))
        if entry.type in TEXTS:
            text = None if low < 0 else texts.text(int(low))
            return text, text, int(cause)
        if self.printed is not None:
            return _printed(low, self.printed), _printed(high, self.printed), int(cause)
        low, high = number_of(low * self.times, self.scale), number_of(high * self.times, self.scale)
        return low, high, int(cause)

    @property
    def is_known(self) -> bool:
        """Every row has one value, without doubt."""
        return self.column.plain if isinstance(self.column, Status) else self.column.point

    def part(self, rows: slice) -> Stored:
        """Some rows, one after another."""
        return Stored(taken(self.column, rows), self.scale, self.printed, self.bounds, self.times)

    def plain(self) -> Stored:
        """The same as codes of statuses, or as doubles that stand for themselves. Raises OverflowError where doubles
        can't hold all numbers."""
        column, times = self.column, self.times
        if isinstance(column, Status):
            if not _is_bool(column):
                return self
            return Stored(Status(np.where(column.codes, np.uint8(PASS), np.uint8(FAIL)), True))
        if times == 1 and all(not isinstance(end, np.ndarray) or end.dtype == np.float64
                              for end in (column.low, column.high)):
            return self
        low = _doubles(column.low, times)
        high = low if column.high is column.low else _doubles(column.high, times)
        return Stored(Quantity(low, high, column.cause), self.scale, self.printed)

    def ready(self) -> Column:
        """The column as it is worked with."""
        plain = self.plain()
        column, scale = plain.column, plain.scale
        if isinstance(column, Status):
            return column
        if self.printed is not None:
            return _times(column, float(self.printed))
        if scale == 1:
            return column
        low = column.low / scale
        high = low if column.high is column.low else column.high / scale
        size = np.abs(low) if high is low else np.maximum(np.abs(low), np.abs(high))
        even = _divides(scale, column.low, low) & _divides(scale, column.high, high) | np.isinf(size)
        return Quantity(low, high, column.cause, np.where(even, 0.0, size) * EPSILON)


def _divides(scale: int, values: Any, quotients: Any) -> Any:
    """Which whole numbers the scale divides: up to 2⁵² a quotient is whole only where it is."""
    if np.all((np.abs(values) <= EXACT / 2) | np.isinf(values)):
        return np.floor(quotients) == quotients
    return np.fmod(values, scale) == 0


def _is_bool(column: Status) -> bool:
    return isinstance(column.codes, np.ndarray) and column.codes.dtype == np.bool_


def _doubles(values: Any, times: int) -> Any:
    if isinstance(values, np.ndarray) and values.dtype == np.int64 and len(values) and \
            max(-int(values.min()), int(values.max())) > EXACT:
        raise OverflowError("past 2**53")
    found = np.asarray(values, np.float64) * times
    if times > 1 and np.any(np.isfinite(found) & (np.abs(found) > EXACT)):
        raise OverflowError("past 2**53")
    return found if found.ndim else float(found)


def _printed(value: float, times: Fraction) -> Number:
    return value if value in (inf, -inf) else whole(Fraction(repr(value)) * times)


def _times(column: Quantity, factor: float) -> Quantity:
    low = column.low * factor
    high = low if column.high is column.low else column.high * factor
    size = np.maximum(np.abs(low), np.abs(high))
    return Quantity(low, high, column.cause, np.where(np.isinf(size), 0.0, size) * 2 * EPSILON)


def _at(values: Any, row: int) -> Any:
    return values[row].item() if isinstance(values, np.ndarray) else values


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one record set, sorted by organisation. `owners`: whose each row is; `known`: whose set is known,
    True for everybody's; nobody else has rows."""

    owners: NDArray[np.int64]
    fields: tuple[Stored, ...]
    known: NDArray[np.bool_] | bool = True

    def starts(self, count: int) -> NDArray[np.int64]:
        """Where each organisation's rows begin, and the end of the last."""
        return np.searchsorted(self.owners, np.arange(count + 1))

    def part(self, organisations: slice) -> Table:
        """The rows of some organisations, one after another."""
        first, last = np.searchsorted(self.owners, (organisations.start, organisations.stop)).tolist()
        known = self.known if isinstance(self.known, bool) else self.known[organisations]
        rows = slice(first, last)
        return Table(self.owners[rows] - organisations.start, tuple(stored.part(rows) for stored in self.fields), known)


@dataclass(frozen=True, slots=True)
class Population:
    """`facts` by id, each with one value for each of `count` organisations; `tables` by record id. What is not there
    is not known."""

    count: int
    facts: Map[str, Stored]
    tables: Map[str, Table]
    texts: Texts
    vocabulary: Vocabulary = field(repr=False)

    def part(self, organisations: slice) -> Population:
        """Some organisations, one after another, and their records."""
        return replace(self, count=organisations.stop - organisations.start,
                       facts={id_: stored.part(organisations) for id_, stored in self.facts.items()},
                       tables={id_: table.part(organisations) for id_, table in self.tables.items()})

    def facts_of(self, number: int, facts: Container[str] | None = None,
                 records: Container[str] | None = None) -> Facts:
        """One organisation's facts and records, or those with the given ids, for the one-applicant evaluation. An
        application date that is not known is not stated: the evaluation takes the day asked of, as columns do."""
        values = {id_: stored.value(number, self.texts, self.vocabulary.facts[id_])
                  for id_, stored in self.facts.items() if facts is None or id_ in facts}
        if values.get(APPLICATION_DATE) == unknown(self.vocabulary.facts[APPLICATION_DATE]):
            del values[APPLICATION_DATE]
        return Facts(values, {id_: self._rows(id_, table, number) for id_, table in self.tables.items()
                              if (records is None or id_ in records) and _at(table.known, number)})

    def _rows(self, id_: str, table: Table, number: int) -> tuple[Row, ...]:
        first, last = np.searchsorted(table.owners, (number, number + 1))
        entries = self.vocabulary.records[id_].fields
        return tuple(tuple(stored.value(row, self.texts, entry)
                           for stored, entry in zip(table.fields, entries, strict=True))
                     for row in range(int(first), int(last)))


def population_of(everybody: Sequence[Facts], vocabulary: Vocabulary) -> Population:
    """The same facts in columns."""
    texts = Texts()
    ids = dict.fromkeys(id_ for facts in everybody for id_ in facts.values)
    columns = {id_: stored(vocabulary.facts[id_], [f.value(vocabulary.facts[id_]) for f in everybody], texts)
               for id_ in ids}
    records = dict.fromkeys(id_ for facts in everybody for id_ in facts.records)
    tables = {id_: _table(id_, everybody, vocabulary, texts) for id_ in records}
    return Population(len(everybody), columns, tables, texts, vocabulary)


def _table(id_: str, everybody: Sequence[Facts], vocabulary: Vocabulary, texts: Texts) -> Table:
    held = [(number, row) for number, facts in enumerate(everybody) for row in facts.records.get(id_, ())]
    entries = vocabulary.records[id_].fields
    fields = tuple(stored(entry, [row[i] for _, row in held], texts) for i, entry in enumerate(entries))
    known = np.array([id_ in facts.records for facts in everybody])
    return Table(np.array([number for number, _ in held], np.int64), fields, True if known.all() else known)


def stored(entry: Field, values: Iterable[Value], texts: Texts) -> Stored:
    """A column of an entry's values. Raises OverflowError where a number has too many digits for a column."""
    held = list(values)
    if entry.type == "bool":
        return Stored(Status(np.array(held, np.uint8), all(v in (PASS, FAIL) for v in held)))
    lows, highs, causes = zip(*held, strict=True) if held else ((), (), ())
    cause: Any = np.array(causes, np.uint8)
    cause = cause if cause.any() else 0
    if entry.type in TEXTS:
        codes = np.array([texts.code(text) for text in lows], np.float64)
        return Stored(Quantity(codes, codes, cause))
    scale = lcm(*(v.denominator for v in (*lows, *highs) if isinstance(v, Fraction)))
    low, high = (np.array([v if v in (inf, -inf) else int(v * scale) for v in ends], np.float64)
                 for ends in (lows, highs))
    for ends in (low, high):
        if np.any(np.isfinite(ends) & (np.abs(ends) > EXACT)):
            raise OverflowError(entry.id)
    return Stored(Quantity(low, low if np.array_equal(low, high) else high, cause), scale)


def blank_column(entry: Field) -> Column:
    """The entry of a row, or of organisations, of which nothing is known: alike for all."""
    value = unknown(entry)
    if isinstance(value, int):
        return Status(value)
    low, high, cause = value
    if low is None:
        return Quantity(-1.0, -1.0, cause)
    return Quantity(float(low), float(high), cause)
