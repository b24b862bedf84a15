"""The list of outputs, and who is named on them (办23)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guiju.facts.given import Cell
from guiju.facts.report import Report
from guiju.facts.workbook import sheets_in
from guiju.source.diagnostics import GuijuError, Span
from guiju.web.accounts.models import User
from guiju.web.files.kinds import kind_of
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import OUTPUT_KINDS, Laboratory, Output

_MOST, _WIDTH, _LARGEST = 2000, 7, 5  # rows, columns, megabytes
LONGEST = 300
TITLE, AUTHORS, REFERENCE = ("名称", "title"), ("作者或完成人", "list of authors"), ("编号或出处", "reference")
_YES, _NO = {"是", "yes", "y", "true", "1", "已"}, {"否", "no", "n", "false", "0", "未"}
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
    for number, cells in _cells(uploaded):
        if not any(cells):
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


def _cells(uploaded: UploadedFile[Any]) -> list[tuple[int, list[str]]]:
    """The filled rows under the heading of the first sheet, with their numbers."""
    too_large = (uploaded.size or 0) > _LARGEST << 20
    content = b"" if too_large else uploaded.read()
    if too_large or kind_of(io.BytesIO(content), len(content)) != "xlsx":
        raise Refused(f"只收 {_LARGEST} MB 以内的 .xlsx 文件", f"only .xlsx files up to {_LARGEST} MB are taken")
    report = Report()
    try:
        sheets = sheets_in(content, "xlsx", report)
        report.close()
    except GuijuError as error:
        wrong = error.diagnostics[0]
        at = f"{wrong.cell}：" if wrong.cell else ""
        raise Refused(f"{at}{wrong.message.zh}", f"{at}{wrong.message.en}") from None
    rows = {n: cells for n, cells in sheets[0].rows.items() if n > 1} if sheets else {}
    if len(rows) > _MOST:
        raise Refused(f"一次最多 {_MOST} 行", f"at most {_MOST} rows at once")
    empty = Cell("", Span("xlsx"))
    return [(n, [rows[n].get(place, empty).text.strip() for place in range(1, _WIDTH + 1)]) for n in sorted(rows)]


def _row(cells: list[str]) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """A row as fields, or what is wrong with it."""
    kind, title = _KINDS.get(cells[0].lower()), cells[1]
    made, named = (_yes(c) for c in cells[5:7])
    day = _day(cells[3])
    if kind is None:
        return {}, ("类别不在表内", "an unknown kind")
    if not title:
        return {}, ("没有名称", "no title")
    if long := next(((what, len(cell)) for what, cell in ((TITLE, title), (AUTHORS, cells[2]), (REFERENCE, cells[4]))
                     if len(cell) > LONGEST), None):
        (zh, en), length = long
        return {}, (f"{zh}太长：最多 {LONGEST} 字，现有 {length} 字",
                    f"the {en} is too long: {LONGEST} characters at most, there are {length}")
    if made is None or named is None:
        return {}, ("“在实验室完成”“已署实验室名称”写是或否", "the last two columns are 是 or 否")
    if day is False:
        return {}, ("日期写成 2026-11-21", "dates are written 2026-11-21")
    return {"kind": kind, "title": title, "authors": cells[2], "on": day or None, "reference": cells[4],
            "made_here": made, "named": named}, None


def _yes(cell: str) -> bool | None:
    word = cell.lower()
    return True if word in _YES else False if word in _NO else None


def _day(cell: str) -> dt.date | bool | None:
    """A date; None for an empty cell, False for what is none."""
    if not cell:
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        return False
