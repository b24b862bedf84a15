"""What each row of a record is worth under one benefit, before series and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting, evaluate
from guiju.facts.model import APPLICATION_DATE
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Benefit, Policy
from guiju.population.match import Matcher
from guiju.population.payable import paid_for
from guiju.population.people import Population, Table
from guiju.population.questions.altered import picked
from guiju.population.questions.asking import narrowed
from guiju.values import FAIL

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Worth:
    """Of each row: whether it is paid for, fen from `low` to `high` (may be infinite), why these are apart.
    `elsewhere`: another document sets what is paid; both ends are 0, and mean no number."""

    status: NDArray[np.uint8]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    cause: NDArray[np.uint8]
    elsewhere: NDArray[np.bool_]


class Pricing:
    """Prices the rows of one record as a benefit does, and as it would in other forms (without a condition, say): all
    forms look at the same rows, each row alone, and share their work."""

    def __init__(self, policy: Policy, forms: Sequence[Benefit], setting: Setting) -> None:
        self.record, self.setting = forms[0].record, setting
        self._alone = [narrowed(policy, goals=(), scores={}, benefits=(replace(form, merge=None),), limits=())
                       for form in forms]
        nodes = walk(*(node for form in forms for node in _nodes(form)))
        self._facts = frozenset(n.args[0] for n in nodes if n.op == "fact") | {APPLICATION_DATE}
        self._records = frozenset(n.args[0] for n in nodes if n.op in AGGREGATES)
        self._match = Matcher([(alone, setting) for alone in self._alone])

    def __call__(self, people: Population, wanted: NDArray[np.bool_]) -> list[Worth]:
        """For each form, of the rows that are `wanted`; the others count as refused."""
        count, rows = len(wanted), np.flatnonzero(wanted)
        found = [Worth(np.full(count, FAIL, np.uint8), np.zeros(count), np.zeros(count), np.zeros(count, np.uint8),
                       np.zeros(count, np.bool_))
                 for _ in self._alone]
        if not len(rows):
            return found
        if self.record in self._records:
            for worth, alone in zip(found, self._alone, strict=True):
                self._one_by_one(worth, alone, people, rows)
            return found
        for worth, answers in zip(found, self._match(self._each_row_alone(people, rows)), strict=True):
            paid = paid_for(answers)
            worth.low[rows], worth.high[rows], worth.cause[rows] = paid.low, paid.high, paid.cause
            worth.status[rows], worth.elsewhere[rows] = paid.status, paid.elsewhere
        return found

    def _each_row_alone(self, people: Population, rows: Numbers) -> Population:
        """An organisation for each row: its owner, with this row of the record only."""
        table = people.tables[self.record]
        whole = replace(people, facts={id_: s for id_, s in people.facts.items() if id_ in self._facts},
                        tables={id_: t for id_, t in people.tables.items() if id_ in self._records})
        each = picked(whole, table.owners[rows])
        own = picked(replace(people, count=len(table.owners), facts={}, tables={
            self.record: Table(np.arange(len(table.owners)), table.fields)}), rows).tables[self.record]
        return replace(each, tables={**each.tables, self.record: own})

    def _one_by_one(self, worth: Worth, alone: Policy, people: Population, rows: Numbers) -> None:
        """Rows of which the rules ask how they stand among the others: their owners are evaluated with a trace."""
        table = people.tables[self.record]
        starts = table.starts(people.count)
        for owner in np.unique(table.owners[rows]):
            payment = evaluate(alone, people.facts_of(int(owner)), self.setting).payment
            assert payment is not None
            for item in payment.items:
                for position in item.positions:
                    at = int(starts[owner]) + position
                    worth.status[at] = item.status if item.status == FAIL else item.claims
                    worth.low[at], worth.high[at], worth.cause[at] = float(item.low), float(item.high), item.cause
                    worth.elsewhere[at] = item.external and item.status != FAIL and item.high == 0


def _nodes(benefit: Benefit) -> Iterator[Node]:
    """All that the benefit's conditions and prices look at."""
    yield from (c.node for c in benefit.when)
    for line in benefit.rows:
        yield from (part for part in (line.test, line.amount, line.net) if part is not None)
    yield from (less.amount for less in benefit.less)
    if benefit.ceiling is not None:
        yield benefit.ceiling
