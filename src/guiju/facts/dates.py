"""A date as people write it; a date of which only the year or the month is given is every day in it."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from guiju.facts.numbers import normal
from guiju.facts.numerals import chinese_number, digit_string
from guiju.facts.reading import Reading, Refusal, Remark, remark
from guiju.values import UNKNOWN, known

YEARS = range(1800, 2200)
_FULL = re.compile(r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号])",
                   re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:\s*[-/.]\s*(\d{1,2})|\s*年\s*(\d{1,2})\s*月|(\d\d))", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s*年?", re.ASCII)
_TIME = re.compile(r"(?<=\d)(?:T|\s+)(\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)(?:\+08:?00)?$", re.ASCII)
_CHINESE = re.compile("([零〇一二三四五六七八九]{4})年"
                      "(?:([一二三四五六七八九十]+)月(?:([一二三四五六七八九十]+)[日号])?)?")


def read_date(text: str, number: bool = False) -> Reading:
    """The day as an ordinal; a year or a month alone as the interval of its days, UNKNOWN which.

    `number`: the text was a number in a sheet, where 2024.10 has become 2024.1. Raises Refusal E114 for what is no
    date, or no day of the calendar.
    """
    clean = _western(normal(text))
    remarks: tuple[Remark, ...] = ()
    if number and not re.fullmatch(r"\d{4}|\d{8}", clean, re.ASCII):
        raise _not_typed(clean)
    time = _TIME.search(clean)
    if time:
        clean = clean[:time.start()]
        if time[1].strip("0:."):
            remarks = (remark("N101", f"“{text}”只取日期", f"only the date of '{text}' is taken"),)
    full = _FULL.fullmatch(clean) or _COMPACT.fullmatch(clean)
    if full:
        year, *rest = (g for g in full.groups() if g and g.isdigit())
        return Reading(known(_day(text, int(year), *map(int, rest)).toordinal()), remarks)
    return _partial(clean, text)


def read_day(text: str) -> dt.date:
    """A whole date. Raises Refusal E114 where it is not one, or only a part of one."""
    value = read_date(text).value
    if not isinstance(value, tuple) or value[2]:
        raise Refusal("E114", f"“{text}”要写到日，如 2024-01-24", f"'{text}' must be a whole date, like 2024-01-24")
    return dt.date.fromordinal(value[0])


def _western(text: str) -> str:
    match = _CHINESE.fullmatch(text)
    if match is None:
        return text
    parts = [str(chinese_number(p)) for p in match.groups()[1:] if p]
    return "-".join([digit_string(match[1]), *parts])


def _partial(clean: str, text: str) -> Reading:
    month = _MONTH.fullmatch(clean)
    if month:
        year, number = int(month[1]), int(month[2] or month[3] or month[4])
        first = _day(text, year, number, 1)
        last = first.replace(day=calendar.monthrange(year, number)[1])
    elif match := _YEAR.fullmatch(clean):
        first, last = _day(text, int(match[1]), 1, 1), _day(text, int(match[1]), 12, 31)
    else:
        raise Refusal("E114", f"“{text}”不是日期；写成 2024-01-24（只知道年月也可写 2024-01）",
                      f"'{text}' is no date; write 2024-01-24 (or 2024-01 if the day is not known)")
    return Reading((first.toordinal(), last.toordinal(), UNKNOWN),
                   (remark("N102", f"“{text}”没有写到日：按 {first} 至 {last} 之间的某一天处理",
                           f"'{text}' is not a whole date: taken as some day from {first} to {last}"),))


def _day(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise Refusal("E114", f"没有“{text}”这一天；核对年、月、日", f"there is no such day as '{text}'") from None
    if year not in YEARS and date != dt.date.max:
        raise Refusal("E114", f"“{text}”的年份不对；核对四位年份", f"the year of '{text}' can't be right")
    return date


def _not_typed(text: str) -> Refusal:
    hint = ""
    if re.fullmatch(r"[1-9]\d{4}", text):
        hint = f"（如果是 Excel 的日期序号，它是 {dt.date(1899, 12, 30) + dt.timedelta(int(text))}）"
    return Refusal("E114", f"{text} 是数字，不是日期{hint}；把单元格设为日期，或写成文字 2024-01-24",
                   f"{text} is a number, not a date{hint and ' (an Excel serial?)'}; format the cell as a date")
