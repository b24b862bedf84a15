"""How values look while a rule is evaluated.

A Boolean is a `Status`: PASS, FAIL, NOT_APPLICABLE, or undecided with the *causes* of the doubt (REVIEW: a person has
to decide; UNKNOWN: a fact is missing; OPEN: a parameter that the source leaves to someone is not set), as bits, so
that several causes stand together.

Everything else is a `Quantity`: the lowest and the highest value that it can have, and the causes of the doubt (0
where it is known). Enumerations are positions in their list, dates are ordinals, regions are six-digit numbers, money
is fen, durations are months; so one arithmetic serves them all. Text is known (equal ends) or unknown (None, None).
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

Status = int
PASS: Status = 0
REVIEW: Status = 1
UNKNOWN: Status = 2
OPEN: Status = 4
FAIL: Status = 8
NOT_APPLICABLE: Status = 16
UNDECIDED = REVIEW | UNKNOWN | OPEN

Number = int | Fraction | float  # float only as ±inf
Quantity = tuple[Any, Any, int]
Value = Status | Quantity
NO_TEXT = ""  # a blank that is known to mean "none"

STATUS_NAMES = {PASS: "pass", FAIL: "fail", NOT_APPLICABLE: "not_applicable"}


def status_name(status: Status) -> str:
    """`pass`, `fail`, `not_applicable`, or the gravest cause: `not_computable`, then `unknown`, then `review`."""
    if status in STATUS_NAMES:
        return STATUS_NAMES[status]
    if status & OPEN:
        return "not_computable"
    return "unknown" if status & UNKNOWN else "review"


def known(value: Any) -> Quantity:
    """A quantity without doubt."""
    return (value, value, 0)


def whole(value: Number) -> Number:
    """A fraction without a denominator as an int, so that equal numbers look equal."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def day(date: dt.date) -> int:
    """A date as its ordinal."""
    return date.toordinal()


def date_of(ordinal: int) -> dt.date:
    return dt.date.fromordinal(ordinal)


def add_months(date: dt.date, months: int) -> dt.date:
    """The corresponding day some months later (earlier if negative); the month's end where there is none.

    Source: 民法典 202 条 as kept by the project's conventions. Dates before year 1 or after 9999 stop there.
    """
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    next_month = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    last = (next_month - dt.timedelta(days=1)).day if next_month else 31
    return dt.date(year, month + 1, min(date.day, last))
