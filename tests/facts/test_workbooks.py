"""Facts from a filled workbook, and what is wrong with one, by cell."""

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from guiju.facts.model import Facts, Provenance
from guiju.facts.read import read_facts
from guiju.source.diagnostics import GuijuError
from guiju.values import PASS, known
from guiju.vocabulary import Vocabulary

Cells = Sequence[Sequence[object]]
HEADER = ("名称", "编号", "值", "单位", "来源", "判定人", "判定日", "依据")
STANDARD = ("编号", "级别", "费用", "系列", "废止日期", "属重点方向", "数量")


def workbook(**sheets: Cells) -> Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


@pytest.fixture
def read_book(tmp_path: Path, vocabulary: Vocabulary) -> Callable[[Workbook], Facts]:
    def read(book: Workbook) -> Facts:
        path = tmp_path / "facts.xlsx"
        book.save(path)
        return read_facts(path, vocabulary)
    return read


@pytest.fixture
def mistakes_in(read_book: Callable[[Workbook], Facts]) -> Callable[[Workbook], list[str]]:
    def find(book: Workbook) -> list[str]:
        with pytest.raises(GuijuError) as caught:
            read_book(book)
        return [d.render().split("facts.xlsx", 1)[1].lstrip("!") for d in caught.value.diagnostics]
    return find


Read = Callable[[Workbook], Facts]
Mistakes = Callable[[Workbook], list[str]]


def notices(facts: Facts) -> list[tuple[str, str]]:
    return [(d.code, d.cell) for d in facts.notices]


# What is read

def test_facts_and_rows(read_book: Read) -> None:
    facts = read_book(workbook(
        事实=[HEADER, ["科研用房面积", None, 3200, "平方米", "台账"], [None, "assets", 50000, "元"],
              ["联合申报", "joint", True],
            ["人员数", "staff", None, "人"], ["成立日期", "founded", dt.datetime(2020, 1, 2)], ["单位名称", None, 2024],
            ["水平领先", None, "是", None, None, "专家组", dt.datetime(2024, 1, 24), "评审意见"], ["一、其他"]],
        标准=[STANDARD, ["GB 1", "市级", 2, None, dt.datetime(2020, 1, 2)], [None] * 7, ["GB 2"],
              [None, "省级", None, None, None, None, 3]],
    ))

    assert facts.values == {"floor_area": known(3200), "assets": known(5_000_000), "joint": PASS,
                            "title": known("2024"),
                            "founded": known(dt.date(2020, 1, 2).toordinal()), "leading": PASS}
    assert facts.provenance == {"floor_area": Provenance(source="台账"),
                                "leading": Provenance(by="专家组", on=dt.date(2024, 1, 24), evidence="评审意见")}
    assert [row[0] for row in facts.records["standard"][:2]] == [known("GB 1"), known("GB 2")]
    assert len(facts.records["standard"]) == 5
    assert facts.records["standard"][0][2] == known(2_000_000)
    assert facts.notices == ()


@pytest.mark.parametrize(("fact", "number", "number_format", "value"), [
    ("assets", 0.1, "General", 100_000), ("assets", 0.1 + 0.2, "0.0", 300_000),
    ("assets", 5000.0, "#,##0.00", 5_000_000_000),
    ("floor_area", 1e16, "General", 10**16), ("share", 0.03, "0%", Fraction(3, 100)),
    ("share", 0.0325, "0.00%", Fraction(13, 400)),
    ("share", 3, "General", Fraction(3, 100)), ("share", 3, '0"%"', Fraction(3, 100)),
    ("share", 0.07, "0%;-0%", Fraction(7, 100)),
    ("founded", 20240124, "General", dt.date(2024, 1, 24).toordinal()), ("seat", 120101, "0", 120101),
])
def test_a_number_is_what_the_sheet_shows(read_book: Read, fact: str, number: float, number_format: str,
                                          value: int) -> None:
    book = workbook(事实=[HEADER, [None, fact, number]])
    book["事实"]["C2"].number_format = number_format

    assert read_book(book).values == {fact: known(value)}


def test_a_share_without_percent_is_doubted_though_the_unit_column_has_it(read_book: Read) -> None:
    facts = read_book(workbook(事实=[HEADER, ["研发占比", None, 0.03, "%"]]))

    assert facts.values["share"] == known(Fraction(3, 10000))
    assert notices(facts) == [("W103", "事实!C2")]


def test_a_title_may_stand_above_the_header(read_book: Read) -> None:
    book = workbook(事实=[["某某公司"], [], HEADER, ["人员数", None, 5]],
                    奖项=[["获奖情况"], ["日期", "备注"], ["2024-01-24"]])
    book["事实"].merge_cells("A1:D1")

    facts = read_book(book)

    assert facts.values == {"staff": known(5)}
    assert len(facts.records["award"]) == 1


def test_a_header_may_name_the_unit(read_book: Read) -> None:
    facts = read_book(workbook(标准=[["编号", "费用（元）"], ["GB 1", 20000]]))

    assert facts.records["standard"][0][2] == known(2_000_000)


def test_the_dictionarys_own_source_is_no_source_of_the_value(read_book: Read) -> None:
    assert read_book(workbook(事实=[HEADER, ["人员数", None, 5, "人", "办法 第十二条"]])).provenance == {}


def test_an_empty_sheet_states_nothing_and_a_lone_none_an_empty_set(read_book: Read) -> None:
    facts = read_book(workbook(标准=[STANDARD], 奖项=[["日期", "备注"], ["无"]]))

    assert facts.records == {"award": ()}


def test_judgements_in_rows_take_the_record_of_their_row(read_book: Read) -> None:
    facts = read_book(workbook(标准=[["编号", "属重点方向", "判定人", "判定日", "依据"],
                                    ["GB 1", "是", "甲", "2024-01-24", "函"], ["GB 2", "是"]]))

    assert facts.records["standard"][0][5] == PASS
    assert notices(facts) == [("W101", "标准!B3")]


def test_a_formula_gives_its_saved_result(tmp_path: Path, vocabulary: Vocabulary) -> None:
    plain = tmp_path / "plain.xlsx"
    workbook(事实=[HEADER, ["人员数", None, 7]]).save(plain)
    path = tmp_path / "facts.xlsx"
    rewrite(plain, path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>7</v>", b"<f>3+4</f><v>7</v>"))

    facts = read_facts(path, vocabulary)

    assert facts.values == {"staff": known(7)}
    assert notices(facts) == [("N101", "事实!C2")]


def test_hidden_and_foreign_content_is_noted(read_book: Read) -> None:
    book = workbook(事实=[(*HEADER, "备注"), ["人员数", None, 5], ["固定资产", None, 5]],
                    标准=[STANDARD, ["GB 1", "市级"]],
                    奖项=[["日期"], ["2024-01-24"]], 奖状=[["x"]], Sheet1=[])
    book["事实"].row_dimensions[3].hidden = True
    book["标准"].column_dimensions.group("B", "C", hidden=True)
    book["奖项"].sheet_state = "hidden"

    facts = read_book(book)

    assert notices(facts) == [("W105", "事实!3:3"), ("W105", "标准!B:B"), ("W105", "奖项"), ("N105", "事实!I1"),
                              ("W106", "奖状")]
    assert "是不是“奖项”（award）" in facts.notices[-1].message.zh


# What is wrong

@pytest.mark.parametrize(("row", "line"), [
    (["科研用房面机", None, 1], "事实!A2  E104  “科研用房面机”不在词汇表中。是不是“科研用房面积”（floor_area）"),
    ([None, None, 1], "事实!C2  E104  这一行有值，却没有名称"),
    (["人员数", "assets", 1], "事实!B2  E104  名称和编号不是同一项：“人员数”（staff）、“固定资产”（assets）"),
    (["固定资产", None, 3, "平方米"], "事实!C2  E107  “固定资产”的单位是"),
    (["固定资产", None, "很多"], "事实!C2  E106  “很多”"), (["人员数", None, dt.datetime(2024, 1, 1)], "事实!C2  E106"),
    (["人员数", None, -1], "事实!C2  E108"), (["成立日期", None, 45315], "事实!C2  E114  45315 是数字，不是日期"),
    (["成立日期", None, 2024.1], "事实!C2  E114  2024.1 是数字"),
    (["单位名称", None, 911200001234567890], "事实!C2  E115"),
    (["水平领先", None, "是", None, None, "甲", "不记得", "函"], "事实!G2  E114  “不记得”不是日期"),
    (["人员数", None, "=1+2"], "事实!C2  E124  公式没有保存结果"),
    (["人员数", None, "#REF!"], "事实!C2  E124  单元格是错误值 #REF!"),
])
def test_a_mistake_in_a_fact_names_its_cell(mistakes_in: Mistakes, row: list[object], line: str) -> None:
    assert mistakes_in(workbook(事实=[HEADER, row]))[0].startswith(line)


@pytest.mark.parametrize(("rows", "line"), [
    ([["编号", "级別"], ["GB 1", "市级"]], "标准!B1  E105  “标准”没有字段“级別”。是不是“级别”（grade）"),
    ([["编号", "级别"], ["GB 1", "乡级"]], "标准!B2  E111"), ([["编号", "数量"], [None, 1.5]], "标准!B2  E119"),
    ([["编号"], ["GB 1"], ["GB 1"]], "标准!A3  E118  “标准”这一条与标准!A2的编号相同"),
    ([["编号", "number"], ["GB 1", "GB 2"]], "标准!B1  E117"),
    ([["编号", "编号"], ["GB 1"]], "标准!B1  E123  表头“编号”重复"),
    ([["编号"], ["GB 1", "市级"]], "标准!B2  E123  这一列没有表头"),
    ([["甲", "乙"], ["GB 1"]], "标准!A1  E123  没有表头"),
])
def test_a_mistake_in_a_row_names_its_cell(mistakes_in: Mistakes, rows: Cells, line: str) -> None:
    found = mistakes_in(workbook(标准=rows))

    assert found[0].startswith(line)
    assert len(found) == 1


@pytest.mark.parametrize(("book", "line"), [
    (workbook(标准=[STANDARD], standard=[STANDARD, ["GB 1"]], 事实=[["名称"], ["人员数"]]), "事实!A1  E123  没有表头"),
    (workbook(Sheet1=[["人员数", 5]]), "  E123  没有名为“事实”或记录名称的工作表"),
    (workbook(事实=[HEADER, ["人员数", None, 5], ["staff", None, 6]]),
     "事实!A3  E117  “人员数”（staff）已在事实!A2给过"),
    (workbook(标准=[STANDARD, ["GB 1"]], standard=[STANDARD, ["GB 2"]]),
     "standard  E117  “标准”（standard）已在标准给过"),
], ids=["header", "sheets", "twice", "two sheets"])
def test_a_mistake_in_the_whole(mistakes_in: Mistakes, book: Workbook, line: str) -> None:
    assert mistakes_in(book)[0].startswith(line)


def test_merged_cells_in_the_table(mistakes_in: Mistakes) -> None:
    book = workbook(事实=[HEADER, ["人员数", None, 5], ["固定资产", None, None]])
    book["事实"].merge_cells("C2:C3")

    assert mistakes_in(book) == ["事实!C2:C3  E125  有合并的单元格；取消合并，每格填自己的值"]


# Hostile and broken files

def rewrite(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(("content", "code"), [
    (lambda: archive(word__document=b""), "E102"), (lambda: archive(**{"xl/workbook.xml": b"<x/>"}), "E121"),
    (lambda: b"PK\x03\x04 and no more", "E121"), (lambda: b"PK\x03\x04" + bytes(9 * 1024 * 1024), "E122"),
    (lambda: archive(**{"xl/workbook.xml": b"", "bomb.xml": bytes(60 * 1024 * 1024)}), "E122"),
    (lambda: archive(**{"xl/workbook.xml": b"", **{f"{n}.xml": b"" for n in range(501)}}), "E122"),
    (lambda: archive(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<row r='1'/>" * 20_001}), "E122"),
    (lambda: archive(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<x:c r='A1'/>" * 300_001}), "E122"),
    *((lambda content=content: archive(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": content}), "E122")
      for content in (b"<x-y:row/>" * 20_001, b"<si/>" * 300_001, b"<cfRule/>" * 50_001,
                      b"<mergeCell ref='A1'/>" * 1001, b"<mergeCell ref='A1:XFD1048576'/>",
                      b'<x:hyperlink a="b" ref = "A:C"/>',
                      b"<mergeCell ref='A1:XFD1'/>" * 30, b"<x sqref='" + b"A1 " * 10_000 + b"'/>",
                      b"<f t='shared' si='0'>" + b"A1+" * 2700 + b"</f>" + b"<f t='shared' si='0'/>" * 9000)),
    (lambda: archive(**{"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "E121"),
    (lambda: archive(**{"xl/workbook.xml": '<!DOCTYPE a><a/>'.encode("utf-16")}), "E121"),
], ids=["docx", "empty", "stub", "large", "bomb", "parts", "rows", "cells", "prefix", "strings", "rules", "merges",
        "area", "columns", "areas", "ranges", "shared", "entity", "utf-16"])
def test_a_file_that_can_not_be_a_workbook(tmp_path: Path, vocabulary: Vocabulary, content: Callable[[], bytes],
                                           code: str) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(content())

    with pytest.raises(GuijuError) as caught:
        read_facts(path, vocabulary)

    assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_stray_cell_a_million_rows_down_costs_nothing(read_book: Read) -> None:
    book = workbook(事实=[HEADER, ["人员数", None, 5]])
    book["事实"]["XFD1048576"].number_format = "0%"

    assert read_book(book).values == {"staff": known(5)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, vocabulary: Vocabulary,
                                               damage: list[tuple[float, int]]) -> None:
    path = tmp_path / "facts.xlsx"
    workbook(事实=[HEADER, ["人员数", None, 5]], 标准=[STANDARD, ["GB 1", "市级"]]).save(path)
    content = bytearray(path.read_bytes())
    for where, byte in damage:
        content[int(where * len(content))] = byte
    path.write_bytes(content)

    with contextlib.suppress(GuijuError):
        assert isinstance(read_facts(path, vocabulary), Facts)
