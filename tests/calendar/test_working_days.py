"""Which days are worked, and counting them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.calendar import Calendar, Count, Day, YearTable, load_calendar

ONE_DAY = dt.timedelta(days=1)
EXAMPLES = settings(derandomize=True, database=None, deadline=None)  # the same each time, on slow machines too
WEEKENDS_ONLY = Calendar(())
SMALL = st.integers(0, 90)
DATES = st.dates(dt.date(2002, 1, 1), dt.date(2029, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def worked_from(calendar: Calendar, first: str, last: str) -> list[str]:
    """The worked days between two dates, as month and day."""
    days = (day(first) + n * ONE_DAY for n in range((day(last) - day(first)).days + 1))
    return [f"{d:%m-%d}" for d in days if calendar.is_workday(d)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar with corrections at random in 2024: up to all its weekdays free, or all its weekends worked."""
    days = [dt.date(2024, 1, 1) + n * ONE_DAY for n in range(366)]
    some = st.lists(st.sampled_from(days))
    off = {d for d in draw(st.just(days) | some) if d.weekday() < 5}
    worked = {d for d in draw(st.just(days) | some) if d.weekday() >= 5}
    return Calendar((YearTable(2024, frozenset(off), frozenset(worked)),))


# Worked dates


def test_the_national_day_of_2024(calendar: Calendar) -> None:
    assert worked_from(calendar, "2024-09-27", "2024-10-13") == [
        "09-27", "09-29", "09-30", "10-08", "10-09", "10-10", "10-11", "10-12"]


def test_the_spring_festival_of_2025(calendar: Calendar) -> None:
    assert worked_from(calendar, "2025-01-24", "2025-02-09") == [
        "01-24", "01-26", "01-27", "02-05", "02-06", "02-07", "02-08"]


def test_new_years_eve_of_2024_is_worked_for_rest_was_only_encouraged(calendar: Calendar) -> None:
    assert worked_from(calendar, "2024-02-03", "2024-02-19") == [
        "02-04", "02-05", "02-06", "02-07", "02-08", "02-09", "02-18", "02-19"]


def test_the_spring_festival_of_2020_was_extended(calendar: Calendar) -> None:
    assert worked_from(calendar, "2020-01-18", "2020-02-03") == ["01-19", "01-20", "01-21", "01-22", "01-23", "02-03"]


def test_the_worked_weekends_of_2026(calendar: Calendar) -> None:
    weekends = (dt.date(2026, 1, 3) + n * ONE_DAY for n in range(363))

    assert [f"{d:%m-%d}" for d in weekends if d.weekday() >= 5 and calendar.is_workday(d)] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(("date", "expected"), [
    ("2024-09-29", "2024-09-29"),  # a worked Sunday
    ("2024-10-01", "2024-10-08"),
    ("2025-01-28", "2025-02-05"),
    ("2026-10-10", "2026-10-10"),  # a worked Saturday
])
def test_the_next_working_day_is_the_day_itself_if_it_is_worked(calendar: Calendar, date: str, expected: str) -> None:
    assert calendar.next_workday(day(date)) == Day(day(expected))


def test_the_first_day_counts_only_when_both_ends_do(calendar: Calendar) -> None:
    assert calendar.count_workdays(day("2024-09-27"), day("2024-10-10"), both_ends=False) == Count(5)
    assert calendar.count_workdays(day("2024-09-27"), day("2024-10-10"), both_ends=True) == Count(6)


def test_a_span_that_ends_before_it_starts_has_no_working_day(calendar: Calendar) -> None:
    assert calendar.count_workdays(day("2027-10-10"), day("2027-10-08"), both_ends=True) == Count(0)


# Known and unknown years


@pytest.mark.parametrize(("when", "known"), [(2003, False), (2004, True), (2026, True), (2027, False),
                                             (day("2026-12-31"), True), (day("2027-01-01"), False)])
def test_the_installed_table_knows_2004_to_2026(calendar: Calendar, when: dt.date | int, known: bool) -> None:
    assert calendar.known(when) is known


def test_an_unknown_year_is_counted_on_weekends_only_and_named(calendar: Calendar) -> None:
    assert calendar.is_workday(day("2027-10-01"))  # a Friday; the table does not know that it is a holiday
    assert calendar.add_workdays(day("2026-12-31"), 1) == Day(day("2027-01-01"), (2027,))
    assert calendar.next_workday(day("2027-10-02")) == Day(day("2027-10-04"), (2027,))
    assert calendar.count_workdays(day("2003-12-30"), day("2004-01-02"), both_ends=False) == Count(2, (2003,))


def test_a_year_that_was_not_looked_at_is_not_named(calendar: Calendar) -> None:
    assert calendar.add_workdays(day("2003-12-31"), 1) == Day(day("2004-01-02"))
    assert calendar.add_workdays(day("2027-01-01"), -1) == Day(day("2026-12-31"))
    assert calendar.count_workdays(day("2003-12-31"), day("2004-01-02"), both_ends=False) == Count(1)


def test_the_number_of_a_notice_says_whether_it_was_checked(calendar: Calendar) -> None:
    tables = [calendar.table(year) for year in (2024, 2025, 2004, 2027)]

    assert [t and (t.notice, t.checked) for t in tables] == [
        ("国办发明电〔2023〕7号", True), ("国办发明电〔2024〕12号", False), ("", False), None]
    assert [t.year for t in calendar.tables if t.checked] == [2024]


# Properties


@EXAMPLES
@given(calendars(), st.dates(dt.date(2023, 11, 1), dt.date(2025, 2, 28)), st.integers(1, 40))
def test_counting_agrees_with_walking_from_day_to_day(calendar: Calendar, start: dt.date, n: int) -> None:
    for sign in (1, -1):
        date, left = start, n
        while left:
            date += sign * ONE_DAY
            left -= calendar.is_workday(date)
        assert calendar.add_workdays(start, sign * n).date == date


@EXAMPLES
@given(st.sampled_from([load_calendar(), WEEKENDS_ONLY]), DATES, st.integers(1, 600))
def test_as_many_days_are_counted_as_were_added(calendar: Calendar, start: dt.date, n: int) -> None:
    end = calendar.add_workdays(start, n)

    assert calendar.is_workday(end.date)
    assert calendar.count_workdays(start, end.date, both_ends=False) == Count(n, end.unknown_years)


@EXAMPLES
@given(DATES, SMALL, SMALL)
def test_more_working_days_end_later(start: dt.date, fewer: int, more: int) -> None:
    first, last = (load_calendar().add_workdays(start, n).date for n in sorted((fewer, fewer + more)))

    assert (first < last) is (more > 0)


@EXAMPLES
@given(DATES)
def test_no_working_day_later_is_the_start(start: dt.date) -> None:
    assert load_calendar().add_workdays(start, 0) == Day(start)


@EXAMPLES
@given(DATES, SMALL)
def test_both_ends_count_one_more_if_the_first_day_is_worked(start: dt.date, length: int) -> None:
    counts = [load_calendar().count_workdays(start, start + length * ONE_DAY, both_ends).days
              for both_ends in (False, True)]

    assert counts[1] - counts[0] == load_calendar().is_workday(start)


@EXAMPLES
@given(DATES)
def test_the_next_working_day_has_no_working_day_before_it(date: dt.date) -> None:
    found = load_calendar().next_workday(date).date

    assert load_calendar().is_workday(found)
    assert load_calendar().count_workdays(date, found, both_ends=True).days == 1


def test_counting_stops_at_the_first_and_the_last_date_of_all(calendar: Calendar) -> None:
    assert calendar.add_workdays(dt.date.max, 1) == Day(dt.date.max)
    assert calendar.add_workdays(dt.date.min, -1) == Day(dt.date.min)
    assert calendar.add_workdays(day("2024-01-01"), 10**9).date == dt.date.max
    assert calendar.add_workdays(day("2024-01-01"), -10**9).date == dt.date.min
    assert calendar.count_workdays(dt.date.min, dt.date.min, both_ends=True).days == 1
