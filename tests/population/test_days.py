"""Dates in columns are those of the one-applicant evaluation, at month ends, leap days and the calendar's own ends."""

from __future__ import annotations

import datetime as dt
from itertools import product
from math import inf
from typing import Any

import numpy as np

from guiju.evaluate import arithmetic as one
from guiju.population import days
from guiju.population.columns import Quantity

LAST = dt.date.max.toordinal()
DAYS = [1, 2, 31, 32, 59, 366, LAST, LAST - 1, LAST - 31, *(dt.date(*day).toordinal() for day in (
    (1899, 12, 31), (1900, 2, 28), (1900, 3, 1), (1970, 1, 1), (2000, 2, 29), (2020, 2, 29), (2021, 2, 28),
    (2021, 3, 1), (2023, 1, 31), (2023, 4, 30), (2023, 12, 31), (2100, 2, 28)))]
MONTHS = [-inf, inf, -150_000, 150_000, -49, -12, -1, 0, 0.5, -0.5, 1, 11, 12, 13, 48]


def column(values: list[float]) -> Quantity:
    found = np.array(values, np.float64)
    return Quantity(found, found)


def low(value: Any) -> Any:
    """The low end of one applicant's value."""
    return value[0]


def test_months_are_added_as_for_one_applicant() -> None:
    pairs = list(product(DAYS, MONTHS))
    shifted = days.shift(column([day for day, _ in pairs]), column([months for _, months in pairs]))

    assert shifted.low.tolist() == [low(one.shift((d, d, 0), (m, m, 0))) for d, m in pairs]


def test_all_are_moved_by_the_same_months_as_for_one_applicant() -> None:
    held = [*DAYS, dt.date(2100, 12, 31).toordinal(), dt.date(2101, 1, 1).toordinal(), -inf, inf]
    for months in MONTHS:
        shifted = days.shift(column(held), Quantity(months, months))
        assert shifted.low.tolist() == [low(one.shift((d, d, 0), (months, months, 0))) for d in
                                        [1 if d == -inf else LAST if d == inf else d for d in held]], months


def test_full_years_are_counted_as_for_one_applicant() -> None:
    pairs = list(product(DAYS, DAYS))
    years = days.years_between(column([first for first, _ in pairs]), column([last for _, last in pairs]))

    assert years.low.tolist() == [low(one.years_between((a, a, 0), (b, b, 0))) for a, b in pairs]


def test_year_and_month_are_those_of_one_applicant() -> None:
    held = column([*DAYS, -inf, inf])

    assert days.year(held).low.tolist() == [low(one.year((d, d, 0))) for d in [*DAYS, 1, LAST]]
    assert days.month(held).low.tolist() == [low(one.month((d, d, 0))) for d in [*DAYS, 1, LAST]]
