"""Numbers of a column, exactly: whole numbers over one scale, never through a rounded product."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from math import inf, lcm
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.facts.numbers import MAX_LENGTH, check_size, is_bare, read_number, written
from guiju.facts.reading import Refusal
from guiju.facts.report import short
from guiju.facts.scalars import BLANK_WORDS, NULL_WORDS, UNKNOWN_WORDS
from guiju.population.columns import EXACT
from guiju.population.files.ends import Doubles, Ends, Mask, given_in, known_ends
from guiju.population.files.faults import Place, word_of
from guiju.population.files.headings import Column
from guiju.population.files.words import coded
from guiju.source.diagnostics import Text
from guiju.vocabulary.model import Field, Number, Unit

SURE = 1e15  # a decimal of 15 digits comes back from the double next to it
MOST_PLACES = 18
PLAIN = r"^-?(\d{1,15}|\d{1,14}\.\d{1,2}|\d{1,10}\.\d{1,5}|0\.\d{1,14})$"
_ONE = Unit("", "", "", "", 1)


def integers(values: pa.Array, column: Column, place: Place) -> Ends:
    """Whole numbers of any size; those without a sign may be greater than an int64."""
    given = given_in(values)
    if pa.types.is_uint64(values.type):
        return decimals(values.cast(pa.decimal128(20, 0)), column, place)
    return _scaled(_filled(values.cast(pa.int64())), given, 1, values, column, place)


def decimals(values: pa.Array, column: Column, place: Place) -> Ends:
    """Decimals by the fewest places that hold all of them."""
    given = given_in(values)
    for places in range(max(values.type.scale, 0) + 1):
        try:
            held = values.cast(pa.decimal128(38, places))
        except pa.ArrowInvalid:
            continue
        break
    else:
        return _refused(values, given, place)
    words = np.frombuffer(held.buffers()[1], np.int64).reshape(-1, 2)[held.offset:held.offset + len(held)]
    large = given & (words[:, 1] != words[:, 0] >> 63)
    numerators = np.where(given & ~large, words[:, 0], 0)
    return _scaled(np.where(large, np.iinfo(np.int64).max, numerators), given, 10 ** places, values, column, place)


def doubles(values: pa.Array, column: Column, place: Place) -> Ends:
    """Each double as the shortest decimal that prints it."""
    return _doubles(values, values, column, place)


def _doubles(numbers: pa.Array, values: pa.Array, column: Column, place: Place) -> Ends:
    """The numbers of a column in which `values` stand."""
    given = given_in(numbers)
    held = np.where(given, _filled(numbers), 0.0)
    finite = np.isfinite(held)
    held = np.where(finite, held, 0.0)
    if not finite.all():
        _complain("E106", Text("有 NaN 或无穷大，不是数；不知道就留空（null）",
                               "NaN or infinity is no number; leave it null if unknown"), ~finite, values, place)
    if column.entry.type == "money":
        made = _money(held, given & finite, values, column, place)
    else:
        made = _decimal_doubles(held, given & finite, values, column, place)
    return made if finite.all() else dataclasses.replace(made, wrong=made.wrong | ~finite)


def written_numbers(values: pa.Array, column: Column, units: dict[str, Unit], place: Place) -> Ends:
    """Numbers as text. What is plain goes the way of doubles; the rest is read as people write it, one by one."""
    words, rows, given = coded(values)
    if pc.all(pc.match_substring_regex(words, PLAIN)).as_py():
        plain = np.where(given, words.cast(pa.float64()).to_numpy()[rows] if len(words) else 0.0, 0.0)
        return _doubles(pa.array(plain, mask=~given), values, column, place)
    read: list[Number | None] = []
    refused: dict[int, Refusal] = {}
    for number, word in enumerate(words.to_pylist()):
        try:
            read.append(_word(word, column, units))
        except Refusal as refusal:
            refused[number] = refusal
            read.append(None)
    _complain_of_words(refused, rows, given, values, place)
    held = [v for v in read if v is not None]
    scale = lcm(*(Fraction(v).denominator for v in held))
    ends = np.array([0.0 if v is None else _bounded(v * scale) for v in read] or [0.0])[rows]
    said = np.array([v is not None for v in read] or [False])[rows] & given
    bad = np.isin(rows, list(refused)) & given
    return _checked(ends, said, bad, scale, values, column, place)


def _bounded(value: Number) -> float:
    return float(value) if -10 ** 300 < value < 10 ** 300 else inf


def _word(word: str, column: Column, units: dict[str, Unit]) -> Number | None:
    """A number with its unit; one without stands in the column's unit. Blank: None."""
    if word.strip().lower() in BLANK_WORDS | NULL_WORDS | UNKNOWN_WORDS:
        return None
    if len(word) <= MAX_LENGTH and is_bare(word):
        plain = dataclasses.replace(column.entry, type="number", unit=_ONE, low=None, high=None)
        return Fraction(read_number(word, plain, {})[0]) * column.per
    return read_number(word, column.entry, units)[0]


def _complain_of_words(refused: dict[int, Refusal], rows: Any, given: Mask, values: pa.Array, place: Place) -> None:
    for number, refusal in refused.items():
        _complain(refusal.code, refusal.message, (rows == number) & given, values, place)


def _money(held: Doubles, given: Mask, values: pa.Array, column: Column, place: Place) -> Ends:
    per = int(column.per)
    fen = np.rint(held * per)
    uneven = given & (fen / per != held) & (np.abs(fen) <= EXACT)
    return _checked(fen, given, uneven, 1, values, column, place, uneven)


def _decimal_doubles(held: Doubles, given: Mask, values: pa.Array, column: Column, place: Place) -> Ends:
    places = _places(held)
    if places is not None:
        return _scaled(np.rint(held * 10.0 ** places), given, 10 ** places, values, column, place)
    outside = _outside(held, given, column.entry, Fraction(column.per))
    _explain(outside, values, lambda row: Fraction(repr(float(held[row]))) * column.per, column.entry, place)
    return known_ends(held, given, outside, 1, Fraction(column.per))


def _places(held: Doubles) -> int | None:
    """How many decimals write all of the numbers with at most 15 digits; None where more digits are needed."""
    rest = held
    for places in range(MOST_PLACES + 1):
        whole = np.rint(rest * 10.0 ** places)
        rest = rest[(whole / 10.0 ** places != rest)]
        if not rest.size:
            fits = np.abs(held).max(initial=0.0) * 10.0 ** places <= (EXACT if places == 0 else SURE)
            return places if fits else None
    return None


def _scaled(numerators: Any, given: Mask, over: int, values: pa.Array, column: Column, place: Place) -> Ends:
    """Whole numbers over `over`, in the column's unit."""
    times = Fraction(column.per) / over
    limit = int(EXACT) // times.numerator
    ends = np.asarray(numerators, np.float64)
    if times.numerator != 1:
        ends = ends * float(times.numerator)
    large: Any = False
    if len(ends) and (numerators.min() < -limit or numerators.max() > limit):
        large = (numerators > limit) | (numerators < -limit)
        ends = np.where(large, inf, ends)
    scale = times.denominator
    while scale % 10 == 0 and not np.any(np.fmod(ends if large is False else np.where(large, 0.0, ends), 10)):
        ends, scale = ends / 10, scale // 10
    return _checked(ends, given, np.zeros(len(given), np.bool_), scale, values, column, place)


def _checked(ends: Doubles, given: Mask, bad: Mask, scale: int, values: pa.Array, column: Column, place: Place,
             uneven: Mask | None = None) -> Ends:
    """The ends with all that can't be said to be wrong: too large, out of the domain, finer than a fen."""
    large = np.zeros(len(ends), np.bool_)
    if len(ends) and max(-ends.min(), ends.max()) > EXACT:
        large = given & ~(np.abs(ends) <= EXACT)
    if column.entry.type == "money" and scale > 1:
        with np.errstate(invalid="ignore"):
            uneven = given & ~large & (np.fmod(ends, scale) != 0)
        ends, scale = np.where(uneven, 0.0, ends / scale), 1
    fits = np.where(large, 0.0, ends) if large.any() else ends
    outside = _outside(fits, given & ~large & ~bad, column.entry, Fraction(1, scale))
    if uneven is not None and uneven.any():
        _complain("E109", Text("金额最细到分；有的值不是整分：请四舍五入到分后再填",
                               "money goes down to fen; some are not a whole number of fen: round them first"),
                  uneven, values, place)
        outside &= ~uneven
        bad = bad | uneven
    if large.any():
        _complain("E109", Text("数字太长，不能精确保存（至多 15 位有效数字）；核对数字和单位",
                               "too many digits to be held exactly (at most 15); check the figure and its unit"),
                  large, values, place)
    _explain(outside, values, lambda row: Fraction(int(ends[row]), scale), column.entry, place)
    return known_ends(ends, given, bad | large | outside, scale)


def _outside(held: Doubles, given: Mask, entry: Field, per: Fraction) -> Mask:
    """Rows out of the entry's domain; `per`: how many base units one is."""
    outside = np.zeros(len(held), np.bool_)
    if entry.low is not None and len(held) and held.min() < (low := float(Fraction(entry.low) / per)):
        outside |= held < low
    if entry.high is not None and len(held) and held.max() > (high := float(Fraction(entry.high) / per)):
        outside |= held > high
    return outside & given


def _explain(outside: Mask, values: pa.Array, exact: Callable[[int], Fraction], entry: Field, place: Place) -> None:
    """Why the first of these rows can't be."""
    if not outside.any():
        return
    row = int(np.flatnonzero(outside)[0])
    value, stands = exact(row), short(word_of(values, row))
    told = written(value, entry)
    if is_bare(stands) and not told.startswith(f"{stands} "):  # 分 or months; the limits are in 万元 or years
        stands = f"{stands} = {told}"
    try:
        check_size(value, stands, entry)
    except Refusal as refusal:
        _complain(refusal.code, refusal.message, outside, values, place)


def _refused(values: pa.Array, given: Mask, place: Place) -> Ends:
    """A column of which no number can be held, whatever its scale."""
    _complain("E109", Text("数字太长，不能精确保存", "too many digits to be held exactly"), given, values, place)
    return known_ends(np.zeros(len(values)), given, given)


def _complain(code: str, message: Text, rows: Mask, values: pa.Array, place: Place) -> None:
    if rows.any():
        place.fault(code, message, np.flatnonzero(rows).tolist(), values, int(rows.sum()))


def _filled(values: pa.Array) -> Any:
    """The values as numpy has them, 0 where there is none."""
    return (values.fill_null(0) if values.null_count else values).to_numpy(zero_copy_only=False)
