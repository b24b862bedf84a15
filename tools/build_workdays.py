"""Writes `src/guiju/calendar/data/workdays.yaml` from the kept library `chinesecalendar` (a development dependency).

    .venv/bin/python tools/build_workdays.py

Run it after a new release of the library has brought a year, with YEARS and NOTICES extended.
`tests/calendar/test_workday_drift.py` holds the file to the library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from chinese_calendar import is_workday

TARGET = Path(__file__).parents[1] / "src/guiju/calendar/data/workdays.yaml"
YEARS = range(2004, 2027)
SATURDAY = 5
LINE = 120
ONE_DAY = dt.timedelta(days=1)

# The State Council's yearly notice. Only those in CHECKED were read in a source of the project; the others are from
# general knowledge, and years without a number that we are sure of have none.
NOTICES = {
    2010: "国办发明电〔2009〕22号", 2011: "国办发明电〔2010〕40号", 2012: "国办发明电〔2011〕45号",
    2013: "国办发明电〔2012〕33号", 2014: "国办发明电〔2013〕28号", 2015: "国办发明电〔2014〕28号",
    2016: "国办发明电〔2015〕18号", 2017: "国办发明电〔2016〕17号", 2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号", 2020: "国办发明电〔2019〕16号", 2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号", 2023: "国办发明电〔2022〕16号", 2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号",
}
CHECKED = {2024}
NOTES = {
    2015: "9月3日、4日与9月6日：抗战胜利70周年纪念日另行通知",
    2019: "劳动节假期另行通知调整",
    2020: "春节假期因疫情延长，1月31日休息",
    2024: "2月9日（除夕）只是鼓励休息，仍是工作日",
}
HEAD = """\
# 工作日表：每年哪些周一至周五放假（off），哪些周六、周日上班（worked）。没有列出的日子照周末算。
# 日期写全；一段写成 2024-10-01..2024-10-07，其中的周末本来就休息，可以包在里面。
# notice 是国务院办公厅的放假通知文号；checked: 是 表示文号出自本项目的来源文件，否 表示来自一般知识，用前请核对。
# 年底几天可能被下一年的通知改动（如 2018-12-29 上班、2018-12-31 放假），最后一年年底以届时的通知为准。
# 由 tools/build_workdays.py 从 chinesecalendar（MIT）生成。自己的年份写在另一个文件里，用 load_calendar(路径) 叠加。
years:
"""


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(HEAD + "".join(_entry(year) for year in YEARS), encoding="utf-8")


def _entry(year: int) -> str:
    days = [dt.date(year, 1, 1) + n * ONE_DAY for n in range((dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days)]
    off = [d for d in days if d.weekday() < SATURDAY and not is_workday(d)]
    worked = [d.isoformat() for d in days if d.weekday() >= SATURDAY and is_workday(d)]
    lines = [f"  - year: {year}"]
    if year in NOTICES:
        lines += [f"    notice: {NOTICES[year]}", f"    checked: {'是' if year in CHECKED else '否'}"]
    lines.append(f"    source: chinesecalendar {version('chinesecalendar')}")
    if year in NOTES:
        lines.append(f"    note: {NOTES[year]}")
    lines += [*_listed("off", list(_ranges(off))), *_listed("worked", worked)]
    return "\n".join(lines) + "\n"


def _ranges(days: list[dt.date]) -> Iterator[str]:
    """Free days joined over the free weekends between them."""
    while days:
        first = last = days.pop(0)
        while days and _all_free(last, days[0]):
            last = days.pop(0)
        yield first.isoformat() if first == last else f"{first}..{last}"


def _all_free(first: dt.date, last: dt.date) -> bool:
    return not any(is_workday(first + n * ONE_DAY) for n in range((last - first).days))


def _listed(key: str, items: list[str]) -> list[str]:
    lines = [f"    {key}: ["]
    for position, item in enumerate(items):
        piece = item + (", " if position < len(items) - 1 else "]")
        if len(lines[-1]) + len(piece.rstrip()) > LINE:
            lines.append(" " * (len(key) + 7))
        lines[-1] += piece
    return [line.rstrip() for line in lines]


if __name__ == "__main__":
    main()
