"""What generated closures call for the rarer operations. Written apart from the reference on purpose, for speed and
so that the agreement of both means something.

For the same reason statuses stand as numbers here, as in the code that is generated: 0 PASS, 8 FAIL, 16
NOT_APPLICABLE, and the bits of 7 are the causes of doubt (`guiju.values`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Any

Triple = tuple[Any, Any, int]
_MAX = dt.date.max.toordinal()


def at_least(k: int, statuses: Sequence[int]) -> int:
    passed = undecided = causes = 0
    for s in statuses:
        if s == 0:
            passed += 1
        elif s & 7:
            undecided += 1
            causes |= s & 7
    return 0 if passed >= k else 8 if passed + undecided < k else causes


def is_member(low: Any, high: Any, cause: int, values: tuple[Any, ...]) -> int:
    if low is None:
        return cause
    return cause if any(low <= v <= high for v in values) else 8


def matches(text: Any, cause: int, pattern: str) -> int:
    if text is None or cause:
        return cause
    return 0 if re.search(pattern, text) else 8


def multiply(al: Any, ah: Any, ac: int, bl: Any, bh: Any, bc: int) -> Triple:
    if al == ah and bl == bh:
        v = al * bl if al and bl else 0
        return v, v, (ac | bc) & 16
    ends = [x * y if x and y else 0 for x in (al, ah) for y in (bl, bh)]
    low, high = min(ends), max(ends)
    return low, high, ac | bc if low != high else (ac | bc) & 16


def divide(al: Any, ah: Any, ac: int, bl: Any, bh: Any, bc: int) -> Triple:
    if bl <= 0 <= bh:
        return -inf, inf, ac | bc | 2
    if al == ah and bl == bh:
        value = Fraction(al, bl) if type(al) is type(bl) is int else Fraction(al) / Fraction(bl)
        return value, value, (ac | bc) & 16
    ends = []
    for y in (bl, bh):
        for x in (al, ah):
            if x == 0 or y in (inf, -inf):
                ends.append(0)
            elif x in (inf, -inf):
                ends.append(x if y > 0 else -x)
            else:
                ends.append(Fraction(x) / y)
    low, high = min(ends), max(ends)
    return low, high, ac | bc if low != high else (ac | bc) & 16


def compare_ratio(op: str, first: bool, bound: Any, al: Any, ah: Any, ac: int, bl: Any, bh: Any, bc: int) -> int:
    """A ratio `op` a bound, or the bound `op` the ratio; `op` is ge or gt."""
    low, high, cause = divide(al, ah, ac, bl, bh, bc)
    least, most = (low - bound, high - bound) if first else (bound - high, bound - low)
    if least > 0 or (op == "ge" and least == 0):
        return 0
    return 8 if most < 0 or (op == "gt" and most == 0) else cause


def hull(c: int, tl: Any, th: Any, tc: int, el: Any, eh: Any, ec: int) -> Triple:
    causes = c | tc | ec if c == 16 or tc & ec & 16 else (c | tc | ec) & 7
    if tl is None or el is None or isinstance(tl, str) or isinstance(el, str):
        return (tl, th, causes if tl is None else 0) if tl == el else (None, None, causes)
    low, high = tl if tl <= el else el, th if th >= eh else eh
    return low, high, causes if low != high else causes & 16


def floor(low: Any, high: Any, c: int) -> Triple:
    low = low if low in (inf, -inf) else low // 1
    high = high if high in (inf, -inf) else high // 1
    return low, high, c if low != high else c & 16


def absolute(low: Any, high: Any, c: int) -> Triple:
    least = 0 if low < 0 < high else min(abs(low), abs(high))
    most = max(abs(low), abs(high))
    return least, most, c if least != most else c & 16


@lru_cache(maxsize=4096)
def _moved(ordinal: int, months: int) -> int:
    date = dt.date.fromordinal(min(max(ordinal, 1), _MAX))
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if year < 1:
        return 1
    if year > 9999:
        return _MAX
    for day in (date.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day, date.day)).toordinal()
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


def shift(al: Any, ah: Any, ac: int, ml: Any, mh: Any, mc: int) -> Triple:
    low = 1 if ml == -inf else _MAX if ml == inf else _moved(int(min(max(al, 1), _MAX)), int(ml))
    high = _MAX if mh == inf else 1 if mh == -inf else _moved(int(min(max(ah, 1), _MAX)), int(mh))
    return low, high, ac | mc if low != high else (ac | mc) & 16


def shift_days(al: Any, ah: Any, ac: int, dl: Any, dh: Any, dc: int) -> Triple:
    al, ah = min(max(al, 1), _MAX), min(max(ah, 1), _MAX)  # an extreme over no rows is infinite
    low, high = int(min(max(al + dl, 1), _MAX)), int(min(max(ah + dh, 1), _MAX))
    return low, high, ac | dc if low != high else (ac | dc) & 16


@lru_cache(maxsize=4096)
def _year(ordinal: Any) -> int:
    return dt.date.fromordinal(int(min(max(ordinal, 1), _MAX))).year


def year(low: Any, high: Any, c: int) -> Triple:
    low, high = _year(low), _year(high)
    return low, high, c if low != high else c & 16


def month(low: Any, high: Any, c: int) -> Triple:
    if _year(low) != _year(high):
        return 1, 12, c
    low, high = _month(low), _month(high)
    return low, high, c if low != high else c & 16


@lru_cache(maxsize=4096)
def _month(ordinal: Any) -> int:
    return dt.date.fromordinal(int(min(max(ordinal, 1), _MAX))).month


def _whole_years(first: Any, last: Any) -> int:
    start = dt.date.fromordinal(int(min(max(first, 1), _MAX)))
    end = int(min(max(last, 1), _MAX))
    years = max(_year(end) - start.year, 0)
    if years and _moved(start.toordinal(), 12 * years) > end:
        years -= 1
    return 12 * years


def years_between(al: Any, ah: Any, ac: int, bl: Any, bh: Any, bc: int) -> Triple:
    low, high = _whole_years(ah, bl), _whole_years(al, bh)
    return low, high, ac | bc if low != high else (ac | bc) & 16


def some(statuses: Sequence[int]) -> int:
    causes, applies = 0, False
    for s in statuses:
        if s == 0:
            return 0
        applies = applies or s != 16
        causes |= s & 7
    return causes or (8 if applies else 16)


def distinct(entries: Sequence[tuple[int, Any, Any, int]]) -> Triple:
    """How many different values, from (status, low, high, cause) of the rows that do or may fit."""
    sure, possible, loose, sure_loose, causes = set(), set(), 0, False, 0
    for status, low, high, c in entries:
        if c & 16:
            continue
        causes |= c | status & 7
        if low == high and low is not None and not c:
            possible.add(low)
            if status == 0:
                sure.add(low)
        else:
            loose += 1
            sure_loose = sure_loose or status == 0
    least, most = max(len(sure), int(sure_loose)), len(possible) + loose
    return least, most, causes if least != most else 0


def the(found: list[Triple], sure: Any, causes: int, low: Any, high: Any, c: int) -> Triple:
    """The value in the one row that fits; the whole domain where none surely does."""
    if not sure:
        return low, high, c | 2 if low is None or low != high else c & 16
    if len(found) == 1:
        return found[0]
    nothing = all(v[2] & 16 for v in found)
    for value in found:
        causes |= value[2]
    causes = (causes | 2) if nothing else (causes | 2) & 7
    lows, highs = [v[0] for v in found], [v[1] for v in found]
    if any(v is None or isinstance(v, str) for v in lows):
        if all(v == lows[0] for v in lows):
            return lows[0], highs[0], causes if lows[0] is None else 0
        return None, None, causes
    least, most = min(lows), max(highs)
    return least, most, causes if least != most else causes & 16
