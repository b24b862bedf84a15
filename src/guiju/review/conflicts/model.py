"""What a conflict is, and how a round says what each rule does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from guiju.source.diagnostics import Text

Mode = Literal["off", "hint", "bar"]
Strength = Literal["discloses", "bars"]
EXTENSION = "项目扩展：来源没有回避规则（laboratory-and-national 1.6 C7），默认只提示"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a round makes of one rule. `off`: not asked; `hint`: a tie is shown; `bar`: it keeps the expert out.

    `basis`: the clause of the round's rules; a `bar` needs one. `years`: how far back `recent_employment` looks.
    """

    mode: Mode = "hint"
    basis: str = EXTENSION
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The round's rules of recusal. `on`: the day for which "recent" and "present" are told, as a rule the first day
    of review. A rule that `settings` leaves out is a hint, as the project's specification has it."""

    on: dt.date
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def of(self, rule: str) -> Setting:
        return self.settings.get(rule, Setting())


@dataclass(frozen=True, slots=True)
class Declaration:
    """A tie that someone declared: the expert himself, an applicant, a third person (`by`).

    It is about one application (`application`), or about everything that an organisation (`organisation`: its code)
    takes part in. `relation`: in the words of whoever declared it (亲属, 师生, 经济利益 …).
    """

    expert: str
    relation: str
    application: str = ""
    organisation: str = ""
    by: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One datum on which a conflict rests: what it is, and its value as recorded."""

    what: Text
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A tie between an expert and an application. `basis`: the clause by which the round asks for it."""

    rule: str
    expert: str
    application: str
    strength: Strength
    reason: Text
    evidence: tuple[Evidence, ...]
    basis: str

    @property
    def pair(self) -> tuple[str, str]:
        return (self.expert, self.application)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a rule could not tell. `about`: an expert, an application, or "" for the rule as a whole.

    A gap is not "no conflict": someone has to fill it, or to look.
    """

    rule: str
    about: str
    text: Text
    lift: Text


@dataclass(frozen=True, slots=True)
class Findings:
    """All conflicts and all gaps of a round, in a fixed order."""

    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]

    def barred(self) -> frozenset[tuple[str, str]]:
        """The pairs (expert, application) that some rule bars."""
        return frozenset(c.pair for c in self.conflicts if c.strength == "bars")

    def of(self, expert: str, application: str) -> tuple[Conflict, ...]:
        """The conflicts of one pair."""
        return tuple(c for c in self.conflicts if c.pair == (expert, application))
