"""Numbers as a page or an address brings them."""

from __future__ import annotations

_MOST_DIGITS = 9


def whole_number(word: str) -> int | None:
    """A whole number from 0 in plain digits, nine at most; none for anything else, such as `²`, which counts as a digit
    to Python and is no number."""
    word = word.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS else None
