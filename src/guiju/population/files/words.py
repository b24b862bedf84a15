"""Texts of a column: each different text is read once, as for one applicant."""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from guiju.facts.reading import Reading, Refusal
from guiju.facts.scalars import (
    BLANK_WORDS,
    NONE_WORDS,
    NOT_APPLICABLE_WORDS,
    NULL_WORDS,
    UNKNOWN_WORDS,
    Scalars,
)
from guiju.population.files.ends import Ends, Mask, given_in
from guiju.population.files.faults import Place
from guiju.population.people import TEXTS, Texts
from guiju.source.diagnostics import Text
from guiju.values import NOT_APPLICABLE, UNKNOWN
from guiju.vocabulary.model import Field, Vocabulary

MOST_KEPT = 20_000  # readings of different texts of an entry
# Letters, digits, Chinese characters and common marks, no blank at an end: such a text stands as it is.
_PLAIN = r"^[!-~\x{4e00}-\x{9fff}（）、，。：；《》·“”](?:[ -~\x{4e00}-\x{9fff}（）、，。：；《》·“”]{0,198}" \
         r"[!-~\x{4e00}-\x{9fff}（）、，。：；《》·“”])?$"
MOST_PLAIN = 200  # signs
_SPECIAL = pa.array(sorted(BLANK_WORDS | NULL_WORDS | UNKNOWN_WORDS | NOT_APPLICABLE_WORDS | NONE_WORDS))
_LONGEST_SPECIAL = max(len(word.encode()) for word in _SPECIAL.to_pylist())


class Reader:
    """Reads texts by one dictionary and keeps what it has read; `scalars` is the one-applicant reader."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.scalars = Scalars(vocabulary)
        self._kept: dict[tuple[str, ...], dict[str, Reading | Refusal]] = {}
        self._worded: dict[tuple[str, ...], tuple[pa.Array, list[str] | None]] = {}
        self._listed: dict[tuple[str, ...], tuple[pa.Array, NDArray[np.float64]]] = {}

    def read(self, text: str, entry: Field) -> Reading | Refusal:
        """What the text means, or why it can't be. Free texts seldom come again, so they are not kept."""
        if entry.type == "text":
            return self._read(text, entry)
        key = _key(entry)
        kept = self._kept.setdefault(key, {})
        if text not in kept:
            if len(kept) == MOST_KEPT:
                kept.clear()
            kept[text] = self._read(text, entry)
        return kept[text]

    def _read(self, text: str, entry: Field) -> Reading | Refusal:
        try:
            return self.scalars.read(text, entry)
        except Refusal as refusal:
            return refusal

    def listed(self, dictionary: pa.Array, entry: Field) -> NDArray[np.float64]:
        """The one sure value of each text of a column's dictionary, and room for one more; not a number where there is
        no such value, or something to be said of it. A file says the same dictionary again with each of its parts."""
        key = _key(entry)
        held = self._listed.get(key)
        if held is None or not held[0].equals(dictionary):
            held = self._listed[key] = dictionary, np.array(
                [*(_sure(self.read(word, entry)) for word in dictionary.to_pylist()), nan])
        return held[1].copy()

    def worded(self, dictionary: pa.Array, entry: Field) -> list[str] | None:
        """What each text of a column's dictionary says, where all are texts and there is nothing to be said of them."""
        key = _key(entry)
        held = self._worded.get(key)
        if held is None or not held[0].equals(dictionary):
            held = self._worded[key] = dictionary, self._said(dictionary, entry)
        return held[1]

    def _said(self, dictionary: pa.Array, entry: Field) -> list[str] | None:
        texts: list[str] = dictionary.to_pylist()
        if entry.type == "text":
            return texts if _all_plain(dictionary) else None
        readings = [self.read(text, entry) for text in texts]
        said = [r.value[0] for r in readings if isinstance(r, Reading) and isinstance(r.value, tuple) and not r.remarks]
        return said if len(said) == len(texts) and all(isinstance(text, str) for text in said) else None

    def values(self, words: pa.Array, rows: Any, given: Mask, values: pa.Array, entry: Field,
               place: Place) -> list[Reading | None]:
        """What each different text means; None, with a fault, where it can't be. Warnings are noted."""
        found: list[Reading | None] = []
        for number, text in enumerate(words.to_pylist()):
            reading = self.read(text, entry)
            if isinstance(reading, Refusal):
                place.fault(reading.code, reading.message, *_rows(rows, number, given, values))
                found.append(None)
                continue
            found.append(reading)
            for remark in reading.remarks:
                if remark.code.startswith("W"):
                    place.fault(remark.code, remark.message, *_rows(rows, number, given, values))
        return found


def _key(entry: Field) -> tuple[str, ...]:
    """Entries of which a text may mean something different have different ones."""
    return entry.type, entry.id, entry.enumeration.id if entry.enumeration else ""


def _sure(reading: Reading | Refusal) -> float:
    if isinstance(reading, Refusal) or not isinstance(reading.value, tuple) or reading.remarks:
        return nan
    low, high, cause = reading.value
    return float(low) if isinstance(low, int) and low == high and not cause else nan


def _rows(rows: Any, number: int, given: Mask, values: pa.Array) -> tuple[list[int], pa.Array, int]:
    here = np.flatnonzero((rows == number) & given)
    return here.tolist(), values, len(here)


def coded(values: pa.Array) -> tuple[pa.Array, Any, Mask]:
    """The different texts, the number of each row's, and which rows have one."""
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    indices, texts = encoded.indices, encoded.dictionary
    given = given_in(indices)
    rows = (indices.fill_null(0) if indices.null_count else indices).to_numpy(zero_copy_only=False)
    used = np.zeros(len(texts), np.bool_)
    used[rows[given]] = True
    if not used.all():  # a dictionary of a file has the texts of other rows too
        texts, rows = texts.filter(pa.array(used)), np.where(given, (np.cumsum(used) - 1)[rows], 0)
    return texts, rows, given


def statuses(values: pa.Array, entry: Field, reader: Reader, place: Place) -> tuple[Any, Mask, Mask]:
    """Yes or no as texts: the codes, which rows say something, which are wrong."""
    words, rows, given = coded(values)
    found = reader.values(words, rows, given, values, entry, place)
    codes = np.array([0 if r is None or r.value is None else r.value for r in found] or [0], np.uint8)[rows]
    return codes, *_stated(found, rows, given)


def quantities(values: pa.Array, entry: Field, reader: Reader, place: Place) -> Ends:
    """Members of a list, places and dates as texts."""
    words, rows, given = coded(values)
    found = reader.values(words, rows, given, values, entry, place)
    held: list[Any] = [(0, 0, 0) if r is None or r.value is None else r.value for r in found] or [(0, 0, 0)]
    said, wrong = _stated(found, rows, given)
    low, high = (np.array([v[i] for v in held], np.float64)[rows] for i in (0, 1))
    cause = np.array([v[2] for v in held], np.uint8)[rows] * said
    point = all(v[0] == v[1] for v in held)
    return Ends(low, low if point else high, cause if cause.any() else 0, said, wrong)


def texts(values: pa.Array, entry: Field, reader: Reader, kept: Texts, place: Place) -> Ends:
    """Texts as numbers, equal for equal texts of this population."""
    assert entry.type in TEXTS
    words, rows, given = coded(values)
    if entry.type == "text" and _all_plain(words):
        codes = (kept.codes(words.to_pylist()) if len(words) else np.zeros(1))[rows]
        none = np.zeros(len(given), np.bool_)
        return Ends(codes, codes, 0, given, none)
    found = reader.values(words, rows, given, values, entry, place)
    held: list[Any] = [(None, None, 0) if r is None or r.value is None else r.value for r in found] or [(None, None, 0)]
    codes = np.array([kept.code(v[0]) for v in held], np.float64)[rows]
    cause = np.array([v[2] for v in held], np.uint8)[rows] * given
    return Ends(codes, codes, cause if cause.any() else 0, *_stated(found, rows, given))


def _all_plain(words: pa.Array) -> bool:
    if _in_signs(words):
        return True
    plain = pc.all(pc.match_substring_regex(words, _PLAIN)).as_py()
    return bool(plain is not False and not pc.any(pc.is_in(pc.utf8_lower(words), value_set=_SPECIAL)).as_py())


def _in_signs(words: pa.Array) -> bool:
    """Texts without a blank, of ASCII alone, longer than any that means something else: what numbers and codes are,
    told by their bytes at once, a tenth of what it takes to match each."""
    _, offsets, held = words.buffers()
    if words.null_count or not len(words) or held is None:
        return False
    ends = np.frombuffer(offsets, np.int32, len(words) + 1, words.offset * 4)
    sizes = np.diff(ends)
    signs = np.frombuffer(held, np.uint8)[ends[0]:ends[-1]]
    return bool(sizes.min() > _LONGEST_SPECIAL and sizes.max() <= MOST_PLAIN and signs.min() > ord(" ")
                and signs.max() <= ord("~"))


def _stated(found: list[Reading | None], rows: Any, given: Mask) -> tuple[Mask, Mask]:
    """Which rows state something, and which can't be what they say."""
    said = np.array([r is not None and r.value is not None for r in found] or [False], np.bool_)[rows] & given
    wrong = np.array([r is None for r in found] or [False], np.bool_)[rows] & given
    return said, wrong


def unstated(values: pa.Array, entry: Field, reader: Reader) -> Mask:
    """Rows whose text says that it is not known: not the same as a blank, which may mean none."""
    words, rows, given = coded(values)
    if entry.type == "text" and _all_plain(words):
        return np.zeros(len(given), np.bool_)
    said = [isinstance(r := reader.read(t, entry), Reading) and r.value is None and not r.blank
            for t in words.to_pylist()]
    return np.asarray(np.array(said or [False])[rows] & given)


def states(values: pa.Array, entry: Field, reader: Reader, place: Place) -> tuple[Mask, Mask]:
    """A column of states: which rows are 不适用, and which are said to be unknown."""
    words, rows, given = coded(values)
    codes = []
    for number, text in enumerate(words.to_pylist()):
        word = text.strip().lower()
        if word in NOT_APPLICABLE_WORDS | {"not_applicable"}:
            reading = reader.read("不适用", entry)
            if isinstance(reading, Refusal):
                place.fault(reading.code, reading.message, *_rows(rows, number, given, values))
            codes.append(UNKNOWN if isinstance(reading, Refusal) else NOT_APPLICABLE)
        elif word in UNKNOWN_WORDS:
            codes.append(UNKNOWN)
        else:
            if word not in BLANK_WORDS | NULL_WORDS:
                place.fault("E116", Text(f"“{text}”不是状态；写 不适用 或 未知，其余留空",
                                         f"'{text}' is no state; write not_applicable or unknown, else leave it blank"),
                            *_rows(rows, number, given, values))
            codes.append(0)
    held = np.array(codes or [0])[rows] * given
    return held == NOT_APPLICABLE, held == UNKNOWN
