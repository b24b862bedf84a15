"""A form as .docx, in the form's layout: cover, numbered sections, tables, places for opinions and seals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from guiju.forms.checking import rows_of
from guiju.forms.layout import (
    Attached,
    Block,
    Card,
    Cover,
    Grid,
    Headline,
    Long,
    arranged,
    blocks,
    column_label,
    field_label,
    shares,
)
from guiju.forms.model import Answers, Field, Form
from guiju.forms.word.marks import DAY, ELSEWHERE, NUMBER, SEAL, SIGNATURE, notes_of
from guiju.papers.wordparts import (
    FANG_SONG,
    HEI,
    KAI,
    TITLE,
    Look,
    add_table,
    add_text,
    fill,
    keep_whole,
    new_document,
    number_pages,
    saved,
    xml_text,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_WIDTH = 156  # mm of text
_BODY = Look(FANG_SONG, 14, pitch=25, indent=2)
_PLAIN = Look(FANG_SONG, 14, pitch=25)
_NOTE = Look(KAI, 10.5, pitch=16, align="left", colour="595959")
_LABEL = Look(HEI, 10.5, pitch=16, align="left", before=2, after=2)
_CELL = Look(FANG_SONG, 10.5, pitch=16, align="left", before=2, after=2)
_HEADS = {1: Look(HEI, 16, pitch=30, align="left", colour="000000", before=10, with_next=True),
          2: Look(KAI, 14, pitch=28, align="left", colour="000000", before=6, with_next=True)}
_GAP = Look(FANG_SONG, 6, pitch=8)
_BLANK_ROWS = 6


def blank_docx(form: Form, joint: bool = True) -> bytes:
    """The empty form with its guidance, to fill in with a word processor and read in again by `read_docx`."""
    return _written(form, {}, joint, blank=True)


def filled_docx(form: Form, answers: Answers, joint: bool) -> bytes:
    """The form with its answers. Rows stand in the order that the form asks for (see `arranged`). Equal answers give
    equal bytes."""
    return _written(form, answers, joint, blank=False)


def _written(form: Form, answers: Answers, joint: bool, blank: bool) -> bytes:
    document = new_document(margins=(30, 30, 27, 27), pitch=25, title=form.title.zh)
    for block in blocks(form, joint):
        if isinstance(block, Cover):
            _cover(document, form, block, answers)
        elif isinstance(block, Headline):
            _headline(document, block)
        if blank or (isinstance(block, Headline) and block.new_page):
            for note in notes_of(block):
                add_text(document, note, _NOTE)
        _content(document, block, form, answers)
    number_pages(document)
    return saved(document)


def _content(document: Document, block: Block, form: Form, answers: Answers) -> None:
    if isinstance(block, Card):
        _card(document, form, block, answers)
    elif isinstance(block, Grid):
        _grid(document, block, answers)
    elif isinstance(block, Attached):
        add_text(document, ELSEWHERE, _BODY)
    elif isinstance(block, Long):
        for line in _text(form, block.field, answers).split("\n"):
            add_text(document, line, _BODY)
    elif not isinstance(block, Cover | Headline):
        _opinion(document, form, block.field, answers)


def _text(form: Form, field: Field, answers: Answers) -> str:
    value = answers.get(field.same_as or field.id, "")
    return xml_text(value).strip() if isinstance(value, str) else ""


def _cover(document: Document, form: Form, block: Cover, answers: Answers) -> None:
    for _ in range(4):
        add_text(document, "", _PLAIN)
    add_text(document, form.title.zh, Look(TITLE, 26, pitch=45, align="center", bold=True))
    for _ in range(4):
        add_text(document, "", _PLAIN)
    table = _ruled(document, (58, 92), borders=False)
    for field in block.fields:
        label, value = _new_row(table, 2)
        _put(label, f"{field.label.zh}：", Look(HEI, 15, pitch=34, align="left"))
        _put(value, _text(form, field, answers), Look(FANG_SONG, 15, pitch=34, align="left"))
        _underline(value)
    for _ in range(6):
        add_text(document, "", _PLAIN)
    for words in (form.made_by, form.made_in):
        add_text(document, words, Look(FANG_SONG, 15, pitch=28, align="center"))


def _headline(document: Document, block: Headline) -> None:
    paragraph = document.add_paragraph(style=document.styles[f"Heading {block.level}"])
    fill(paragraph, block.text, _HEADS[block.level])
    paragraph.paragraph_format.page_break_before = block.new_page


def _card(document: Document, form: Form, block: Card, answers: Answers) -> None:
    table = _ruled(document, (34, 44, 34, 44))
    for line in block.lines:
        cells = _new_row(table, 4)
        if len(line) == 1:
            cells[1].merge(cells[3])
        for place, field in enumerate(line):
            _put(cells[2 * place], field_label(field), _LABEL)
            _put(cells[2 * place + 1], _text(form, field, answers), _CELL)
    add_text(document, "", _GAP)


def _grid(document: Document, block: Grid, answers: Answers) -> None:
    table, value = block.table, answers.get(block.table.id, "")
    if isinstance(value, str) and value.strip():
        add_text(document, value.strip(), _BODY)
        return
    rows = [[str(n), *(xml_text(row.get(c.id, "")).strip() for c in table.columns)]
            for n, row in enumerate(arranged(table, rows_of(value)), start=1)]
    rows = rows or [[str(n)] for n in range(1, _BLANK_ROWS + 1)]
    heads = [NUMBER, *(column_label(c) for c in table.columns)]
    add_table(document, heads, rows, (2, *shares(table)), _WIDTH, size=10.5)
    add_text(document, "", _GAP)


def _opinion(document: Document, form: Form, field: Field, answers: Answers) -> None:
    table = _ruled(document, (22, 134))
    label, place = _new_row(table, 2)
    _put(label, field.label.zh, _LABEL)
    text = _text(form, field, answers)
    _put(place, text or "\n\n\n", Look(FANG_SONG, 14, pitch=25))
    for words in ("", SEAL, SIGNATURE, DAY):
        fill(place.add_paragraph(), words, Look(FANG_SONG, 14, pitch=28, align="right", right=2))
    add_text(document, "", _GAP)  # or two tables would grow together


def _ruled(document: Document, widths: Sequence[float], borders: bool = True) -> Table:
    from docx.shared import Mm

    table: Table = document.add_table(rows=0, cols=len(widths))
    if borders:
        table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _new_row(table: Table, cells: int) -> list[_Cell]:
    row: Any = table.add_row()  # type: ignore[no-untyped-call]  # python-docx is typed in part
    keep_whole(row)
    found = list(row.cells)
    for cell, column in zip(found, table.columns, strict=True):
        cell.width = column.width
    return found[:cells]


def _put(cell: _Cell, text: str, look: Look) -> None:
    """Text into a cell, a paragraph for each line."""
    first, *rest = text.split("\n")
    fill(cell.paragraphs[0], first, look)
    for line in rest:
        fill(cell.add_paragraph(), line, look)


def _underline(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, edge = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)
