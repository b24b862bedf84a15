"""Blank forms to fill in: YAML and a workbook. As written they state nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from guiju.facts.numbers import written
from guiju.vocabulary.model import Field, RecordType, Vocabulary

JUDGED = "【人工判定】"
MAX_CHOICES = 30


def template_yaml(vocabulary: Vocabulary, facts: Sequence[Field], records: Sequence[RecordType], title: str) -> str:
    """A commented YAML form for these facts and record sets; read back, it gives no facts."""
    lines = [f"# {line}" for line in (title or "事实").splitlines()]
    lines += ["# 不知道的留空即可：留空是“未知”，不是零。数量请写单位；金额写 元、万元 或 亿元；比例写 %。", "#"]
    if any(f.kind == "judgement" for f in (*facts, *(f for r in records for f in r.fields))):
        lines += ["# 标有" + JUDGED + "的由人决定，须写明判定人、日期和依据；各项相同时可在此统一写一次：",
                  "# 判定记录: {判定人: , 日期: , 依据: }", ""]
    for fact in facts:
        lines += _fact_lines(fact)
    for record in records:
        lines += _record_lines(record)
    if not facts and not records:
        lines.append("{}")
    return "\n".join(lines).rstrip() + "\n"


def write_template_xlsx(path: Path, vocabulary: Vocabulary, facts: Sequence[Field], records: Sequence[RecordType],
                        title: str) -> None:
    """A workbook form: sheet 事实, one sheet for each record set, 说明. The same input gives the same bytes."""
    from guiju.facts.template_sheet import template_bytes

    path.write_bytes(template_bytes(facts, records, title))


def allowed(entry: Field) -> str:
    """What may be filled in, for a person."""
    text = _allowed(entry)
    parts = [JUDGED if entry.kind == "judgement" else "", text, "；可填 不适用" if entry.not_applicable else ""]
    return "".join(parts)


def choices(entry: Field) -> list[str]:
    """The closed list of values, if the entry has one."""
    if entry.type == "bool":
        values = ["是", "否"]
    elif entry.enumeration is not None:
        values = [m.name for m in entry.enumeration.members]
    else:
        return []
    return [*values, "不适用"] if entry.not_applicable else values


def unit_text(entry: Field) -> str:
    return entry.unit.name if entry.unit is not None else ""


def _allowed(entry: Field) -> str:
    if entry.type == "bool":
        return "是、否"
    if entry.enumeration is not None:
        names = [m.name for m in entry.enumeration.members]
        return "、".join(names[:MAX_CHOICES]) + (f"……共 {len(names)} 项" if len(names) > MAX_CHOICES else "")
    if entry.unit is not None:
        low = "" if entry.low is None else f"不小于 {written(entry.low, entry)}"
        high = "" if entry.high is None else f"不大于 {written(entry.high, entry)}"
        return "、".join(x for x in (low, high) if x) or "数"
    return {"date": "日期，如 2024-01-24", "region": "六位行政区划代码或地名，如 120101、天津市和平区",
            "industry": "行业门类字母、大类代码或名称，如 C、35"}.get(entry.type, "文字")


def _fact_lines(fact: Field) -> list[str]:
    unit = f"；单位 {unit_text(fact)}" if fact.unit is not None else ""
    comment = [f"# {_line(fact.meaning)}", f"#   {_line(allowed(fact))}{unit}；来源 {_line(fact.source)}（{fact.id}）"]
    blank = "{值: , 判定人: , 日期: , 依据: }" if fact.kind == "judgement" else ""
    return [*comment, f"{_key(fact.name)}: {blank}".rstrip(), ""]


def _record_lines(record: RecordType) -> list[str]:
    lines = [f"# {_line(record.meaning)}；来源 {_line(record.source)}（{record.id}）",
             "#   每条一行；相同的几条可写“数量”；确实一条也没有时写 []"]
    lines.append(f"{_key(record.name)}:")
    for position, field in enumerate(record.fields):
        lead = "#  - " if position == 0 else "#    "
        blank = "；留空表示没有" if field.absent else ""
        unit = f"；单位 {unit_text(field)}" if field.unit is not None else ""
        lines.append(f"{lead}{_key(field.name)}:    # {_line(allowed(field))}{unit}；{_line(field.meaning)}{blank}")
    return [*lines, ""]


def _key(name: str) -> str:
    """A name as a YAML key, quoted where it has to be."""
    return name if re.fullmatch(r"[^\W\d][\w（）、·]*", name) else json.dumps(name, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())
