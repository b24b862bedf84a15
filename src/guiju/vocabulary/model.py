"""What the dictionary holds. Every entry has a stable ASCII id and a Chinese name; both find it."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from guiju.source.diagnostics import Span

FieldType = Literal["number", "money", "ratio", "bool", "enum", "region", "industry", "date", "text"]
Kind = Literal["fact", "judgement", "parameter"]
Mutability = Literal["fixed", "time", "effort"]
Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """`per`: how many of the dimension's base unit (fen, m², month …) one of it is."""

    id: str
    name: str
    en: str
    dimension: str
    per: Number
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    name: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed list of values. Where `ordered`, members run from the lowest to the highest."""

    id: str
    name: str
    en: str
    ordered: bool
    members: tuple[Member, ...]

    def index(self, word: str) -> int | None:
        """The position of a member by id, name or alias."""
        for position, member in enumerate(self.members):
            if word in (member.id, member.name) or word in member.aliases:
                return position
        return None


@dataclass(frozen=True, slots=True)
class Field:
    """A fact of the organisation, or a field of a record.

    `low` and `high` bound the domain in base units (money in fen); None is unbounded. `absent` is "none" where a
    blank is known to mean "no such thing". `not_applicable`: the fact may be stated 不适用. `asks` is "received" where
    it tells what has been received for the same thing before, or from elsewhere: rules on it exclude or deduct.
    """

    id: str
    name: str
    en: str
    type: FieldType
    kind: Kind
    mutability: Mutability
    meaning: str
    source: str
    unit: Unit | None = None
    enumeration: Enumeration | None = None
    low: Number | None = None
    high: Number | None = None
    absent: Literal["", "none"] = ""
    not_applicable: bool = False
    aliases: tuple[str, ...] = ()
    span: Span = field(default=Span(""), compare=False)
    asks: Literal["", "received"] = ""


@dataclass(frozen=True, slots=True)
class RecordType:
    """A set of rows of one kind; `key` fields together identify a row."""

    id: str
    name: str
    en: str
    meaning: str
    source: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    span: Span = field(default=Span(""), compare=False)

    def field(self, word: str) -> Field | None:
        return next((f for f in self.fields if word in (f.id, f.name) or word in f.aliases), None)

    def position(self, field_id: str) -> int:
        return next(i for i, f in enumerate(self.fields) if f.id == field_id)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole dictionary. The maps find an entry by id, name or alias."""

    facts: Map[str, Field]
    records: Map[str, RecordType]
    enumerations: Map[str, Enumeration]
    units: Map[str, Unit]
    regions: Map[str, str]
    industries: Map[str, tuple[str, str]]

    def place(self, code: str) -> str:
        """A region of six digits by its names from the province down, as far as the table has them."""
        levels = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
        return "".join(self.regions.get(level, "") for level in levels)

    def fact(self, word: str) -> Field | None:
        return self.facts.get(word)

    def record(self, word: str) -> RecordType | None:
        return self.records.get(word)

    def all_facts(self) -> list[Field]:
        return list({f.id: f for f in self.facts.values()}.values())

    def all_records(self) -> list[RecordType]:
        return list({r.id: r for r in self.records.values()}.values())
