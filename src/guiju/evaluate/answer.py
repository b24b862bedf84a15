"""The answer to “does this organisation qualify, for how much, why, and what is missing”, as plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Amount:
    """`kind`: exact, up_to, discretionary, external, none. In fen; `high` is None where nothing bounds it."""

    kind: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """A score in points: least, most, full mark, and the same for each indicator."""

    id: str
    name: Text
    low: Any
    high: Any
    full: Any
    by_indicator: dict[str, tuple[Any, Any, Any]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition and how it stands: `fail`, `review`, `unknown`, `not_computable`, or a preference that is met."""

    id: str
    name: Text
    status: str
    strength: str
    clauses: tuple[str, ...]
    statement: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that would help to decide. `kind`: fact, judgement, records, parameter, unset."""

    kind: str
    id: str
    name: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """What a limit or an exclusion took, in fen (None: without bound)."""

    id: str
    name: Text
    taken: int | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One thing that is paid for, or why it is not. `records` are row numbers from 1."""

    id: str
    benefit: str
    name: Text
    status: str
    amount: Amount
    claimed: int | None
    records: tuple[int, ...]
    record_set: str
    clauses: tuple[str, ...]
    cuts: tuple[CutAnswer, ...]
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """`code`: ambiguity, presumed, unverified, principle, open_parameter, hint, preference, expired, input."""

    code: str
    text: Text
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer under the other reading of an ambiguity, where it differs."""

    parameter: str
    name: str
    value: str
    default: str
    outcome: str
    amount: Amount
    goals: dict[str, str]
    scores: dict[str, tuple[Any, Any]]
    clauses: tuple[str, ...]
    note: Text
    ref: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A ban in force: its last day, and whether that is the least (至少)."""

    id: str
    name: Text
    until: dt.date | None
    at_least: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalAnswer:
    id: str
    name: Text
    main: bool
    outcome: str
    score: ScoreAnswer | None
    blockers: tuple[Finding, ...]
    reviews: tuple[Finding, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Hashes by which an answer can be shown again: rules, engine, facts, setting, and the outcome itself."""

    id: str
    rules: str
    engine: str
    facts: str
    setting: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One policy's answer."""

    policy: str
    version: str
    title: Text
    as_of: dt.date
    known_at: dt.date
    start: dt.date
    end: dt.date | None
    outcome: str
    goals: tuple[GoalAnswer, ...]
    score: ScoreAnswer | None
    amount: Amount
    items: tuple[ItemAnswer, ...]
    blockers: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    notices: tuple[Notice, ...]
    readings: tuple[Reading, ...]
    bars: tuple[Bar, ...]
    receipt: Receipt
