"""One number with its unit, as people write it, exactly: never through a binary fraction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Map
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from guiju.facts.numerals import CHARACTERS, chinese_number
from guiju.facts.reading import Refusal, Remark, remark
from guiju.vocabulary.model import Field, Number, Unit

MAX_LENGTH = 80
MAX_EXPONENT = 40
MAX_MONEY: int = 2**63 - 1  # fen, as the population engine's columns hold it
MAX_NUMBER: int = 10**30
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_WRITTEN = re.compile(
    r"(?P<sign>[+-]?)\s*(?:(?P<over>\d+\s*/\s*\d+)"
    r"|(?P<whole>\d{1,3}(?:(?P<sep>[, '])\d{3})(?:(?P=sep)\d{3})*(?!\d)|\d+|(?=\.\d))"
    r"(?P<part>\.\d+)?(?:[eE](?P<exponent>[+-]?\d+))?)", re.ASCII)
_SCALE = re.compile("[十百千万亿]+")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SHARES = {"百分之": Fraction(1, 100), "千分之": Fraction(1, 1000), "万分之": Fraction(1, 10_000)}
_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY)?\s*¥?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """An amount, the scale word and the unit word that follow it."""

    amount: Fraction
    scale: str
    unit: str
    over: bool = False


def read_number(text: str, entry: Field, units: Map[str, Unit]) -> tuple[Number, tuple[Remark, ...]]:
    """The value in base units (money fen, ratio a fraction of 1, duration months …), and how it was read.

    A bare number takes the entry's unit; `万` alone on money is 万元. Raises Refusal: E106 no number, E107 another
    unit, E108 out of the domain, E109 finer than a fen or too large.
    """
    assert entry.unit is not None
    if len(text) > MAX_LENGTH:
        raise Refusal("E106", f"“{text[:20]}…”太长，不是一个数", f"'{text[:20]}…' is too long for a number")
    share = _share(text, entry)
    parts = None if share is not None else _parts(_clean(text, entry), text, entry, units)
    value = share if parts is None else _value(parts, text, entry, units)
    assert value is not None
    number = plain(value)
    check_size(number, text, entry)
    return number, _remarks(number, text, entry, units)


def read_money(text: str, units: Map[str, Unit]) -> int:
    """An amount of money that is no entry's value, in fen; a bare number is 万元. Raises Refusal as `read_number`."""
    amount = Field("amount", "金额", "amount", "money", "fact", "fixed", "", "", unit_named("万元", units), low=0)
    return int(read_number(text, amount, units)[0])


def written(value: Number, entry: Field) -> str:
    """The value in the entry's unit as text that reads back to the same value: `3200 平方米`, `3%`, `7/12 年`."""
    assert entry.unit is not None
    amount = Fraction(value) / entry.unit.per
    text = decimal_text(amount) or f"{amount.numerator}/{amount.denominator}"
    return f"{text}{'' if entry.unit.name == '%' and '/' not in text else ' '}{entry.unit.name}"


def decimal_text(value: Fraction) -> str | None:
    """All decimals of a value, or None where they don't end."""
    places, rest = 0, value.denominator
    for factor in (2, 5):
        count = 0
        while rest % factor == 0:
            rest, count = rest // factor, count + 1
        places = max(places, count)
    if rest != 1:
        return None
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    body = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{body}" if value < 0 else body


def is_bare(text: str) -> bool:
    """Whether the text is digits without a unit, so that a unit from elsewhere may be added to it."""
    return _WRITTEN.fullmatch(normal(text)) is not None


def normal(text: str) -> str:
    """Full-width characters made narrow, all dashes of a minus made one, outer blanks gone."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _clean(text: str, entry: Field) -> str:
    clean = normal(text)
    if entry.type == "money":
        clean = _CURRENCY.sub("", clean).removesuffix("整")
    return "-" + clean[1:].lstrip() if clean.startswith("负") else clean


def _share(text: str, entry: Field) -> Fraction | None:
    """百分之三 and 5‰, for a ratio."""
    clean = normal(text)
    if entry.type != "ratio":
        return None
    if clean.endswith("‰") and _PLAIN.fullmatch(clean[:-1].strip()):
        return Fraction(clean[:-1].strip()) / 1000
    for word, share in _SHARES.items():
        if clean.startswith(word):
            rest = clean.removeprefix(word).strip()
            value = Fraction(rest) if _PLAIN.fullmatch(rest) else chinese_number(rest)
            if value is None:
                raise _unreadable(text, entry)
            return value * share
    return None


def _parts(clean: str, text: str, entry: Field, units: Map[str, Unit]) -> _Parts:
    match = _WRITTEN.match(clean)
    if match is None:
        return _chinese_parts(clean, text, entry)
    exponent = match["exponent"] or "0"
    if len(exponent) > 3 or abs(int(exponent)) > MAX_EXPONENT:
        raise Refusal("E109", f"“{text}”超出可处理的大小", f"'{text}' is beyond the size that can be handled")
    sign = -1 if match["sign"] == "-" else 1
    rest = clean[match.end():].strip()
    if match["over"]:
        above, below = (int(n) for n in match["over"].split("/"))
        if not below or rest[:1] == "/":
            raise _unreadable(text, entry)
        return _Parts(sign * Fraction(above, below), "", rest, over=True)
    if rest[:1] in tuple(",.'/0123456789") and rest:
        raise _unreadable(text, entry)
    whole = re.sub("[, ']", "", match["whole"]) or "0"
    amount = sign * Fraction(f"{whole}{match['part'] or ''}e{exponent}")
    scale = "" if unit_named(rest, units) else (_SCALE.match(rest) or [""])[0]
    return _Parts(amount, scale, rest[len(scale):].strip())


def _chinese_parts(clean: str, text: str, entry: Field) -> _Parts:
    sign, body = (-1, clean[1:]) if clean.startswith("-") else (1, clean)
    length = next((i for i, c in enumerate(body) if c not in CHARACTERS), len(body))
    value = chinese_number(body[:length])
    if value is None:
        raise _unreadable(text, entry)
    rest = body[length:].strip()
    if not rest and entry.type == "money" and body[length - 1] in "万亿":
        rest = "元"
    return _Parts(sign * value, "", rest)


def unit_named(word: str, units: Map[str, Unit]) -> Unit | None:
    """A unit by id, name or alias; by its narrow spelling; or without a leading 个 (个百分点)."""
    if not word:
        return None
    found = units.get(word) or next((u for name, u in units.items() if normal(name) == word), None)
    return found or (unit_named(word[1:], units) if word[0] == "个" and len(word) > 1 else None)


def _value(parts: _Parts, text: str, entry: Field, units: Map[str, Unit]) -> Fraction:
    assert entry.unit is not None
    scale = prod(_SCALES[c] for c in parts.scale)
    if not parts.unit:
        return parts.amount * scale * _implied(parts, text, entry, units)
    unit = unit_named(parts.unit, units)
    if unit is None:
        raise _unreadable(text, entry) if not _looks_like_unit(parts.unit) else _wrong_unit(parts.unit, entry, units)
    if unit.dimension != entry.unit.dimension:
        raise _wrong_unit(parts.unit, entry, units)
    return parts.amount * scale * unit.per


def _implied(parts: _Parts, text: str, entry: Field, units: Map[str, Unit]) -> Fraction:
    """What one stands for where no unit is written."""
    assert entry.unit is not None
    if entry.type == "ratio" and (parts.over or parts.scale):
        if parts.scale:
            raise _unreadable(text, entry)
        return Fraction(1)
    if entry.type == "money" and parts.scale:
        if parts.scale[-1] not in "万亿":
            raise Refusal("E107", f"“{text}”没有写单位：是{text.strip()}元，还是{text.strip()}万元？请写明",
                          f"'{text}' has no unit: write 元 or 万元")
        return Fraction(units["元"].per)
    return Fraction(entry.unit.per)


def _looks_like_unit(word: str) -> bool:
    return len(word) <= 6 and not re.search(r"\d|[多余约左右上下至到~-]", word)


def _wrong_unit(word: str, entry: Field, units: Map[str, Unit]) -> Refusal:
    assert entry.unit is not None
    same = list(dict.fromkeys(u.name for u in units.values() if u.dimension == entry.unit.dimension))
    return Refusal("E107", f"“{entry.name}”的单位是{'、'.join(same)}，不是“{word}”",
                   f"'{entry.id}' is in {', '.join(same)}, not in '{word}'")


def _unreadable(text: str, entry: Field) -> Refusal:
    assert entry.unit is not None
    example = f"3200 {entry.unit.name}" if entry.type != "ratio" else "3%"
    return Refusal("E106", f"“{text}”读不成一个数；写一个确定的数，如 {example}；不知道就留空",
                   f"'{text}' is not one definite number; write it like {example}, or leave it blank if unknown")


def check_size(value: Number, text: str, entry: Field) -> None:
    """Raises Refusal E108 for a value out of the domain, E109 for one that is finer than a fen, or too large."""
    if entry.type == "money" and Fraction(value).denominator != 1:
        raise Refusal("E109", f"金额最细到分，“{text}”不是整分；请四舍五入到分后再填",
                      f"money goes down to fen; '{text}' is not a whole number of fen: round it first")
    if abs(Fraction(value)) > (MAX_MONEY if entry.type == "money" else MAX_NUMBER):
        raise Refusal("E109", f"“{text}”超出可处理的大小", f"'{text}' is beyond the size that can be handled")
    below = entry.low is not None and value < entry.low
    if below or (entry.high is not None and value > entry.high):
        low = "" if entry.low is None else f"不小于 {written(entry.low, entry)}"
        high = "" if entry.high is None else f"不大于 {written(entry.high, entry)}"
        limits = "、".join(x for x in (low, high) if x)
        english = limits.replace("不小于", "at least").replace("不大于", "at most").replace("、", ", ")
        raise Refusal("E108", f"“{entry.name}”应{limits}，不会是 {text}；核对数字和单位",
                      f"'{entry.id}' is {english}; it can't be {text}: check the figure and its unit")


def _remarks(value: Number, text: str, entry: Field, units: Map[str, Unit]) -> tuple[Remark, ...]:
    assert entry.unit is not None
    bare = text.strip()
    if entry.type == "ratio" and 0 < abs(Fraction(value)) < entry.unit.per and _PLAIN.fullmatch(bare):
        percent = decimal_text(Fraction(bare) * 100)
        return (remark("W103", f"“{bare}”没有写 %，按 {written(value, entry)} 读；如果是 {percent}%，请写成 {percent}%",
                       f"'{bare}' has no %: read as {written(value, entry)}; if it is {percent}%, write {percent}%"),)
    match = _PLAIN.match(bare)
    rest = bare[match.end():].strip() if match else ""
    if match and (not rest or any(rest in (u.name, *u.aliases) for u in units.values())):
        return ()
    shown = written(value, entry)
    return (remark("N101", f"“{bare}”读作 {shown}", f"'{bare}' is read as {shown}"),)
