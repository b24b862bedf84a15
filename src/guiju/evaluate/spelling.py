"""Values in words: with their unit, as people write them."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

from guiju.facts.model import domain
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS, Value, date_of
from guiju.vocabulary import Field, load_vocabulary

_HUNDREDTH = 10000  # fen of 0.01 万元


def spell_money(fen: Any) -> Text:
    """An amount of fen, in 万元 or 元, exactly."""
    if fen is None or fen == inf:
        return Text("无上界", "no upper bound")
    if fen == -inf:
        return Text("无下界", "no lower bound")
    wan = Fraction(fen) / 1000000
    if (wan * 10000).denominator == 1 and abs(wan) >= 1:
        return Text(f"{decimal(wan)} 万元", f"{decimal(wan * 10000)} yuan")
    return Text(f"{decimal(Fraction(fen) / 100)} 元", f"{decimal(Fraction(fen) / 100)} yuan")


def spell_money_range(low: Any, high: Any) -> Text:
    """Two amounts of fen in one unit, exactly: 0.5 万元 至 3 万元, 35 元 至 30 000 元."""
    first, last = spell_money(low), spell_money(high)
    zh = [first.zh, last.zh]
    if inf not in (abs(low), abs(high)) and len({end.endswith("万元") for end in zh}) > 1:
        if low % _HUNDREDTH == high % _HUNDREDTH == 0:
            zh = [f"{decimal(Fraction(end) / 1000000)} 万元" for end in (low, high)]
        else:
            zh = [f"{decimal(Fraction(end) / 100)} 元" for end in (low, high)]
    return Text(" 至 ".join(zh), f"{first.en} to {last.en}")


def decimal(value: Any) -> str:
    """A number in as many decimals as it has, grouped by thousands; a fraction if it has no end."""
    fraction = Fraction(value)
    if fraction.denominator == 1:
        return _grouped(fraction.numerator)
    for places in range(1, 9):
        scaled = fraction * 10**places
        if scaled.denominator == 1:
            whole, rest = divmod(abs(scaled.numerator), 10**places)
            return f"{'-' if scaled < 0 else ''}{_grouped(whole)}.{rest:0{places}}"
    return f"约 {float(fraction):.4f}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ") if abs(number) >= 10000 else str(number)


def spell_value(value: Value, field: Field) -> Text:
    """A value of a dictionary entry; a range where it is not known."""
    if not isinstance(value, tuple):
        words = {PASS: ("是", "yes"), FAIL: ("否", "no"), NOT_APPLICABLE: ("不适用", "not applicable")}
        return Text(*words.get(value, ("未给", "not given")))
    low, high, cause = value
    if cause & NOT_APPLICABLE:
        return Text("不适用", "not applicable")
    if low is None or (low != high and ((low, high) == domain(field)[:2] or low == -inf or high == inf)):
        return Text("未给", "not given")
    if field.type == "region" and high in (low, low + 99, low + 9999):  # a district, or somewhere in a city or province
        return _place(low)
    if low == high:
        return _single(low, field)
    if field.type == "money":
        return spell_money_range(low, high)
    first, last = _single(low, field), _single(high, field)
    return Text(f"{first.zh} 至 {last.zh}", f"{first.en} to {last.en}")


def _place(code: int) -> Text:
    """A place by its names, from the province down, with its code where the table does not go down so far. The table
    has no English names."""
    vocabulary, digits = load_vocabulary(), str(code)
    words = vocabulary.place(digits)
    if digits not in vocabulary.regions:
        own = digits[:2] + digits[2:4].replace("00", "") + digits[4:].replace("00", "")
        return Text(f"{words}（{own}）", f"{words} ({own})") if words else Text(own, own)
    return Text(words, words)


def _single(value: Any, field: Field) -> Text:
    if field.enumeration is not None:
        member = field.enumeration.members[value]
        return Text(member.name, member.en or member.name)
    if field.type == "money":
        return spell_money(value)
    if field.type == "date":
        return Text(date_of(value).isoformat(), date_of(value).isoformat())
    if field.unit is not None:
        number = decimal(Fraction(value) / Fraction(field.unit.per))
        space = "" if field.unit.name == "%" else " "
        return Text(f"{number}{space}{field.unit.name}", f"{number}{space}{field.unit.en}".strip())
    return Text(str(value) or "无", str(value) or "none")
