"""Ids of the dictionary are ASCII in snake_case: columns, JSON and the API use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.checks.dictionary import all_fields
from guiju.source.diagnostics import Diagnostic, Span
from guiju.vocabulary import Vocabulary

CODES = {"E392": "an id that is not ASCII snake_case"}
_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def check(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    places: dict[str, Span] = {}
    for entry in all_fields(vocabulary):
        places.setdefault(entry.id, entry.span)
        if entry.enumeration is not None:
            for word in (entry.enumeration.id, *(m.id for m in entry.enumeration.members)):
                places.setdefault(word, entry.span)
    for record in vocabulary.all_records():
        places.setdefault(record.id, record.span)
    for word, span in places.items():
        if not _SNAKE.fullmatch(word):
            yield found("E392", span, f"id “{word}”应是小写 ASCII 字母、数字和下划线，字母开头，例如 floor_area",
                        f"id '{word}' must be ASCII snake_case, e.g. floor_area")
