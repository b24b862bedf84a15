"""What each row of a record is worth under one benefit, before series and limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting, evaluate
from guiju.language.ir import AGGREGATES, walk
from guiju.language.policy import Benefit, Policy
from guiju.population.people import Population, Table
from guiju.population.questions.altered import picked
from guiju.population.questions.asking import answered, narrowed
from guiju.values import FAIL

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Worth:
    """Of each row: whether it is paid for, fen from `low` to `high` (may be infinite), why these are apart."""

    status: NDArray[np.uint8]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    cause: NDArray[np.uint8]


def worth_of_rows(policy: Policy, benefit: Benefit, setting: Setting, people: Population,
                  wanted: NDArray[np.bool_]) -> Worth:
    """Of the rows that are `wanted`; the others count as refused."""
    alone = narrowed(policy, goals=(), scores={}, benefits=(replace(benefit, merge=None),), limits=())
    count = len(wanted)
    worth = Worth(np.full(count, FAIL, np.uint8), np.zeros(count), np.zeros(count), np.zeros(count, np.uint8))
    rows = np.flatnonzero(wanted)
    if not len(rows):
        return worth
    if benefit.record in _others(benefit):
        _one_by_one(worth, alone, setting, people, rows)
        return worth
    payment = answered(alone, setting, _each_row_alone(people, benefit, rows)).payment
    assert payment is not None
    worth.low[rows], worth.high[rows], worth.cause[rows], worth.status[rows] = payment
    return worth


def _others(benefit: Benefit) -> set[str]:
    """The record sets that the benefit's conditions and prices look at as a whole."""
    nodes = [c.node for c in benefit.when] + [line.test for line in benefit.rows]
    nodes += [part for line in benefit.rows for part in (line.amount, line.net) if part is not None]
    nodes += [benefit.ceiling] if benefit.ceiling is not None else []
    return {node.args[0] for node in walk(*nodes) if node.op in AGGREGATES}


def _each_row_alone(people: Population, benefit: Benefit, rows: Numbers) -> Population:
    """An organisation for each row: its owner, with this row of the record only."""
    table, needed = people.tables[benefit.record], _others(benefit)
    whole = replace(people, tables={id_: t for id_, t in people.tables.items() if id_ in needed})
    each = picked(whole, table.owners[rows])
    own = picked(replace(people, count=len(table.owners), facts={}, tables={
        benefit.record: Table(np.arange(len(table.owners)), table.fields)}), rows).tables[benefit.record]
    return replace(each, tables={**each.tables, benefit.record: own})


def _one_by_one(worth: Worth, alone: Policy, setting: Setting, people: Population, rows: Numbers) -> None:
    """Rows of which the rules ask how they stand among the others: their owners are evaluated with a trace."""
    record = alone.benefits[0].record
    table = people.tables[record]
    starts = table.starts(people.count)
    for owner in np.unique(table.owners[rows]):
        payment = evaluate(alone, people.facts_of(int(owner)), setting).payment
        assert payment is not None
        for item in payment.items:
            for position in item.positions:
                at = int(starts[owner]) + position
                worth.status[at] = item.status if item.status == FAIL else item.claims
                worth.low[at], worth.high[at], worth.cause[at] = float(item.low), float(item.high), item.cause
