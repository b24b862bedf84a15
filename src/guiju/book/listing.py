"""What lists say of policies and charts, and which policies a reader asks for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guiju.book.audiences import audience_text
from guiju.book.policies.words import ORGANISATION
from guiju.book.prices import Price
from guiju.book.regions import NATIONAL, province_of, region_of
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy as a list shows it. `province`: code and name, NATIONAL for the country; `pays`: the kinds of things
    that it pays for, by id."""

    id: str
    title: Text
    province: tuple[str, Text]
    region: Text
    start: dt.date
    end: dt.date | None
    audience: tuple[str, ...]
    pays: tuple[tuple[str, Text], ...]
    rules: int


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """A chart as a list shows it. `policies`: the ids of those that it applies."""

    id: str
    title: Text
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that the first page and its filters show."""

    entries: tuple[Entry, ...]
    charts: tuple[ChartEntry, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader asks for; what is empty asks nothing. `on`: in force on that day; `year`: on a day of that year."""

    region: str = ""
    kind: str = ""
    audience: str = ""
    on: dt.date | None = None
    year: int = 0

    def fits(self, entry: Entry) -> bool:
        first, last = (self.on, self.on) if self.on else (
            (dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)) if self.year else (None, None))
        return ((not self.region or entry.province[0] == self.region)
                and (not self.kind or self.kind in [id_ for id_, _ in entry.pays])
                and (not self.audience or self.audience in entry.audience)
                and (last is None or entry.start <= last)
                and (first is None or entry.end is None or entry.end >= first))


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to choose: `values` with their names and how many policies each leaves."""

    id: str
    name: Text
    values: tuple[tuple[str, Text, int], ...]


def entry_of(policy: Policy, prices: Iterable[Price]) -> Entry:
    """A policy for lists, with what its price tables pay for."""
    records = policy.vocabulary.records
    ids = dict.fromkeys(p.benefit.record for p in prices)
    pays = tuple((id_, Text(records[id_].name, records[id_].en)) if id_ else ("organisation", ORGANISATION)
                 for id_ in ids)
    return Entry(policy.id, policy.title, province_of(policy), region_of(policy), policy.start, policy.end,
                 policy.audience, pays, len(policy.rule_ids()))


def facets_of(entries: Sequence[Entry]) -> tuple[Facet, ...]:
    """Region, kind of benefit, audience, years: each with the values that occur."""
    years = sorted({y for e in entries for y in (e.start.year, e.end.year if e.end else e.start.year)})
    every = [str(y) for y in range(years[0], years[-1] + 1)] if years else []
    return (
        Facet("region", Text("地区", "region"), _counted(entries, lambda e: [e.province], lambda v: v != NATIONAL)),
        Facet("kind", Text("资助事项", "what is paid for"), _counted(entries, lambda e: e.pays)),
        Facet("audience", Text("对象", "addressed to"),
              _counted(entries, lambda e: [(w, audience_text(w)) for w in e.audience])),
        Facet("year", Text("有效年份", "in force in"), tuple(
            (y, Text(f"{y} 年", y), sum(1 for e in entries if Chosen(year=int(y)).fits(e))) for y in every)))


def _counted(entries: Sequence[Entry], values: Callable[[Entry], Iterable[tuple[str, Text]]],
             order: Callable[[str], object] | None = None) -> tuple[tuple[str, Text, int], ...]:
    """Each value with its count: by code where `order` says so, else the most frequent first."""
    names: dict[str, Text] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        for id_, name in values(entry):
            names.setdefault(id_, name)
            counts[id_] += 1
    keys = sorted(names, key=(lambda i: (order(i), i)) if order else (lambda i: (-counts[i], names[i].zh)))
    return tuple((id_, names[id_], counts[id_]) for id_ in keys)


def chosen_by(facet: str, value: str) -> Chosen:
    """One facet alone, as a static page has it. Raises KeyError where it is none."""
    if facet == "year" and value.isascii() and value.isdigit() and len(value) == 4:
        return Chosen(year=int(value))
    found = {"region": Chosen(region=value), "kind": Chosen(kind=value), "audience": Chosen(audience=value)}
    if not value:
        raise KeyError(facet)
    return found[facet]
