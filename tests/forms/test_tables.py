"""Rows from a spreadsheet or the clipboard, as people bring them."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from filled import FORM

from guiju.forms import Table, TableReading, blank_xlsx, form_ids, load_form, rows_from_paste, rows_from_xlsx
from guiju.source.diagnostics import GuijuError


def table(id_: str) -> Table:
    found = FORM.field(id_)
    assert isinstance(found, Table)
    return found


PROJECTS = table("project_items")
HEADER = "项目名称\t项目编号\t项目级别\t属相关领域\t立项日\t结题日（未结的填计划日）\t项目金额（万元）"
WHOLE = {"name": "甲", "number": "P1", "level": "国家级", "related": "是", "started": "2023-01-05",
         "ended": "2025-12-31",
         "amount": "200"}
LINE = "甲\tP1\t国家级\t是\t2023-01-05\t2025-12-31\t200"


def workbook(*lines: list[Any], sheet: str = "表") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for line in lines:
        book.worksheets[0].append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def faults(reading: TableReading) -> list[tuple[int, str, str]]:
    return [(f.row, f.column, f.code) for f in reading.faults]


@pytest.mark.parametrize("text", [
    f"{HEADER}\n{LINE}", LINE, f"1\t{LINE}", f"\n{HEADER}\r\n{LINE}\r\n\r\n", f"附件：项目清单\n{HEADER}\n{LINE}",
    f"序号\t{HEADER}\n1\t{LINE}",
    "项目编号\t项目名称\t金额（元）\t级别\t属相关领域\t立项日\t结题日\nP1\t甲\t2,000,000\t国家级\t√\t2023/1/5\t2025.12.31",
    f"{HEADER}\n甲\tP1\t国家级\t是\t２０２３年１月５日\t二〇二五年十二月三十一日\t２００万元",
    f'{HEADER}\n甲\tP1\t国家级\tY\t20230105\t2025-12-31\t"200"'])
def test_rows_are_recognised_however_they_are_spelled(text: str) -> None:
    reading = rows_from_paste(PROJECTS, text)

    assert (reading.rows, reading.faults) == ([WHOLE], ())


def test_a_cell_with_a_line_break_is_one_cell() -> None:
    reading = rows_from_paste(table("equipment"), '仪器设备名称\t型号规格\t台（套）数\t主要用途及使用情况\n'
                              '质谱仪\tX1\t2\t"一\n二""三"""')

    assert [row["name"] for row in reading.rows] == ["质谱仪"]
    assert reading.rows[0]["use"] == '一\n二"三"'


def test_quotes_that_are_just_quotes_swallow_nothing() -> None:
    reading = rows_from_paste(table("equipment"),
                              '仪器设备名称\t型号规格\t台（套）数\t主要用途及使用情况\n"甲\ta\t1\tb\n乙\tc\t2\td')

    assert [row["name"] for row in reading.rows] == ['"甲', "乙"]


def test_what_is_wrong_is_said_with_its_place_and_kept() -> None:
    reading = rows_from_paste(PROJECTS, f"{HEADER}\n{LINE}\n乙\tP2\t宇宙级\t是\t昨天\t\t很多")

    assert reading.rows[1] == {"name": "乙", "number": "P2", "level": "宇宙级", "related": "是", "started": "昨天",
                               "amount": "很多"}
    assert faults(reading) == [(2, "level", "not_a_choice"), (2, "started", "not_a_date"),
                               (2, "amount", "not_a_number")]
    assert reading.faults[1].message.zh.startswith("第 3 行第 5 列（立项日）：“昨天”不是日期；写成")


def test_a_column_that_the_table_does_not_have_is_named() -> None:
    reading = rows_from_paste(PROJECTS, f"{HEADER}\t备注\n{LINE}\t加急")

    assert (reading.rows, faults(reading)) == ([WHOLE], [(0, "", "unknown_field")])
    assert "备注" in reading.faults[0].message.zh


@pytest.mark.parametrize("text", ["", "\n\t\n", "a\tb\tc\td\te\tf\tg\th\ti\tj", "x" * 5_000_000])
def test_what_is_no_table_gives_no_rows(text: str) -> None:
    assert rows_from_paste(PROJECTS, text).rows == []


def test_a_sheet_is_read_with_dates_numbers_and_formulas_as_they_show() -> None:
    data = workbook(HEADER.split("\t"), ["甲", "P1", "国家级", True, dt.date(2023, 1, 5), dt.datetime(2025, 12, 31),
                                         200.0])

    assert rows_from_xlsx(PROJECTS, data).rows == [WHOLE]


def test_a_formula_without_a_result_and_an_error_are_faults_with_their_cells() -> None:
    reading = rows_from_xlsx(PROJECTS, workbook(HEADER.split("\t"), ["甲", "=A1", "国家级", "是", "#REF!"]))

    assert reading.rows == [{"name": "甲", "level": "国家级", "related": "是"}]
    assert [f.message.zh.partition("：")[0] for f in reading.faults] == ["表!B2", "表!E2"]


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    data = workbook(HEADER.split("\t"), ["x", "P1"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell = book.worksheets[0]["A2"]
    cell.value, cell.data_type = "=cmd|' /C calc'!A0", "s"
    buffer = io.BytesIO()
    book.save(buffer)

    assert rows_from_xlsx(PROJECTS, buffer.getvalue()).rows == [{"name": "=cmd|' /C calc'!A0", "number": "P1"}]


def test_the_sheet_with_the_header_is_taken() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["说明"], ["请填第二张表"])))
    second = book.create_sheet("清单")
    second.append(HEADER.split("\t"))
    second.append(LINE.split("\t"))
    buffer = io.BytesIO()
    book.save(buffer)

    assert rows_from_xlsx(PROJECTS, buffer.getvalue()).rows == [WHOLE]


@pytest.mark.parametrize(("data", "code"), [(b"", "E122"), (b"PK\x03\x04", "E121"), (b"hello", "E121"),
                                            (b"PK" + b"\0" * (9 << 20), "E122")],
                         ids=["empty", "zip head", "text", "large"])
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(GuijuError) as caught:
        rows_from_xlsx(PROJECTS, data)

    assert [d.code for d in caught.value.diagnostics] == [code]


def tables() -> list[Table]:
    return [item for id_ in form_ids() for item in load_form(id_).fields() if isinstance(item, Table)]


@pytest.mark.parametrize("each", tables(), ids=lambda t: t.id)
def test_the_empty_sheet_of_every_table_is_read_as_that_table_and_is_always_the_same(each: Table) -> None:
    data = blank_xlsx(each)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for place, column in enumerate(each.columns, start=1):
        if column.choices:
            sheet.cell(2, place, column.choices[-1])
        elif column.kind in ("line", "text"):
            sheet.cell(2, place, "某")
    buffer = io.BytesIO()
    book.save(buffer)

    assert data == blank_xlsx(each)
    assert (rows_from_xlsx(each, data).rows, rows_from_xlsx(each, data).header) == ([], True)
    assert rows_from_xlsx(each, buffer.getvalue()).rows == [
        {c.id: c.choices[-1] if c.choices else "某" for c in each.columns if c.choices or c.kind in ("line", "text")}]


def test_choices_are_drop_downs() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_xlsx(table("staff"))))
    rules = book.worksheets[0].data_validations.dataValidation

    assert [str(rule.sqref) for rule in rules] == ["A2:A1000", "D2:D1000"]
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["研究人员", "技术人员", "辅助人员"]
