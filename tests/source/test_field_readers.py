"""Typed values from a mapping: what each reader takes, and how it says what is wrong."""

import datetime as dt
from collections.abc import Callable

import pytest

from guiju.source.diagnostics import GuijuError, Language, Span, Text
from guiju.source.document import Mapping, parse_document
from guiju.source.fields import (
    as_items,
    as_mapping,
    bilingual,
    bool_of,
    check_keys,
    date_of,
    int_of,
    nearest,
    text_of,
    texts_of,
)

HERE = Span("f.yaml", 1, 1)


def mapping(text: str) -> Mapping:
    return as_mapping(parse_document(text, "f.yaml"), HERE, "f.yaml")


def finding(read: Callable[[], object], language: Language = "zh") -> str:
    with pytest.raises(GuijuError) as caught:
        read()
    (found,) = caught.value.diagnostics
    return found.render(language)


@pytest.mark.parametrize(("language", "expected"), [
    ("zh", "f.yaml:2:1  E022  不认识“requre”。是不是“require”？"),
    ("en", "f.yaml:2:1  E022  unknown key 'requre'; did you mean require?"),
])
def test_an_unknown_key_is_answered_with_the_nearest(language: str, expected: str) -> None:
    unknown = mapping("id: 1\nrequre: 2")

    assert finding(lambda: check_keys(unknown, {"id", "require", "cite"}), language) == expected


def test_a_key_like_none_is_answered_with_all() -> None:
    assert finding(lambda: check_keys(mapping("金额: 1"), {"id", "cite"})) == (
        "f.yaml:1:1  E022  不认识“金额”。可用：cite、id")


def test_a_missing_key_is_named_at_the_mapping() -> None:
    entry = mapping("a:\n  - {id: 1}").get("a")

    assert finding(lambda: check_keys(as_mapping(as_items(entry)[0], HERE, "a"), {"id", "en"}, ["id", "en"])) == (
        "f.yaml:2:5  E023  缺少“en”")


@pytest.mark.parametrize(("word", "known", "best"), [
    ("科研用房面机", ["固定资产", "科研用房面积", "人数"], ["科研用房面积"]),
    ("x", ["科研用房面积"], []), ("", ["a"], []),
])
def test_the_nearest_names(word: str, known: list[str], best: list[str]) -> None:
    assert nearest(word, known) == best


@pytest.mark.parametrize("word", ["true", "True", "YES", "是", "真", "有"])
def test_words_for_yes(word: str) -> None:
    assert bool_of(mapping(f"a: {word}"), "a") is True


@pytest.mark.parametrize("word", ["false", "No", "否", "假", "无"])
def test_words_for_no(word: str) -> None:
    assert bool_of(mapping(f"a: {word}"), "a", default=True) is False


@pytest.mark.parametrize(("read", "expected"), [
    (lambda m: bool_of(m, "b"), False),
    (lambda m: bool_of(m, "b", default=True), True),
    (lambda m: int_of(m, "a"), 12),
    (lambda m: int_of(m, "b", 3), 3),
    (lambda m: text_of(m, "a"), "12"),
    (lambda m: text_of(m, "b", "无"), "无"),
    (lambda m: texts_of(m, "a"), ("12",)),
    (lambda m: texts_of(m, "list"), ("甲", "乙")),
    (lambda m: texts_of(m, "b"), ()),
    (lambda m: date_of(m.get("day"), "day"), dt.date(2024, 2, 29)),
    (lambda m: bilingual(m.get("title"), HERE, "title"), Text("题", "title")),
    (lambda m: bilingual(m.get("a"), HERE, "title"), Text("12", "")),
    (lambda m: bilingual(None, HERE, "title"), Text("", "")),
])
def test_values(read: Callable[[Mapping], object], expected: object) -> None:
    assert read(mapping("a: 12\nlist: [甲, 乙]\nday: 2024-02-29\ntitle: {zh: 题, en: title}")) == expected


@pytest.mark.parametrize(("text", "read", "expected"), [
    ("a: [1]", lambda m: text_of(m, "a"), "f.yaml:1:4  E021  a应是一个值"),
    ("a: 1", lambda m: as_mapping(m.get("a"), HERE, "in_force"), "f.yaml:1:4  E020  in_force应是“键: 值”的形式"),
    ("a: 1", lambda m: as_mapping(m.get("b"), HERE, "in_force"), "f.yaml:1:1  E020  in_force应是“键: 值”的形式"),
    ("a: 1", lambda m: bool_of(m, "a"), "f.yaml:1:4  E024  “a”应是 是 或 否，不是“1”"),
    ("a: 3.5", lambda m: int_of(m, "a"), "f.yaml:1:1  E025  “a”应是整数，不是“3.5”"),
    ("a: 2023-02-29", lambda m: date_of(m.get("a"), "a"),
     "f.yaml:1:4  E026  “a”不是真实的日期：2023-02-29；写成 2024-01-24"),
    ("a: {en: title}", lambda m: bilingual(m.get("a"), HERE, "title"), "f.yaml:1:4  E023  缺少“zh”"),
    ("a: {zh: 题, fr: x}", lambda m: bilingual(m.get("a"), HERE, "title"),
     "f.yaml:1:12  E022  不认识“fr”。可用：en、zh"),
])
def test_mistakes(text: str, read: Callable[[Mapping], object], expected: str) -> None:
    assert finding(lambda: read(mapping(text))) == expected


@pytest.mark.parametrize("word", ["20240124", "2024-W04-3", "2024-1-24", "24-01-24", "2024/01/24", "明天"])
def test_a_date_has_one_form(word: str) -> None:
    written = mapping(f"a: {word}").get("a")
    assert written is not None
    assert finding(lambda: date_of(written, "a")) == (
        f"f.yaml:1:4  E026  “a”不是真实的日期：{word}；写成 2024-01-24")
