"""The numbers that Word makes by itself for paragraphs: 第一条, （一）, 1. They stand in no text of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level are numbered: `text` is like 第%1条, with %1 for the number of the first level."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


@dataclass(slots=True)
class Numbering:
    """The lists of a document; counts on as its paragraphs come."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)  # by abstract list and level
    lists: dict[str, str] = field(default_factory=dict)  # list to abstract list
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # where a list begins anew
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style to list and level
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_: str, level: int) -> str:
        """The number of the next paragraph of a list; empty where it has none, or only a bullet."""
        abstract = self.lists.get(list_)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        self._count(list_, abstract, level)
        shape = self.levels[abstract, level]
        if shape.form in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(lambda found: self._spelled(abstract, int(found[1]) - 1), shape.text)

    def _count(self, list_: str, abstract: str, level: int) -> None:
        start = self.levels[abstract, level].start
        if (list_, level) in self.starts and (list_, level) not in self.begun:
            start = self.starts[list_, level]
            self.counts.pop((abstract, level), None)
        self.begun.add((list_, level))
        self.counts[abstract, level] = self.counts.get((abstract, level), start - 1) + 1
        for key in [k for k in self.counts if k[0] == abstract and k[1] > level]:
            del self.counts[key]

    def _spelled(self, abstract: str, level: int) -> str:
        shape = self.levels.get((abstract, level), Level())
        return spelled(self.counts.get((abstract, level), shape.start), shape.form)


def spelled(number: int, form: str) -> str:
    """A number as a form of Word writes it; an unknown form as digits."""
    return _FORMS.get(form, str)(number) if 0 < number < 10_000 else str(number)


def _chinese(number: int) -> str:
    """1 to 9999 in Chinese, as articles are numbered."""
    text, gap = "", False
    for digit, unit in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[int(digit)] + unit
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(number: int) -> str:
    """a … z, then aa, bb: as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += sign * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese, "chineseCountingThousand": _chinese, "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese, "taiwaneseCountingThousand": _chinese,
    "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}", "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(), "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
