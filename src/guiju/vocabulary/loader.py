"""Reads the dictionary's files and merges them into one `Vocabulary`."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_args

from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, read_document
from guiju.source.fields import as_items, as_mapping, bool_of, check_keys, text_of, texts_of
from guiju.vocabulary.model import (
    Enumeration,
    Field,
    FieldType,
    Kind,
    Member,
    Mutability,
    Number,
    RecordType,
    Unit,
    Vocabulary,
)

DATA = Path(__file__).parent / "data"
_FIELD_KEYS = {"id", "name", "en", "type", "unit", "of", "domain", "kind", "mutability", "meaning", "source",
               "absent", "asks", "not_applicable", "aliases"}
_FIELD_REQUIRED = ("id", "name", "en", "type", "kind", "mutability", "meaning", "source")
_RECORD_KEYS = {"id", "name", "en", "meaning", "source", "key", "fields"}
_DEFAULT_UNITS = {"money": "万元", "ratio": "%"}
_Entry = TypeVar("_Entry", Field, RecordType, Enumeration, Unit)


@functools.cache
def load_vocabulary(folder: Path = DATA) -> Vocabulary:
    """The dictionary in `folder`; the installed one by default.

    Raises GuijuError (E02x for shape, E03x for content) with file, line and column.
    """
    sections: dict[str, list[Mapping]] = {}
    codes: dict[str, Mapping] = {}
    for path in sorted(folder.glob("*.yaml")):
        document = as_mapping(read_document(path, path.name), Span(path.name), path.name)
        check_keys(document, {"facts", "records", "enumerations", "units", "regions", "industries"})
        for key, node in document.entries:
            if key.text in ("regions", "industries"):
                codes[key.text] = as_mapping(node, key.span, key.text)
            else:
                sections.setdefault(key.text, []).extend(as_mapping(n, key.span, key.text) for n in as_items(node))
    for section in ("units", "enumerations"):
        _refuse_repeats(sections.get(section, []))
    units = _index(_unit(m) for m in sections.get("units", []))
    enumerations = _index(_enumeration(m) for m in sections.get("enumerations", []))
    facts = [_field(m, units, enumerations) for m in sections.get("facts", [])]
    records = [_record(m, units, enumerations) for m in sections.get("records", [])]
    _refuse_clashes(facts, records)
    return Vocabulary(_index(facts), _index(records), enumerations, units, _regions(codes), _industries(codes))


def _words(entry: Field | RecordType | Enumeration | Unit) -> tuple[str, ...]:
    """Every word that finds the entry."""
    return (entry.id, entry.name, *getattr(entry, "aliases", ()))


def _index(entries: Iterable[_Entry]) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for entry in entries:
        for word in _words(entry):
            found.setdefault(word, entry)
    return found


def _refuse_repeats(entries: list[Mapping]) -> None:
    """Raise E030 where two units or two enumerations share an id."""
    seen: dict[str, Span] = {}
    for entry in entries:
        word = text_of(entry, "id")
        if word in seen:
            raise fail("E030", entry.span, f"“{word}”在 {seen[word]} 已经有了；换一个名字",
                       f"'{word}' is already declared at {seen[word]}; choose another name")
        seen[word] = entry.span


def _refuse_clashes(facts: list[Field], records: list[RecordType]) -> None:
    seen: dict[str, Field | RecordType] = {}
    entries: list[Field | RecordType] = [*facts, *records]
    for entry in entries:
        for word in set(_words(entry)):
            if word in seen:
                raise fail("E030", entry.span, f"“{word}”在 {seen[word].span} 已经有了；换一个名字",
                           f"'{word}' is already declared at {seen[word].span}; choose another name")
            seen[word] = entry


def _unit(m: Mapping) -> Unit:
    check_keys(m, {"id", "name", "en", "dimension", "per", "aliases"}, ("id", "name", "dimension", "per"))
    per = _number(m, "per")
    return Unit(text_of(m, "id"), text_of(m, "name"), text_of(m, "en"), text_of(m, "dimension"), _plain(per),
                texts_of(m, "aliases"))


def _enumeration(m: Mapping) -> Enumeration:
    check_keys(m, {"id", "name", "en", "ordered", "members", "source"}, ("id", "name", "members"))
    members = []
    for node in as_items(m.get("members")):
        member = as_mapping(node, m.span, "members")
        check_keys(member, {"id", "name", "en", "aliases"}, ("id", "name"))
        members.append(Member(text_of(member, "id"), text_of(member, "name"), text_of(member, "en"),
                              texts_of(member, "aliases")))
    if len({x.id for x in members}) < len(members) or len({x.name for x in members}) < len(members):
        raise fail("E031", m.span, "枚举成员重复", "the enumeration repeats a member")
    return Enumeration(text_of(m, "id"), text_of(m, "name"), text_of(m, "en"), bool_of(m, "ordered"), tuple(members))


def _record(m: Mapping, units: dict[str, Unit], enumerations: dict[str, Enumeration]) -> RecordType:
    check_keys(m, _RECORD_KEYS, ("id", "name", "en", "meaning", "source", "fields"))
    fields = tuple(_field(as_mapping(n, m.span, "fields"), units, enumerations) for n in as_items(m.get("fields")))
    record = RecordType(text_of(m, "id"), text_of(m, "name"), text_of(m, "en"), text_of(m, "meaning"),
                        text_of(m, "source"), (), fields, m.span)
    words = [w for f in fields for w in {f.id, f.name}]
    if len(words) != len(set(words)):
        raise fail("E030", m.span, f"“{record.name}”的字段重名", f"'{record.id}' repeats a field name")
    key = []
    for word in texts_of(m, "key"):
        found = record.field(word)
        if found is None:
            raise fail("E032", m.span, f"key 里的“{word}”不是“{record.name}”的字段", f"key '{word}' is no field")
        key.append(found.id)
    return RecordType(record.id, record.name, record.en, record.meaning, record.source, tuple(key), fields, m.span)


def _field(m: Mapping, units: dict[str, Unit], enumerations: dict[str, Enumeration]) -> Field:
    check_keys(m, _FIELD_KEYS, _FIELD_REQUIRED)
    type_ = _choice(m, "type", get_args(FieldType))
    unit = _unit_of(m, type_, units)
    enumeration = None
    if type_ == "enum":
        enumeration = enumerations.get(text_of(m, "of"))
        if enumeration is None:
            raise fail("E033", m.span, f"没有枚举“{text_of(m, 'of')}”", f"there is no enumeration '{text_of(m, 'of')}'")
    low, high = _domain(m, unit)
    return Field(text_of(m, "id"), text_of(m, "name"), text_of(m, "en"), type_,
                 _choice(m, "kind", get_args(Kind)), _choice(m, "mutability", get_args(Mutability)),
                 text_of(m, "meaning"), text_of(m, "source"), unit, enumeration, low, high,
                 _choice(m, "absent", ("", "none"), ""),
                 bool_of(m, "not_applicable"), texts_of(m, "aliases"), m.span, _choice(m, "asks", ("", "received"), ""))


def _unit_of(m: Mapping, type_: str, units: dict[str, Unit]) -> Unit | None:
    if type_ not in ("number", "money", "ratio"):
        return None
    word = text_of(m, "unit", _DEFAULT_UNITS.get(type_, ""))
    unit = units.get(word)
    if unit is None or (type_ in _DEFAULT_UNITS and unit.dimension != type_):
        raise fail("E034", m.span, f"“{text_of(m, 'name')}”的单位“{word}”不合适；见 units.yaml",
                   f"'{text_of(m, 'id')}' has no proper unit ('{word}'); see units.yaml")
    return unit


def _choice(m: Mapping, key: str, allowed: tuple[str, ...], default: str | None = None) -> Any:
    """The word under a key: one of those allowed, so of the type that names them."""
    word = text_of(m, key, default or "")
    if word in allowed:
        return word
    raise fail("E035", m.span, f"“{key}”应是 {'、'.join(filter(None, allowed))} 之一，不是“{word}”",
               f"'{key}' must be one of {', '.join(filter(None, allowed))}, not '{word}'")


def _domain(m: Mapping, unit: Unit | None) -> tuple[Number | None, Number | None]:
    node: Node | None = m.get("domain")
    if node is None:
        return None, None
    domain = as_mapping(node, m.span, "domain")
    check_keys(domain, {"min", "max"})
    per = unit.per if unit else 1
    ends = [_plain(_number(domain, k) * per) if domain.get(k) is not None else None for k in ("min", "max")]
    return ends[0], ends[1]


def _number(m: Mapping, key: str) -> Fraction:
    word = text_of(m, key)
    try:
        return Fraction(word)
    except (ValueError, ZeroDivisionError):
        raise fail("E036", m.span, f"“{key}”应是数，不是“{word}”", f"'{key}' must be a number, not '{word}'") from None


def _plain(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _regions(codes: dict[str, Mapping]) -> dict[str, str]:
    node = codes.get("regions")
    return {key.text: value.text for key, value in node.entries if hasattr(value, "text")} if node else {}


def _industries(codes: dict[str, Mapping]) -> dict[str, tuple[str, str]]:
    node = codes.get("industries")
    if node is None:
        return {}
    entries = [(key.text, as_mapping(value, key.span, key.text)) for key, value in node.entries]
    return {code: (text_of(m, "name"), text_of(m, "section", code)) for code, m in entries}
