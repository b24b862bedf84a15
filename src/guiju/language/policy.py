"""A policy after compilation: what it is, and its rules as nodes of the intermediate form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from guiju.language.expression.syntax import Expression
from guiju.language.ir import Graph, Node
from guiju.language.types import Type
from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import Enumeration, Vocabulary


@dataclass(frozen=True, slots=True)
class Clause:
    """One entry of the clause index: our own short paraphrase, and the lines of the source. `policy`: the id of the
    amended policy whose clause it is, empty where the policy's own."""

    key: str
    text: Text
    lines: str = ""
    span: Span = field(default=Span(""), compare=False)
    policy: str = ""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that the clause index holds, known by what the keys of its clauses begin with. `region`: the code of
    the one region where it is a basis, empty where it is one wherever the policy is."""

    short: str
    title: Text
    region: str
    span: Span

    def holds_in(self, region: str) -> bool:
        """Whether what it says is a basis in a region, given by its code; empty: in one that is not known."""
        return region.startswith(self.region)


def document_of(key: str, documents: Map[str, CitedDocument]) -> CitedDocument | None:
    """The document whose clause a key names, by the longest abbreviation that fits."""
    return max((d for d in documents.values() if key.startswith(d.short)), key=lambda d: len(d.short), default=None)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day on, as published on a day."""

    start: dt.date
    published: dt.date
    value: Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that the source leaves open, or says in two ways.

    `default` and `alternatives` are the readings; with neither default nor dated values it is open, and what depends
    on it can't be computed until it is set. `spelling` turns a value back into words.
    """

    id: str
    name: str
    type: Type
    node: Node
    default: Any
    alternatives: tuple[Any, ...]
    dated: tuple[DatedValue, ...]
    enumeration: Enumeration | None
    clauses: tuple[str, ...]
    note: Text
    ref: str
    span: Span

    def value_at(self, as_of: dt.date, known_at: dt.date) -> Any:
        """The value in force on `as_of` as it was known on `known_at`; None while open."""
        fitting = [v for v in self.dated if v.start <= as_of and v.published <= known_at]
        return max(fitting, key=lambda v: (v.start, v.published)).value if fitting else self.default


@dataclass(frozen=True, slots=True)
class Definition:
    id: str
    name: str
    en: str
    record: str
    node: Node
    clauses: tuple[str, ...]
    expression: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as its keeper wrote it. `node` is its status with strength and scope; `bare` the test alone; `scope`
    how its `when` was written."""

    id: str
    name: Text
    clauses: tuple[str, ...]
    strength: str
    form: str
    node: Node
    bare: Node
    applies: Node | None
    members: tuple[Condition, ...]
    k: int
    expression: Expression | None
    record: str
    note: Text
    unverified: str
    span: Span
    counts: bool = True
    scope: Expression | None = None

    def descendants(self) -> Iterator[Condition]:
        """The condition and all its members, depth first."""
        yield self
        for member in self.members:
            yield from member.descendants()


@dataclass(frozen=True, slots=True)
class Tier:
    """One row of a rubric: the test (None for 其余) and its points."""

    test: Node | None
    text: str
    points: Any


@dataclass(frozen=True, slots=True)
class ScoreItem:
    id: str
    name: Text
    full: Any
    node: Node
    clauses: tuple[str, ...]
    tables: tuple[tuple[Tier, ...], ...]
    span: Span
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    id: str
    name: Text
    full: Any
    node: Node
    items: tuple[ScoreItem, ...]
    span: Span
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    id: str
    name: Text
    full: Any
    node: Node
    groups: tuple[ScoreGroup, ...]
    clauses: tuple[str, ...]
    span: Span

    def parts(self) -> Iterator[Score | ScoreGroup | ScoreItem]:
        yield self
        for group in self.groups:
            yield group
            yield from group.items


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of a price table. `amount` is None where the amount is fixed elsewhere; `net` is what remains of it
    when the benefit's `less` is off."""

    id: str
    test: Node
    amount: Node | None
    net: Node | None
    clauses: tuple[str, ...]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows with equal keys are one item: the highest price, the sum of the ceilings."""

    id: str
    keys: tuple[Node, ...]
    clauses: tuple[str, ...]
    strength: str


@dataclass(frozen=True, slots=True)
class Less:
    """What has been received before and comes off the price of a row. `rest`: how what remains is paid where
    something came off, `up_to` or `discretionary`; empty where as the benefit is."""

    id: str
    name: Text
    amount: Node
    clauses: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Benefit:
    id: str
    name: Text
    record: str
    category: str
    when: tuple[Condition, ...]
    kind: str
    first: bool
    rows: tuple[PriceRow, ...]
    less: tuple[Less, ...]
    merge: Merge | None
    ceiling: Node | None
    ceiling_id: str
    ceiling_clauses: tuple[str, ...]
    clauses: tuple[str, ...]
    span: Span
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit over items. `keys` and `where` are per benefit, since each benefit has rows of its own kind."""

    id: str
    name: Text
    form: str
    stage: int
    benefits: tuple[str, ...]
    keys: Map[str, tuple[Node, ...]]
    where: Map[str, Node]
    n: int
    amount: Node | None
    gate: Node
    clauses: tuple[str, ...]
    strength: str
    span: Span


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban from an event on. `until` is the last day of the longest ban that has begun."""

    id: str
    name: Text
    record: str
    until: Node
    at_least: bool
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Goal:
    """A question that the policy answers."""

    id: str
    name: Text
    main: bool
    conditions: tuple[Condition, ...]
    node: Node
    score: str
    pays: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """What follows for a person to do: procedure, materials, reports, sanctions. Shown, never evaluated."""

    id: str
    kind: str
    text: Text
    clauses: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Base:
    """A policy that another amends, by what a reader knows it; `folder` as spans name it."""

    id: str
    title: Text
    folder: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One legal instrument, compiled. `audience`: whom it addresses, in words for a reader; `bases`: what it amends,
    the nearest first; `inherited`: the ids of rules that stand as in the base; `documents`: those that the
    index cites, by their abbreviation. `kept` is where later layers keep what they derive from it, so that it goes with
    the policy."""

    id: str
    title: Text
    issuer: tuple[str, ...]
    number: str
    region: str
    audience: tuple[str, ...]
    published: dt.date
    start: dt.date
    end: dt.date | None
    force_clauses: tuple[str, ...]
    unverified: tuple[str, ...]
    clauses: Map[str, Clause]
    parameters: Map[str, Parameter]
    definitions: Map[str, Definition]
    conditions: Map[str, Condition]
    scores: Map[str, Score]
    benefits: tuple[Benefit, ...]
    limits: tuple[Limit, ...]
    bans: tuple[Ban, ...]
    goals: tuple[Goal, ...]
    duties: tuple[Duty, ...]
    graph: Graph
    vocabulary: Vocabulary
    span: Span
    bases: tuple[Base, ...] = ()
    inherited: frozenset[str] = frozenset()
    documents: Map[str, CitedDocument] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def in_force(self, as_of: dt.date) -> bool:
        return self.start <= as_of and (self.end is None or as_of <= self.end)

    def choice_sizes(self) -> dict[str, int]:
        """How many values each choice among the parameters has, by the id of its enumeration."""
        choices = (p.enumeration for p in self.parameters.values())
        return {choice.id: len(choice.members) for choice in choices if choice is not None}

    def roots(self) -> list[Node]:
        """Every node that an evaluation may look at, in a fixed order."""
        nodes = [c.node for c in self.conditions.values()] + [d.node for d in self.definitions.values()]
        nodes += [p.node for s in self.scores.values() for p in s.parts()]
        nodes += [g.node for g in self.goals] + [b.until for b in self.bans]
        for benefit in self.benefits:
            nodes += [c.node for c in benefit.when] + [r.test for r in benefit.rows]
            nodes += [r.net for r in benefit.rows if r.net is not None]
            nodes += list(benefit.merge.keys) if benefit.merge else []
            nodes += [benefit.ceiling] if benefit.ceiling is not None else []
        for limit in self.limits:
            nodes += [n for keys in limit.keys.values() for n in keys] + list(limit.where.values()) + [limit.gate]
            nodes += [limit.amount] if limit.amount is not None else []
        return nodes

    def rule_ids(self) -> list[str]:
        """Every id that a worked case must cover."""
        ids = [c.id for c in self.conditions.values() if "#" not in c.id]
        ids += [i.id for s in self.scores.values() for g in s.groups for i in g.items]
        ids += [r.id for b in self.benefits for r in b.rows] + [m.id for b in self.benefits for m in b.less]
        ids += [b.merge.id for b in self.benefits if b.merge]
        ids += [limit.id for limit in self.limits] + [b.ceiling_id for b in self.benefits if b.ceiling_id]
        return ids + [p.id for p in self.parameters.values()]
