"""A chart after compilation: the procedure of one programme as data."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any, Literal

from guiju.language.ir import Graph, Node
from guiju.language.policy import CitedDocument, Clause, Condition, Parameter, Policy
from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import Field, Vocabulary

SYSTEM = "SYSTEM"
START = "start"
REGISTER = "register"  # what follows a term: an overrun is registered,
LAPSE = "lapse"  # or an opportunity passes
TODAY = "today"
STAGE_SINCE = "stage_since"
HELD_BY = ("applicant", "office", "committee", "expert", "anyone", "round", "system")
BASES = ("text", "inferred", "default")
LengthUnit = Literal["day", "month", "workday"]


@dataclass(frozen=True, slots=True)
class Role:
    """Who may act. `held_by`: how someone comes to hold it. `bars`: whoever acted in one of these may not act in it."""

    id: str
    label: Text
    held_by: str
    bars: tuple[str, ...]
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role that may make a move, where `when` (if any) holds."""

    role: str
    when: Node | None


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    label: Text
    phase: str
    final: bool
    public: bool
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a move needs, where `when` (if any) holds."""

    name: Text
    when: Node | None


@dataclass(frozen=True, slots=True)
class GoalGuard:
    """A goal of a policy as a guard. `strength` advice: shown, never refuses."""

    policy: str
    goal: str
    strength: str
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact that a move computes."""

    fact: str
    node: Node
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """One lawful step. `sources` empty: it opens the case. `target` empty: the stage stays.

    `basis`: `text` where the source says it, `inferred` where it follows, `default` where the source is silent and
    the platform took a default (`ref` names the open question).
    """

    id: str
    label: Text
    sources: frozenset[str]
    target: str
    roles: tuple[RoleUse, ...]
    guards: tuple[Condition, ...]
    goals: tuple[GoalGuard, ...]
    within: tuple[str, ...]
    after: tuple[str, ...]
    gives: tuple[str, ...]
    may_give: tuple[str, ...]
    needs: tuple[Paper, ...]
    makes: tuple[Text, ...]
    sets: tuple[Setting, ...]
    clears: tuple[str, ...]
    bans: tuple[str, ...]
    lifts: tuple[str, ...]
    auto: bool
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span

    @property
    def opens(self) -> bool:
        return not self.sources


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time. Exactly one of `length` with `start`, `length` with `before`, or `until`.

    `unit` is that of `length`; `kind` limit or minimum; `rolls`: an end on a free day goes on to the next working
    day. `stages` empty: it runs as long as its anchor is known; `when`: only where this holds. `then`: the moves when
    it runs out (a person chooses among several), `register` where the source states no consequence, `lapse` where an
    opportunity passes.
    """

    id: str
    label: Text
    length: Node | None
    unit: LengthUnit
    start: Node | None
    before: Node | None
    until: Node | None
    kind: str
    rolls: bool
    stages: frozenset[str]
    when: Node | None
    then: tuple[str, ...]
    strength: str
    strength_when: Node | None
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """A public notice: it runs while the case is in one of `stages`, from `start`, for `length` at the least."""

    id: str
    label: Text
    subject: Text
    stages: frozenset[str]
    when: Node | None
    start: Node
    length: Node
    unit: LengthUnit
    until: Node | None
    objections: str
    blocks: tuple[str, ...]
    despite: tuple[str, ...]
    strength: str
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed again and again while the case stands in `stages`: `every` some time from `start`, or each year
    on `yearly` (month, day)."""

    id: str
    label: Text
    move: str
    every: Node | None
    unit: LengthUnit
    yearly: tuple[int, int] | None
    start: Node
    stages: frozenset[str]
    when: Node | None
    rolls: bool
    overdue: str
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Loop:
    """How often some moves were made, as a count named `name`; no more often than `most`, if it is given."""

    id: str
    name: str
    label: Text
    moves: tuple[str, ...]
    most: Node | None
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class BanRule:
    """A ban that a move begins: until the corresponding day after `length` from `start`, or until further notice
    where there is no `length`. `at_least`: a lower bound."""

    id: str
    label: Text
    length: Node | None
    unit: LengthUnit
    start: Node
    who: str
    at_least: bool
    ref: str
    note: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Procedure:
    """A small chart inside this one: each opening is a thread with a stage of its own. `sets`: its parameters as
    words; `passes`: facts of its own that it takes from the case when it is opened."""

    id: str
    label: Text
    chart: Chart
    stages: frozenset[str]
    blocks: tuple[str, ...]
    sets: Map[str, str]
    passes: Map[str, Node]
    clauses: tuple[str, ...]
    ref: str
    note: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Round:
    """What one round (批次) fixes: parameter values as written, and who holds which role. `open`: the parameters that
    it knowingly leaves open; `region`: the code of the place whose part of the call it is, "" where it is of none."""

    id: str
    title: Text
    sets: Map[str, str]
    roles: Map[str, Text]
    open: tuple[str, ...]
    region: str
    clauses: tuple[str, ...]
    note: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Chart:
    """One procedure, compiled. `digest` identifies its content: a case keeps the one that it began with.

    `counts` maps the id of each counting fact to what it counts: a loop, or `procedure` or `procedure:final stage`.
    `ends` maps the id of each fact that is the end of a term to the term. `banned_from`: the moves that a ban in force
    refuses; the opening moves where it is None. `own`: the ids that the chart's own document names, beside those
    that it has from the one that it amends. `kept`: what other modules worked out from this chart and keep with it,
    each under a key of its own; it is no part of what the chart says.
    """

    id: str
    title: Text
    revision: str
    digest: str
    policies: Map[str, Policy]
    basis: tuple[str, ...]
    unverified: tuple[str, ...]
    respects: tuple[str, ...]
    clauses: Map[str, Clause]
    parameters: Map[str, Parameter]
    facts: Map[str, Field]
    roles: Map[str, Role]
    phases: Map[str, Text]
    stages: Map[str, Stage]
    groups: Map[str, frozenset[str]]
    moves: Map[str, Move]
    terms: Map[str, Term]
    notices: Map[str, Notice]
    duties: Map[str, Duty]
    loops: Map[str, Loop]
    bans: Map[str, BanRule]
    procedures: Map[str, Procedure]
    rounds: Map[str, Round]
    counts: Map[str, str]
    ends: Map[str, str]
    banned_from: tuple[str, ...] | None
    own: frozenset[str]
    vocabulary: Vocabulary
    graph: Graph
    span: Span
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def documents(self) -> dict[str, CitedDocument]:
        """The documents that clauses are cited from, by abbreviation: those of its policies."""
        return {short: d for policy in self.policies.values() for short, d in policy.documents.items()}

    def opening(self) -> list[Move]:
        """The moves that open a case."""
        return [m for m in self.moves.values() if m.opens]

    def leaving(self, stage: str) -> list[Move]:
        """The moves that may be made in a stage, in the order of the chart."""
        return [m for m in self.moves.values() if stage in m.sources]

    def notices_of(self, stage: str) -> list[Notice]:
        return [n for n in self.notices.values() if stage in n.stages]

    def opened_in(self, procedure: Procedure) -> frozenset[str]:
        """The stages in which a sub-procedure may be opened: its own, and those of the notices whose objections it
        takes."""
        return procedure.stages.union(*(n.stages for n in self.notices.values() if n.objections == procedure.id))

    def rules(self) -> Iterator[Move | Term | Notice | Duty | Loop | BanRule | Procedure]:
        """Everything that must stand on a clause."""
        for part in (self.moves, self.terms, self.notices, self.duties, self.loops, self.bans, self.procedures):
            yield from part.values()
