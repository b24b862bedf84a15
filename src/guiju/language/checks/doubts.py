"""Doubts about the source text say what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"W390": "a doubt without words"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    if any(not text.strip() for text in policy.unverified):
        yield found("W390", policy.span, "unverified 里有空白的一条；写明疑在哪里，或删去",
                    "'unverified' has a blank entry: say what is doubtful or delete it")
