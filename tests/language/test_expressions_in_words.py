"""Expressions in words, Chinese and English."""

import pytest

from guiju.language.expression.parser import parse
from guiju.language.expression.words import statement
from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import Vocabulary, load_vocabulary


def said(text: str, vocabulary: Vocabulary, names: dict[str, str] | None = None) -> Text:
    return statement(parse(text, Span("x"), dict(vocabulary.units)), vocabulary, names)


@pytest.mark.parametrize(("text", "zh", "en"), [
    ("area >= 3000 平方米", "面积 ≥ 3000 平方米", "area ≥ 3000 m²"),
    ("资产 > 0.5 亿元", "资产 > 0.5 亿元", "assets > 0.5 100m yuan"),
    ("占比 != 5%", "占比 ≠ 5%", "share ≠ 5%"),
    ("联合 = 是", "联合 = 是", "joint = yes"),
    ("成立日 < 2024-01-24", "成立日 < 2024-01-24", "founded < 2024-01-24"),
    ('名称 = "甲"', "名称 = “甲”", "title = “甲”"),
    ("级别 = 省级", "级别 = 省级", "level = province"),
    ("a and (b or c)", "a 且 （b 或 c）", "a and (b or c)"),
    ("a and b or c", "a 且 b 或 c", "a and b or c"),
    ("not 联合", "非（联合）", "not (joint)"),
    ("a - (b - c)", "a − （b − c）", "a − (b − c)"),
    ("a - b - c", "a − b − c", "a − b − c"),
    ("(a + b) * c / 2", "（a + b） × c ÷ 2", "(a + b) × c ÷ 2"),
    ("a / (b * c)", "a ÷ （b × c）", "a ÷ (b × c)"),
    ("-a * 2", "−a × 2", "−a × 2"),
    ("级别 in [市级, 省级]", "级别 属于 市级、省级", "level in city, province"),
    ("级别 not in [市级]", "级别 不属于 市级", "level not in city"),
    ("注册地 under 12", "注册地 在 天津市", "seat in 天津市"),
    ("注册地 under 99", "注册地 在 99", "seat in 99"),
    ('名称 matches "^甲"', "名称 符合式样 ^甲", "title matches ^甲"),
    ("成立日 within 3 年 before 申报日 rolling", "成立日 在 申报日 前 3 年内",
     "founded within 3 years before application date"),
    ("if 联合 then 3 else 5", "若 联合 则 3，否则 5", "if joint then 3 else 5"),
    ("(if 联合 then 3 else 5) + 1", "（若 联合 则 3，否则 5） + 1", "(if joint then 3 else 5) + 1"),
    ("if 联合 then 3 else 5 + 1", "若 联合 则 3，否则 5 + 1", "if joint then 3 else 5 + 1"),
    ("count(成果)", "数量（成果）", "number of (works)"),
    ("exists(成果 where 费用 > 3 万元)", "有（成果：费用 > 3 万元）", "there is (works where cost > 3 10k yuan)"),
    ("sum(成果.费用)", "合计（成果·费用）", "sum of (works·cost)"),
    ("本单位.级别 = 省级", "本单位·级别 = 省级", "the applicant·level = province"),
    ("本行.级别 = 省级", "本行·级别 = 省级", "this row·level = province"),
    ("mod(人数, 2)", "mod（人数，2）", "mod (staff, 2)"),
    ("自有名 > 1/3", "自有名 > 1 ÷ 3", "own name > 1 ÷ 3"),
])
def test_an_expression_in_both_languages(vocabulary: Vocabulary, text: str, zh: str, en: str) -> None:
    assert said(text, vocabulary, {"自有名": "own name"}) == Text(zh, en)


def test_two_dictionaries_do_not_mix_their_english(vocabulary: Vocabulary) -> None:
    assert said("级别 = 省级", load_vocabulary()).en != ""
    assert said("面积 > 3 平方米", vocabulary).en == "area > 3 m²"
