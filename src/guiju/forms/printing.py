"""An application as a PDF: what is handed in, kept and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from guiju.forms.checking import rows_of
from guiju.forms.layout import (
    Attached,
    Block,
    Card,
    Cover,
    Grid,
    Headline,
    arranged,
    blocks,
    column_label,
    field_label,
    shares,
)
from guiju.forms.model import Answers, Field, Form, Row, Table
from guiju.papers.typesetting import settable, typeset_data
from guiju.vocabulary import load_vocabulary

_TEMPLATE = Path(__file__).parent / "templates" / "application.typ"
_FITS_A_PAGE, _FITS_A_ROW = 600, 80  # characters
_BEIJING = ZoneInfo("Asia/Shanghai")
_NO_NAMES: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the foot of each page says. `number`: of the application; `digest`: SHA-256 of what was handed in;
    `moment`: when. A `draft` says so across each page and shows no digest."""

    number: str
    digest: str = ""
    moment: dt.datetime | None = None
    draft: bool = True


def application_pdf(form: Form, answers: Answers, joint: bool, stamp: Stamp,
                    attachments: Mapping[str, Sequence[str]] = _NO_NAMES) -> bytes:
    """The form with its answers: cover, numbered sections, tables, places for seals, page numbers. `attachments`:
    the names of the attached files by field. Equal input gives equal bytes."""
    data = {"title": form.title.zh, "made_by": form.made_by, "made_in": form.made_in, "draft": stamp.draft,
            "stamp": settable(_stamp_line(stamp), 80, 20),
            "blocks": [_block(b, form, answers, attachments) for b in blocks(form, joint)]}
    return typeset_data(_TEMPLATE, data)


def shown(form: Form, field: Field, answers: Answers) -> str:
    """The text of a field on paper: of the one that it repeats, where it only shows another."""
    value = answers.get(field.same_as or field.id, "")
    return value if isinstance(value, str) else ""


def _stamp_line(stamp: Stamp) -> str:
    words = [f"编号 {stamp.number}" if stamp.number else ""]
    if stamp.draft:
        words.append("草稿，未提交")
    elif stamp.digest:
        words.append(f"SHA-256 {stamp.digest}")
    if stamp.moment is not None:
        moment = stamp.moment.astimezone(_BEIJING) if stamp.moment.tzinfo else stamp.moment
        words.append(f"{moment:%Y-%m-%d %H:%M:%S}")
    return "　".join(filter(None, words))


def _block(block: Block, form: Form, answers: Answers, names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    if isinstance(block, Cover):
        return {"kind": "cover", "fields": [_labelled(form, f, f.label.zh, answers) for f in block.fields]}
    if isinstance(block, Headline):
        return {"kind": "headline", "text": block.text, "level": block.level, "new_page": block.new_page,
                "note": block.note if block.new_page else ""}
    if isinstance(block, Card):
        return {"kind": "card", "lines": [[_labelled(form, f, field_label(f), answers) for f in line]
                                          for line in block.lines]}
    if isinstance(block, Grid):
        return _grid(block, answers)
    if isinstance(block, Attached):
        return {"kind": "attached", "lines": [settable(name) for name in names.get(block.field.id, ())] or ["（另附）"]}
    lines = _lines(shown(form, block.field, answers))
    return {"kind": type(block).__name__.lower(), "label": block.field.label.zh, "lines": lines,
            "whole": sum(map(len, lines)) < _FITS_A_PAGE}


def _labelled(form: Form, field: Field, label: str, answers: Answers) -> dict[str, Any]:
    return {"label": label, "lines": _lines(_with_name(field, shown(form, field, answers)), 16, 4)}


def _with_name(field: Field, text: str) -> str:
    """A code with what it stands for."""
    names = load_vocabulary()
    code = text.strip()
    if field.codes == "industries" and code in names.industries:
        return f"{code}　{names.industries[code][0]}"
    return f"{code}　{names.regions[code]}" if field.codes == "regions" and code in names.regions else text


def _grid(block: Grid, answers: Answers) -> dict[str, Any]:
    table = block.table
    value = answers.get(table.id, "")
    rows = arranged(table, rows_of(value))
    return {"kind": "grid", "closed": settable(value) if isinstance(value, str) else "",
            "columns": [column_label(c) for c in table.columns], "shares": list(shares(table)),
            "rows": [_row(table, row) for row in rows]}


def _row(table: Table, row: Row) -> dict[str, Any]:
    """The lines of each cell, and whether the row fits on a page and so need not be broken."""
    cells = [_lines(row.get(c.id, ""), 10 if c.kind == "date" else 6, 3) for c in table.columns]
    return {"cells": cells, "whole": max(sum(map(len, lines)) for lines in cells) < _FITS_A_ROW}


def _lines(text: str, whole: int = 30, piece: int = 6) -> list[str]:
    return [line for line in settable(text, whole, piece).split("\n") if line.strip()]
