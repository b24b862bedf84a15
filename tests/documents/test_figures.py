"""Figures of a text: what is one, and what it can mean in base units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.documents.figures import figures_of

TEXTS = [
    ("给予15万元—20万元", [("15万元", "money", 15_000_000), ("20万元", "money", 20_000_000)]),
    ("分别给予20万元、10万元、5万元", [
        ("20万元", "money", 20_000_000), ("10万元", "money", 10_000_000), ("5万元", "money", 5_000_000)]),
    ("分别奖励30、20、10万元", [
        ("30", "money", 30_000_000), ("20", "money", 20_000_000), ("10万元", "money", 10_000_000)]),
    ("奖励100万、50万元", [("100万", "money", 100_000_000), ("50万元", "money", 50_000_000)]),
    ("营业收入1.2亿元", [("1.2亿元", "money", 12_000_000_000)]),
    ("补贴三十万元", [("三十万元", "money", 30_000_000)]),
    ("占比5%", [("5%", "ratio", "1/20")]),
    ("三分之二以上同意", [("三分之二", "ratio", "2/3")]),
    ("按一半计", [("一半", "ratio", "1/2")]),
    ("近三年", [("三年", "months", 36)]),
    ("整改半年", [("半年", "months", 6)]),
    ("公示7个工作日", [("7个工作日", "days", 7)]),
    ("排在前三位", [("前三位", "count", 3)]),
    ("2021年3月5日起", [("2021年3月5日", "date", 737854)]),
    ("每年4月30日前", [("4月30日", "monthday", 430)]),
    ("得8分", [("8分", "points", 8)]),
    ("每年不超过一次", [("一次", "count", 1)]),
    ("不少于十五人", [("十五人", "count", 15)]),
]
NONE = ["第十二条第三款", "甲发〔2021〕7号", "（三）其他", "GB/T 1234—2018", "获得一、二、三等奖", "统一管理",
        "委托第三方", "一次性奖励", "电话0571-8123456", "1. 其他", "一个单位"]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t for t, _ in TEXTS])
def test_figures(text: str, expected: list[tuple[str, str, object]]) -> None:
    found = figures_of(text)
    assert [f.text for f in found] == [e[0] for e in expected]
    for figure, (_, dimension, value) in zip(found, expected, strict=True):
        assert (dimension, str(value)) in {(d, str(v)) for d, v in figure.values}


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(text) == []


TRICKY = "0123456789.%万亿元年月日个第前一二三十百半分之、—至〔〕条位"


@given(st.text(alphabet=st.one_of(st.sampled_from(TRICKY), st.characters())))
def test_any_text_gives_figures_that_stand_in_it_and_do_not_overlap(text: str) -> None:
    end = 0
    for figure in figures_of(text):
        assert figure.start >= end
        end = figure.start + len(figure.text)
        assert end <= len(text)
        assert figure.values
