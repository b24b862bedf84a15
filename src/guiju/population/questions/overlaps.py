"""Which policies pay for the same record, and where the policies' own exclusions bite.

A record is looked at as its policy's price table does: conditions, price, ceiling, and what was received before and
comes off; before series, caps and other limits, which hold for an organisation's records together. Rows of one
organisation with the same key are one record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Policy
from guiju.population.columns import Status
from guiju.population.files.results import elsewhere_of
from guiju.population.groups import marked, most, numbered
from guiju.population.match import Matcher
from guiju.population.people import TEXTS, Population
from guiju.population.questions.asking import Chunk, in_order, narrowed
from guiju.population.questions.bites import Bite, Bitten, Exclusions, Mask, Money, Sum
from guiju.population.questions.worth import Worth
from guiju.values import FAIL, NO_TEXT, NOT_APPLICABLE, PASS

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]


@dataclass(slots=True)
class Pair:
    """Records of one kind for which both policies pay: `surely`, and `possibly` besides; what the first pays for them
    and what the second, from `low` (of the sure ones) to `high` (of all)."""

    record: str
    first: str
    second: str
    surely: int = 0
    possibly: int = 0
    first_money: Sum = field(default_factory=Sum)
    second_money: Sum = field(default_factory=Sum)


@dataclass(slots=True)
class Overlaps:
    """`records`: how many records each policy pays for, surely and possibly, by (kind, policy). `unknown`: of how many
    organisations the records of a kind are not known, so that nothing is counted of them."""

    everybody: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    records: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    pairs: dict[tuple[str, str, str], Pair] = field(default_factory=dict)
    bites: dict[tuple[str, str, str], Bite] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Some rows of a table of one kind of record, to be listed: for which `policy` pays (`how` "paid"; each record
    once), or which one of its exclusions refused or reduced, by `rules`; surely or not; fen, infinite where nothing
    bounds it, not a number where another document sets it."""

    record: str
    policy: str
    how: str
    rows: Places
    surely: Mask
    low: Money
    high: Money
    benefit: str = ""
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class _Paid:
    """What one policy pays for each record of a kind: surely, possibly, fen; `elsewhere`: another document sets it."""

    sure: Mask
    maybe: Mask
    low: Money
    high: Money
    elsewhere: Mask


Listing = Callable[[Sequence[str], Population, Listed], None]


def overlaps(chunks: Iterable[Chunk], asked: Sequence[tuple[Policy, Setting]], named: bool = True,
             listing: Listing | None = None) -> Overlaps:
    """Over all chunks, for all policies that pay for records. Unless they were `named`, a policy says nothing of
    organisations outside its region. `listing` is given the records that two policies or more pay for, and those on
    which an exclusion bites, with the chunk's names and organisations."""
    question = _Question(asked, named)
    for _, names, people in in_order(chunks):
        for listed in question.add(people):
            if listing is not None:
                listing(names, people, listed)
    return question.found


class _Question:
    """What is asked of every chunk, worked out once, and what came of it so far."""

    def __init__(self, asked: Sequence[tuple[Policy, Setting]], named: bool) -> None:
        self.found = Overlaps()
        self._named = named
        self._paying = [(p, s) for p, s in asked if any(b.record for b in p.benefits)]
        self._goals = Matcher([(_paying_goals(p), s) for p, s in self._paying])
        self._kinds: dict[str, list[tuple[Policy, Exclusions]]] = {}
        for policy, setting in self._paying:
            for benefit in policy.benefits:
                if benefit.record:
                    self._kinds.setdefault(benefit.record, []).append((policy, Exclusions(policy, benefit, setting)))

    def add(self, people: Population) -> Iterator[Listed]:
        self.found.everybody += people.count
        goals = self._standing(people)
        for record in self._kinds:
            table = people.tables.get(record)
            known = np.broadcast_to(False if table is None else table.known, people.count)
            self.found.unknown[record] = self.found.unknown.get(record, 0) + int(np.count_nonzero(~known))
            if table is not None and len(table.owners):
                yield from self._add_record(record, people, goals)

    def _standing(self, people: Population) -> dict[str, Codes]:
        """How the conditions on the organisation stand of the goals that pay: the best of them."""
        goals = {}
        for (policy, _), answers in zip(self._paying, self._goals(people), strict=True):
            codes = [np.where(c == NOT_APPLICABLE, PASS, c) for c in answers.goals]
            best = np.min(codes, axis=0) if codes else np.full(people.count, FAIL, np.uint8)
            goals[policy.id] = best if self._named else np.where(elsewhere_of(policy, people), np.uint8(FAIL), best)
        return goals

    def _add_record(self, record: str, people: Population, goals: dict[str, Codes]) -> Iterator[Listed]:
        group, count = same_records(people, record)
        owners = people.tables[record].owners
        paid: dict[str, _Paid] = {}
        bitten: list[tuple[str, str, Bitten]] = []
        for policy, exclusions in self._kinds[record]:
            goal = goals[policy.id][owners]
            worth, found = exclusions.of(people, goal)
            _pay(paid, policy.id, group, count, _of(worth, goal))
            bitten += [(policy.id, exclusions.benefit.id, bite) for bite in found]
        for id_, own in paid.items():
            counts = self.found.records.setdefault((record, id_), [0, 0])
            counts[0] += int(own.sure.sum())
            counts[1] += int((own.maybe & ~own.sure).sum())
        self._add_pairs(record, paid)
        yield from _listed_pairs(record, paid, group)
        for id_, benefit, bite in bitten:
            either = bite.sure | bite.maybe
            if either.any():
                others = [own.maybe[group] for other, own in paid.items() if other != id_]
                self._add_bite(id_, benefit, bite, np.logical_or.reduce(others) if others else np.zeros_like(either))
                rows = np.flatnonzero(either)
                ends = _numbered(np.where(bite.sure, bite.low, 0.0), bite.high, bite.elsewhere, rows)
                yield Listed(record, id_, bite.kind, rows, bite.sure[rows], *ends, benefit, bite.rules)

    def _add_pairs(self, record: str, paid: dict[str, _Paid]) -> None:
        for first, one in paid.items():
            for second, other in paid.items():
                sure, maybe = one.sure & other.sure, one.maybe & other.maybe
                if first < second and maybe.any():
                    pair = self.found.pairs.setdefault((record, first, second), Pair(record, first, second))
                    pair.surely += int(sure.sum())
                    pair.possibly += int((maybe & ~sure).sum())
                    pair.first_money.add(one.low[sure], one.high[maybe], one.elsewhere[maybe])
                    pair.second_money.add(other.low[sure], other.high[maybe], other.elsewhere[maybe])

    def _add_bite(self, policy: str, benefit: str, bitten: Bitten, elsewhere: Mask) -> None:
        bite = self.found.bites.setdefault((policy, benefit, bitten.kind + "+".join(bitten.rules)),
                                           Bite(policy, benefit, bitten.kind, bitten.rules))
        either = bitten.sure | bitten.maybe
        bite.surely += int(bitten.sure.sum())
        bite.possibly += int((bitten.maybe & ~bitten.sure).sum())
        bite.money.add(bitten.low[bitten.sure], bitten.high[either], bitten.elsewhere[either])
        bite.paid_elsewhere += int((either & elsewhere).sum())


def _paying_goals(policy: Policy) -> Policy:
    goals = tuple(replace(g, pays=False) for g in policy.goals if g.pays)
    return narrowed(policy, goals=goals, scores={}, benefits=(), limits=())


def same_records(people: Population, record: str) -> tuple[Places, int]:
    """To each row the number of the record that it is, and how many records there are: rows of one organisation with
    the same known key are one. A key with a text that is known to be none, or a kind without a key, makes each row a
    record of its own."""
    table, kind = people.tables[record], people.vocabulary.records[record]
    count = len(table.owners)
    columns: list[Any] = [table.owners]
    alone = np.full(count, not kind.key)
    for id_ in kind.key:
        position = kind.position(id_)
        column: Any = table.fields[position].column  # as it is stored, equal values are equal numbers
        if isinstance(column, Status):
            codes = np.broadcast_to(column.codes, count)
            alone = alone | (codes & 7 > 0)
            columns.append(codes)
            continue
        low, high, cause = (np.broadcast_to(x, count) for x in (column.low, column.high, column.cause))
        alone = alone | (cause > 0) | (low != high)
        if kind.fields[position].type in TEXTS:
            alone = alone | (low == people.texts.code(NO_TEXT))
        columns.append(low)
    return numbered((*columns, np.where(alone, np.arange(count), -1)))


def _of(worth: Worth, goal: Codes) -> _Paid:
    sure = (goal == PASS) & (worth.status == PASS)
    maybe = (goal != FAIL) & (worth.status != FAIL)
    return _Paid(sure, maybe, np.where(sure, worth.low, 0.0), np.where(maybe, worth.high, 0.0),
                 maybe & worth.elsewhere)


def _pay(paid: dict[str, _Paid], policy: str, group: Places, count: int, rows: _Paid) -> None:
    """Adds what a benefit pays for each record: of rows that are one record, the highest."""
    one = _Paid(marked(group, rows.sure, count), marked(group, rows.maybe, count), most(group, rows.low, count),
                most(group, rows.high, count), marked(group, rows.elsewhere, count))
    if policy in paid:
        own = paid[policy]
        one = _Paid(one.sure | own.sure, one.maybe | own.maybe, one.low + own.low, one.high + own.high,
                    one.elsewhere | own.elsewhere)
    paid[policy] = one


def _listed_pairs(record: str, paid: dict[str, _Paid], group: Places) -> Iterator[Listed]:
    """Of each record that two policies or more pay for the first row, by policy."""
    if not paid:
        return
    several = np.sum([own.maybe for own in paid.values()], axis=0) > 1
    first = np.unique(group, return_index=True)[1]
    for id_, own in paid.items():
        here = np.flatnonzero(several & own.maybe)
        if len(here):
            yield Listed(record, id_, "paid", first[here], own.sure[here],
                         *_numbered(own.low, own.high, own.elsewhere, here))


def _numbered(low: Money, high: Money, elsewhere: Mask, rows: Places) -> tuple[Money, Money]:
    """The two ends at these rows; no number where another document alone sets what is paid."""
    none = elsewhere & (high == 0)
    return np.where(none, np.nan, low)[rows], np.where(none, np.nan, high)[rows]
