"""The figures of a text: amounts, percentages, counts, terms, dates, ranks, scores, in either script.

No figures are: numbers of articles, chapters and items, document and standard numbers, telephone numbers, addresses,
names of grades (一等奖, 4A级), and numerals that are words (统一, 第三方, 一次性, 十四五).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from guiju.facts.numerals import chinese_number, digit_string

Value = tuple[str, Fraction]
_CN = "[零〇一二三四五六七八九十百千两半]"
_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("money", Fraction(100)), "%": ("ratio", Fraction(1, 100)), "个百分点": ("ratio", Fraction(1, 100)),
    "年": ("months", Fraction(12)), "个月": ("months", Fraction(1)), "月": ("months", Fraction(1)),
    "个工作日": ("days", Fraction(1)), "工作日": ("days", Fraction(1)), "日": ("days", Fraction(1)),
    "天": ("days", Fraction(1)), "分": ("points", Fraction(1)), "倍": ("ratio", Fraction(1))}
_COUNTED = ("个小时|小时|平方米|周年|周岁|项目|季度|个|项|家|人|名|位|次|份|种|篇|件|台|类|强|级|届|期|套|字|公顷|部|条"
            "|岁|页|吨|层|方面")
_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True)) + "|" + _COUNTED
_SCALES = "十万|百万|千万|万|亿|千|百"
_MASKED = re.compile("|".join((
    r"第\s*[零一二三四五六七八九十百\d]+\s*[章条款项编节号部期批届届次目]?(?:之[一二三四五六七八九十])?",
    r"[〔\[(（【]\d{4}[〕\])）】]\s*(?:第)?\d+\s*号", r"令?第?\d+\s*号(?!称)", r"国务院令?\s*\d+号",
    r"[（(][一二三四五六七八九十]{1,3}[）)]", r"^[一二三四五六七八九十]{1,3}、", r"^[（(]?\d{1,3}[）).．、](?!\d)",
    r"[A-Z]{1,5}(?:/[A-Z]{1,3})?\s*\d+(?:[.\d]*)(?:[-—:]\d{2,4})?(?:[\-—]\d+)*", r"(?:https?:|www\.)\S+", r"\S+@\S+",
    r"(?<!\d)\d{3,4}-\d{7,8}(?:[、,，]\s*\d{7,8})*", r"(?<!\d)1\d{10}(?!\d)",
    r"附件\s*[:：]?\s*\d*", r"专栏\s*\d*", r"[两三四五六七八九十\d]+部[门委]", "十[三四]个五年", "[上这]一年",
    r"\d\d:\d\d:\d\d(?: \+\d{4})?", r"(?:特|[一二三](?:、[一二三])*)等(?:奖|功)?",
    r"\d?[A-Z一二三四五]+级(?=标准|及以上|[、和或]|证|的|$)",
    r"[A-Z]\d+|\d+[A-Z](?![a-z])",
    "第三方|[一二三四]季度|一季|十[三四]五|一带一路|一次性|双一流|统一|单一|唯一|进一步|一致|一般|一定|一体|同一|一律|一并|之一|一方面"
    "|专一|一流|一线|逐一|百城千业|万企|千企|三同|四新|三品|两化|三网|四基|五大|千家|百家|三农|万元产值|一站|一企一|一类"
    "|一些|一系列|一批|一旦|一直|一经|一切|一带|万众|一日|百年|千年|七大|八大|九大|一中|二中|三中|四中|五中|六中",
)))
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]|(\d{4})-(\d\d)-(\d\d)")
_CHINESE_YEAR = re.compile("二[〇零][〇零一二三四五六七八九]{2}年")
_FRACTION = re.compile(rf"({_CN}{{1,4}})分之({_CN}{{1,4}})")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3}|底)日?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|(?=[-—–~至]+\d{4}年))")
_HALF = re.compile(r"一半|半数|半年|减半|半个月")
_RANK = re.compile(rf"(?:前|排名第|第|首)({_CN}{{1,3}}|\d{{1,3}})(?:位|名)|"
                   rf"前({_CN}{{1,2}}|\d{{1,3}})(?![\d{_CN[1:-1]}年个月项届批款条])|首位")
_ARABIC = rf"(\d+(?:\.\d+)?)\s*({_SCALES})?余?({_WORDS})?(?:\(含\))?"
_CHINESE = rf"({_CN}+)({_SCALES}|万)?余?({_WORDS}|多?万元|亿元)"
_NUMBER = re.compile(rf"{_ARABIC}|{_CHINESE}")
_CHAIN = re.compile(rf"(?:万元|万|元|%)?[、,，\-—–~～至到或和/]+"
                    rf"(?:\d+(?:\.\d+)?[、\-—–~至或和/])*\d+(?:\.\d+)?\s*({_SCALES})?({_WORDS})")
_LIMITING = re.compile(r"(?:不超过|不得超过|不少于|不低于|至少|最多|最低|以上|超过|少于|低于|限|仅|满足|按|视为|视作"
                       r"|算作|每|只|任|计|之|有|具备|符合|满|前|后|近|达到)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what the text says, where it begins, and every value that it can mean, in base units."""

    text: str
    start: int
    kind: str
    values: frozenset[Value]


def figures_of(text: str) -> list[Figure]:
    """The figures of a clause, in order."""
    blank = _MASKED.sub(lambda m: "\x00" * len(m[0]) if not _RANK.match(m[0]) else m[0], _kept_ranks(text))
    found: list[Figure] = []
    for finder in (_dates, _fractions, _ranks, _numbers):
        for figure in finder(blank):
            found.append(figure)
            end = figure.start + len(figure.text)
            blank = blank[:figure.start] + "\x01" * (end - figure.start) + blank[end:]
    return sorted(found, key=lambda f: f.start)


def _kept_ranks(text: str) -> str:
    """排在第一位, 第三名 are ranks and stand; they are told from 第三条 by what follows."""
    return re.sub(rf"第(?=(?:{_CN}{{1,3}}|\d{{1,3}})(?:位|名))", "前", text)


def _dates(text: str) -> Iterator[Figure]:
    for found in _DATE.finditer(text):
        numbers = [int(g) for g in found.groups() if g]
        try:
            day = dt.date(*numbers).toordinal()
        except ValueError:
            continue
        yield Figure(found[0], found.start(), "date", frozenset({("date", Fraction(day))}))
    text = _DATE.sub(lambda m: "\x01" * len(m[0]), text)
    for found in (*_YEAR.finditer(text), *_CHINESE_YEAR.finditer(text)):
        year = int(digit_string(found[0])[:4])
        ends = {("date", Fraction(dt.date(year, m, d).toordinal())) for m, d in ((1, 1), (12, 31))}
        yield Figure(found[0], found.start(), "year", frozenset({("count", Fraction(year)), *ends}))
    for found in _MONTH_DAY.finditer(_YEAR.sub(lambda m: "\x01" * len(m[0]), text)):
        month, day_ = _number(found[1]), 31 if found[2] == "底" else _number(found[2])
        if month and day_ and month <= 12:
            yield Figure(found[0], found.start(), "date", frozenset({("monthday", month * 100 + day_)}))


def _fractions(text: str) -> Iterator[Figure]:
    for found in _FRACTION.finditer(text):
        low, high = _number(found[1]), _number(found[2])
        if low and high is not None:
            yield Figure(found[0], found.start(), "ratio", frozenset({("ratio", high / low)}))
    for found in _HALF.finditer(text):
        month = {"半年": Fraction(6), "半个月": Fraction(1, 2)}.get(found[0])
        value = ("months", month) if month else ("ratio", Fraction(1, 2))
        yield Figure(found[0], found.start(), "term" if month else "ratio", frozenset({value}))


def _ranks(text: str) -> Iterator[Figure]:
    for found in _RANK.finditer(text):
        value = Fraction(1) if found[0] == "首位" else _number(found[1] or found[2] or "")
        if value is not None:
            yield Figure(found[0], found.start(), "rank", frozenset({("count", value)}))


def _numbers(text: str) -> Iterator[Figure]:
    for found in _NUMBER.finditer(text):
        digits, scale, unit = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        before, after = text[:found.start()], text[found.end():]
        if before[-1:].isascii() and before[-1:].isalpha():
            continue
        if found[1] is None:
            if digits in ("一", "百", "千", "十", "零") and unit not in ("年", "个月", "个工作日", "元") and not scale \
                    and not _LIMITING.search(before):
                continue
            if unit in ("万元", "多万元", "亿元"):
                scale, unit = unit.strip("多")[0], "元"
        value = _number(digits)
        if value is None:
            continue
        follows = _CHAIN.match(after) if not unit else None
        if follows is not None:
            unit, scale = follows[2], scale or follows[1]
        if not unit and scale in ("万", "亿"):
            unit = "元"
        yield _figure(found[0], found.start(), value * _SCALE[scale or ""], unit or "")


def _figure(text: str, start: int, value: Fraction, unit: str) -> Figure:
    dimension, factor = _UNITS.get(unit, ("count", Fraction(1)))
    values = {(dimension, value * factor)}
    if dimension in ("months", "points", "days") or unit in ("倍", ""):
        values.add(("count", value))
    if unit == "":
        values |= {("points", value), ("ratio", value / 100)}
    kinds = {"money": "amount", "ratio": "percentage", "months": "term", "days": "term", "points": "score"}
    return Figure(text, start, kinds.get(dimension, "count"), frozenset(values))


def _number(word: str) -> Fraction | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return Fraction(word)
    return chinese_number(word)
