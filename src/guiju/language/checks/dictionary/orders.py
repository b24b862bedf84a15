"""Ordered enumerations have something to order."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.checks.dictionary import all_fields
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary

CODES = {"W395": "an ordered enumeration of fewer than two members"}


def check(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    seen = set()
    for entry in all_fields(vocabulary):
        enumeration = entry.enumeration
        if enumeration is None or enumeration.id in seen:
            continue
        seen.add(enumeration.id)
        if enumeration.ordered and len(enumeration.members) < 2:
            yield found("W395", entry.span, f"枚举“{enumeration.name}”只有一个成员，谈不上高低；补成员，或删去 ordered",
                        f"enumeration '{enumeration.id}' has one member and no order: add members or drop 'ordered'")
