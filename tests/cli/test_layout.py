"""Columns, wrapping, clause labels: with characters that are two columns wide."""

import pytest

from guiju.cli.layout import Column, indented, padded, sides, table, width, wrapped
from guiju.cli.voice import Voice, language_of, numeral, value_of


@pytest.mark.parametrize(("text", "columns"), [
    ("", 0), ("abc", 3), ("标准", 4), ("GB/T 标准", 9), ("\x1b[31m标\x1b[0m", 2)])
def test_width_counts_columns_not_characters(text, columns):
    assert width(text) == columns


def test_padding_is_in_columns():
    assert padded("标", 4) == "标  "
    assert padded("8 万元", 8, ">") == "  8 万元"


@pytest.mark.parametrize(("text", "columns", "lines"), [
    ("一二三四五", 4, ["一二", "三四", "五"]),
    ("一二，三四", 4, ["一", "二，", "三四"]),
    ("共 60 万元整", 8, ["共", "60 万元", "整"]),
    ("见 GB/T 90101-2023 号", 16, ["见", "GB/T 90101-2023", "号"]),
    ("见第二十六条(三)的", 14, ["见第二十六", "条(三)的"]),
    ("（二三）四", 6, ["（二", "三）四"]),
    ("two words", 5, ["two", "words"]),
    ("in all 5 146 392 yuan", 14, ["in all", "5 146 392 yuan"]),
    ("unbreakable", 5, ["unbre", "akabl", "e"]),
    ("national/sme-tiers-2022", 14, ["national/sme-", "tiers-2022"]),
    ("", 5, [""]),
])
def test_wrapping_keeps_together_what_belongs_together(text, columns, lines):
    assert wrapped(text, columns) == lines


def test_further_lines_hang():
    assert indented("一二三四", 8, "- ", "  ") == ["- 一二三", "  四"]


def test_two_sides_of_a_line_or_two_lines():
    assert sides("左", "right", 10) == ["左   right"]
    assert sides("左左左", "right", 10) == ["左左左", "     right"]
    assert sides("左左左", "", 4) == ["左左", "左"]


def test_a_table_aligns_and_wraps_its_last_column():
    rows = [["第七条", "8 万元", "短"], ["第十一条", "12 万元", "长一些的说明文字要折行"]]

    assert table(rows, [Column(), Column(align=">"), Column()], 40) == [
        "  第七条     8 万元  短",
        "  第十一条  12 万元  长一些的说明文字要",
        "                     折行",
    ]


def test_a_table_narrows_where_the_page_is_small():
    rows = [["一二三四五六七八九十", "一二三四五六七八九十", "说明"]]

    assert max(width(line) for line in table(rows, [Column(), Column(), Column()], 48)) <= 48


@pytest.mark.parametrize(("key", "zh", "en"), [
    ("7", "第七条", "art. 7"), ("26(三)", "第二十六条(三)", "art. 26(三)"), ("十六", "第十六条", "art. 16"),
    ("办12(一)", "办12(一)", "办12(一)"), ("附1一", "附1一", "附1一"), ("附4(十二)", "附4(十二)", "附4(十二)"),
])
def test_clause_keys_are_cited_as_articles_where_they_are_numbers(key, zh, en):
    assert (Voice("zh").clause(key), Voice("en").clause(key)) == (zh, en)


def test_a_clause_is_cited_once_however_often_it_is_given():
    assert Voice("zh").clauses(["10", "10", "11", "10", "12"]) == "第十条、第十一条、第十二条"
    assert Voice("zh").clauses(["10", "11", "12", "13", "13"]) == "第十条、第十一条、第十二条等"


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_read_back(number):
    assert value_of(numeral(number)) == number


@pytest.mark.parametrize(("arguments", "language"), [
    ([], "zh"), (["--lang", "en"], "en"), (["evaluate", "x", "--lang=en"], "en"), (["--lang", "xx"], "zh"),
    (["--", "--lang", "en"], "zh"), (["--lang"], "zh"),
])
def test_the_language_is_read_wherever_it_stands(arguments, language):
    assert language_of(arguments) == language
