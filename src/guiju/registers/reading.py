"""Single values of a register from their words: days, lines, amounts, bodies, sentences in two languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from fractions import Fraction

from guiju.registers.model import Amount, Lines, When
from guiju.source.diagnostics import Text, fail
from guiju.source.document import Mapping, Node, Scalar
from guiju.source.fields import as_items, as_scalar, bilingual, suggestion, text_of, texts_of

_NUMBER = r"(-?\d{1,15}(?:\.\d{1,9}|/[1-9]\d{0,3})?)"
_COMPARED = re.compile(rf"(>=|>|<=|<|=|about)\s*{_NUMBER}", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER}\s*\.\.\s*{_NUMBER}", re.ASCII)
_WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LINES = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?", re.ASCII)
_LONGEST_SHOWN = 60


def amount_of(node: Node) -> Amount:
    """`>= 90`, `= 15`, `= 1/3`, `about 5`, `30..60`. Raises E704."""
    text = as_scalar(node, "value").text.strip()
    compared, between = _COMPARED.fullmatch(text), _RANGE.fullmatch(text)
    if compared is not None:
        number = Fraction(compared[2])
        return Amount(compared[1], number, number, text)
    if between is not None and Fraction(between[1]) < Fraction(between[2]):
        return Amount("..", Fraction(between[1]), Fraction(between[2]), text)
    raise fail("E704", node.span,
               f"看不懂数值“{_shown(text)}”；写成 >= 90、<= 5、= 15、about 5 或 30..60，单位写在 unit",
               f"'{_shown(text)}' is no value: write >= 90, <= 5, = 15, about 5 or 30..60, and its unit under unit")


def when_of(node: Node, what: str) -> When:
    """`2020`, `2020-06` or `2020-06-30`. Raises E705 for what the calendar does not have."""
    text = as_scalar(node, what).text.strip()
    found = _WHEN.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part or 0) for part in found.groups())
        dt.date(year, month or 1, day or 1)
        return When(year, month if found[2] else 0, day if found[3] else 0)
    except ValueError:
        raise fail("E705", node.span, f"“{what}”不是真实的日期：{_shown(text)}；写成 2020、2020-06 或 2020-06-30",
                   f"'{what}' is not a real date: {_shown(text)}; write 2020, 2020-06 or 2020-06-30") from None


def lines_of(entry: Mapping, key: str = "lines") -> tuple[Lines, ...]:
    """`70`, `70-92`, several with commas. Raises E706."""
    node = entry.get(key) or entry
    parts = re.split(r"\s*[,，、]\s*", as_scalar(node, key).text.strip())
    made = []
    for part in parts:
        found = _LINES.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 0 < first <= last:
            raise fail("E706", node.span, f"看不懂行号“{_shown(part)}”；写成 70、70-92 或 70-72, 80",
                       f"'{_shown(part)}' names no lines: write 70, 70-92 or 70-72, 80")
        made.append(Lines(first, last))
    return tuple(made)


def choice_of(entry: Mapping, key: str, known: Collection[str]) -> str:
    """One of a closed list of words; empty where the key is not given. Raises E707."""
    word = text_of(entry, key)
    node = entry.get(key)
    if node is not None and word not in known:
        hint = suggestion(word, known)
        listed = "、".join(known)
        raise fail("E707", node.span, f"“{key}”应是 {listed} 之一，不是“{_shown(word)}”{hint.zh}",
                   f"'{key}' must be one of {', '.join(known)}, not '{_shown(word)}'{hint.en}")
    return word


def words_of(entry: Mapping, key: str) -> Text:
    """A text in one or two languages, which is not blank where it is given. Raises E708."""
    node = entry.get(key)
    if isinstance(node, Mapping):
        _refuse_cut_words(node)
    text = bilingual(node, entry.span, key)
    if node is not None and not text.zh.strip():
        raise fail("E708", node.span, f"“{key}”是空的；写上内容，或去掉这一项",
                   f"'{key}' is blank: give it, or leave the key out")
    return text


def _refuse_cut_words(node: Mapping) -> None:
    """In `{en: one, two}` YAML takes `two` for a key."""
    for key, value in node.entries:
        if key.text not in ("zh", "en") and isinstance(value, Scalar) and not value.text:
            raise fail("E022", key.span, f"“{_shown(key.text)}”成了一个键：花括号里的文字有逗号时要加引号",
                       f"'{_shown(key.text)}' became a key: quote a text with a comma inside braces")


def word_of(entry: Mapping, key: str) -> str:
    """A plain text, which is not blank where it is given. Raises E708."""
    if isinstance(entry.get(key), Mapping):
        as_scalar(entry.get(key) or entry, key)
    return words_of(entry, key).zh


def listed_of(entry: Mapping, key: str) -> tuple[str, ...]:
    """Bodies or figures, none of them blank or twice. Raises E708, E709."""
    names = texts_of(entry, key)
    for position, node in enumerate(as_items(entry.get(key))):
        if not names[position].strip():
            raise fail("E708", node.span, f"“{key}”里有空白；写上内容，或去掉它",
                       f"a blank stands under '{key}': drop it")
        if names[position] in names[:position]:
            raise fail("E709", node.span, f"“{names[position]}”在“{key}”里写了两次；只留一处",
                       f"'{names[position]}' stands twice under '{key}': keep one")
    return names


def _shown(text: str) -> str:
    """What somebody wrote, cut to what a message can hold."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
