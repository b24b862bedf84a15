"""The list of outputs, and who is named on them (办23)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from openpyxl import load_workbook

from guiju.web.accounts.models import User
from guiju.web.files.kinds import kind_of
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import OUTPUT_KINDS, Laboratory, Output

_MOST, _WIDTH = 2000, 7
_YES, _NO = {"是", "yes", "y", "true", "1", "已"}, {"否", "no", "n", "false", "0", "未", ""}
_KINDS = {"专著": "monograph", "论文": "paper", "软件": "software", "数据库": "database", "其他": "other",
          "其他成果": "other", "专利": "patent", "转让": "transfer", "成果转让": "transfer", "奖励": "award",
          **{k: k for k in OUTPUT_KINDS}}


def add_output(laboratory: Laboratory, by: User, **fields: Any) -> Output:
    return laboratory.outputs.create(at=now(), by=by, **fields)


def take_away(laboratory: Laboratory, number: str) -> bool:
    """Take an output off the list; whether it was there."""
    return bool(laboratory.outputs.filter(public_id=number).delete()[0])


@transaction.atomic
def import_outputs(laboratory: Laboratory, by: User, uploaded: UploadedFile[Any]) -> int:
    """Add every row of a table; how many. One that is there already, by kind and title, takes the row's values.
    Raises Refused, with every row that is wrong; then nothing is added."""
    rows = list(_rows(uploaded))
    for row in rows:
        key = {"kind": row.pop("kind"), "title": row.pop("title")}
        laboratory.outputs.update_or_create(**key, defaults={**row, "at": now(), "by": by})
    return len(rows)


def _rows(uploaded: UploadedFile[Any]) -> Iterator[dict[str, Any]]:
    wrong: list[tuple[int, str, str]] = []
    found = []
    for number, cells in enumerate(_cells(uploaded), 2):
        if not any(str(c or "").strip() for c in cells):
            continue
        row, fault = _row(cells)
        if fault is None:
            found.append(row)
        else:
            wrong.append((number, *fault))
    if wrong:
        zh = "；".join(f"第 {n} 行：{zh}" for n, zh, _ in wrong[:20])
        en = "; ".join(f"row {n}: {en}" for n, _, en in wrong[:20])
        raise Refused(f"表里有 {len(wrong)} 行要改正，一行也没有收。{zh}",
                      f"{len(wrong)} rows need mending, and none was taken. {en}")
    if not found:
        raise Refused("表里没有成果", "there are no outputs in the table")
    yield from found


def _cells(uploaded: UploadedFile[Any]) -> list[tuple[Any, ...]]:
    """The rows under the heading of the first sheet."""
    content = uploaded.read()
    if kind_of(io.BytesIO(content), len(content)) != "xlsx":
        raise Refused("请传 .xlsx 表格", "send an .xlsx table")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_col=_WIDTH, max_row=_MOST + 2))
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError):
        raise Refused("表格损坏，打不开；请重新保存", "the table is damaged: save it again") from None
    if len(rows) > _MOST + 1:
        raise Refused(f"一次最多 {_MOST} 行", f"at most {_MOST} rows at once")
    return [(*row, *[None] * _WIDTH)[:_WIDTH] for row in rows[1:]]


def _row(cells: tuple[Any, ...]) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """A row as fields, or what is wrong with it."""
    kind = _KINDS.get(str(cells[0] or "").strip().lower())
    title = str(cells[1] or "").strip()
    made, named = (_yes(c) for c in cells[5:7])
    day = _day(cells[3])
    if kind is None:
        return {}, ("类别不在表内", "an unknown kind")
    if not title or len(title) > 300:
        return {}, ("没有名称，或超过 300 字", "no title, or a too long one")
    if made is None or named is None:
        return {}, ("“在实验室完成”“已署实验室名称”写是或否", "the last two columns are 是 or 否")
    if day is False:
        return {}, ("日期写成 2026-11-21", "dates are written 2026-11-21")
    return {"kind": kind, "title": title, "authors": _text(cells[2]), "on": day or None, "reference": _text(cells[4]),
            "made_here": made, "named": named}, None


def _text(cell: Any) -> str:
    return str(cell or "").strip()[:300]


def _yes(cell: Any) -> bool | None:
    word = str("" if cell is None else cell).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _day(cell: Any) -> dt.date | bool | None:
    """A date; None for an empty cell, False for what is none."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if cell is None or not str(cell).strip():
        return None
    try:
        return dt.date.fromisoformat(str(cell).strip())
    except ValueError:
        return False
