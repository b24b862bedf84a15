"""Word files and workbooks that are read, not only kept: what would cost or reach too much is refused, and soon."""

from __future__ import annotations

import time

import pytest
from hostile_files import BOMB, OUTSIDE, cell, docx, paragraph, xlsx

from guiju.facts.report import Report
from guiju.facts.workbook import sheets_in
from guiju.forms.word.package import open_docx
from guiju.source.diagnostics import GuijuError

SPAN = "<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/></w:tcPr></w:tc>"
WORD = {
    "entities": docx(paragraph("&j;"), before=BOMB), "outside": docx(paragraph("&j;"), before=OUTSIDE),
    "columns": docx(f"<w:tbl><w:tr>{SPAN.format(100) * 50_000}</w:tr></w:tbl>"),
    "deep": docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000),
}
SHEETS = {
    "entities": xlsx(before=BOMB), "outside": xlsx(before=OUTSIDE),
    "rows": xlsx("<row/>" * 1_000_000), "no end": xlsx(f'<row r="1">{cell("A1", "x")}'),
    "strange place": xlsx(f'<row r="1">{cell("ZZZZZ99999999", "x")}</row>'),
}


@pytest.mark.parametrize("what", WORD)
def test_word_files(what: str) -> None:
    begun = time.process_time()
    with pytest.raises(GuijuError) as refused:
        open_docx(WORD[what])
    assert refused.value.diagnostics[0].message.en
    assert time.process_time() - begun < 5


def test_a_span_of_five_thousand_digits_counts_as_one_column() -> None:
    assert open_docx(docx(f"<w:tbl><w:tr>{SPAN.format('9' * 5000)}</w:tr></w:tbl>")).pieces


@pytest.mark.parametrize("what", SHEETS)
def test_workbooks(what: str) -> None:
    begun = time.process_time()
    with pytest.raises(GuijuError) as refused:
        sheets_in(SHEETS[what], "xlsx", Report())
    assert refused.value.diagnostics[0].message.en
    assert time.process_time() - begun < 5
