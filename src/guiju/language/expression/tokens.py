"""Cuts an expression into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from guiju.source.diagnostics import Span, fail

TokenKind = Literal["number", "date", "text", "name", "keyword", "symbol", "end"]
KEYWORDS = frozenset({"and", "or", "not", "in", "under", "matches", "within", "before", "if", "then", "else", "where"})
_PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<date>\d{4}-\d{2}-\d{2})"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r'|(?P<text>"[^"]*"|“[^”]*”)'
    r"|(?P<rule>[A-Z]+\d*(?:[-.][A-Z0-9]+)+[a-z]?(?!\w))"
    r"|(?P<name>[^\W\d]\w*|[㎡]|m²)"
    r"|(?P<symbol><=|>=|!=|≥|≤|≠|[-+*/()\[\],.<>=%％（），、])"
)
_SAME = {"≥": ">=", "≤": "<=", "≠": "!=", "％": "%", "（": "(", "）": ")", "，": ",", "、": ","}


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    span: Span


def tokenize(source: str, span: Span) -> list[Token]:
    """The tokens of one line, an `end` token last. Raises GuijuError E200 at a character that has no meaning."""
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _PATTERN.match(source, position)
        place = span.shifted(position)
        if match is None:
            raise fail("E200", place, f"看不懂“{source[position]}”", f"cannot read '{source[position]}'")
        if match.lastgroup != "space":
            tokens.append(_token(str(match.lastgroup), match.group(), place))
        position = match.end()
    return [*tokens, Token("end", "", span.shifted(len(source)))]


def _token(group: str, text: str, place: Span) -> Token:
    if group == "name" and text in KEYWORDS:
        return Token("keyword", text, place)
    if group == "text":
        return Token("text", text[1:-1], place)
    if group == "symbol":
        return Token("symbol", _SAME.get(text, text), place)
    return Token("name" if group == "rule" else group, text, place)  # type: ignore[arg-type]  # the rest are kinds
