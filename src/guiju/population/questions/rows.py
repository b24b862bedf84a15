"""More rows of a record set: those that a count or a sum of the goal lacks, and one for each line of a price table.

Which row is made for an organisation rests on its own facts and records alone, whoever stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import evaluate
from guiju.evaluate.repair import Repairer
from guiju.facts.model import Facts, Row
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Goal, Policy
from guiju.population.columns import Quantity
from guiju.population.groups import numbered
from guiju.population.people import Population, Stored
from guiju.population.questions.altered import with_rows
from guiju.population.questions.asking import narrowed
from guiju.population.questions.levers import Cone, parts_of
from guiju.population.questions.trials import Base, Places, Points

Numbers = NDArray[np.int64]
Made = dict[tuple[Any, ...], Row | None]
MOST_ROWS = 1000  # of one kind: whoever lacks more is not near


@dataclass(frozen=True, slots=True)
class Addition:
    """To each of `places` (ascending) `times` rows like the one of `rows` that `which` says."""

    record: str
    rows: tuple[Row, ...]
    places: Places
    which: Numbers
    times: Numbers

    def applied(self, people: Population, at: Places) -> Population:
        """An organisation for each of these, with the rows added; as it is where its records are not looked at."""
        if self.record not in people.tables:
            return people
        times = self.times[at]
        behind = np.repeat(np.arange(len(at)), times)
        return with_rows(people, self.record, behind, self.rows, np.repeat(self.which[at], times))

    def part(self, rows: slice) -> Addition:
        return replace(self, places=self.places[rows], which=self.which[rows], times=self.times[rows])


@dataclass(slots=True)
class RowMaker:
    """Makes rows for one policy's goal; what was made for some serves all who are alike, in all chunks."""

    policy: Policy
    goal: Goal
    cone: Cone
    bare: Policy = field(init=False)
    made: Made = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.bare = narrowed(self.policy, goals=(), scores={}, benefits=(), limits=())

    def more_rows(self, base: Base, record: str, places: Places) -> Iterator[Addition]:
        """What could be added to these organisations' rows of a record set, possibility by possibility."""
        maker = _Maker(self, base, record, places)
        for node in self.cone.nodes:
            if node.rows or node.op not in ("ge", "gt", "le", "lt", "eq"):
                continue
            for part, other in [(p, b) for a, b in (node.args, node.args[::-1]) for p in parts_of(a)]:
                if part.op == "count" and part.args[0] == record:
                    yield from maker.counted(part, other, strictly=node.op in ("gt", "lt"))
                elif part.op == "sum" and part.args[0] == record:
                    yield from maker.summed(node, part, other)
        for benefit in self.policy.benefits if self.goal.pays else ():
            if benefit.record == record:
                for line in benefit.rows:
                    if line.amount is not None:
                        yield from maker.like([c.node for c in benefit.when if c.counts] + [line.test])


@dataclass(slots=True)
class _Maker:
    rules: RowMaker
    base: Base
    record: str
    places: Places

    def counted(self, count: Node, bound: Node, *, strictly: bool) -> Iterator[Addition]:
        """As many rows as a count lacks; one more where it has to be passed."""
        now, wanted = (self.base.measured(node, self.places) for node in (count, bound))
        times = np.nan_to_num(wanted + strictly - now)
        yield from self.like([count.args[1]], np.where(times <= MOST_ROWS, times, 0).astype(np.int64))

    def like(self, wanted: list[Node], times: Numbers | None = None) -> Iterator[Addition]:
        """A row of which these conditions hold, for each."""
        times = np.ones(len(self.places), np.int64) if times is None else times
        yield from self._addition(wanted, times, None)

    def summed(self, node: Node, total: Node, bound: Node) -> Iterator[Addition]:
        """A row that brings what a sum lacks."""
        now, wanted = (self.base.measured(part, self.places) for part in (total, bound))
        with np.errstate(invalid="ignore"):
            lacking = wanted - now
        yield from self._addition([node], (lacking >= 0).astype(np.int64), lacking)

    def _addition(self, wanted: list[Node], times: Numbers, lacking: Points | None) -> Iterator[Addition]:
        """A row for all to whom more than none are to be added; the same for those who are alike in all that it could
        rest on. `lacking`: a row that brings so much to a sum, instead of one of which the conditions hold."""
        here = np.flatnonzero(times > 0)
        places = self.places[here]
        if not len(places):
            return
        look = _Look(self.base.people, self.rules.cone, wanted, places)
        group, count = numbered(look.columns(lacking[here] if lacking is not None else None))
        heads = np.full(count, len(group), np.int64)
        np.minimum.at(heads, group, np.arange(len(group)))
        made = [self._made(wanted, look.facts(int(places[head])), lacking is not None) for head in heads]
        rows = tuple(row for row in made if row is not None)
        place = np.cumsum([row is not None for row in made]) - 1
        kept = np.array([row is not None for row in made])[group]
        if rows:
            yield Addition(self.record, rows, places[kept], place[group[kept]], times[here][kept])

    def _made(self, wanted: list[Node], facts: Facts, bringing: bool) -> Row | None:
        key = (self.record, *wanted, tuple(facts.values.items()), tuple(facts.records.items()))
        if key not in self.rules.made:
            it = evaluate(self.rules.bare, facts, self.base.asked.setting).interpreter
            repairer = Repairer(self.rules.policy, it)
            if bringing:
                self.rules.made[key] = next((repair[0].row for repair in repairer.repairs(wanted[0])
                                             if len(repair) == 1 and repair[0].target == self.record), None)
            else:
                self.rules.made[key] = repairer.new_row(self.record, wanted)
        return self.rules.made[key]


class _Look:
    """What some nodes look at of the organisations at some places."""

    def __init__(self, people: Population, cone: Cone, nodes: Sequence[Node], places: Places) -> None:
        looked = frozenset().union(*(cone.rests[n] for n in nodes))
        sets = looked | {n.args[0] for n in walk(*nodes) if n.op in AGGREGATES}
        self.people = replace(people, facts={id_: s for id_, s in people.facts.items() if id_ in looked},
                              tables={id_: t for id_, t in people.tables.items() if id_ in sets})
        self.places = places

    def facts(self, place: int) -> Facts:
        return self.people.facts_of(place)

    def columns(self, more: Points | None) -> tuple[Any, ...]:
        """Columns that are equal for those who are alike."""
        found: list[Any] = [np.zeros(len(self.places), np.int64)] if more is None else [more]
        for _, stored in sorted(self.people.facts.items()):
            found += [np.broadcast_to(part, self.people.count)[self.places] for part in _parts(stored)]
        for _, table in sorted(self.people.tables.items()):
            known = np.broadcast_to(table.known, self.people.count)
            found += [known[self.places], self._sets(table)]
        return tuple(found)

    def _sets(self, table: Any) -> Numbers:
        """Equal numbers for organisations with equal rows in the same order."""
        rows = len(table.owners)
        if not rows:
            return np.zeros(len(self.places), np.int64)
        number = numbered(tuple(np.broadcast_to(part, rows) for stored in table.fields for part in _parts(stored)))[0]
        starts = table.starts(self.people.count)
        seen: dict[bytes, int] = {b"": 0}
        found = np.zeros(len(self.places), np.int64)
        for at in np.flatnonzero(starts[self.places] < starts[self.places + 1]).tolist():
            place = self.places[at]
            found[at] = seen.setdefault(number[starts[place]:starts[place + 1]].tobytes(), len(seen))
        return found


def _parts(stored: Stored) -> tuple[Any, ...]:
    column = stored.column
    return (column.low, column.high, column.cause) if isinstance(column, Quantity) else (column.codes,)
