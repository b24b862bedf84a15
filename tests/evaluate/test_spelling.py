"""Values in words: exact, and read back to the same value."""

from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from words import vocabulary

from guiju.evaluate.spelling import decimal, spell_money, spell_money_range, spell_value
from guiju.facts.model import not_applicable, unknown
from guiju.facts.scalars import read_value
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, REVIEW, UNKNOWN, Value, known
from guiju.vocabulary import Field, load_vocabulary


def entry(name: str) -> Field:
    found = vocabulary().fact(name)
    assert found is not None
    return found


@pytest.mark.parametrize(("fen", "zh", "en"), [
    (60_000_000, "60 万元", "600 000 yuan"), (1_000_000, "1 万元", "10000 yuan"), (999_900, "9999 元", "9999 yuan"),
    (1_234_500, "1.2345 万元", "12 345 yuan"), (150, "1.5 元", "1.5 yuan"), (101, "1.01 元", "1.01 yuan"),
    (0, "0 元", "0 yuan"), (-60_000_000, "-60 万元", "-600 000 yuan"), (-150, "-1.5 元", "-1.5 yuan"),
    (10**14, "100 000 000 万元", "1 000 000 000 000 yuan"), (None, "无上界", "no upper bound"),
    (inf, "无上界", "no upper bound"), (-inf, "无下界", "no lower bound"),
])
def test_money_in_words(fen: object, zh: str, en: str) -> None:
    assert spell_money(fen) == Text(zh, en.replace("10000", "10 000"))


@given(fen=st.integers(-(10**17), 10**17))
@example(fen=123_456_789_012_345_67)
def test_money_in_words_is_exact(fen: int) -> None:
    assert read_value(spell_money(fen).zh, entry("利润"), vocabulary()).value == known(fen)


@given(value=st.decimals(-(10**15), 10**15, places=8))
@example(value=Fraction(1, 10**8))
@example(value=Fraction(9999999999999999, 10))
def test_a_decimal_is_exact(value: Decimal | Fraction) -> None:
    assert Fraction(decimal(value).replace(" ", "")) == Fraction(value)


@pytest.mark.parametrize(("value", "text"), [
    (0, "0"), (9999, "9999"), (10000, "10 000"), (-1234567, "-1 234 567"), (Fraction(1, 2), "0.5"),
    (Fraction(-5, 2), "-2.5"), (Fraction(1, 3), "约 0.3333"), (Fraction(100001, 10), "10 000.1"),
])
def test_a_number_in_decimals(value: object, text: str) -> None:
    assert decimal(value) == text


@pytest.mark.parametrize(("fact", "value", "zh", "en"), [
    ("面积", known(3000), "3000 平方米", "3000 m²"), ("占比", known(Fraction(3, 100)), "3%", "3%"),
    ("年限", known(30), "2.5 年", "2.5 years"), ("利润", known(-5_000_000), "-5 万元", "-50 000 yuan"),
    ("联合", PASS, "是", "yes"), ("联合", FAIL, "否", "no"), ("联合", UNKNOWN, "未给", "not given"),
    ("领先", REVIEW, "未给", "not given"), ("级别", known(1), "省级", "province"),
    ("成立日", known(738000), "2021-07-29", "2021-07-29"), ("名称", known("甲"), "甲", "甲"),
    ("名称", known(""), "无", "none"), ("人数", (3, 5, UNKNOWN), "3 人 至 5 人", "3 people to 5 people"),
    ("级别", (0, 1, UNKNOWN), "市级 至 省级", "city to province"),
])
def test_a_value_in_words(fact: str, value: Value, zh: str, en: str) -> None:
    assert spell_value(value, entry(fact)) == Text(zh, en)


@pytest.mark.parametrize(("low", "high", "zh"), [
    (120101, 120101, "天津市和平区"), (500000, 509999, "重庆市"), (370400, 370499, "山东省枣庄市"),
    (370402, 370402, "山东省枣庄市（370402）"), (441900, 441900, "广东省东莞市"), (120000, 139999, "120000 至 139999"),
    (329900, 329999, "江苏省（3299）"),
    (990000, 999999, "99")])
def test_a_place_is_told_by_its_names(low: int, high: int, zh: str) -> None:
    region = next(f for f in load_vocabulary().all_facts() if f.type == "region")

    assert spell_value((low, high, 0 if low == high else UNKNOWN), region).zh == zh


@pytest.mark.parametrize(("low", "high", "zh"), [
    (5000_00, 30_000_00, "0.5 万元 至 3 万元"), (0, 30_000_00, "0 万元 至 3 万元"),
    (35_00, 30_000_00, "35 元 至 30 000 元"), (20_000_00, 30_000_05, "20 000 元 至 30 000.05 元"),
    (-5000_00, 30_000_00, "-0.5 万元 至 3 万元"), (12_345_00, 30_000_00, "1.2345 万元 至 3 万元"),
    (500, 700, "5 元 至 7 元"), (5000_00, inf, "5000 元 至 无上界"), (-inf, 30_000_00, "无下界 至 3 万元")])
def test_a_range_of_money_has_one_unit_and_is_exact(low: float, high: float, zh: str) -> None:
    assert spell_money_range(low, high).zh == zh
    assert spell_value((low, high, UNKNOWN), entry("利润")).zh == (zh if inf not in (high, -low) else "未给")


@pytest.mark.parametrize("fact", vocabulary().all_facts(), ids=lambda f: f.name)
def test_what_is_not_given_says_so(fact: Field) -> None:
    assert spell_value(unknown(fact), fact) == Text("未给", "not given")
    assert spell_value(not_applicable(fact), fact) == Text("不适用", "not applicable")
