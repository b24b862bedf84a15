"""Widths are estimated on the safe side, and lines break where they may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lifecycle.show.svg.measure import width, wrapped


@pytest.mark.parametrize(("text", "size", "found"), [
    ("", 10, 0), ("规矩", 10, 20), ("规矩。", 10, 30), ("→", 10, 10), ("0", 10, 6.4), ("e\u0301", 10, 6.2),
])
def test_a_chinese_character_is_as_wide_as_the_type_is_high(text, size, found):
    assert width(text, size) == pytest.approx(found)


def test_bold_is_wider():
    assert width("T22 规矩", 10, bold=True) == pytest.approx(width("T22 规矩", 10) * 1.1)
    assert width("T22 规矩", 10, bold=3) == pytest.approx(width("T22", 10) * 1.1 + width(" 规矩", 10))


@pytest.mark.parametrize(("text", "room", "lines"), [
    ("", 50, [""]),
    ("不予受理", 100, ["不予受理"]),
    ("不予受理", 25, ["不予", "受理"]),
    ("一二三，四", 31, ["一二", "三，四"]),
    ("一二（三四）", 30, ["一二", "（三", "四）"]),
    ("told to rectify", 50, ["told to", "rectify"]),
    ("publish_withdrawal", 60, ["publish_", "withdrawal"]),
    ("两  空", 100, ["两 空"]),
    ("字", 1, ["字"]),
    ("京四(三)12、25(一)", 65, ["京四(三)12、", "25(一)"]),
    ("not (yet)", 40, ["not", "(yet)"]),
    ("a\nb\x00", 100, ["a b\\u0000"]),
])
def test_lines_break_between_characters_and_words_and_begin_with_no_closing_mark(text, room, lines):
    assert wrapped(text, room, 10) == lines


@given(st.text(alphabet="环节，。（）abc _-12", max_size=60), st.integers(20, 120))
def test_no_line_is_too_wide_and_nothing_is_lost(text, room):
    lines = wrapped(text, room, 10)

    assert max(width(line, 10) for line in lines) <= room
    assert "".join("".join(lines).split()) == "".join(text.split())
