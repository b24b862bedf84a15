"""Which policies pay for the same record, and where the policies' own exclusions bite.

A record is looked at as its policy's price table does: conditions, price, ceiling, and what was received before and
comes off; before series, caps and other limits, which hold for an organisation's records together. Rows of one
organisation with the same key are one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.ir import walk
from guiju.language.policy import Benefit, Condition, Policy
from guiju.population.files.results import elsewhere_of
from guiju.population.people import Population
from guiju.population.questions.asking import Chunk, answered, in_order, narrowed
from guiju.population.questions.worth import Worth, worth_of_rows
from guiju.values import FAIL, NOT_APPLICABLE, PASS

# Fields by which a rule asks what has been received before, or from elsewhere.
RECEIVED = frozenset({"city_funded", "city_grade_paid", "district_money", "funded_anywhere", "higher_before",
                      "like_award", "lower_grade_paid", "paid_before", "paid_elsewhere", "state_fund_rule"})
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Pair:
    """Records of one kind for which both policies pay: `surely`, and `possibly` besides; what the first pays for them
    and what the second, fen from `low` (of the sure ones) to `high` (of all), infinite where nothing bounds it."""

    record: str
    first: str
    second: str
    surely: int = 0
    possibly: int = 0
    first_low: float = 0
    first_high: float = 0
    second_low: float = 0
    second_high: float = 0


@dataclass(slots=True)
class Bite:
    """One exclusion of a policy on one kind of record: how many it surely, and how many possibly, refused or reduced;
    what that took, fen from `low` to `high`; and how many of them another policy pays for, surely or possibly."""

    policy: str
    benefit: str
    kind: Literal["refused", "reduced"]
    rules: tuple[str, ...]
    surely: int = 0
    possibly: int = 0
    low: float = 0
    high: float = 0
    paid_elsewhere: int = 0


@dataclass(slots=True)
class Overlaps:
    """`records`: how many records each policy pays for, surely and possibly, by (kind, policy). `unknown`: of how many
    organisations the records of a kind are not known, so that nothing is counted of them."""

    everybody: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    records: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    pairs: dict[tuple[str, str, str], Pair] = field(default_factory=dict)
    bites: dict[tuple[str, str, str], Bite] = field(default_factory=dict)


@dataclass(slots=True)
class _Paid:
    """What one policy pays for each record of a kind: surely, possibly, fen."""

    sure: Mask
    maybe: Mask
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def overlaps(chunks: Iterable[Chunk], asked: Sequence[tuple[Policy, Setting]], named: bool = True) -> Overlaps:
    """Over all chunks, for all policies that pay for records. Unless they were `named`, a policy says nothing of
    organisations outside its region."""
    found = Overlaps()
    paying = [(p, s) for p, s in asked if any(b.record for b in p.benefits)]
    for _, names, people in in_order(chunks):
        found.everybody += len(names)
        goals = {policy.id: _goal(policy, setting, people) for policy, setting in paying}
        for policy, _ in () if named else paying:
            goals[policy.id] = np.where(elsewhere_of(policy, people), np.uint8(FAIL), goals[policy.id])
        for record in dict.fromkeys(b.record for p, _ in paying for b in p.benefits if b.record):
            table = people.tables.get(record)
            known = np.broadcast_to(False if table is None else table.known, people.count)
            found.unknown[record] = found.unknown.get(record, 0) + int(np.count_nonzero(~known))
            if table is not None:
                _add_record(found, record, people, paying, goals)
    return found


def _goal(policy: Policy, setting: Setting, people: Population) -> NDArray[np.uint8]:
    """How the conditions on the organisation stand of the goals that pay: the best of them."""
    goals = tuple(replace(g, pays=False) for g in policy.goals if g.pays)
    answers = answered(narrowed(policy, goals=goals, scores={}, benefits=(), limits=()), setting, people)
    codes = [np.where(c == NOT_APPLICABLE, PASS, c) for c in answers.goals]
    return np.min(codes, axis=0) if codes else np.full(people.count, FAIL, np.uint8)


def _add_record(found: Overlaps, record: str, people: Population, asked: Sequence[tuple[Policy, Setting]],
                goals: dict[str, NDArray[np.uint8]]) -> None:
    group = _same(people, record)
    paid: dict[str, _Paid] = {}
    bitten: list[tuple[Bite, str, Mask, Mask, Any, Any]] = []
    for policy, setting in asked:
        for benefit in policy.benefits:
            if benefit.record == record:
                goal = goals[policy.id][people.tables[record].owners]
                worth = worth_of_rows(policy, benefit, setting, people, goal != FAIL)
                _pay(paid, policy.id, group, _of(worth, goal))
                bitten += _bites(policy, benefit, setting, people, goal, worth)
    for id_, own in paid.items():
        counts = found.records.setdefault((record, id_), [0, 0])
        counts[0] += int(own.sure.sum())
        counts[1] += int((own.maybe & ~own.sure).sum())
    _add_pairs(found, record, paid)
    _add_bites(found, bitten, paid, group)


def _same(people: Population, record: str) -> NDArray[np.int64]:
    """To each row the number of the record that it is: rows of one organisation with the same known key are one."""
    table, kind = people.tables[record], people.vocabulary.records[record]
    count = len(table.owners)
    own = np.arange(count, dtype=np.float64)
    columns, alone = [table.owners.astype(np.float64)], np.full(count, not kind.key)
    for id_ in kind.key:
        column: Any = table.fields[kind.position(id_)].ready()
        low, high, cause = (np.broadcast_to(x, count) for x in (column.low, column.high, column.cause))
        alone = alone | (cause > 0) | (low != high) | (low == float(people.texts.code("")))
        columns.append(low)
    columns.append(np.where(alone, own, -1.0))
    return np.unique(np.stack(columns), axis=1, return_inverse=True)[1].reshape(-1)


def _of(worth: Worth, goal: NDArray[np.uint8]) -> _Paid:
    sure = (goal == PASS) & (worth.status == PASS)
    maybe = (goal != FAIL) & (worth.status != FAIL)
    return _Paid(sure, maybe, np.where(sure, worth.low, 0.0), np.where(maybe, worth.high, 0.0))


def _pay(paid: dict[str, _Paid], policy: str, group: NDArray[np.int64], rows: _Paid) -> None:
    """Adds what a benefit pays for each record: of rows that are one record, the highest."""
    count = int(group.max(initial=-1)) + 1
    sure, maybe = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    low, high = np.zeros(count), np.zeros(count)
    np.logical_or.at(sure, group, rows.sure)
    np.logical_or.at(maybe, group, rows.maybe)
    np.maximum.at(low, group, rows.low)
    np.maximum.at(high, group, rows.high)
    if policy in paid:
        own = paid[policy]
        sure, maybe, low, high = sure | own.sure, maybe | own.maybe, low + own.low, high + own.high
    paid[policy] = _Paid(sure, maybe, low, high)


def _add_pairs(found: Overlaps, record: str, paid: dict[str, _Paid]) -> None:
    for first, one in paid.items():
        for second, other in paid.items():
            if first >= second:
                continue
            sure, maybe = one.sure & other.sure, one.maybe & other.maybe
            if maybe.any():
                pair = found.pairs.setdefault((record, first, second), Pair(record, first, second))
                pair.surely += int(sure.sum())
                pair.possibly += int((maybe & ~sure).sum())
                pair.first_low += float(one.low[sure].sum())
                pair.first_high += float(one.high[maybe].sum())
                pair.second_low += float(other.low[sure].sum())
                pair.second_high += float(other.high[maybe].sum())


# Exclusions


def _bites(policy: Policy, benefit: Benefit, setting: Setting, people: Population, goal: NDArray[np.uint8],
           worth: Worth) -> list[tuple[Bite, str, Mask, Mask, Any, Any]]:
    """Each exclusion of a benefit with the rows that it surely, and possibly, refused or reduced, and what it took of
    each, at least and at most."""
    asked, may = goal == PASS, goal != FAIL
    result = []
    for condition in (c for c in benefit.when if c.counts and asks_what_was_received(c, policy)):
        others = replace(benefit, when=tuple(c for c in benefit.when if c is not condition))
        free = worth_of_rows(policy, others, setting, people, may)
        sure = asked & (free.status == PASS) & (worth.status == FAIL)
        maybe = may & (free.status != FAIL) & (worth.status != PASS)
        bite = Bite(policy.id, benefit.id, "refused", (condition.id,))
        result.append((bite, benefit.id, sure, maybe, free.low, free.high))
    if benefit.less:
        gross = replace(benefit, less=(), rows=tuple(replace(r, net=r.amount) for r in benefit.rows))
        free = worth_of_rows(policy, gross, setting, people, may)
        settled = (free.cause == 0) & (worth.cause == 0) & (free.status == PASS)
        with np.errstate(invalid="ignore"):
            taken = np.nan_to_num(free.high - worth.high, nan=0.0)
        sure = asked & settled & (taken > 0)
        maybe = may & (free.status != FAIL) & (free.high > 0) & ~(settled & (taken == 0))
        bite = Bite(policy.id, benefit.id, "reduced", tuple(m.id for m in benefit.less))
        result.append((bite, benefit.id, sure, maybe, taken, np.where(settled, taken, free.high)))
    return result


def asks_what_was_received(condition: Condition, policy: Policy) -> bool:
    """Whether a condition on a record rests on what has been received for it before, or from elsewhere."""
    records = policy.vocabulary.records
    return any(node.op in ("field", "around") and records[node.args[0]].fields[node.args[1]].id in RECEIVED
               for node in walk(condition.node))


def _add_bites(found: Overlaps, bitten: list[tuple[Bite, str, Mask, Mask, Any, Any]], paid: dict[str, _Paid],
               group: NDArray[np.int64]) -> None:
    for bite, benefit, sure, maybe, low, high in bitten:
        others = [own.maybe[group] for id_, own in paid.items() if id_ != bite.policy]
        either = sure | maybe
        if either.any():
            kept = found.bites.setdefault((bite.policy, benefit, bite.kind + "+".join(bite.rules)), bite)
            kept.surely += int(sure.sum())
            kept.possibly += int((maybe & ~sure).sum())
            kept.low += float(low[sure].sum())
            kept.high += float(high[either].sum())
            if others:
                kept.paid_elsewhere += int((either & np.logical_or.reduce(others)).sum())
