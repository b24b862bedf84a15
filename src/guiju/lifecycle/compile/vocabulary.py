"""The dictionary as a chart sees it: the general one, the facts of the case, and what is counted."""

from __future__ import annotations

import dataclasses

from guiju.lifecycle.chart import STAGE_SINCE, TODAY
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Scalar
from guiju.source.document import Node as DocumentNode
from guiju.source.fields import as_mapping, check_keys, text_of, texts_of
from guiju.vocabulary import Enumeration, Field, Member, Unit, Vocabulary
from guiju.vocabulary.model import FieldType

FACT_KEYS = {"name", "en", "type", "unit", "of", "kind", "meaning"}
FACT_TYPES: dict[str, FieldType] = {
    "bool": "bool", "date": "date", "text": "text", "number": "number", "money": "money", "ratio": "ratio",
    "choice": "enum"}
_DEFAULT_UNITS = {"money": "万元", "ratio": "%"}


def builtin_facts() -> list[Field]:
    """What every guard may read: the day of the move, and the day on which the stage was entered."""
    return [Field(TODAY, "今日", "today", "date", "fact", "time", "本步办理之日", ""),
            Field(STAGE_SINCE, "进入本环节日", "day the stage was entered", "date", "fact", "time", "进入现环节之日",
                  "")]


def counting_fact(id_: str, name: str, vocabulary: Vocabulary, span: Span) -> Field:
    """A count that the case keeps itself."""
    return Field(id_, name, id_, "number", "fact", "time", name, "", vocabulary.units["次"], low=0, span=span)


def term_end_fact(term: str, span: Span) -> Field:
    """The last day of a term, as guards may read it."""
    return Field(f"{term}_end", f"{term}止日", f"end of {term}", "date", "fact", "time", f"{term}的末日", "", span=span)


def case_fact(key: Scalar, value: DocumentNode, vocabulary: Vocabulary, chart: str) -> Field:
    """One entry of `facts`. Raises E022, E023, E507."""
    entry = as_mapping(value, key.span, key.text)
    check_keys(entry, FACT_KEYS, {"name", "type"})
    kind, word = text_of(entry, "kind", "fact"), text_of(entry, "type")
    if word not in FACT_TYPES or kind not in ("fact", "judgement"):
        raise fail("E507", entry.span, f"事实的 type 应是 {'、'.join(FACT_TYPES)} 之一，kind 应是 fact 或 judgement",
                   f"a fact's type is one of {', '.join(FACT_TYPES)}, its kind fact or judgement")
    name = text_of(entry, "name")
    return Field(key.text, name, text_of(entry, "en", key.text), FACT_TYPES[word],
                 kind, "effort",  # type: ignore[arg-type]  # one of the two
                 text_of(entry, "meaning", name), "", _unit(entry, word, vocabulary),
                 _choice(entry, key, chart) if word == "choice" else None, span=key.span)


def _unit(entry: Mapping, word: str, vocabulary: Vocabulary) -> Unit | None:
    if word not in ("number", "money", "ratio"):
        return None
    unit = vocabulary.units.get(text_of(entry, "unit", _DEFAULT_UNITS.get(word, "")))
    if unit is None:
        raise fail("E243", entry.span, "数值要写单位 unit", "a number needs a unit")
    return unit


def _choice(entry: Mapping, key: Scalar, chart: str) -> Enumeration:
    words = texts_of(entry, "of")
    if len(words) < 2 or len(set(words)) < len(words):
        raise fail("E507", entry.span, "choice 要在 of 里列出至少两个不同的取值",
                   "a choice lists two or more values in 'of'")
    return Enumeration(f"{chart}:{key.text}", text_of(entry, "name"), key.text, False,
                       tuple(Member(w, w, w) for w in words))


def extended(vocabulary: Vocabulary, fields: list[Field]) -> Vocabulary:
    """The dictionary with the case's own facts. Raises E030 where a name is taken."""
    facts = dict(vocabulary.facts)
    enumerations = dict(vocabulary.enumerations)
    for entry in fields:
        for word in {entry.id, entry.name}:
            if word in facts or word in vocabulary.records:
                raise fail("E030", entry.span, f"“{word}”已经有了（词汇表或本图）；换一个名字",
                           f"'{word}' is taken (dictionary or chart); choose another name")
        facts[entry.id] = facts[entry.name] = entry
        if entry.enumeration is not None:
            enumerations[entry.enumeration.id] = entry.enumeration
    return dataclasses.replace(vocabulary, facts=facts, enumerations=enumerations)
