"""Numbers as a page or an address brings them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_MOST_DIGITS = 9
_HUNDREDTH = Decimal("0.01")


def whole_number(word: str) -> int | None:
    """A whole number from 0 in plain digits, nine at most; none for anything else, such as `²`, which counts as a digit
    to Python and is no number."""
    word = word.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS else None


def short_percent(percent: str) -> str:
    """A percentage to two places at most, as people read it: 66.67%, 75%. What is none stays as it is."""
    try:
        short = Decimal(percent.removesuffix("%")).quantize(_HUNDREDTH, ROUND_HALF_UP)
    except InvalidOperation:
        return percent
    return f"{short.normalize():f}%"
