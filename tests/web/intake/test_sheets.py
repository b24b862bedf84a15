"""Exports carry what people typed, and none of it runs."""

from __future__ import annotations

import datetime as dt
import io
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.kit.sheets import file_name, workbook, workbook_of

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "　=HYPERLINK(\"http://x\")", "=", "-"]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_of(data: bytes) -> Worksheet:
    return opened(data).worksheets[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    cell = sheet_of(workbook("名单", [text], [[text]]))["A2"]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    # XML has no carriage return of its own
    assert str(cell.value).replace("_x000D_", "\r").replace("\n", "\r") == text


def test_values_keep_their_type() -> None:
    moment = dt.datetime(2026, 1, 24, 23, 30, tzinfo=CHINA)
    row = ["甲所", 3, Fraction(7, 2), dt.date(2026, 1, 24), moment, True, None, Text("已报", "sent")]
    cells = sheet_of(workbook("名单", ["列"] * len(row), [row]))[2]

    assert [c.value for c in cells] == ["甲所", 3, 3.5, dt.datetime(2026, 1, 24), dt.datetime(2026, 1, 24, 23, 30),
                                        "是", None, "已报"]
    assert cells[0].quotePrefix in (False, None)


def test_what_no_cell_holds_is_left_out_and_cut() -> None:
    cells = sheet_of(workbook("名单", ["文"], [["甲\x00\x1b乙"], ["长" * 40_000]]))["A"]

    assert [cells[1].value, len(cells[2].value)] == ["甲乙", 32_767]


def test_sheets_have_names_that_are_allowed_and_differ() -> None:
    titles = ["甲/乙:*?[]", "甲/乙:*?[]", "长" * 60, ""]
    book = opened(workbook_of([(title, ["a"], []) for title in titles]))

    assert len(set(book.sheetnames)) == 4
    assert all(0 < len(n) <= 31 for n in book.sheetnames)


def test_a_file_name_leads_nowhere() -> None:
    assert file_name("../../etc", 'a"b\r\nc') == "_.._etc-a_b_c.xlsx"
    assert file_name("") == "guiju.xlsx"
