"""An official paper as .docx, with the official fonts named and lines at their exact pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiju.papers.model import Block, Heading, Paper, Paragraph, Rows
from guiju.papers.wordparts import (
    FANG_SONG,
    HEI,
    KAI,
    RED,
    TITLE,
    Look,
    add_table,
    add_text,
    new_document,
    number_pages,
    rule,
    saved,
)

if TYPE_CHECKING:
    from docx.document import Document

_PITCH = 28.95  # points from line to line: 22 lines on 225 mm
_BODY = Look(FANG_SONG, 16, pitch=_PITCH, indent=2, tracking=-0.25)
_FLAT = Look(FANG_SONG, 16, pitch=_PITCH, tracking=-0.25)
_CENTRED = Look(FANG_SONG, 16, pitch=_PITCH, align="center")
_HEADINGS = {1: Look(HEI, 16, pitch=_PITCH, indent=2, with_next=True),
             2: Look(KAI, 16, pitch=_PITCH, indent=2, with_next=True)}


def paper_docx(paper: Paper) -> bytes:
    """The same layout as `paper_pdf`, for further work in a word processor. Equal papers give equal bytes."""
    document = new_document(margins=(37, 35, 28, 26), pitch=_PITCH, title=paper.title)
    _head(document, paper)
    add_text(document, paper.title, Look(TITLE, 22, pitch=35, align="center", bold=True))
    add_text(document, "", _FLAT)
    if paper.addressee:
        add_text(document, f"{paper.addressee.rstrip('：:')}：", _FLAT)
    for block in paper.body:
        _add(document, block)
    _tail(document, paper)
    number_pages(document)
    return saved(document)


def _head(document: Document, paper: Paper) -> None:
    if paper.has_head:
        head = paper.issuer if paper.issuer.endswith("文件") else f"{paper.issuer}文件"
        add_text(document, head, Look(TITLE, 32, align="center", bold=True, colour=RED, before=99))
        add_text(document, "", _FLAT)
        rule(add_text(document, paper.number, _CENTRED), RED, width=2)
        add_text(document, "", _FLAT)
    elif paper.number:
        add_text(document, paper.number, Look(FANG_SONG, 16, pitch=_PITCH, align="right"))


def _add(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        add_text(document, block.text, _HEADINGS.get(block.level, _BODY))
    elif isinstance(block, Paragraph):
        for line in filter(str.strip, block.text.splitlines()):
            add_text(document, line, _BODY)
    else:
        _rows(document, block)


def _rows(document: Document, block: Rows) -> None:
    if block.title:
        add_text(document, block.title, Look(HEI, 14, pitch=_PITCH, align="center", with_next=True))
    add_table(document, block.columns, block.rows, block.shares or (1,) * len(block.columns), width=156)


def _tail(document: Document, paper: Paper) -> None:
    for number, title in enumerate(paper.attachments, start=1):
        if number == 1:
            add_text(document, "", _FLAT)
        mark = f"{number}." if len(paper.attachments) > 1 else ""
        add_text(document, f"{'附件：' if number == 1 else '　　　'}{mark}{title}", _BODY)
    if paper.signed or paper.date:
        add_text(document, "", _FLAT)
        add_text(document, "", _FLAT)
    for line in (*paper.signed, paper.dated):
        if line:
            add_text(document, line, Look(FANG_SONG, 16, pitch=_PITCH, align="right", right=4))
    if paper.copied_to:
        add_text(document, "", _FLAT)
        last = add_text(document, f"抄送：{'，'.join(paper.copied_to)}。", Look(FANG_SONG, 14, pitch=_PITCH))
        rule(last, "000000", width=1, above=True)
