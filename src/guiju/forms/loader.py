"""Reads a form's data file."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from guiju.forms.entries import entry_of
from guiju.forms.model import Clause, Codes, Field, Form, Item, Kind, Section, Table
from guiju.source.diagnostics import GuijuError, Span, Text, fail
from guiju.source.document import Mapping, Node, read_document
from guiju.source.fields import (
    as_items,
    as_mapping,
    bilingual,
    bool_of,
    check_keys,
    int_of,
    suggestion,
    text_of,
    texts_of,
)
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.model import RecordType

DATA = Path(__file__).parent / "data"
_FORM = {"id", "title", "made_by", "made_in", "source", "clauses", "sections"}
_SECTION = {"id", "number", "part", "title", "note", "ours", "only_joint", "clauses", "items"}
_COMMON = {"id", "number", "label", "help", "required", "only_joint"}
_FIELD = _COMMON | {"kind", "limit", "choices", "pattern", "codes", "fact", "unit", "months", "same_as",
                    "by_recommender", "beside"}
_TABLE = _COMMON | {"columns", "record", "most_rows", "our_columns", "arranged_by"}


def form_ids(folder: Path = DATA) -> tuple[str, ...]:
    """The ids of all forms that are there."""
    return tuple(sorted(p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.yaml")))


@functools.cache
def load_form(form_id: str, folder: Path = DATA) -> Form:
    """The form of this id. Raises GuijuError: E651 no such form, E02x shape, E652–E659 content (see `lint`)."""
    from guiju.forms.lint import lint

    if form_id not in form_ids(folder):
        hint = suggestion(form_id, form_ids(folder))
        raise fail("E651", Span(form_id), f"没有表单“{form_id}”{hint.zh}", f"there is no form '{form_id}'{hint.en}")
    path = folder / f"{form_id}.yaml"
    form = read_form(path, load_vocabulary(), path.name)
    if form.id != form_id:
        raise fail("E652", form.span, f"表单写着 id: {form.id}，文件却在 {form_id}；改成一致",
                   f"the form says id: {form.id}, but its file is {form_id}; make them agree")
    found = lint(form, load_vocabulary())
    if found:
        raise GuijuError(found)
    return form


def read_form(path: Path, vocabulary: Vocabulary, label: str = "") -> Form:
    """A form from any file, its shape checked only. Raises as `read_document` and E02x."""
    document = as_mapping(read_document(path, label or str(path)), Span(label), "form")
    check_keys(document, _FORM, ("id", "title", "sections"))
    sections = tuple(_section(as_mapping(n, document.span, "sections"), vocabulary)
                     for n in as_items(document.get("sections")))
    return Form(text_of(document, "id"), _text(document, "title"), hashlib.sha256(path.read_bytes()).hexdigest(),
                sections, text_of(document, "made_by"), text_of(document, "made_in"), text_of(document, "source"),
                tuple(_clauses(document)), document.span)


def _clauses(document: Mapping) -> Iterator[Clause]:
    declared = document.get("clauses")
    if declared is None:
        return
    for key, node in as_mapping(declared, document.span, "clauses").entries:
        m = as_mapping(node, key.span, key.text)
        check_keys(m, {"zh", "en", "lines"}, ("zh", "lines"))
        yield Clause(key.text, Text(text_of(m, "zh"), text_of(m, "en")), text_of(m, "lines"))


def _section(m: Mapping, vocabulary: Vocabulary) -> Section:
    check_keys(m, _SECTION, ("id", "number", "title", "items"))
    items = tuple(_item(as_mapping(n, m.span, "items"), vocabulary) for n in as_items(m.get("items")))
    return Section(text_of(m, "id"), text_of(m, "number"), _text(m, "title"), items, _text(m, "part"),
                   _text(m, "note"), bool_of(m, "ours"), bool_of(m, "only_joint"), texts_of(m, "clauses"), m.span)


def _item(m: Mapping, vocabulary: Vocabulary) -> Item:
    return _field(m, vocabulary) if m.get("columns") is None else _table(m, vocabulary)


def _table(m: Mapping, vocabulary: Vocabulary) -> Table:
    check_keys(m, _TABLE, ("id", "label", "columns"))
    word = text_of(m, "record")
    record = vocabulary.record(word) if word else None
    columns = tuple(_field(as_mapping(n, m.span, "columns"), vocabulary, record, bool(word))
                    for n in as_items(m.get("columns")))
    return Table(text_of(m, "id"), _text(m, "label"), columns, record.id if record else word,
                 int_of(m, "most_rows") if m.get("most_rows") is not None else None, bool_of(m, "our_columns"),
                 bool_of(m, "required"), bool_of(m, "only_joint"), _text(m, "help"), texts_of(m, "arranged_by"),
                 text_of(m, "number"), m.span)


def _field(m: Mapping, vocabulary: Vocabulary, record: RecordType | None = None, in_record: bool = False) -> Field:
    check_keys(m, _FIELD, ("id", "label", "kind"))
    word = text_of(m, "fact")
    fact = record.field(word) if record else None if in_record else vocabulary.fact(word)
    kind = _one_of(m, "kind", get_args(Kind))
    choices = texts_of(m, "choices")
    if fact is not None and fact.enumeration is not None and not choices:
        choices = tuple(member.name for member in fact.enumeration.members)
    field = Field(text_of(m, "id"), _text(m, "label"), cast(Kind, kind),
                  int_of(m, "limit") if m.get("limit") is not None else None, bool_of(m, "required"),
                  bool_of(m, "only_joint"), _text(m, "help"), choices, text_of(m, "pattern"),
                  cast(Codes, _one_of(m, "codes", get_args(Codes))), fact.id if fact else word,
                  text_of(m, "unit"), bool_of(m, "months"), text_of(m, "same_as"), bool_of(m, "by_recommender"),
                  text_of(m, "number"), bool_of(m, "beside"), None, m.span)
    return entry_of(field, fact, vocabulary)


def _one_of(m: Mapping, key: str, allowed: tuple[str, ...]) -> str:
    word = text_of(m, key)
    if word in allowed:
        return word
    node: Node = m.get(key) or m
    raise fail("E653", node.span, f"“{key}”应是 {'、'.join(filter(None, allowed))} 之一，不是“{word}”",
               f"'{key}' must be one of {', '.join(filter(None, allowed))}, not '{word}'")


def _text(m: Mapping, key: str) -> Text:
    return bilingual(m.get(key), m.span, key)
