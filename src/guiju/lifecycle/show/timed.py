"""What runs in time in a chart, as plain data: terms, notices, duties, counts, bans. See `view`."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Term:
    """`length` is empty for a fixed date; `span` says length and anchor, `brief` as little as will do.
    `then`: moves, `register` or `lapse`. `stages` empty: it runs as long as its anchor is known; `start` among
    them: it bounds what opens a case."""

    id: str
    label: Text
    length: Text
    brief: Text
    span: Text
    kind: str
    rolls: bool
    stages: tuple[str, ...]
    when: Text
    then: tuple[str, ...]
    strength: str
    strength_when: Text
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """`counting` says how days are counted: without the first day, and with both ends."""

    id: str
    label: Text
    subject: Text
    length: Text
    brief: Text
    span: Text
    counting: Text
    stages: tuple[str, ...]
    when: Text
    objections: str
    blocks: tuple[str, ...]
    despite: tuple[str, ...]
    strength: str
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """`overdue` empty: an overrun is registered."""

    id: str
    label: Text
    move: str
    every: Text
    span: Text
    stages: tuple[str, ...]
    when: Text
    rolls: bool
    overdue: str
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """`most` empty: it only counts."""

    id: str
    name: str
    label: Text
    moves: tuple[str, ...]
    most: Text
    basis: str
    ref: str
    note: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ban:
    """`begins`, `ends`: the moves that begin it, and that lift it early. `length` empty: until further notice."""

    id: str
    label: Text
    length: Text
    span: Text
    who: Text
    at_least: bool
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    ref: str
    note: Text
    clauses: tuple[str, ...]
