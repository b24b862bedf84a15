"""Facts of one organisation, in the engine's own values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from math import inf

from guiju.source.diagnostics import Diagnostic
from guiju.values import FAIL, NO_TEXT, NOT_APPLICABLE, PASS, REVIEW, UNKNOWN, Quantity, Value, known
from guiju.vocabulary import Field

Row = tuple[Value, ...]
APPLICATION_DATE = "application_date"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from; for a judgement who made it, when, on what evidence."""

    source: str = ""
    by: str = ""
    on: dt.date | None = None
    evidence: str = ""
    known_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """`values`: what is known, by fact id. `records`: the rows of a record set, by record id, each row in the order
    of the record's fields; a set that is not there is unknown, an empty one is known to be empty.
    `provenance` is by fact id. `notices` say how input was read. `数量: n` becomes n rows.
    """

    values: Map[str, Value] = field(default_factory=dict)
    records: Map[str, tuple[Row, ...]] = field(default_factory=dict)
    provenance: Map[str, Provenance] = field(default_factory=dict)
    notices: tuple[Diagnostic, ...] = ()

    def value(self, fact: Field) -> Value:
        """The fact's value, or its whole domain where it is unknown."""
        stored = self.values.get(fact.id)
        return unknown(fact) if stored is None else stored

    def with_default_date(self, as_of: dt.date) -> Facts:
        """The same facts; an application date that is not given is `as_of`."""
        if APPLICATION_DATE in self.values:
            return self
        return dataclasses.replace(self, values={**self.values, APPLICATION_DATE: known(as_of.toordinal())})

    def replacing(self, values: Map[str, Value], records: Map[str, tuple[Row, ...]] | None = None) -> Facts:
        """The same facts with some changed."""
        return dataclasses.replace(self, values={**self.values, **values}, records={**self.records, **(records or {})})

    def digest(self) -> str:
        """SHA-256 over values and records, independent of the order in which they were given."""
        content = {"values": {k: repr(v) for k, v in self.values.items()},
                   "records": {k: sorted(map(repr, v)) for k, v in self.records.items()}}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def cause(entry: Field) -> int:
    """Why the entry is undecided while it is not given: a judgement waits for a person, a fact is unknown."""
    return REVIEW if entry.kind == "judgement" else UNKNOWN


def unknown(entry: Field) -> Value:
    """The value of an entry that is not given: its whole domain."""
    if entry.type == "bool":
        return cause(entry)
    return domain(entry)


def domain(entry: Field) -> Quantity:
    """Every value that the entry can take, as one interval."""
    doubt = cause(entry)
    if entry.type in ("text", "industry"):
        return (None, None, doubt)
    if entry.type == "enum":
        assert entry.enumeration is not None
        return (0, len(entry.enumeration.members) - 1, doubt)
    if entry.type == "region":
        return (110000, 829999, doubt)
    if entry.type == "date":
        return (1, dt.date.max.toordinal(), doubt)
    low = -inf if entry.low is None else entry.low
    high = inf if entry.high is None else entry.high
    return (low, high, doubt)


def blank(entry: Field) -> Value:
    """The value of a field that is left blank: known to be nothing where the dictionary says so, else unknown."""
    if entry.absent != "none":
        return unknown(entry)
    if entry.type == "bool":
        return FAIL
    if entry.type in ("text", "industry"):
        return known(NO_TEXT)
    if entry.type == "date":
        return known(dt.date.max.toordinal())  # never
    return known(0)


def not_applicable(entry: Field) -> Value:
    """The value of a fact that is stated 不适用."""
    return NOT_APPLICABLE if entry.type == "bool" else (*domain(entry)[:2], NOT_APPLICABLE)


def truth(value: bool) -> Value:
    return PASS if value else FAIL
