"""An official paper as a PDF to GB/T 9704."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guiju.papers.model import Block, Heading, Paper, Paragraph
from guiju.papers.typesetting import settable, typeset_data

_TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"


def paper_pdf(paper: Paper) -> bytes:
    """A4, 22 lines of 28 characters, page numbers outside, a red head on papers that have one. Fonts are the official
    ones where the machine has them, else Noto. Equal papers give equal bytes."""
    return typeset_data(_TEMPLATE, _data(paper))


def _data(paper: Paper) -> dict[str, Any]:
    return {"issuer": settable(paper.issuer), "number": settable(paper.number), "title": settable(paper.title),
            "head": "" if paper.issuer.endswith("文件") else "文件", "has_head": paper.has_head,
            "addressee": settable(paper.addressee.rstrip("：:")), "body": [_block(b) for b in paper.body],
            "signed": [settable(s) for s in paper.signed], "date": paper.dated,
            "attachments": [settable(a) for a in paper.attachments],
            "copied_to": [settable(c) for c in paper.copied_to]}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": settable(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": [line for line in settable(block.text).split("\n") if line.strip()]}
    width = len(block.columns)
    rows = [[settable(cell, 6, 3) for cell in (*row, *[""] * width)[:width]] for row in block.rows]
    return {"kind": "rows", "title": settable(block.title), "columns": [settable(c, 6, 3) for c in block.columns],
            "shares": list(block.shares) or [1] * width, "rows": rows}
