"""Whom a policy addresses, in both languages."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from guiju.book.page import said
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, Text
from guiju.source.document import read_document
from guiju.source.fields import as_mapping, as_scalar

_NAMES = Path(__file__).parent / "data" / "audiences.yaml"


def audience_text(word: str) -> Text:
    """A word of a policy's `audience`; without English where the list has none."""
    return Text(word, _english().get(word, ""))


def audiences_said(words: Sequence[str], say: Voice) -> str:
    """All of them, as HTML."""
    return say("、", ", ").join(said(audience_text(word), say) for word in words)


@functools.cache
def _english() -> dict[str, str]:
    names = as_mapping(read_document(_NAMES, _NAMES.name), Span(_NAMES.name), _NAMES.name)
    return {key.text: as_scalar(node, key.text).text for key, node in names.entries}
