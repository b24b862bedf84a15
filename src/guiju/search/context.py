"""The part of a text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.search.folding import folded

WIDTH = 90
_STARTS = re.compile("[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Context:
    """A piece of a text on one line; `ranges`: where in it the words stand; whether text was left out at its ends."""

    text: str
    ranges: tuple[tuple[int, int], ...]
    before: bool = False
    after: bool = False


def context_of(text: str, marks: Sequence[str], width: int = WIDTH) -> Context:
    """The window with the most different marks, long ones first; begun with a sentence where that is near."""
    found = _found(folded(text), marks)
    start = 0
    if len(text) > width:
        start = max((_gain(found, first, width), -first) for first in [0, *(b for b, _ in found)])[1] * -1
        start = _begun(text, start, width)
    end = min(len(text), start + width)
    inside = _merged([(max(a, start) - start, min(b, end) - start) for a, b in found if b > start and a < end])
    return Context(text[start:end].replace("\n", " ").replace("\t", " "), inside, start > 0, end < len(text))


def _found(text: str, marks: Sequence[str]) -> list[tuple[int, int]]:
    """Where the marks stand, the longest first where they overlap."""
    places: list[tuple[int, int]] = []
    if marks:
        pattern = re.compile("|".join(map(re.escape, sorted(marks, key=len, reverse=True))))
        places = [m.span() for m in pattern.finditer(text)]
    return places


def _gain(found: list[tuple[int, int]], start: int, width: int) -> int:
    """How much of what was asked a window shows."""
    return sum(b - a for a, b in found if a >= start and b <= start + width)


def _begun(text: str, start: int, width: int) -> int:
    """Back to the beginning of the sentence, where a third of the window is enough for that; else a little back."""
    room = width // 3
    ends = [m.end() for m in _STARTS.finditer(text, max(0, start - room), start)]
    if start <= room:
        return 0
    return ends[0] if ends else max(0, start - room // 3)


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if made and first <= made[-1][1]:
            made[-1] = (made[-1][0], max(last, made[-1][1]))
        else:
            made.append((first, last))
    return tuple(made)
