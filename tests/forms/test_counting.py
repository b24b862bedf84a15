"""How characters are counted: as the reader sees them, and so that a browser counts the same."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.forms import browser_pattern, count


@pytest.mark.parametrize(("text", "characters"), [
    ("", 0), ("国家质量", 4), ("国家，质量。", 6), ("ISO 9001", 7), ("a\r\nb\n\n c\t　d", 4), ("第\u00a01\u2003条", 3),
    ("𠮷野家", 3),
    ("e\u0301", 1), ("é", 1), ("①㎡", 2), ("零\u200b宽\ufeff", 2), ("辻\U000e0100", 1), ("\u202e反", 1), ("①️", 1)])
def test_what_counts(text: str, characters: int) -> None:
    assert count(text) == characters


@given(st.text())
def test_no_blank_and_no_form_of_writing_changes_the_count(text: str) -> None:
    assert count(f" {text}\r\n　") == count(text) == count(unicodedata.normalize("NFD", text))


@given(st.text())
def test_the_browsers_expression_removes_what_the_counter_does_not_count(text: str) -> None:
    """The published expression, translated from JavaScript's spelling of code points to Python's."""
    pattern = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: f"\\U{int(m[1], 16):08x}", browser_pattern())

    assert len(re.sub(pattern, "", unicodedata.normalize("NFC", text))) == count(text)
