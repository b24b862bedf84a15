"""What import passes along: a line as the file has it, a repair, a doubt, a paragraph made of lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line without its end. `page` is 0 where the format has no pages. `doubts`: what its format could not give,
    as kind and words."""

    number: int
    text: str
    page: int = 0
    doubts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One change: at `column` (from 0) of the line as it then stood, `before` became `after`, by `rule`.

    The repairs of a line stand in the order in which they were made, so that `undone` gets the line back.
    """

    line: int
    column: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that was left as it is and wants a person's eye."""

    line: int
    kind: str
    text: str


@dataclass(slots=True)
class Piece:
    """What one line gives to a paragraph."""

    line: int
    text: str


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, heading or table. `table` where its lines have tabs."""

    pieces: list[Piece]
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    page: int = 0
    table: bool = False

    @property
    def text(self) -> str:
        return ("\n" if self.table else "").join(p.text for p in self.pieces)

    @property
    def first(self) -> int:
        return self.pieces[0].line

    @property
    def last(self) -> int:
        return self.pieces[-1].line


def undone(text: str, repairs: Iterable[Repair]) -> str:
    """The line as it was before its repairs."""
    for repair in reversed(list(repairs)):
        end = repair.column + len(repair.after)
        text = text[:repair.column] + repair.before + text[end:]
    return text
