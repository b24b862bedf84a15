"""More rows of a record set: those that a count or a sum of the goal lacks, and one for each line of a price table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting, evaluate
from guiju.evaluate.repair import Repairer
from guiju.facts.model import Row
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Goal, Policy
from guiju.population.people import Population
from guiju.population.questions.altered import picked, with_rows
from guiju.population.questions.asking import narrowed
from guiju.population.questions.levers import Cone, measured, parts_of
from guiju.values import Value

Numbers = NDArray[np.int64]
MOST_ROWS = 1000  # of one kind: whoever lacks more is not near


@dataclass(frozen=True, slots=True)
class Addition:
    """To each of `owners` (ascending) `times` rows like the one of `rows` that `which` says."""

    record: str
    rows: tuple[Row, ...]
    owners: Numbers
    which: Numbers
    times: Numbers

    def parts(self, size: int) -> Iterator[slice]:
        yield from (slice(start, start + size) for start in range(0, len(self.owners), size))

    def applied(self, people: Population, part: slice) -> Population:
        """These owners with the rows added."""
        owners, times = self.owners[part], self.times[part]
        behind = np.repeat(np.arange(len(owners)), times)
        return with_rows(picked(people, owners), self.record, behind, self.rows, np.repeat(self.which[part], times))


def more_rows(policy: Policy, goal: Goal, cone: Cone, record: str, people: Population,
              setting: Setting) -> Iterator[Addition]:
    """What could be added to everybody's rows of a record set, possibility by possibility."""
    maker = _Maker(policy, cone, record, people, setting)
    for node in cone.nodes:
        if node.rows or node.op not in ("ge", "gt", "le", "lt", "eq"):
            continue
        for part, other in [(p, b) for a, b in (node.args, node.args[::-1]) for p in parts_of(a)]:
            if part.op == "count" and part.args[0] == record:
                yield from maker.counted(part, other, strictly=node.op in ("gt", "lt"))
            elif part.op == "sum" and part.args[0] == record:
                yield from maker.summed(node, part, other)
    for benefit in policy.benefits if goal.pays else ():
        if benefit.record == record:
            for line in benefit.rows:
                if line.amount is not None:
                    yield from maker.like([c.node for c in benefit.when if c.counts] + [line.test])


@dataclass(slots=True)
class _Maker:
    policy: Policy
    cone: Cone
    record: str
    people: Population
    setting: Setting

    def counted(self, count: Node, bound: Node, *, strictly: bool) -> Iterator[Addition]:
        """As many rows as a count lacks; one more where it has to be passed."""
        now, wanted = measured(self.policy, [count, bound], self.setting, self.people)
        times = np.nan_to_num(wanted + strictly - now)
        yield from self.like([count.args[1]], np.where(times <= MOST_ROWS, times, 0).astype(np.int64))

    def like(self, wanted: list[Node], times: Numbers | None = None) -> Iterator[Addition]:
        """A row of which these conditions hold, for each; the same for those who are alike in what it rests on."""
        times = np.ones(self.people.count, np.int64) if times is None else times
        owners = np.flatnonzero(times > 0)
        if not len(owners):
            return
        groups = self._alike(wanted, owners)
        heads = np.unique(groups, return_index=True)[1]
        made = [Repairer(self.policy, self._interpreter(int(owners[h]), wanted)).new_row(self.record, wanted)
                for h in heads]
        yield from self._addition(owners, groups, made, times[owners])

    def summed(self, node: Node, total: Node, bound: Node) -> Iterator[Addition]:
        """A row that brings what a sum lacks."""
        now, wanted = measured(self.policy, [total, bound], self.setting, self.people)
        owners = np.flatnonzero(wanted - now >= 0)
        if not len(owners):
            return
        groups = self._alike([node], owners, wanted[owners] - now[owners])
        heads = np.unique(groups, return_index=True)[1]
        yield from self._addition(owners, groups, [self._bringing(node, int(owners[h])) for h in heads],
                                  np.ones(len(owners), np.int64))

    def _bringing(self, node: Node, number: int) -> Row | None:
        repairs = Repairer(self.policy, self._interpreter(number, [node])).repairs(node)
        return next((r[0].row for r in repairs if len(r) == 1 and r[0].target == self.record), None)

    def _addition(self, owners: Numbers, groups: Numbers, made: Sequence[Row | None],
                  times: Numbers) -> Iterator[Addition]:
        rows = [row for row in made if row is not None]
        place = np.cumsum([row is not None for row in made]) - 1
        kept = np.array([row is not None for row in made])[groups]
        if rows:
            yield Addition(self.record, tuple(rows), owners[kept], place[groups[kept]], times[kept])

    def _alike(self, nodes: Sequence[Node], owners: Numbers, *more: Any) -> Numbers:
        """Equal numbers for those who are alike in the facts that the nodes rest on."""
        columns = [np.asarray(x, np.float64) for x in more]
        for id_ in self._facts(nodes):
            columns += [np.asarray(c, np.float64) for c in _columns(self.people, id_, owners)]
        if not columns:
            return np.zeros(len(owners), np.int64)
        return np.unique(np.stack(columns), axis=1, return_inverse=True)[1].reshape(-1)

    def _facts(self, nodes: Sequence[Node]) -> list[str]:
        return sorted(frozenset().union(*(self.cone.facts.get(n, frozenset()) for n in nodes)))

    def _interpreter(self, number: int, nodes: Sequence[Node]) -> Any:
        """What is known of an organisation, as far as the nodes look at it."""
        bare = narrowed(self.policy, goals=(), scores={}, benefits=(), limits=())
        records = {n.args[0] for n in walk(*nodes) if n.op in AGGREGATES}
        seen = replace(self.people, facts={id_: self.people.facts[id_] for id_ in self._facts(nodes)
                                           if id_ in self.people.facts},
                       tables={id_: table for id_, table in self.people.tables.items() if id_ in records})
        return evaluate(bare, seen.facts_of(number), self.setting).interpreter


def _columns(people: Population, id_: str, owners: Numbers) -> list[Any]:
    held = people.facts.get(id_)
    if held is None:
        return []
    entry = people.vocabulary.facts[id_]
    seen: dict[Value, int] = {}
    values: list[Value] = [held.value(int(n), people.texts, entry) for n in owners]
    return [[seen.setdefault(value, len(seen)) for value in values]]
