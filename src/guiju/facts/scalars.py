"""One value for one entry of the dictionary, from text."""

from __future__ import annotations

import re
from functools import cached_property

from guiju.facts.codes import Industries, Regions
from guiju.facts.dates import read_date
from guiju.facts.model import not_applicable, truth
from guiju.facts.numbers import normal, read_number
from guiju.facts.reading import Reading, Refusal, remark
from guiju.facts.report import short
from guiju.source.diagnostics import CONTROL
from guiju.source.fields import FALSE_WORDS, TRUE_WORDS, nearest
from guiju.values import NO_TEXT, known
from guiju.vocabulary.model import Field, Vocabulary

UNKNOWN_WORDS = frozenset({"未知", "?", "不知道", "不清楚", "不详", "待定", "待查", "unknown"})
BLANK_WORDS = frozenset({"", "-", "--", "—", "——", "–", "/"})
NULL_WORDS = frozenset({"null", "~"})
NOT_APPLICABLE_WORDS = frozenset({"不适用", "n/a", "na", "not applicable"})
NONE_WORDS = frozenset({"无", "没有", "none"})
_TRUE = TRUE_WORDS | {"y", "t", "1", "对", "√", "✓", "✔", "有的", "是的"}
_FALSE = FALSE_WORDS | {"n", "f", "0", "×", "✗", "✘", "没有", "不是", "没"}
MAX_TEXT, MAX_WORD = 2000, 200  # characters of a text, and of anything else
_BREAK = re.compile(r"\s*[\r\n]\s*")
_WIDE = {code + 0xFEE0: code for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}  # Ａ → A


class Scalars:
    """Reads values by one dictionary; keeps the indexes of its code tables."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def read(self, text: str, entry: Field, *, quoted: bool = False, number: bool = False) -> Reading:
        """The value of `entry`, with remarks on how it was read; `value` None where nothing is stated.

        `quoted`: the text stood in quotes, so `null` is a word. `number`: it was a number in a sheet. Raises
        Refusal: E106–E109 numbers, E110 yes/no, E111 enumeration, E112 place, E113 industry, E114 date, E115 text,
        E116 不适用 where the dictionary does not allow it.
        """
        most = MAX_TEXT if entry.type == "text" else MAX_WORD
        if len(text) > most:
            raise too_long(text, most)
        word = normal(text).lower()
        if entry.type == "enum" and (member := self._member(text, entry)) is not None:
            return Reading(known(member))
        if word in BLANK_WORDS or (word in NULL_WORDS and not quoted):
            return Reading(None, blank=True)
        if word in UNKNOWN_WORDS:
            return Reading(None)
        if word in NOT_APPLICABLE_WORDS:
            return self._not_applicable(entry)
        if word in NONE_WORDS and (entry.type in ("text", "industry") or (entry.absent and entry.type == "date")):
            return _none(text, entry)
        return self._typed(text, entry, number)

    def _typed(self, text: str, entry: Field, number: bool) -> Reading:
        if entry.type in ("number", "money", "ratio"):
            value, remarks = read_number(text, entry, self.vocabulary.units)
            return Reading(known(value), remarks)
        if entry.type == "bool":
            return _bool(text, entry)
        if entry.type == "enum":
            raise _no_member(text, entry)
        if entry.type == "region":
            return self._regions.read(text)
        if entry.type == "industry":
            return self._industries.read(text)
        if entry.type == "date":
            return read_date(text, number)
        return _text(text, number)

    @cached_property
    def _regions(self) -> Regions:
        return Regions(self.vocabulary.regions)

    @cached_property
    def _industries(self) -> Industries:
        return Industries(self.vocabulary.industries)

    @staticmethod
    def _member(text: str, entry: Field) -> int | None:
        assert entry.enumeration is not None
        for word in (text.strip(), normal(text), normal(text).lower()):
            found = entry.enumeration.index(word)
            if found is not None:
                return found
        spelled = normal(text)
        for position, m in enumerate(entry.enumeration.members):
            if spelled in map(normal, (m.name, *m.aliases)):
                return position
        return None

    @staticmethod
    def _not_applicable(entry: Field) -> Reading:
        if entry.not_applicable:
            return Reading(not_applicable(entry))
        raise Refusal("E116", f"“{entry.name}”不能填“不适用”；填一个值，不知道就留空",
                      f"'{entry.id}' can't be 'not applicable'; give a value, or leave it blank if unknown")


def read_value(text: str, entry: Field, vocabulary: Vocabulary) -> Reading:
    """One value, for callers that read only one. See `Scalars.read`."""
    return Scalars(vocabulary).read(text, entry)


def _none(text: str, entry: Field) -> Reading:
    from guiju.facts.model import blank

    value = blank(entry) if entry.type == "date" else known(NO_TEXT)
    return Reading(value, (remark("N103", f"“{entry.name}”写作“{text.strip()}”：理解为没有",
                                  f"'{entry.id}' is '{text.strip()}': taken as none"),))


def _bool(text: str, entry: Field) -> Reading:
    word = normal(text).lower()
    if word in _TRUE or word in _FALSE:
        return Reading(truth(word in _TRUE))
    raise Refusal("E110", f"“{entry.name}”应填 是 或 否，不是“{text}”；不知道就留空",
                  f"'{entry.id}' is yes or no (是/否), not '{text}'; leave it blank if unknown")


def _no_member(text: str, entry: Field) -> Refusal:
    assert entry.enumeration is not None
    members = entry.enumeration.members
    words = {w: m.name for m in members for w in (m.name, m.id, *m.aliases)}
    close = list(dict.fromkeys(words[w] for w in nearest(normal(text), words)))
    hint = "。是不是" + "、".join(f"“{name}”" for name in close) + "？" if close else "。"
    names = "、".join(m.name for m in members[:20]) + ("……" if len(members) > 20 else "")
    ids = ", ".join(m.id for m in members[:20])
    return Refusal("E111", f"“{entry.name}”没有“{text}”这一项{hint}可填：{names}",
                   f"'{entry.id}' has no value '{text}'; allowed: {ids}")


def too_long(text: str, most: int) -> Refusal:
    return Refusal("E115", f"“{short(text)}”太长：{len(text)} 个字符，上限是 {most}",
                   f"'{short(text)}' is too long: {len(text)} characters, the limit is {most}")


def check_text(text: str) -> None:
    """Raises Refusal E115 for a text that is too long, or would steer a terminal. Line breaks may be in it."""
    if len(text) > MAX_TEXT:
        raise too_long(text, MAX_TEXT)
    if CONTROL.search(text.replace("\r", "")):
        raise Refusal("E115", "文字里有坏字符；请重新输入", "the text has broken characters; type it again")


def _text(text: str, number: bool) -> Reading:
    check_text(text)
    if number and sum(c.isdigit() for c in text) > 15:
        raise Refusal("E115", f"{text} 是数字格式，Excel 只保留 15 位，后面的已经丢了；把单元格设为文本后重填",
                      f"{text} is a number: a sheet keeps 15 digits only; format the cell as text and type it again")
    return Reading(known(_BREAK.sub(" ", text.strip()).translate(_WIDE)))
