"""Traditional characters in simplified text, by opencc (the extra `documents`)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

RARE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@functools.cache
def _converter() -> Any:
    """opencc's converter, or None without the library."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    return OpenCC("t2s")


def available() -> bool:
    return _converter() is not None


@functools.lru_cache(maxsize=1 << 15)
def _outside(character: str) -> bool:
    """Whether a character is outside GB 2312: what a simplified text hardly has."""
    try:
        return not character.encode("gb2312")
    except UnicodeEncodeError:
        return True


def foreign(text: str) -> list[str]:
    """The Chinese characters of a text that are outside GB 2312."""
    if text.isascii():
        return []
    return [c for c in set(text) if _outside(c) and RARE.match(c)]


def simplified(text: str) -> Iterator[tuple[int, int, str]]:
    """Each run of characters that becomes another. A line of GB 2312 characters alone is left as it is."""
    converter = _converter()
    if converter is None or not foreign(text):
        return
    made = converter.convert(text)
    if len(made) != len(text):
        yield 0, len(text), made
        return
    start = -1
    for position in range(len(text) + 1):
        differs = position < len(text) and text[position] != made[position]
        if differs and start < 0:
            start = position
        elif not differs and start >= 0:
            yield start, position, made[start:position]
            start = -1
