"""The static check of a form's data: what would only show when somebody fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guiju.forms.model import Field, Form, Item, Section, Table
from guiju.source.diagnostics import CONTROL, Diagnostic, Span, Text
from guiju.source.fields import suggestion
from guiju.vocabulary import Vocabulary
from guiju.vocabulary.model import FieldType

_ID = re.compile(r"[a-z][a-z0-9_]*")
_FITTING: dict[str, tuple[FieldType, ...]] = {
    "line": ("text",), "text": ("text",), "phone": ("text",), "email": ("text",), "postcode": ("text",),
    "code": ("text", "industry", "region"), "choice": ("enum",), "date": ("date",), "number": ("number", "ratio"),
    "money": ("money",), "yesno": ("bool",)}
_CODED: dict[str, FieldType] = {"industries": "industry", "regions": "region", "credit_code": "text"}
_LONG = ("line", "text", "opinion")


def lint(form: Form, vocabulary: Vocabulary) -> list[Diagnostic]:
    """Everything wrong with a form, in file order: E652 ids, E654 words of the dictionary, E655 kinds and types,
    E656 limits, E657 choices, patterns and codes, E658 references and sources, E659 texts."""
    found = [*_ids("节", "section", form.sections), *_ids("栏", "field", (i for s in form.sections for i in s.items))]
    for section in form.sections:
        found += [*_texts(section.title, section.span), *_sources(section, form)]
        for item in section.items:
            found += _table(item, vocabulary) if isinstance(item, Table) else _field(item, vocabulary)
            found += _references(item, form)
    return sorted(found, key=lambda d: (d.span.line, d.span.column))


def _wrong(code: str, span: Span, zh: str, en: str) -> Diagnostic:
    return Diagnostic(code, span, Text(zh, en))


def _ids(zh: str, en: str, things: Iterable[Item | Section]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for thing in things:
        if not _ID.fullmatch(thing.id):
            yield _wrong("E652", thing.span, f"{zh}的 id“{thing.id}”应由小写字母、数字和下划线组成",
                         f"the {en}'s id '{thing.id}' must be lower-case letters, digits and underscores")
        if thing.id in seen:
            yield _wrong("E652", thing.span, f"{zh}的 id“{thing.id}”重复；换一个", f"the {en} id '{thing.id}' is taken")
        seen.add(thing.id)


def _texts(text: Text, span: Span) -> Iterator[Diagnostic]:
    if not text.zh.strip() or not text.en.strip():
        yield _wrong("E659", span, "名称要有中文和英文：{zh: …, en: …}", "a name needs both: {zh: …, en: …}")
    if CONTROL.search(text.zh + text.en):
        yield _wrong("E659", span, "名称里有坏字符；删去", "the name has broken characters: take them out")


def _table(table: Table, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    yield from _texts(table.label, table.span)
    yield from _ids("列", "column", table.columns)
    if not table.columns:
        yield _wrong("E655", table.span, "表至少要有一列", "a table needs a column")
    if table.record and vocabulary.record(table.record) is None:
        hint = suggestion(table.record, (r.name for r in vocabulary.all_records()))
        yield _wrong("E654", table.span, f"词汇表没有记录“{table.record}”{hint.zh}",
                     f"the dictionary has no record '{table.record}'{hint.en}")
    if table.most_rows is not None and table.most_rows < 1:
        yield _wrong("E656", table.span, "行数上限应大于 0", "the most rows must be positive")
    for column in table.columns:
        yield from _field(column, vocabulary, table)
    facts = [c.fact for c in table.columns if c.fact]
    yield from (_wrong("E652", table.span, f"两列都对应“{fact}”", f"two columns state '{fact}'")
                for fact in {f for f in facts if facts.count(f) > 1})
    yield from (_wrong("E658", table.span, f"arranged_by 里的“{word}”不是本表的列", f"'{word}' is no column here")
                for word in table.arranged_by if table.column(word) is None)


def _field(field: Field, vocabulary: Vocabulary, table: Table | None = None) -> Iterator[Diagnostic]:
    yield from _texts(field.label, field.span)
    if field.limit is not None and field.limit < 1:
        yield _wrong("E656", field.span, "字数上限应大于 0", "a limit must be positive")
    if field.limit is not None and field.kind not in _LONG:
        yield _wrong("E656", field.span, f"{field.kind} 没有字数上限", f"a {field.kind} has no limit of characters")
    if table is not None and field.kind in ("attachment", "opinion"):
        yield _wrong("E655", field.span, f"列不能是 {field.kind}", f"a column can't be of kind {field.kind}")
    yield from _word(field, vocabulary, table)
    yield from _detail(field, vocabulary)


def _word(field: Field, vocabulary: Vocabulary, table: Table | None) -> Iterator[Diagnostic]:
    if not field.fact:
        return
    record = vocabulary.record(table.record) if table else None
    if table is not None and not table.record:
        yield _wrong("E654", field.span, "表没有写 record，列就不能写 fact",
                     "a column of a table without record has no fact")
        return
    if table is not None and record is None:
        return  # said of the table
    fact = record.field(field.fact) if record else vocabulary.fact(field.fact)
    if fact is None:
        known = record.fields if record else vocabulary.all_facts()
        hint = suggestion(field.fact, (f.name for f in known))
        yield _wrong("E654", field.span, f"词汇表没有“{field.fact}”{hint.zh}",
                     f"the dictionary has no '{field.fact}'{hint.en}")
    elif fact.type not in _FITTING.get(field.kind, ()):
        yield _wrong("E655", field.span, f"“{fact.name}”的类型是 {fact.type}，不能用 {field.kind} 填",
                     f"'{fact.id}' is of type {fact.type}; a {field.kind} can't state it")
    elif fact.enumeration is not None and any(fact.enumeration.index(c) is None for c in field.choices):
        yield _wrong("E657", field.span, f"选项里有“{fact.name}”没有的项", f"a choice is no member of '{fact.id}'")


def _detail(field: Field, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    if (field.kind == "choice") != bool(field.choices) and not field.fact:
        yield _wrong("E657", field.span, "choice 要有选项，别的不能有",
                     "a choice needs choices, nothing else may have any")
    if len(set(field.choices)) < len(field.choices):
        yield _wrong("E657", field.span, "选项重复", "a choice is given twice")
    if (field.kind == "code") != bool(field.codes or field.pattern):
        yield _wrong("E657", field.span, "code 要写 codes 或 pattern，别的不能写",
                     "a code needs codes or a pattern, nothing else")
    if field.codes and field.entry is not None and field.fact and field.entry.type != _CODED[field.codes]:
        yield _wrong("E655", field.span, f"{field.codes} 与“{field.entry.name}”的类型不合",
                     f"{field.codes} does not fit the type of '{field.entry.id}'")
    if field.kind in ("number", "money") and field.unit not in vocabulary.units:
        yield _wrong("E655", field.span, f"没有单位“{field.unit}”", f"there is no unit '{field.unit}'")
    elif field.unit and field.entry is not None and (
            field.entry.unit is None or field.entry.unit.dimension != vocabulary.units[field.unit].dimension):
        yield _wrong("E655", field.span, f"单位“{field.unit}”不合适", f"the unit '{field.unit}' does not fit")
    try:
        re.compile(field.pattern)
    except re.error as error:
        yield _wrong("E657", field.span, f"pattern 写错了：{error}", f"the pattern is wrong: {error}")


def _sources(section: Section, form: Form) -> Iterator[Diagnostic]:
    """A section of the form itself says where it stands in the source; keys of other sources are the policy's."""
    declared = {clause.key for clause in form.clauses}
    for key in section.clauses:
        if form.source and key.startswith(form.source) and key not in declared:
            yield _wrong("E658", section.span, f"clauses 里没有“{key}”；写明它在原文的哪几行",
                         f"'{key}' is not among the clauses: say on which lines it stands")
    if form.source and not section.ours and not section.clauses:
        yield _wrong("E658", section.span, "没有写出处（clauses）", "clauses are missing: where is the section from?")


def _references(item: Item, form: Form) -> Iterator[Diagnostic]:
    if isinstance(item, Field) and item.same_as:
        found = form.find(item.same_as)
        if not isinstance(found, Field):
            yield _wrong("E658", item.span, f"same_as 的“{item.same_as}”不是本表的栏",
                         f"'{item.same_as}' is no field here")
