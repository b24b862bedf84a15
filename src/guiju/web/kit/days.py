"""Days that somebody may mean: far enough from the ends of the calendar that terms can be counted from them."""

from __future__ import annotations

import datetime as dt

from guiju.source.diagnostics import Text

FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2199, 12, 31)
NOT_MEANT = Text(f"日期写错了吗？应在 {FIRST_DAY} 到 {LAST_DAY} 之间",
                 f"is this day meant? It should be between {FIRST_DAY} and {LAST_DAY}")


def is_meant(day: dt.date) -> bool:
    return FIRST_DAY <= (day.date() if isinstance(day, dt.datetime) else day) <= LAST_DAY
