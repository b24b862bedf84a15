"""How long a notice stood: enough, enough only with its first day, or too short."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.calendar import Calendar, End, NoticeCount, NoticeUnit, earliest_close, judge, load_calendar

EXAMPLES = settings(derandomize=True, database=None, deadline=None)  # the same each time, on slow machines too


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("closes", "expected"), [
    ("2024-10-10", NoticeCount("pass", 5, 6)),
    ("2024-10-09", NoticeCount("review", 4, 5)),
    ("2024-10-08", NoticeCount("fail", 3, 4)),
    ("2024-10-07", NoticeCount("fail", 2, 3)),  # a holiday counts nothing
    ("2024-09-27", NoticeCount("fail", 0, 1)),
    ("2024-09-26", NoticeCount("fail", 0, 0)),
])
def test_five_working_days_over_the_national_day(calendar: Calendar, closes: str, expected: NoticeCount) -> None:
    assert judge(day("2024-09-27"), day(closes), 5, "workday", calendar) == expected


def test_a_first_day_of_rest_makes_no_difference(calendar: Calendar) -> None:
    assert judge(day("2024-09-28"), day("2024-10-09"), 4, "workday", calendar) == NoticeCount("pass", 4, 4)
    assert judge(day("2024-09-28"), day("2024-10-09"), 5, "workday", calendar) == NoticeCount("fail", 4, 4)


@pytest.mark.parametrize(("closes", "expected"), [
    ("2024-10-08", NoticeCount("pass", 7, 8)),
    ("2024-10-07", NoticeCount("review", 6, 7)),
    ("2024-10-06", NoticeCount("fail", 5, 6)),
    ("2024-09-30", NoticeCount("fail", 0, 0)),
])
def test_seven_calendar_days(calendar: Calendar, closes: str, expected: NoticeCount) -> None:
    assert judge(day("2024-10-01"), day(closes), 7, "day", calendar) == expected


def test_an_unknown_year_is_named_where_working_days_are_counted(calendar: Calendar) -> None:
    assert judge(day("2026-12-28"), day("2027-01-04"), 5, "workday", calendar).unknown_years == (2027,)
    assert judge(day("2026-12-28"), day("2027-01-04"), 5, "day", calendar).unknown_years == ()


def test_a_notice_may_close_on_the_last_day_that_is_counted(calendar: Calendar) -> None:
    workdays = earliest_close(day("2024-09-27"), 5, "workday", calendar)

    assert workdays == End(day("2024-10-10"), day("2024-10-10"))
    assert earliest_close(day("2024-10-01"), 7, "day", calendar).date == day("2024-10-08")
    assert earliest_close(day("2026-12-28"), 5, "workday", calendar).unknown_years == (2027,)


@EXAMPLES
@given(st.dates(dt.date(2003, 1, 1), dt.date(2028, 1, 1)), st.integers(1, 60), st.sampled_from(["day", "workday"]))
def test_the_earliest_close_passes_and_the_day_before_does_not(published: dt.date, n: int, unit: NoticeUnit) -> None:
    closes = earliest_close(published, n, unit, load_calendar()).date
    outcomes = [judge(published, closes - dt.timedelta(days=early), n, unit, load_calendar()).outcome
                for early in (0, 1)]

    assert outcomes[0] == "pass"
    assert outcomes[1] != "pass"
