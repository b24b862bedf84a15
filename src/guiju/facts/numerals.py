"""Chinese numerals, the plain ones: 三千二百, 五千万, 十五, 三点五, 半."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHARACTERS = "零〇一二两三四五六七八九十百千万亿点半"
_D = "[一二两三四五六七八九]"
_SECTION = re.compile(f"(?:({_D})千)?零?(?:({_D})百)?零?(?:({_D}?)(十))?零?({_D})?")


def chinese_number(text: str) -> Fraction | None:
    """The number, or None where the text is no numeral or can be heard two ways (一千五, 三万五)."""
    if text == "半":
        return Fraction(1, 2)
    whole, point, decimals = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Fraction(value)
    if not decimals or any(c not in DIGITS for c in decimals):
        return None
    return value + Fraction(int(digit_string(decimals)), 10 ** len(decimals))


def digit_string(text: str) -> str:
    """二〇二四 as 2024; characters that are no digits stay."""
    return "".join(str(DIGITS[c]) if c in DIGITS else c for c in text)


def _whole(text: str) -> int | None:
    for character, scale in (("亿", 10**8), ("万", 10**4)):
        if character in text:
            head, _, tail = text.rpartition(character)
            return _scaled(head, scale, tail)
    return _section(text)


def _scaled(head: str, scale: int, tail: str) -> int | None:
    high = _whole(head)
    if high is None or (len(tail) == 1 and tail in DIGITS):  # 三万五: 35 000 to the ear, 30 005 to the letter
        return None
    low = _whole(tail) if tail else 0
    return None if low is None or low >= scale else high * scale + low


def _section(text: str) -> int | None:
    """A number below 10 000."""
    if text in ("零", "〇"):
        return 0
    match = _SECTION.fullmatch(text)
    if match is None or not text.strip("零"):
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    leaps = ones and not ten and (thousands or hundreds)
    if leaps and "零" not in text:  # 一千五: 1500 to the ear, 1005 to the letter
        return None
    digit = DIGITS.get
    return (digit(thousands, 0) * 1000 + digit(hundreds, 0) * 100 + digit(ones, 0)
            + ((digit(tens, 0) if tens else 1) * 10 if ten else 0))
