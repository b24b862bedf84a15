"""The doors of this package: facts of one organisation from a file, a document tree or a Python mapping."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from guiju.facts.assemble import Assembly
from guiju.facts.given import Document
from guiju.facts.model import Facts, Provenance
from guiju.facts.nodes import document_of, record_of_judgement, tree_of
from guiju.facts.report import Report
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.source.document import Node, read_document, size_of, unreadable
from guiju.vocabulary.model import Vocabulary

_SIGNATURES = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"), (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"), (b"%PDF", "PDF 文件", "a PDF file"),
    (b"PK", "压缩包或 Office 文件（.xlsx、.docx、.zip）", "a zip or Office file (.xlsx, .docx, .zip)"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（.xls、.doc）或加密的工作簿",
     "an old Office file (.xls) or an encrypted one"),
)


def read_facts(path: Path, vocabulary: Vocabulary, *, known_at: dt.date | None = None) -> Facts:
    """Facts from a .yaml, .yml, .json or .xlsx file. What became known after `known_at` is left out.

    Raises GuijuError with all mistakes: E001–E007 file and document, E101 kind of file, E102 content that is not
    what the name says, E103–E120 content, E121–E125 workbook.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".json", ".xlsx"):
        raise fail("E101", Span(str(path)), f"不认识的文件类型“{suffix or path.name}”；用 .yaml、.json 或 .xlsx",
                   f"unknown kind of file '{suffix or path.name}'; use .yaml, .json or .xlsx")
    _check_signature(path, suffix)
    if suffix == ".xlsx":
        from guiju.facts.sheet import document_from_workbook

        report = Report()
        return _finish(document_from_workbook(path, vocabulary, report), vocabulary, report, known_at)
    return facts_from_node(_json(path) if suffix == ".json" else read_document(path), vocabulary, known_at=known_at)


def facts_from_node(node: Node, vocabulary: Vocabulary, *, recorded: Node | Provenance | None = None,
                    known_at: dt.date | None = None) -> Facts:
    """Facts from a document tree, such as a case's `given`. `recorded` is the default record of judgements, unless
    the tree has its own. Raises GuijuError with all mistakes."""
    report = Report()
    if recorded is not None and not isinstance(recorded, Provenance):
        cells = record_of_judgement(recorded, report)
        recorded = Assembly(vocabulary, report).provenance(cells)
    return _finish(document_of(node, vocabulary, report), vocabulary, report, known_at, recorded)


def facts_from_mapping(data: dict[str, Any], vocabulary: Vocabulary, *, recorded: Provenance | None = None,
                       known_at: dt.date | None = None) -> Facts:
    """Facts from Python data by the same rules. Floats go through their decimal text: 0.1 is exactly 1/10."""
    return facts_from_node(tree_of(data), vocabulary, recorded=recorded, known_at=known_at)


def _finish(document: Document, vocabulary: Vocabulary, report: Report, known_at: dt.date | None,
            recorded: Provenance | None = None) -> Facts:
    facts = Assembly(vocabulary, report, known_at, recorded).facts(document)
    return Facts(facts.values, facts.records, facts.provenance, report.close())


def _check_signature(path: Path, suffix: str) -> None:
    size_of(path, str(path))
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise unreadable(str(path), error) from None
    if suffix == ".xlsx" and head.startswith(b"PK\x03\x04"):
        return
    for signature, zh, en in _SIGNATURES:
        if head.startswith(signature):
            raise fail("E102", Span(str(path)), f"名字是 {suffix}，内容却是{zh}；改对扩展名，或另存为 {suffix}",
                       f"named {suffix}, but it is {en}; mend the extension, or save it as {suffix}")
    if suffix == ".xlsx":
        raise fail("E102", Span(str(path)), "名字是 .xlsx，内容却不是工作簿；在表格软件里另存为 .xlsx",
                   "named .xlsx, but it is no workbook; save it as .xlsx in a spreadsheet program")


def _json(path: Path) -> Node:
    """JSON with positions where the document reader takes it; otherwise (tabs, surrogate pairs) without."""
    try:
        return read_document(path)
    except GuijuError as error:
        if error.diagnostics[0].code != "E003":
            raise
    try:
        data = json.loads(path.read_text("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str,
                          object_pairs_hook=lambda pairs: _object(pairs, str(path)))
    except json.JSONDecodeError as error:
        raise fail("E003", Span(str(path), error.lineno, error.colno),
                   f"不是合法的 JSON（{error.msg}）；检查引号、逗号和括号",
                   f"not valid JSON: {error.msg}; check quotes, commas and brackets") from None
    except RecursionError:
        raise fail("E006", Span(str(path)), "嵌套太深", "nested too deeply") from None
    return tree_of(data, str(path))


def _object(pairs: list[tuple[str, object]], label: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise fail("E005", Span(label), f"“{key}”写了两次；只留一处", f"'{key}' is given twice; keep one")
        found[key] = value
    return found
