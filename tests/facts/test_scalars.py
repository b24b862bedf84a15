"""Values other than numbers: yes or no, lists, places, industries, dates, text; and what is not stated."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.facts.dates import read_date
from guiju.facts.reading import Refusal
from guiju.facts.scalars import read_value
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNKNOWN, known
from guiju.vocabulary import Vocabulary

Value = Callable[[str, str], object]


def on(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).toordinal()


@pytest.mark.parametrize(("word", "status"), [
    ("是", PASS), ("有", PASS), ("true", PASS), ("TRUE", PASS), ("Yes", PASS), ("√", PASS), ("1", PASS), ("ｙ", PASS),
    (" 是 ", PASS),
    ("否", FAIL), ("无", FAIL), ("没有", FAIL), ("false", FAIL), ("no", FAIL), ("×", FAIL), ("0", FAIL),
])
def test_yes_or_no(value: Value, word: str, status: int) -> None:
    assert value("joint", word) == status


@pytest.mark.parametrize(("word", "position"),
                         [("市级", 0), ("省级", 1), ("自治区级", 1), ("国家级(含部委)", 2), ("nation", 2),
                          ("NATION", 2),
                                                (" 国家级 ", 2), ("province", 1)])
def test_a_member_by_id_name_or_alias(value: Value, word: str, position: int) -> None:
    assert value("level", word) == known(position)


@pytest.mark.parametrize(("text", "expected"), [
    ("120101", known(120101)), ("天津市和平区", known(120101)), ("天津和平区", known(120101)),
    ("天津市 / 和平区", known(120101)),
    ("仙桃市", known(429004)), ("湖北省仙桃市", known(429004)), ("441900", known(441900)), ("东莞市", known(441900)),
    ("420106", known(420106)),
    ("12", (120000, 129999, UNKNOWN)), ("120000", (120000, 129999, UNKNOWN)), ("天津市", (120000, 129999, UNKNOWN)),
    ("天津", (120000, 129999, UNKNOWN)), ("１２", (120000, 129999, UNKNOWN)), ("内蒙古", (150000, 159999, UNKNOWN)),
    ("4401", (440100, 440199, UNKNOWN)), ("440100", (440100, 440199, UNKNOWN)),
    ("广东省广州市", (440100, 440199, UNKNOWN)),
    ("广州", (440100, 440199, UNKNOWN)),
])
def test_a_place_is_a_point_or_somewhere_within(value: Value, text: str, expected: object) -> None:
    assert value("seat", text) == expected


@pytest.mark.parametrize(("text", "message"), [
    ("和平区", "叫“和平区”的地方可能不止一个：天津市和平区（120101）；写明省市或代码"),
    ("吉林", "叫“吉林”的地方可能不止一个：吉林省（220000）、吉林省吉林市（220200）；写明省市或代码"),
    ("天津室", "没有“天津室”这个地方。是不是“天津”"),
    ("123", "“123”不是行政区划代码"), ("990000", "“990000”不是行政区划代码"), ("300000", "没有以 30 开头的省级代码"),
])
def test_a_place_that_is_not_clear(value: Value, text: str, message: str) -> None:
    with pytest.raises(Refusal, match=message) as caught:
        value("seat", text)
    assert caught.value.code == "E112"


@pytest.mark.parametrize(("text", "codes"),
                         [("120101", []), ("120199", ["W104"]), ("420106", []), ("429900", ["W104", "N102"]),
                                             ("120100", ["N102"]), ("12", ["N102"])])
def test_a_code_outside_a_full_table_is_doubted(vocabulary: Vocabulary, text: str, codes: list[str]) -> None:
    assert [r.code for r in read_value(text, vocabulary.facts["seat"], vocabulary).remarks] == codes


@pytest.mark.parametrize(("text", "code"),
                         [("C", "C"), ("c", "C"), ("制造业", "C"), ("35", "35"), ("C35", "35"), ("3511", "3511"),
                                            ("农业", "01"), ("Ｃ", "C")])
def test_an_industry_is_a_code(value: Value, text: str, code: str) -> None:
    assert value("trade", text) == known(code)


@pytest.mark.parametrize("text", ["Z", "00", "A35", "制造", "351123", "12.5"])
def test_an_industry_that_is_none(value: Value, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        value("trade", text)
    assert caught.value.code == "E113"


@pytest.mark.parametrize("text", [
    "2024-01-24", "2024-1-24", "2024/1/24", "2024.1.24", "2024年1月24日", "2024 年 1 月 24 日", "20240124",
    "２０２４－０１－２４",
    "2024-01-24T00:00:00", "2024-01-24 00:00", "二〇二四年一月二十四日", "2024年1月24号", " 2024-01-24 ",
])
def test_a_date(value: Value, text: str) -> None:
    assert value("founded", text) == known(on(2024, 1, 24))


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2024", (1, 1), (12, 31)), ("2024年", (1, 1), (12, 31)), ("2024-02", (2, 1), (2, 29)),
    ("2024年2月", (2, 1), (2, 29)),
    ("2024.2", (2, 1), (2, 29)), ("202402", (2, 1), (2, 29)), ("二〇二四年二月", (2, 1), (2, 29)),
])
def test_a_part_of_a_date_is_every_day_in_it(vocabulary: Vocabulary, text: str, first: tuple[int, int],
                                             last: tuple[int, int]) -> None:
    reading = read_value(text, vocabulary.facts["founded"], vocabulary)

    assert reading.value == (on(2024, *first), on(2024, *last), UNKNOWN)
    assert [r.code for r in reading.remarks] == ["N102"]


@pytest.mark.parametrize("text",
                         ["2023-02-29", "2024-13-01", "2024-00-10", "24/1/2024", "2024-1/24", "昨天", "45315",
                          "3024-01-01",
                                  "0024-01-01", "202413", "2024-01-24T10:00:00Z", "20240230", "2024--1"])
def test_a_date_that_is_none(value: Value, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        value("founded", text)
    assert caught.value.code == "E114"


def test_a_number_of_a_sheet_is_no_date_but_a_serial_is_explained() -> None:
    with pytest.raises(Refusal, match="45315 是数字，不是日期（如果是 Excel 的日期序号，它是 2024-01-24）"):
        read_date("45315", number=True)
    with pytest.raises(Refusal, match=r"2024\.1 是数字"):  # 2024.10 in the sheet
        read_date("2024.1", number=True)
    assert read_date("20240124", number=True).value == known(on(2024, 1, 24))


@given(day=st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)), form=st.sampled_from(
    ["{0:04}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0:04}{1:02}{2:02}"]))
def test_every_form_of_every_date(day: dt.date, form: str) -> None:
    assert read_date(form.format(day.year, day.month, day.day)).value == known(day.toordinal())


@pytest.mark.parametrize(("text", "kept"), [
    ("  某某 公司 ", "某某 公司"), ("ＧＢ/Ｔ １９００１", "GB/T 19001"), ("天津（集团）公司", "天津（集团）公司"),
    ("100%", "100%"),
])
def test_text_stays_as_it_is_but_for_wide_letters(value: Value, text: str, kept: str) -> None:
    assert value("title", text) == known(kept)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d"], ids=["control", "surrogate"])
def test_broken_text(value: Value, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        value("title", text)
    assert caught.value.code == "E115"


@pytest.mark.parametrize("name",
                         ["floor_area", "assets", "share", "joint", "level", "seat", "trade", "founded", "title"])
@pytest.mark.parametrize("text", ["", " ", "　", "?", "？", "未知", "-", "—", "null", "~", "待定"])
def test_nothing_stated(value: Value, name: str, text: str) -> None:
    assert value(name, text) is None


def test_not_applicable_only_where_the_dictionary_allows_it(value: Value) -> None:
    assert value("overseas", "不适用") == NOT_APPLICABLE
    assert value("overseas", "N/A") == NOT_APPLICABLE
    with pytest.raises(Refusal, match="“联合申报”不能填“不适用”") as caught:
        value("joint", "不适用")
    assert caught.value.code == "E116"


@pytest.mark.parametrize(("name", "text", "code", "message"), [
    ("joint", "也许", "E110", "“联合申报”应填 是 或 否，不是“也许”；不知道就留空"),
    ("level", "国家", "E111", "“称号级别”没有“国家”这一项。是不是“国家级”？可填：市级、省级、国家级"),
    ("level", "xx", "E111", "“称号级别”没有“xx”这一项。可填：市级、省级、国家级"),
])
def test_refusals_name_what_is_allowed(value: Value, name: str, text: str, code: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        value(name, text)
    assert (caught.value.code, caught.value.message.zh) == (code, message)
