"""A chart as plain data for readers: every part in words of both languages, no node, no expression to evaluate.

What is listed as ids names other parts of the same chart. Clauses are keys of the chart's clause index. `basis` is
`text`, `inferred` or `default`, with `ref` to the open question. `dataclasses.asdict` makes it JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.lifecycle.show.timed import Ban, Duty, Loop, Notice, Term
from guiju.source.diagnostics import Text

NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    label: Text
    held_by: str
    bars: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """`moves` may be made here; `terms`, `notices`, `duties` run here; `opens`: sub-procedures that may be opened."""

    id: str
    label: Text
    phase: str
    final: bool
    public: bool
    note: Text
    clauses: tuple[str, ...]
    moves: tuple[str, ...]
    terms: tuple[str, ...]
    notices: tuple[str, ...]
    duties: tuple[str, ...]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A role that may make a move, where `when` (if said) holds."""

    role: str
    label: Text
    when: Text


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a move. `asks` says the test where the name is not the test; `form` joins the members, of which
    `least` are needed where it is `at_least`."""

    id: str
    name: Text
    asks: Text
    strength: str
    form: str
    least: int
    when: Text
    members: tuple[Guard, ...]
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a policy that must be reached; `advice` never refuses."""

    policy: str
    goal: str
    title: Text
    name: Text
    strength: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    name: Text
    when: Text


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact that a move computes, and how."""

    fact: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Move:
    """`sources` empty: it opens the case; `target` empty: the stage stays. `waits`: notices and sub-procedures that
    must be over; `counted`: loops that count it; `bans` begin with it, `lifts` end."""

    id: str
    label: Text
    sources: tuple[str, ...]
    target: str
    by: tuple[Actor, ...]
    guards: tuple[Guard, ...]
    goals: tuple[Goal, ...]
    within: tuple[str, ...]
    after: tuple[str, ...]
    waits: tuple[str, ...]
    counted: tuple[str, ...]
    gives: tuple[Text, ...]
    may_give: tuple[Text, ...]
    needs: tuple[Paper, ...]
    makes: tuple[Text, ...]
    sets: tuple[Computed, ...]
    clears: tuple[Text, ...]
    bans: tuple[str, ...]
    lifts: tuple[str, ...]
    auto: bool
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A sub-procedure. `chart` is the small chart as it is used here, its roles those of this chart."""

    id: str
    label: Text
    chart: View
    stages: tuple[str, ...]
    notices: tuple[str, ...]
    blocks: tuple[str, ...]
    sets: tuple[Computed, ...]
    passes: tuple[Computed, ...]
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    start: str
    value: Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """`open`: nothing is set by default, so a round has to."""

    id: str
    name: Text
    default: Text
    open: bool
    alternatives: tuple[Text, ...]
    dated: tuple[Dated, ...]
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    role: Text
    holder: Text


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    title: Text
    sets: tuple[Computed, ...]
    roles: tuple[Held, ...]
    open: tuple[Text, ...]
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole chart. `banned_from`: the moves that a ban in force refuses."""

    id: str
    title: Text
    revision: str
    digest: str
    basis: tuple[str, ...]
    policies: tuple[str, ...]
    respects: tuple[str, ...]
    unverified: tuple[str, ...]
    banned_from: tuple[str, ...]
    roles: tuple[Role, ...]
    phases: tuple[Phase, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    terms: tuple[Term, ...]
    notices: tuple[Notice, ...]
    duties: tuple[Duty, ...]
    loops: tuple[Loop, ...]
    bans: tuple[Ban, ...]
    procedures: tuple[Procedure, ...]
    parameters: tuple[Parameter, ...]
    rounds: tuple[Round, ...]

    def opening(self) -> tuple[Move, ...]:
        """The moves that open a case."""
        return tuple(m for m in self.moves if not m.sources)

    def made_at(self, stage: Stage) -> tuple[Move, ...]:
        """The moves of a stage, in the order of the chart."""
        return tuple(m for m in self.moves if m.id in stage.moves)
