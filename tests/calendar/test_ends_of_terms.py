"""Ends of terms, on dates worked out by hand."""

import datetime as dt

import pytest

from guiju.calendar import Calendar, End, Unit, end_of


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def end(calendar: Calendar, start: str, length: int, unit: Unit, **how: bool) -> str:
    return end_of(day(start), length, unit, calendar, **how).date.isoformat()


@pytest.mark.parametrize(("start", "length", "unit", "expected"), [
    ("2024-01-10", 5, "day", "2024-01-15"),  # the day of the start is not counted
    ("2024-01-31", 1, "month", "2024-02-29"),  # no 31 February: the month's end
    ("2023-08-31", 6, "month", "2024-02-29"),
    ("2024-02-29", 1, "year", "2025-02-28"),
    ("2024-02-29", 4, "year", "2028-02-29"),
    ("2023-10-13", 24, "month", "2025-10-13"),
    ("2024-09-27", 5, "workday", "2024-10-10"),  # Sunday 29 September worked, 1 to 7 October free
    ("2024-01-10", 0, "day", "2024-01-10"),
])
def test_a_term_ends_on_its_last_day(calendar: Calendar, start: str, length: int, unit: Unit, expected: str) -> None:
    assert end(calendar, start, length, unit) == expected


@pytest.mark.parametrize(("start", "length", "unit", "expected"), [
    ("2026-05-31", 3, "month", "2026-02-28"),
    ("2024-02-29", 1, "year", "2023-02-28"),
    ("2024-10-07", 6, "day", "2024-10-01"),
])
def test_a_term_counted_backward_ends_before_its_start(
        calendar: Calendar, start: str, length: int, unit: Unit, expected: str) -> None:
    assert end(calendar, start, length, unit, backward=True) == expected


def test_working_days_are_counted_backward_over_a_holiday(calendar: Calendar) -> None:
    worked = ["2024-10-09", "2024-10-08", "2024-09-30", "2024-09-29", "2024-09-27"]

    assert [end(calendar, "2024-10-10", n, "workday", backward=True) for n in range(1, 6)] == worked


def test_an_end_on_a_holiday_rolls_to_the_next_working_day(calendar: Calendar) -> None:
    rolled = end_of(day("2024-09-01"), 1, "month", calendar, rolls=True)

    assert rolled == End(day("2024-10-08"), day("2024-10-01"))
    assert rolled.rolled


def test_an_end_on_a_worked_sunday_does_not_roll(calendar: Calendar) -> None:
    stays = end_of(day("2024-08-29"), 1, "month", calendar, rolls=True)

    assert stays == End(day("2024-09-29"), day("2024-09-29"))
    assert not stays.rolled


def test_the_duration_of_a_state_does_not_roll(calendar: Calendar) -> None:
    assert end(calendar, "2024-09-01", 1, "month") == "2024-10-01"


def test_an_end_counted_backward_never_rolls(calendar: Calendar) -> None:
    assert end(calendar, "2025-01-01", 3, "month", backward=True, rolls=True) == "2024-10-01"


@pytest.mark.parametrize(("start", "length", "unit", "rolls", "years"), [
    ("2026-12-30", 3, "workday", False, (2027,)),
    ("2026-12-30", 1, "workday", False, ()),
    ("2026-12-31", 1, "month", False, ()),  # days and months need no calendar …
    ("2026-12-31", 1, "month", True, (2027,)),  # … until they roll
    ("2003-12-01", 1, "month", True, ()),
    ("2026-12-30", 300, "workday", True, (2027, 2028)),
])
def test_the_unknown_years_that_mattered_are_named(
        calendar: Calendar, start: str, length: int, unit: Unit, rolls: bool, years: tuple[int, ...]) -> None:
    assert end_of(day(start), length, unit, calendar, rolls=rolls).unknown_years == years


def test_a_term_beyond_the_last_date_of_all_stops_there(calendar: Calendar) -> None:
    units: tuple[Unit, ...] = ("day", "month", "year", "workday")

    assert {end_of(day("9999-12-01"), 9999, unit, calendar).date for unit in units} == {dt.date.max}
    assert {end_of(day("0001-02-01"), 99999, unit, calendar, backward=True).date for unit in units} == {dt.date.min}


def test_a_negative_length_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="say backward=True"):
        end_of(day("2024-01-10"), -3, "month", calendar)
