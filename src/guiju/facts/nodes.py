"""A document tree (YAML, JSON, or a Python mapping made into one) as stated facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction

from guiju.facts.given import (
    COUNT_WORDS,
    DETAILS,
    OTHER_RECORDS_WORDS,
    RECORDED_WORDS,
    VALUE_WORDS,
    Cell,
    Document,
    Stated,
    StatedRecord,
    StatedRow,
)
from guiju.facts.numbers import decimal_text, normal
from guiju.facts.report import Report, did_you_mean, short
from guiju.facts.scalars import BLANK_WORDS, NONE_WORDS, NULL_WORDS, UNKNOWN_WORDS
from guiju.source.diagnostics import Span, fail
from guiju.source.document import MAX_DEPTH, Mapping, Node, Scalar, Sequence
from guiju.source.fields import suggestion
from guiju.vocabulary.model import RecordType, Vocabulary


def document_of(node: Node, vocabulary: Vocabulary, report: Report) -> Document:
    """Sort the entries of a mapping into facts, records and the record of judgements.

    Reports E103 for a wrong shape, E104 for a name that is not in the dictionary, E105 for an unknown detail.
    """
    if isinstance(node, Scalar) and _is_blank(node):
        return Document()
    if not isinstance(node, Mapping):
        report.add("E103", _place(node), "事实应写成“名称: 值”，一行一项",
                   "facts are written as 'name: value', one a line")
        return Document()
    facts, records, recorded, rest = [], [], {}, None
    for key, value in node.entries:
        if key.text in RECORDED_WORDS:
            recorded = record_of_judgement(value, report)
        elif key.text in OTHER_RECORDS_WORDS:
            rest = _none_other(key, value, report)
        elif (record := vocabulary.record(key.text.strip())) is not None:
            records += list(_record(key, value, record, report))
        elif vocabulary.fact(key.text.strip()) is not None:
            facts += list(_stated(key, value, report))
        else:
            unknown_name(_cell(key), vocabulary, report)
    if rest is not None:
        stated = {key.text.strip() for key, _ in node.entries}
        records += [StatedRecord(Cell(r.id, rest.span), ()) for r in vocabulary.all_records()
                    if not stated & {r.id, r.name}]
    return Document(tuple(facts), tuple(records), recorded)


def _none_other(key: Scalar, value: Node, report: Report) -> Scalar | None:
    """`其余记录: 无` says that every record set that is not listed is empty."""
    if isinstance(value, Scalar) and normal(value.text).lower() in NONE_WORDS:
        return key
    report.add("E103", _place(value), f"“{key.text}”只能写 无：没有列出的记录都没有；不清楚的请单独写 未知",
               f"'{key.text}' can only be none: records that are not listed are empty")
    return None


def record_of_judgement(node: Node, report: Report) -> dict[str, Cell]:
    """{判定人, 日期, 依据}: who judged, when, on what evidence."""
    if isinstance(node, Scalar) and _is_blank(node):
        return {}
    if not isinstance(node, Mapping):
        report.add("E103", _place(node), "判定记录应写成 {判定人: …, 日期: …, 依据: …}",
                   "the record of a judgement is {by: …, on: …, evidence: …}")
        return {}
    return _details(node, report, {"by", "on", "evidence"}, ())


def tree_of(data: object, label: str = "<facts>", depth: int = 0) -> Node:
    """Python data as a document tree: numbers go through their decimal text, dates through ISO, None is blank.

    Raises GuijuError E103 for what facts can't be, E005 for a key given twice, E006 nested too deeply.
    """
    span = Span(label)
    if depth > MAX_DEPTH:
        raise fail("E006", span, f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH}")
    if isinstance(data, dict):
        keys = [Scalar(str(k), span, True) for k in data]
        if len({k.text for k in keys}) < len(keys):
            raise fail("E005", span, "有两个键写法相同", "two keys read the same")
        return Mapping(tuple((k, tree_of(v, label, depth + 1)) for k, v in zip(keys, data.values(), strict=True)), span)
    if isinstance(data, list | tuple):
        return Sequence(tuple(tree_of(item, label, depth + 1) for item in data), span)
    return Scalar(_python_text(data, span), span, quoted=isinstance(data, str))


def _python_text(data: object, span: Span) -> str:
    if data is None:
        return ""
    if isinstance(data, bool):
        return "是" if data else "否"
    if isinstance(data, Fraction):
        text = decimal_text(data)
        if text is not None:
            return text
    elif isinstance(data, str | int | float | Decimal):
        return str(data)
    elif isinstance(data, dt.date):
        return data.isoformat()
    raise fail("E103", span, f"{data!r} 不能作为事实的值；用文字、整数、Decimal、日期，分数请带单位写成文字",
               f"{data!r} can't be the value of a fact; use text, int, Decimal, date; write a fraction as text")


def _record(key: Scalar, node: Node, record: RecordType, report: Report) -> Iterator[StatedRecord]:
    if isinstance(node, Scalar):
        word = normal(node.text).lower()
        if word in NONE_WORDS:
            report.add("N103", _cell(node), f"“{record.name}”写作“{node.text}”：理解为一条也没有",
                       f"'{record.id}' is '{node.text}': taken as an empty set")
            yield StatedRecord(_cell(key), ())
            return
        if _is_blank(node) or word in UNKNOWN_WORDS:
            return
    items = node.items if isinstance(node, Sequence) else (node,)
    yield StatedRecord(_cell(key), tuple(row for item in items for row in _row(item, record, report)))


def _row(node: Node, record: RecordType, report: Report) -> Iterator[StatedRow]:
    if isinstance(node, Scalar):
        must = [f for f in record.fields if not f.absent]
        if len(must) == 1:
            place = _cell(node)
            name = Cell(must[0].id, node.span)
            yield StatedRow(place, (Stated(name, place),))
            return
    if not isinstance(node, Mapping):
        report.add("E103", _place(node), f"“{record.name}”的一行应写成 {{字段: 值, …}}",
                   f"a row of '{record.id}' is {{field: value, …}}")
        return
    cells: list[Stated] = []
    details: dict[str, Cell] = {}
    for key, value in node.entries:
        detail = DETAILS.get(key.text.strip())
        if record.field(key.text.strip()) is None and key.text.strip() not in COUNT_WORDS and detail:
            details.update((detail, cell) for cell in _scalar(key, value, report))
        else:
            cells += list(_stated(key, value, report))
    yield StatedRow(_place(node), tuple(cells), details)


def _stated(key: Scalar, node: Node, report: Report) -> Iterator[Stated]:
    """A value, or {值: …, 来源: …}."""
    if isinstance(node, Mapping):
        value = next((v for k, v in node.entries if k.text.strip() in VALUE_WORDS), None)
        details = _details(node, report, set(DETAILS.values()), VALUE_WORDS)
        if value is not None:
            yield from (Stated(_cell(key), cell, details) for cell in _scalar(key, value, report))
        elif any(cell.text.strip() for cell in details.values()) or not node.entries:
            report.add("E103", _place(node), f"“{key.text}”没有写“值”；写成 {{值: …, 来源: …}}",
                       f"'{key.text}' has no value; write {{value: …, source: …}}")
        return
    yield from (Stated(_cell(key), cell) for cell in _scalar(key, node, report))


def _scalar(key: Scalar, node: Node, report: Report) -> Iterator[Cell]:
    if isinstance(node, Scalar):
        yield _cell(node)
    else:
        report.add("E103", _place(node), f"“{key.text}”应是一个值，不是一组", f"'{key.text}' must be a single value")


def _details(node: Mapping, report: Report, allowed: Collection[str], skip: Collection[str]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for key, value in node.entries:
        word = key.text.strip()
        detail = DETAILS.get(word)
        if word in skip:
            continue
        if detail is None or detail not in allowed:
            known = [w for w, d in DETAILS.items() if d in allowed] + list(skip)
            hint = suggestion(word, known)
            report.add("E105", _cell(key), f"不认识“{short(word)}”{hint.zh or '。可用：' + '、'.join(known)}",
                       f"unknown key '{short(word)}'{hint.en or '; known: ' + ', '.join(known)}")
        elif detail in found:
            report.add("E117", _cell(key), f"“{word}”重复；只留一处", f"'{word}' is given twice; keep one")
        else:
            found.update((detail, cell) for cell in _scalar(key, value, report))
    return found


def unknown_name(name: Cell, vocabulary: Vocabulary, report: Report) -> None:
    """Report E104 with the nearest names, or with the record sets whose field it is."""
    word = name.text.strip()
    owners = [r for r in vocabulary.all_records() if r.field(word) is not None]
    if owners:
        sets = "、".join(f"“{r.name}”" for r in owners[:5])
        report.add("E104", name, f"“{word}”是{sets}的字段，不是单位的事实；写到{sets}的行里",
                   f"'{word}' is a field of {', '.join(r.id for r in owners[:5])}; write it in a row there")
        return
    hint = did_you_mean(word, [*vocabulary.all_facts(), *vocabulary.all_records()])
    report.add("E104", name, f"“{short(word)}”不在词汇表中{hint.zh or '；用 guiju 的空白表核对名称'}",
               f"'{short(word)}' is not in the dictionary{hint.en or '; compare with a blank template'}")


def _is_blank(node: Scalar) -> bool:
    word = normal(node.text).lower()
    return word in BLANK_WORDS or (word in NULL_WORDS and not node.quoted)


def _cell(node: Scalar) -> Cell:
    return Cell(node.text, node.span, quoted=node.quoted)


def _place(node: Node) -> Cell:
    return Cell("", node.span)
