"""One entry of the dictionary from the columns that state it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import replace
from math import lcm
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from guiju.facts.dates import YEARS
from guiju.facts.model import cause, not_applicable, unknown
from guiju.population.columns import EXACT, Status
from guiju.population.files import numbers, words
from guiju.population.files.ends import Doubles, Ends, Mask, given_in, known_ends, nothing, sure_ends, sure_numbers
from guiju.population.files.faults import Place
from guiju.population.files.headings import MEASURED, Column, Part
from guiju.population.files.words import Reader
from guiju.population.people import TEXTS, Stored, Texts
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, Value
from guiju.vocabulary import Field

EPOCH = dt.date(1970, 1, 1).toordinal()
NO_HINT = Text("", "")
# For each byte its bits, one in each of eight bytes.
SPREAD = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").view(np.uint64)[:, 0]
assert PASS == 0
LISTED = frozenset({"enum", "region"})
FEW = 64  # texts of a list that are read however few rows there are
Parts = Map[Part, tuple[Column, pa.Array, Place]]
_NAMES = {"bool": ("布尔（或 是／否）", "bool (or yes/no)"), "date": ("日期", "date"),
          "number": ("整数、小数或双精度", "int64, decimal or double"),
          "ratio": ("整数、小数或双精度", "int64, decimal or double"),
          "money": ("以分计的整数（或列名写明单位）", "int64 in fen (or a unit in the column's name)")}


def stored_entry(entry: Field, parts: Parts, empty: Value, reader: Reader, kept: Texts) -> Stored:
    """The entry as it is kept. Rows of which nothing is stated are `empty`; rows that are wrong are unknown, and
    reported."""
    try:
        return _stored_entry(entry, parts, empty, reader, kept)
    except pa.ArrowException as error:  # a type that nobody thought of
        column, values, place = next(iter(parts.values()))
        _wrong_type(column, values, place, Text(f"（{error}）", f" ({error})"))
        if entry.type == "bool":
            return Stored(Status(np.full(len(values), unknown(entry), np.uint8)))
        return replace(nothing(len(values)), wrong=np.ones(len(values), np.bool_)).stored(entry, empty)


def _stored_entry(entry: Field, parts: Parts, empty: Value, reader: Reader, kept: Texts) -> Stored:
    value, state = parts.get("value"), parts.get("state")
    if value is not None and len(parts) == 1 and kinds.is_boolean(value[1].type) and entry.type == "bool":
        return _booleans(value[1], empty)
    if value is not None and len(parts) == 1 and (
            found := _sure(value[1], value[0], empty, reader, kept)) is not None:
        return found
    count = len(next(iter(parts.values()))[1])
    none = np.zeros(count, np.bool_)
    absent, unsaid = words.states(_texts(state[1]), entry, reader, state[2]) if state else (none, none)
    if entry.type == "bool":
        return _status(entry, parts, count, empty, absent, unsaid, reader)
    ends = nothing(count) if value is None else _ends(*value, reader, kept)
    if "low" in parts or "high" in parts:
        ends = _ranged(entry, ends, parts, reader, kept)
    if state is not None:
        both = _both(entry, ends.given, absent | unsaid, state[2])
        ends, absent = replace(ends, given=ends.given & ~both, wrong=ends.wrong | both), absent & ~both
    if value is not None and entry.absent and _is_text(value[1].type):
        unsaid = unsaid | words.unstated(_texts(value[1]), entry, reader)
    if entry.type in TEXTS and isinstance(empty, tuple) and empty[0] is not None:
        code = float(kept.code(empty[0]))
        empty = (code, code, empty[2])
    return ends.stored(entry, empty, absent, unsaid)


def _booleans(values: pa.Array, empty: Value) -> Stored:
    """Eight at a time, as they are kept: a bit that is set is PASS, and no code but FAIL and `empty` takes any bits."""
    yes, given = (_bits(values, buffer) for buffer in (1, 0))
    if not values.null_count:
        return Stored(Status((SPREAD[~yes] * np.uint64(FAIL)).view(np.uint8)[:len(values)], True))
    assert isinstance(empty, int)
    codes = SPREAD[given & ~yes] * np.uint64(FAIL) + SPREAD[~given] * np.uint64(empty)
    return Stored(Status(codes.view(np.uint8)[:len(values)], empty == FAIL))


def _sure(values: pa.Array, column: Column, empty: Value, reader: Reader, kept: Texts) -> Stored | None:
    """A column in which every row says nothing or has a value that can be: read at a stroke, as most are. None where
    some may not; to find out which, and what is to be said of them, takes longer."""
    entry, kind = column.entry, values.type
    if kinds.is_dictionary(kind):
        # Not where a long list would be read for few rows
        plain = kinds.is_string(kind.value_type) and not values.dictionary.null_count and \
            len(values.dictionary) <= max(len(values), FEW)
        return None if not plain else _listed(values, entry, empty, reader) if entry.type in LISTED else \
            _worded(values, entry, empty, reader, kept) if entry.type in TEXTS else None
    if kinds.is_integer(kind) and not kinds.is_uint64(kind) and entry.type in MEASURED and column.per == 1:
        least, most = (-EXACT if entry.low is None else entry.low), (EXACT if entry.high is None else entry.high)
        return sure_numbers(values, 0, (max(least, -EXACT), min(most, EXACT)), empty)
    if kinds.is_date32(kind) and entry.type == "date":
        first, last = (dt.date(year, 1, 1).toordinal() for year in (YEARS.start, YEARS.stop))
        return sure_numbers(values.view(pa.int32()), EPOCH, (first, last - 1), empty)
    return None


def _listed(values: pa.Array, entry: Field, empty: Value, reader: Reader) -> Stored | None:
    """Members of a list, and places, by their numbers."""
    low = _looked_up(values, reader.listed(values.dictionary, entry))
    return None if np.isnan(low).any() else sure_ends(low, values, empty)


def _worded(values: pa.Array, entry: Field, empty: Value, reader: Reader, kept: Texts) -> Stored | None:
    """Texts, by their codes."""
    said = reader.worded(values.dictionary, entry)
    if said is None:
        return None
    assert isinstance(empty, tuple)
    none = kept.code(empty[0])
    return sure_ends(_looked_up(values, np.append(kept.codes(said), 0.0)), values, (none, none, empty[2]))


def _looked_up(values: pa.Array, found: Doubles) -> Any:
    """What is found for each text of a dictionary, by row; 0 where there is none."""
    if not values.null_count:
        return np.take(found, values.indices.to_numpy())
    found[-1] = 0.0
    return np.take(found, values.indices.cast(pa.int32()).fill_null(-1).to_numpy())


def _bits(values: pa.Array, buffer: int) -> Any:
    """The bits of one of an array's buffers from its first row on; all set where there is none."""
    held, size = values.buffers()[buffer], -(-len(values) // 8)
    if held is None:
        return np.full(size, 255, np.uint8)
    if values.offset % 8 == 0:
        return np.frombuffer(held, np.uint8, size, values.offset // 8)
    bits = np.unpackbits(np.frombuffer(held, np.uint8), bitorder="little")
    return np.packbits(bits[values.offset:values.offset + len(values)], bitorder="little")


def _both(entry: Field, given: Mask, stated: Mask, place: Place) -> Mask:
    """Fault: E908 rows that have a value, and a state besides."""
    both = given & stated
    if both.any():
        place.fault("E908", Text(f"“{entry.name}”同时给了值和状态；只留一种",
                                 f"'{entry.id}' has both a value and a state; keep one"),
                    np.flatnonzero(both).tolist(), None, int(both.sum()))
    return both


def _status(entry: Field, parts: Parts, count: int, empty: Value, absent: Mask, unsaid: Mask,
            reader: Reader) -> Stored:
    none = np.zeros(count, np.bool_)
    codes: Any = np.zeros(count, np.uint8)
    said, wrong = none, none
    if "value" in parts:
        codes, said, wrong = _yes_or_no(*parts["value"], reader)
    if "state" in parts:
        both = _both(entry, said, absent | unsaid, parts["state"][2])
        wrong, absent = wrong | both, absent & ~both
    if "value" in parts and entry.absent and _is_text(parts["value"][1].type):
        unsaid = unsaid | words.unstated(_texts(parts["value"][1]), entry, reader)
    codes = np.where(said, codes, empty)
    codes = np.where(wrong | unsaid, unknown(entry), codes)
    codes = np.where(absent, not_applicable(entry), codes).astype(np.uint8)
    return Stored(Status(codes, bool(np.all((codes == PASS) | (codes == FAIL)))))


def _yes_or_no(column: Column, values: pa.Array, place: Place, reader: Reader) -> tuple[Any, Mask, Mask]:
    """The codes, which rows say something, and which are wrong."""
    entry, none = column.entry, np.zeros(len(values), np.bool_)
    values = _texts(values, strict=False)
    said = given_in(values)
    if kinds.is_boolean(values.type):
        return np.where(values.fill_null(False).to_numpy(zero_copy_only=False), PASS, FAIL), said, none
    if _is_text(values.type):
        return words.statuses(values, entry, reader, place)
    if kinds.is_integer(values.type):
        yes, no = (np.asarray(pc.equal(values, pa.scalar(end, values.type)).fill_null(False).to_numpy(
            zero_copy_only=False)) for end in (1, 0))
        wrong = said & ~yes & ~no
        if wrong.any():
            place.fault("E110", Text(f"“{entry.name}”应是 是 或 否（1 或 0）", f"'{entry.id}' is yes or no (1 or 0)"),
                        np.flatnonzero(wrong).tolist(), values, int(wrong.sum()))
        return np.where(yes, PASS, FAIL), said & ~wrong, wrong
    return np.zeros(len(values), np.uint8), none, _wrong_type(column, values, place)


def _ends(column: Column, values: pa.Array, place: Place, reader: Reader, kept: Texts) -> Ends:
    """What one column says."""
    entry = column.entry
    if kinds.is_null(values.type):
        return nothing(len(values))
    if entry.type in MEASURED:
        return _number(column, values, place, reader)
    values = _texts(values, strict=False)
    if entry.type == "date" and (kinds.is_date(values.type) or kinds.is_timestamp(values.type)):
        return _days(values, place)
    if kinds.is_integer(values.type) and entry.type in ("region", "industry"):
        values = values.cast(pa.string())
    if not _is_text(values.type):
        wrong = _wrong_type(column, values, place)
        return replace(nothing(len(values)), wrong=wrong)
    if entry.type in TEXTS:
        return words.texts(values, entry, reader, kept, place)
    return words.quantities(values, entry, reader, place)


def _number(column: Column, values: pa.Array, place: Place, reader: Reader) -> Ends:
    values = _texts(values, strict=False)
    if kinds.is_integer(values.type):
        return numbers.integers(values, column, place)
    if kinds.is_decimal(values.type) and not kinds.is_decimal256(values.type):
        return numbers.decimals(values.cast(pa.decimal128(38, max(values.type.scale, 0))), column, place)
    if kinds.is_float64(values.type):
        return numbers.doubles(values, column, place)
    if _is_text(values.type):
        return numbers.written_numbers(values, column, dict(reader.vocabulary.units), place)
    return replace(nothing(len(values)), wrong=_wrong_type(column, values, place))


def _days(values: pa.Array, place: Place) -> Ends:
    days = values.cast(pa.date32(), safe=False) if not kinds.is_date32(values.type) else values
    given = given_in(days)
    held = days.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.float64) + EPOCH
    first, last = (dt.date(y, 1, 1).toordinal() for y in (YEARS.start, YEARS.stop))
    wrong = given & ((held < first) | (held >= last)) & (held != dt.date.max.toordinal())
    if wrong.any():
        place.fault("E114", Text("有的年份不对；核对四位年份，不知道就留空（null）",
                                 "the year of some can't be right; leave it null if unknown"),
                    np.flatnonzero(wrong).tolist(), values, int(wrong.sum()))
    return known_ends(held, given, wrong)


def _ranged(entry: Field, ends: Ends, parts: Parts, reader: Reader, kept: Texts) -> Ends:
    """A range where no value is given; an end that is not given is that of the domain."""
    whole = unknown(entry)
    assert isinstance(whole, tuple)
    low, high = (nothing(len(ends.given)) if p not in parts else _ends(*parts[p], reader, kept)
                 for p in ("low", "high"))
    place = parts["low" if "low" in parts else "high"][2]
    sides = [_plain_ends(e, place) for e in (ends, low, high)]
    scale = lcm(*(s.scale for s in sides))
    ends, low, high = (s.at_scale(scale) for s in sides)
    both = ends.given & (low.given | high.given)
    given = (low.given | high.given) & ~both
    bottom, top = (nothing(len(given)).put(given, (v, v, 0)).at_scale(scale).low for v in whole[:2])
    bottom, top = np.where(low.given, low.low, bottom), np.where(high.given, high.high, top)
    crossed = given & (bottom > top)
    wrong = ends.wrong | low.wrong | high.wrong | both | crossed
    for code, rows, zh, en in (("E908", both, "同时给了值和上下限；只留一种", "has both a value and a range; keep one"),
                               ("E909", crossed, "下限大于上限", "has a low end above its high end")):
        if rows.any():
            place.fault(code, Text(f"“{entry.name}”{zh}", f"'{entry.id}' {en}"), np.flatnonzero(rows).tolist(), None,
                        int(rows.sum()))
    doubt = np.where(given & (bottom != top), np.uint8(cause(entry)), ends.cause)
    return Ends(np.where(given, bottom, ends.low), np.where(given, top, ends.high), doubt,
                (ends.given | given) & ~wrong, wrong, scale)


def _plain_ends(ends: Ends, place: Place) -> Ends:
    """Beside a range, numbers have at most 15 digits."""
    if ends.printed is None:
        return ends
    place.fault("E109", Text("有上下限的列，数字至多 15 位有效数字", "beside a range, numbers have at most 15 digits"),
                np.flatnonzero(ends.given).tolist(), None, int(ends.given.sum()))
    return replace(nothing(len(ends.given)), wrong=ends.given)


def _wrong_type(column: Column, values: pa.Array, place: Place, hint: Text = NO_HINT) -> Mask:
    given = given_in(values)
    zh, en = _NAMES.get(column.entry.type, ("文本", "text"))
    if kinds.is_floating(values.type):
        hint = Text("；单精度存不下到分的金额", "; single precision loses fen")
    if given.any():
        place.fault("E906", Text(f"列的类型是 {values.type}，“{column.entry.name}”应是{zh}{hint.zh}",
                                 f"the column's type is {values.type}, '{column.entry.id}' is {en}{hint.en}"),
                    np.flatnonzero(given).tolist(), values, int(given.sum()))
    return given


def _texts(values: pa.Array, strict: bool = True) -> pa.Array:
    """Texts of any kind as plain texts, or as numbers of plain texts where they came so; what is no text stays (or,
    where `strict`, becomes one)."""
    if kinds.is_dictionary(values.type):
        kind = values.type.value_type
        if not _is_text(kind) or values.dictionary.null_count:
            return _texts(values.dictionary_decode(), strict)
        if kinds.is_string(kind):
            return values
        return pa.DictionaryArray.from_arrays(values.indices, values.dictionary.cast(pa.string()))
    if kinds.is_large_string(values.type) or kinds.is_string_view(values.type) or (
            strict and not kinds.is_string(values.type)):
        return values.cast(pa.string())
    return values


def _is_text(kind: pa.DataType) -> bool:
    """Whether a column is of texts, or of numbers of texts."""
    if kinds.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))
