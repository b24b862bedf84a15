"""Refusals are data: what stands in the way, under which clause, and what would lift it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from guiju.source.diagnostics import Text

Code = Literal["move", "thread", "time", "stage", "role", "barred", "banned", "late", "loop", "guard", "objection",
               "early", "notice", "open", "unknown", "input", "documents", "decision"]
CODES: tuple[Code, ...] = get_args(Code)  # the gravest first


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way. `about`: the id of the guard, term, notice, loop, fact … that it concerns."""

    code: Code
    about: str
    text: Text
    clauses: tuple[str, ...]
    lift: Text


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What an ambiguity's other reading would make of it: the codes that would remain; none: the move would be let."""

    parameter: str
    name: str
    value: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A move that was not made. `reasons`, gravest first, are never empty."""

    move: str
    reasons: tuple[Reason, ...]
    readings: tuple[OtherReading, ...] = ()

    @property
    def code(self) -> Code:
        return self.reasons[0].code

    @property
    def text(self) -> Text:
        return self.reasons[0].text

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.reasons[0].clauses

    @property
    def lift(self) -> Text:
        return self.reasons[0].lift


def refusal(move: str, reasons: list[Reason], readings: tuple[OtherReading, ...] = ()) -> Refusal:
    """A refusal with its reasons in order of gravity."""
    return Refusal(move, tuple(sorted(reasons, key=lambda r: CODES.index(r.code))), readings)
