"""Whatever comes in: answers, pasted text, damaged files. Nothing crashes, and what is stated can always be read."""

import io
import zipfile
from contextlib import suppress

from filled import FORM, filled
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.facts.model import Provenance
from guiju.facts.read import facts_from_mapping
from guiju.forms import (
    Answers,
    Field,
    Table,
    check,
    facts_of,
    filled_docx,
    read_docx,
    rows_from_paste,
    rows_from_xlsx,
)
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import load_vocabulary

DATA = filled_docx(FORM, filled(), joint=True)
BODY = zipfile.ZipFile(io.BytesIO(DATA)).read("word/document.xml")
CLAIMED = Provenance("申报材料", "自述", None, "附表")
WORDS = st.text(max_size=40) | st.sampled_from(["无", "不适用", "未知", "是", "2024-13-01", "１２万元", "-1", "国家级",
                                                "null", "~", "x" * 2500])
TABLES = [item for item in FORM.fields() if isinstance(item, Table)]
FIELDS = [item.id for item in FORM.fields() if isinstance(item, Field)]
ROWS = st.sampled_from(TABLES).flatmap(lambda t: st.tuples(st.just(t.id), st.lists(
    st.dictionaries(st.sampled_from([c.id for c in t.columns]), WORDS, max_size=4), max_size=4)))
ANSWERS = st.builds(lambda fields, tables: {**fields, **dict(tables)},
                    st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=8), st.lists(ROWS, max_size=2))


@settings(max_examples=200, deadline=None)
@given(ANSWERS)
def test_any_answers_can_be_checked_and_what_they_state_can_be_read(answers: Answers) -> None:
    faults = check(FORM, answers, joint=True)

    assert all(f.message.zh and f.message.en for f in faults)
    facts_from_mapping(facts_of(FORM, answers), load_vocabulary(), recorded=CLAIMED)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TABLES), st.text(st.sampled_from("甲乙1２.\t\n\r\"'=-/年月万元是否,| ") | st.characters(),
                                        max_size=200))
def test_any_text_can_be_pasted(table: Table, text: str) -> None:
    reading = rows_from_paste(table, text)

    assert all(row and set(row) <= {c.id for c in table.columns} for row in reading.rows)
    assert all(0 <= f.row <= len(reading.rows) for f in reading.faults)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(place: int, junk: bytes) -> None:
    damaged = DATA[:place] + junk + DATA[place + len(junk):]

    with suppress(GuijuError):
        read_docx(FORM, damaged)
    with suppress(GuijuError):
        rows_from_xlsx(TABLES[0], damaged)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(BODY) - 1), st.integers(0, 400))
def test_a_document_with_parts_cut_out_is_read_or_refused(start: int, length: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", BODY[:start] + BODY[start + length:])

    with suppress(GuijuError):
        read_docx(FORM, buffer.getvalue())
