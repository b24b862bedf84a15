"""Which language the reader wants, and the words that every part of the interface shares."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.source.diagnostics import Language, Text

OUTCOMES = {
    "eligible": Text("符合", "eligible"),
    "ineligible": Text("不符合", "not eligible"),
    "review": Text("需人工裁量", "for a person to decide"),
    "unknown": Text("尚缺事实", "facts are missing"),
    "not_computable": Text("不可计算", "not computable"),
    "not_applicable": Text("不适用", "not applicable"),
}
STATUSES = {
    "pass": Text("满足", "met"), "fail": Text("不满足", "not met"), "review": Text("待裁量", "for a person"),
    "unknown": Text("缺事实", "unknown"), "not_computable": Text("不可计算", "not computable"),
    "not_applicable": Text("不适用", "not applicable"),
}
_COLOURS = {"green": ("eligible", "pass"), "red": ("ineligible", "fail"), "yellow": ("review", "unknown"),
            "magenta": ("not_computable",), "bright_black": ("not_applicable",)}
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in the reader's language."""

    language: Language

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def text(self, text: Text) -> str:
        return text.in_language(self.language)

    def outcome(self, outcome: str) -> str:
        return self.text(OUTCOMES[outcome])

    def listed(self, words: Sequence[str], most: int = 0) -> str:
        """Words in a row; beyond `most` the number of the rest."""
        shown = list(words[:most] if most else words)
        rest = len(words) - len(shown)
        text = self("、", ", ").join(shown)
        return text + self(f" 等 {len(words)} 项", f" and {rest} more") if rest else text

    def clause(self, key: str) -> str:
        """The clause key as it is cited: `7` is 第七条, 26(三) is 第二十六条(三); other keys stand as they are."""
        match = re.fullmatch(r"(\d+|[一二三四五六七八九十]+)(\(.+\)\d*)?", key)
        if match is None:
            return key
        number, rest = match[1], match[2] or ""
        if self.language == "zh":
            return f"第{numeral(int(number)) if number.isdigit() else number}条{rest}"
        return f"art. {number if number.isdigit() else value_of(number)}{rest}"

    def clauses(self, keys: Sequence[str], most: int = 3) -> str:
        cited = list(dict.fromkeys(self.clause(k) for k in keys))
        return self("、", ", ").join(cited[:most]) + (self("等", " …") if len(cited) > most else "")

    def in_brackets(self, words: str) -> str:
        return (self("（", " (") + words + self("）", ")")) if words else ""

    def quoted(self, word: str) -> str:
        return self(f"“{word}”", f"“{word}”")


def coloured(text: str, status: str) -> str:
    """Text in the colour of an outcome or a status; `click.echo` takes it off where there is no terminal."""
    import click

    colour = next((c for c, statuses in _COLOURS.items() if status in statuses), None)
    return click.style(text, fg=colour, bold=True if status in ("eligible", "ineligible") else None)


def numeral(number: int) -> str:
    """A number below 100 in Chinese, as articles are numbered."""
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def value_of(word: str) -> int:
    """A Chinese numeral below 100 as a number."""
    if "十" not in word:
        return _DIGITS.index(word)
    tens, ones = word.split("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def language_of(arguments: Sequence[str]) -> Language:
    """What `--lang` says wherever it stands, else the environment's GUIJU_LANG, else Chinese."""
    chosen = os.environ.get("GUIJU_LANG", "")
    for position, word in enumerate(arguments):
        if word == "--":
            break
        if word == "--lang" and position + 1 < len(arguments):
            chosen = arguments[position + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return "en" if chosen.lower().startswith("en") else "zh"


def is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
