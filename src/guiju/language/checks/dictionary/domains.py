"""Domains of the dictionary: the least value is not above the greatest."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.checks.dictionary import all_fields
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary

CODES = {"E391": "a domain without values"}


def check(vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    for entry in all_fields(vocabulary):
        if entry.low is not None and entry.high is not None and entry.low > entry.high:
            yield found("E391", entry.span, f"“{entry.name}”的 domain 里 min 大于 max；对调或改正",
                        f"the domain of '{entry.id}' has min above max: mend it")
