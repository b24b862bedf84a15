"""Results as the manual writes them: one spelling for each value, so that stated and computed compare as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import Any

from guiju.evaluate.answer import Amount, ItemAnswer
from guiju.evaluate.doubts import Doubt
from guiju.language.policy import Policy
from guiju.language.types import Type
from guiju.values import NOT_APPLICABLE, UNDECIDED, Value, date_of, status_name, whole

_LAST_DAY = dt.date.max.toordinal()
_WAN = 1000000
NOTHING = "无"


def value(found: Value, type_: Type, policy: Policy) -> str:
    """`pass`; `20 万元`; `[0 元, 20 万元] unknown`: an interval with the gravest cause of the doubt."""
    if not isinstance(found, tuple):
        return status_name(found)
    low, high, cause = found
    if cause & NOT_APPLICABLE:
        return "not_applicable"
    why = f" {status_name(cause & UNDECIDED)}" if cause & UNDECIDED else ""
    if low is None:
        return why.strip()
    if low == high:
        return _single(low, type_, policy) + why
    return f"[{_single(low, type_, policy)}, {_single(high, type_, policy)}]{why}"


def _single(found: Any, type_: Type, policy: Policy) -> str:
    if type_.kind == "date":
        return {1: "-∞", _LAST_DAY: "∞"}.get(found) or ("∞" if found == inf else "-∞" if found == -inf
                                                        else date_of(int(found)).isoformat())
    if found in (inf, -inf):
        return "∞" if found > 0 else "-∞"
    if type_.kind == "enum":
        return _enumeration(type_.enum, policy).members[found].name
    if type_.kind == "number":
        return number(found, type_.dimension, policy)
    return str(found) or NOTHING


def _enumeration(id_: str, policy: Policy) -> Any:
    own = {p.enumeration.id: p.enumeration for p in policy.parameters.values() if p.enumeration}
    return own.get(id_) or policy.vocabulary.enumerations[id_]


def number(found: Any, dimension: str, policy: Policy) -> str:
    """A number with its unit: money in 元 or 万元, ratios in %, durations in years or months."""
    if dimension == "count":
        return _plain(found)
    if dimension == "money":
        return money(found)
    if dimension == "ratio":
        return f"{_plain(Fraction(found) * 100)}%"
    if dimension == "duration":
        return f"{_plain(Fraction(found) / 12)} 年" if found % 12 == 0 else f"{_plain(found)} 月"
    unit = next(u for u in policy.vocabulary.units.values() if u.dimension == dimension and u.per == 1)
    return f"{_plain(found)} {unit.name}"


def money(fen: Any) -> str:
    """An amount of fen: from 1 万元 in 万元, below in 元."""
    if fen is None or fen in (inf, -inf):
        return "-∞" if fen == -inf else "∞"
    return f"{_plain(Fraction(fen) / _WAN)} 万元" if abs(fen) >= _WAN else f"{_plain(Fraction(fen) / 100)} 元"


def _plain(found: Any) -> str:
    fraction = Fraction(found)
    for places in range(9):
        if (fraction * 10**places).denominator == 1:
            return f"{float(fraction):.{places}f}" if places else str(whole(fraction))
    return f"{fraction.numerator}/{fraction.denominator}"


def amount(found: Amount) -> str:
    """`60 万元`, `至多 50 万元`, `裁量 8 万元`, `[8 万元, 60 万元]`, `外部规定`, `0 元`."""
    if found.kind == "external":
        return "外部规定"
    if found.kind == "none":
        return "0 元"
    if found.kind == "exact":
        return money(found.low) if found.low == found.high else f"[{money(found.low)}, {money(found.high)}]"
    word = "至多" if found.kind == "up_to" else "裁量"
    return f"{word} {money(found.high)}" if not found.low else f"{word} [{money(found.low)}, {money(found.high)}]"


def items(found: Iterable[ItemAnswer]) -> str:
    """Every item with its amount, and in brackets what cut it or why it gets nothing."""
    return listed(_item(item) for item in found)


def _item(item: ItemAnswer) -> str:
    why = [c.id for c in item.cuts] or [r.id for r in item.reasons]
    return f"{item.id} {amount(item.amount)}" + (f"（{'、'.join(why)}）" if why else "")


def doubts(found: Iterable[Doubt]) -> str:
    """What is missing, by name; cells with their row numbers."""
    return listed(f"{d.name}（第 {'、'.join(map(str, d.rows))} 行）" if d.rows else d.name for d in found)


def listed(words: Iterable[str]) -> str:
    return "；".join(words) or NOTHING
