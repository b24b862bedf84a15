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
        start = _begun(text, _fullest(found, width), width)
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


def _fullest(found: list[tuple[int, int]], width: int) -> int:
    """Where the window begins that shows the most of what was asked; the first of them."""
    best, start, gain, last = 0, 0, 0, 0
    for first, (begin, end) in enumerate(found):
        while last < len(found) and found[last][1] <= begin + width:
            gain += found[last][1] - found[last][0]
            last += 1
        if gain > best:
            best, start = gain, begin
        if last > first:
            gain -= end - begin
        else:
            last = first + 1
    return start


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
