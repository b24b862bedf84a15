"""A user's own table of working days, and what is said of a wrong one."""

import datetime as dt
from pathlib import Path

import pytest

from guiju.calendar import Calendar, YearTable, load_calendar
from guiju.source.diagnostics import GuijuError

NEXT_YEAR = """\
years:
  - year: 2027
    notice: 某通知
    checked: 是
    source: 自己录入
    note: 草稿
    off: [2027-01-01, 2027-10-01..2027-10-07]
    worked: [2027-10-09]
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def load(folder: Path, text: str) -> Calendar:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return load_calendar(path)


def finding(folder: Path, *lines: str) -> tuple[str, int, int, str]:
    """Code, line, column and English sentence for a table of 2027 with these lines, which stand from line 3 on."""
    text = "\n".join(["years:", "  - year: 2027", *(f"    {line}" for line in lines)])
    with pytest.raises(GuijuError) as caught:
        load(folder, text)
    (found,) = caught.value.diagnostics
    return found.code, found.span.line, found.span.column, found.message.en


def test_a_year_is_added_to_the_installed_ones(tmp_path: Path) -> None:
    calendar = load(tmp_path, NEXT_YEAR)

    assert calendar.table(2027) == YearTable(
        2027, frozenset(map(day, ["2027-01-01", "2027-10-01", "2027-10-04", "2027-10-05", "2027-10-06",
                                  "2027-10-07"])),
        frozenset([day("2027-10-09")]), "某通知", True, "自己录入", "草稿")
    assert calendar.next_workday(day("2027-10-01")).date == day("2027-10-08")
    assert calendar.add_workdays(day("2026-12-31"), 1).unknown_years == ()
    assert not load_calendar().known(2027)


def test_a_year_replaces_the_installed_one_as_a_whole(tmp_path: Path) -> None:
    calendar = load(tmp_path, "years:\n  - year: 2026\n    off: [2026-01-01]\n")

    assert not calendar.is_workday(day("2026-01-01"))
    assert calendar.is_workday(day("2026-10-01"))
    assert not calendar.is_workday(day("2025-10-01"))


def test_a_day_out_of_its_year(tmp_path: Path) -> None:
    assert finding(tmp_path, "off: [2027-01-01, 2028-01-03]") == (
        "E601", 3, 23, "2028-01-03 is not in 2027; move it to the entry of 2028")
    assert finding(tmp_path, "off: [2027-12-31..2028-01-03]")[0] == "E601"
    assert finding(tmp_path, "worked: [2026-12-26]")[0] == "E601"


def test_a_weekday_listed_as_worked(tmp_path: Path) -> None:
    assert finding(tmp_path, "off: [2027-01-01]", "worked: [2027-01-04]") == (
        "E602", 4, 14, "2027-01-04 is a weekday and worked anyway; list worked Saturdays and Sundays only")


def test_a_weekend_listed_as_free(tmp_path: Path) -> None:
    assert finding(tmp_path, "off: 2027-01-02") == (
        "E603", 3, 10, "2027-01-02 is a weekend and free anyway; list free weekdays only")
    assert finding(tmp_path, "off: [2027-01-02..2027-01-03]")[0] == "E603"


@pytest.mark.parametrize("lines", [
    ["off: [2027-01-01, 2027-01-01]"],
    ["off: [2027-10-01..2027-10-07, 2027-10-05]"],
    ["off: [2027-10-01..2027-10-07]", "worked: [2027-10-02]"],  # a range says that its weekends are free
    ["worked: [2027-10-09, 2027-10-09]"],
])
def test_a_day_listed_twice(tmp_path: Path, lines: list[str]) -> None:
    assert finding(tmp_path, *lines)[0] == "E604"


def test_the_place_of_the_first_mention_is_given(tmp_path: Path) -> None:
    assert finding(tmp_path, "off:", "  - 2027-01-01", "  - 2027-01-01") == (
        "E604", 5, 9, f"2027-01-01 is already listed at {tmp_path}/own.yaml:4:9; list it once")


def test_a_year_listed_twice(tmp_path: Path) -> None:
    with pytest.raises(GuijuError, match=r"own\.yaml:3:5  E605  2027 年在 \S+own\.yaml:2:5 已经有了；合成一条"):
        load(tmp_path, "years:\n  - year: 2027\n  - year: 2027\n")


def test_a_range_the_wrong_way_round(tmp_path: Path) -> None:
    assert finding(tmp_path, "off: [2027-10-07..2027-10-01]") == (
        "E606", 3, 11, "2027-10-01 is before 2027-10-07; put it first")


@pytest.mark.parametrize(("lines", "code", "column"), [
    (["off: [2027-02-29]"], "E026", 11),
    (["off: [2027-10-01..2027-10-32]"], "E026", 23),
    (["free: [2027-01-01]"], "E022", 5),
    (["checked: 也许"], "E024", 14),
])
def test_other_mistakes_have_their_place_too(tmp_path: Path, lines: list[str], code: str, column: int) -> None:
    assert finding(tmp_path, *lines)[:3] == (code, 3, column)


@pytest.mark.parametrize(("text", "code"), [
    ("holidays: []\n", "E022"), ("[]\n", "E020"), ("years:\n  - off: []\n", "E023"),
    ("years:\n  - year: 明年\n", "E025"),
])
def test_a_file_of_another_shape(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(GuijuError, match=code):
        load(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GuijuError, match="E001"):
        load_calendar(tmp_path / "none.yaml")
