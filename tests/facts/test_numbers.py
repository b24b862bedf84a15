"""Numbers with units, as people write them: read exactly or refused."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.facts.numbers import decimal_text, read_number, written
from guiju.facts.numerals import chinese_number
from guiju.facts.reading import Refusal
from guiju.vocabulary import Field, Vocabulary

YI = 10**10  # fen in 亿元
WAN = 10**6  # fen in 万元

SPELLINGS = [
    # plain
    ("floor_area", "3200", 3200), ("floor_area", "3200 平方米", 3200), ("floor_area", "3200㎡", 3200),
    ("floor_area", "3200.5", Fraction(6401, 2)), ("floor_area", ".5", Fraction(1, 2)), ("floor_area", "0", 0),
    ("floor_area", "+7", 7), ("floor_area", "1/3 平方米", Fraction(1, 3)),
    # grouping, full width, scales
    ("floor_area", "3 200", 3200), ("floor_area", "3,200", 3200), ("floor_area", "1,234,567.5", Fraction(2469135, 2)),
    ("floor_area", "３２００", 3200), ("floor_area", "３，２００．５平方米", Fraction(6401, 2)),
    ("floor_area", "1.2万平方米", 12000), ("floor_area", "3.2e3", 3200), ("staff", "2 万人", 20000),
    ("staff", "3百人", 300),
    # money: bare is the entry's 万元
    ("assets", "5000", 5000 * WAN), ("assets", "5000万元", 5000 * WAN), ("assets", "5000 万", 5000 * WAN),
    ("assets", "0.5亿", YI // 2), ("assets", "0.5 亿元", YI // 2), ("assets", "50000000 元", 5000 * WAN),
    ("assets", "1234.56元", 123456), ("assets", "3千元", 300_000), ("assets", "2百万元", 200 * WAN),
    ("assets", "￥1,000.00元", 100_000), ("assets", "人民币五千万元整", 5000 * WAN), ("assets", "-3 万元", -3 * WAN),
    ("assets", "－3 万元", -3 * WAN), ("assets", "−3", -3 * WAN), ("assets", "负3万元", -3 * WAN),
    ("assets", "五千万", 5000 * WAN),
    # ratios are fractions of one
    ("share", "3%", Fraction(3, 100)), ("share", "３％", Fraction(3, 100)), ("share", "3", Fraction(3, 100)),
    ("share", "3.25 %", Fraction(325, 10000)), ("share", "百分之三", Fraction(3, 100)),
    ("share", "百分之三点五", Fraction(35, 1000)), ("share", "百分之3.5", Fraction(35, 1000)),
    ("share", "5‰", Fraction(5, 1000)),
    ("share", "千分之五", Fraction(5, 1000)), ("share", "3个百分点", Fraction(3, 100)),
    ("share", "1/3", Fraction(1, 3)),
    ("share", "100%", 1), ("share", "0", 0),
    # durations are months
    ("term", "3", 36), ("term", "3年", 36), ("term", "18个月", 18), ("term", "18 月", 18), ("term", "1.5 年", 18),
    ("term", "半年", 6), ("term", "两年", 24), ("term", "十五年", 180),
    # numerals
    ("floor_area", "三千二百平方米", 3200), ("staff", "一百二十人", 120), ("staff", "一千零五人", 1005),
    ("staff", "十人", 10),
    ("floor_area", "十二万平方米", 120000),
]
REFUSED = [
    ("floor_area", "abc", "E106"), ("floor_area", "约3000", "E106"), ("floor_area", "3000多", "E106"),
    ("floor_area", "3000左右", "E106"), ("floor_area", "3000-3500", "E106"), ("floor_area", "3000~3500 平方米", "E106"),
    ("floor_area", "3,20", "E106"), ("floor_area", "3 2000", "E106"), ("floor_area", "3,2000", "E106"),
    ("floor_area", "3.200,5", "E106"), ("floor_area", "1.2.3", "E106"), ("floor_area", "5.", "E106"),
    ("floor_area", "1/0", "E106"), ("floor_area", "1/2/3", "E106"), ("floor_area", "nan", "E106"),
    ("floor_area", "inf", "E106"),
    ("floor_area", "3年6个月", "E106"), ("floor_area", "0x10", "E106"), ("floor_area", "一千五平方米", "E106"),
    ("floor_area", "三万五", "E106"), ("floor_area", "٣٢٠٠", "E106"), ("floor_area", "9" * 81, "E106"),
    ("floor_area", "是", "E106"),
    ("share", "0.5万", "E106"), ("share", "百分之很多", "E106"),
    ("assets", "3200 平方米", "E107"), ("assets", "5000美元", "E107"), ("assets", "5千", "E107"),
    ("assets", "3%", "E107"),
    ("floor_area", "5 万元", "E107"), ("floor_area", "5 亩", "E107"), ("staff", "3个", "E107"),
    ("term", "30 日", "E107"),
    ("floor_area", "-1", "E108"), ("staff", "100001", "E108"), ("share", "101%", "E108"), ("share", "-1", "E108"),
    ("assets", "0.001元", "E109"), ("assets", "1/3 元", "E109"), ("assets", "1e30", "E109"),
    ("floor_area", "1e999999", "E109"),
    ("floor_area", "1e-9999", "E109"), ("assets", "99999999999亿元", "E109"),
]


def fact(vocabulary: Vocabulary, name: str) -> Field:
    found = vocabulary.fact(name)
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "text", "expected"), SPELLINGS)
def test_a_spelling_has_one_exact_value(vocabulary: Vocabulary, name: str, text: str, expected: int | Fraction) -> None:
    value, _ = read_number(text, fact(vocabulary, name), vocabulary.units)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(("name", "text", "code"), REFUSED)
def test_what_is_not_one_number_is_refused(vocabulary: Vocabulary, name: str, text: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_number(text, fact(vocabulary, name), vocabulary.units)

    assert caught.value.code == code
    assert caught.value.message.zh
    assert not re.search("[一-鿿]{7}", caught.value.message.en.replace(text, ""))


@pytest.mark.parametrize(("name", "text"),
                         [("floor_area", "3200"), ("floor_area", "3200 平方米"), ("floor_area", "3200㎡"),
                                            ("assets", "5000"), ("assets", "5000万元"), ("share", "3%"),
                                            ("term", "3 年")])
def test_a_plain_number_needs_no_note(vocabulary: Vocabulary, name: str, text: str) -> None:
    assert read_number(text, fact(vocabulary, name), vocabulary.units)[1] == ()


@pytest.mark.parametrize(("name", "text", "code", "message"), [
    ("floor_area", "3 200", "N101", "“3 200”读作 3200 平方米"),
    ("floor_area", "３２００", "N101", "“３２００”读作 3200 平方米"),
    ("assets", "5000 万", "N101", "“5000 万”读作 5000 万元"),
    ("assets", "0.5亿", "N101", "“0.5亿”读作 5000 万元"),
    ("share", "百分之三", "N101", "“百分之三”读作 3%"),
    ("share", "0.03", "W103", "“0.03”没有写 %，按 0.03% 读；如果是 3%，请写成 3%"),
])
def test_another_form_says_how_it_was_read(vocabulary: Vocabulary, name: str, text: str, code: str,
                                           message: str) -> None:
    (remark,) = read_number(text, fact(vocabulary, name), vocabulary.units)[1]

    assert (remark.code, remark.message.zh) == (code, message)


def test_out_of_domain_names_the_limits_in_the_entrys_unit(vocabulary: Vocabulary) -> None:
    with pytest.raises(Refusal, match="“研发占比”应不小于 0%、不大于 100%，不会是 250%；核对数字和单位"):
        read_number("250%", fact(vocabulary, "share"), vocabulary.units)


@given(fen=st.integers(-(10**17), 10**17))
@example(fen=1)
def test_money_survives_being_written(vocabulary: Vocabulary, fen: int) -> None:
    entry = fact(vocabulary, "assets")

    assert read_number(written(fen, entry), entry, vocabulary.units)[0] == fen


@given(value=st.fractions(0, 10**9, max_denominator=10**6))
def test_any_fraction_survives_being_written(vocabulary: Vocabulary, value: Fraction) -> None:
    entry = fact(vocabulary, "floor_area")

    assert read_number(written(value, entry), entry, vocabulary.units)[0] == value


@given(value=st.fractions(0, 1, max_denominator=10**6))
def test_a_ratio_survives_being_written(vocabulary: Vocabulary, value: Fraction) -> None:
    entry = fact(vocabulary, "share")

    assert read_number(written(value, entry), entry, vocabulary.units)[0] == value


@given(value=st.decimals(0, 10**12, places=4), separator=st.sampled_from([",", " ", "，", "\u00a0", "'"]),
       wide=st.booleans())
def test_grouping_and_full_width_change_nothing(vocabulary: Vocabulary, value: Decimal, separator: str,
                                                wide: bool) -> None:
    text = f"{value:,}".replace(",", separator)
    if wide:
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})

    assert read_number(text, fact(vocabulary, "floor_area"), vocabulary.units)[0] == Fraction(value)


@given(text=st.text(alphabet="0123456789.,- eE+/%万亿元平方米年人约半点一二三百", max_size=12))
def test_any_text_is_read_or_refused(vocabulary: Vocabulary, text: str) -> None:
    for name in ("floor_area", "assets", "share", "term"):
        try:
            value, _ = read_number(text, fact(vocabulary, name), vocabulary.units)
        except Refusal:
            continue
        assert isinstance(value, int | Fraction)


@pytest.mark.parametrize(("value", "text"), [(Fraction(1, 8), "0.125"), (Fraction(-5, 2), "-2.5"), (Fraction(12), "12"),
                                             (Fraction(1, 3), None), (Fraction(0), "0"),
                                             (Fraction(1, 10**6), "0.000001")])
def test_all_decimals_or_none(value: Fraction, text: str | None) -> None:
    assert decimal_text(value) == text


@pytest.mark.parametrize(("text", "value"), [
    ("零", 0), ("两", 2), ("十", 10), ("二十", 20), ("二十一", 21), ("一百", 100), ("一百零一", 101), ("一百一十", 110),
    ("九千九百九十九", 9999), ("一万零一", 10001), ("三千二百万", 32_000_000), ("一亿", 10**8),
    ("一亿二千万", 120_000_000),
    ("三点一四", Fraction(157, 50)), ("半", Fraction(1, 2)),
    ("一百五", None), ("三万五", None), ("百", None), ("万", None), ("点五", None), ("三点", None), ("", None),
    ("一二", None),
])
def test_numerals(text: str, value: Fraction | int | None) -> None:
    assert chinese_number(text) == value
