"""Facts with the answers of a dialogue, written as a YAML facts file."""

from __future__ import annotations

import json
from collections.abc import Mapping as Map
from pathlib import Path
from typing import Any

import yaml

from guiju.cli.answers import Answers
from guiju.facts.given import DETAILS, Cell, Document, Stated, StatedRow
from guiju.facts.nodes import document_of, tree_of
from guiju.facts.numbers import normal
from guiju.facts.report import Report
from guiju.source.diagnostics import Span, fail
from guiju.source.document import read_document
from guiju.vocabulary import RecordType, Vocabulary

_WORDS = {key: word for word, key in reversed(DETAILS.items()) if not word.isascii()}


def save(path: Path, source: Path, answers: Answers) -> None:
    """Write what `source` states together with the answers. Raises GuijuError E001."""
    data = _stated(_document(source, answers.vocabulary), answers)
    data.update(answers.given)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    try:
        path.write_text(f"# {source.name} 加上 guiju ask 的答案\n{text}", encoding="utf-8")
    except OSError as error:
        raise fail("E001", Span(str(path)), f"写不了文件：{error.strerror}",
                   f"cannot write: {error.strerror}") from None


def _document(path: Path, vocabulary: Vocabulary) -> Document:
    """What the file states; it was read once already, without error."""
    report = Report()
    if path.suffix.lower() == ".xlsx":
        from guiju.facts.sheet import document_from_workbook

        return document_from_workbook(path, vocabulary, report)
    if path.suffix.lower() == ".json":
        data = json.loads(path.read_text("utf-8-sig"), parse_float=str, parse_int=str)
        return document_of(tree_of(data, str(path)), vocabulary, report)
    return document_of(read_document(path), vocabulary, report)


def _stated(document: Document, answers: Answers) -> dict[str, Any]:
    vocabulary = answers.vocabulary
    data: dict[str, Any] = {}
    if document.recorded:
        data["判定记录"] = _details(document.recorded)
    for stated in document.facts:
        entry = vocabulary.fact(stated.name.text.strip())
        if entry is not None:
            data[entry.name] = _value(stated)
    for set_ in document.records:
        record = vocabulary.record(set_.name.text.strip())
        if record is not None:
            data[record.name] = _rows(set_.rows, record, answers)
    return data


def _value(stated: Stated) -> Any:
    text = stated.value.text.strip()
    return {"值": text, **_details(stated.details)} if stated.details else text


def _details(details: Map[str, Cell]) -> dict[str, str]:
    return {_WORDS[key]: cell.text.strip() for key, cell in details.items() if cell.text.strip()}


def _rows(rows: tuple[StatedRow, ...], record: RecordType, answers: Answers) -> list[dict[str, Any]]:
    """Each row by itself, since answers are about single rows."""
    made: list[dict[str, Any]] = []
    for row in rows:
        cells: dict[str, Any] = {}
        count = 1
        for stated in row.cells:
            field = record.field(stated.name.text.strip())
            if field is not None:
                cells[field.name] = _value(stated)
            elif normal(stated.value.text).isdecimal():
                count = int(normal(stated.value.text))
        cells.update(_details(row.details))
        made += [dict(cells) for _ in range(count)]
    for (owner, number, name), value in answers.cells.items():
        if owner == record.id:
            made[number - 1][name] = value
    return made
