"""From record rows to an amount, in the order that the law needs (reference implementation).

Rows that qualify → items (rows of one series are one) → price → ceiling of each item → limits (see `limits`) → sum.
The least and the greatest case run apart; where a key or a condition is not known, each takes the side that bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.items import ALONE, UNKNOWN_KEY, Cut, Item, Payment, kind_of, most_cautious
from guiju.evaluate.limits import key_of, limit_all
from guiju.facts.model import Row
from guiju.language.ir import Node
from guiju.language.policy import Benefit, Policy, PriceRow
from guiju.values import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, UNKNOWN, Quantity, Status


def pay(policy: Policy, it: Interpreter) -> Payment:
    """What the policy's benefits come to for this organisation, before conditions on the organisation itself."""
    items: list[Item] = []
    merged: list[str] = []
    rows: list[Item] = []
    for benefit in policy.benefits:
        found = _items_of(benefit, it)
        rows += [i for i in found if i.holds != FAIL]
        if benefit.merge is not None:
            together = _merge(found, benefit, it)
            if len(together) < len(found):
                merged.append(benefit.merge.id)
            found = together
        items += [_priced(item) for item in found]
    claimed = [i for i in items if i.status != FAIL]
    it.items_hold = _holder(rows, it)
    status = a.some([i.claims for i in claimed] or [FAIL])
    low, high, cause = limit_all(policy.limits, claimed, it)
    for item in claimed:
        cause |= item.cause
    return Payment(low, high, cause if low != high else 0, kind_of(claimed, high), status, tuple(items), tuple(merged))


# Rows to items


def _items_of(benefit: Benefit, it: Interpreter) -> list[Item]:
    if not benefit.record:
        return [_item(benefit, (), 0, it)]
    rows = it.facts.records.get(benefit.record)
    if rows is None:
        return _unknown_rows(benefit, it)
    return [_item(benefit, row, position, it) for position, row in enumerate(rows)]


def _unknown_rows(benefit: Benefit, it: Interpreter) -> list[Item]:
    """Any number of rows: an item without bound, if any row could bring anything."""
    item = _item(benefit, it.any_row(benefit.record), 0, it)
    if item.status == FAIL or (item.high <= 0 and not item.external):
        return []
    item.unit = item.high if benefit.merge else min(item.high, item.ceiling[1])
    item.low, item.high, item.status, item.cause = 0, inf if item.high > 0 else 0, UNKNOWN, UNKNOWN
    item.claims, item.holds = UNKNOWN, UNKNOWN if item.high > 0 else FAIL
    item.rows, item.positions, item.ceiling = [], [], (0, inf)
    return [item]


def _item(benefit: Benefit, row: Row, position: int, it: Interpreter) -> Item:
    if not benefit.record:
        return _evaluated(benefit, row, position, it)
    with it.open_row(benefit.record, row):
        return _evaluated(benefit, row, position, it)


def _evaluated(benefit: Benefit, row: Row, position: int, it: Interpreter) -> Item:
    statuses = [(c, it.status(c.node)) for c in benefit.when if c.counts]
    status = a.every([s for _, s in statuses] or [PASS])
    status = PASS if status == NOT_APPLICABLE else status
    found = _look_up(benefit, it)
    ceiling = it.quantity(benefit.ceiling) if benefit.ceiling is not None else (inf, inf, 0)
    status = a.every([status, found.status])
    cause = found.cause | ceiling[2] | status & UNDECIDED
    item = Item(benefit, [row], [position], status, found.low if status == PASS else 0,
                found.high if status != FAIL else 0, cause, found.line, found.external and status != FAIL,
                (max(ceiling[0], 0), max(ceiling[1], 0)), [c for c, s in statuses if s == FAIL], kind=benefit.kind)
    _note_rest(item, it)
    _note_less(item, it)
    doubt = (status | found.cause) & UNDECIDED or UNKNOWN
    if item.high > 0:
        item.holds = status if found.is_positive else doubt
    if item.high > 0 or item.external:
        item.claims = status if found.is_worth_something else doubt
    return item


def _note_rest(item: Item, it: Interpreter) -> None:
    """Where something came off, or may have, what remains may be no more than a ceiling or a discretion."""
    for less in item.benefit.less:
        if less.rest and it.quantity(less.amount)[1] > 0:
            item.kind, item.low = most_cautious((item.kind, less.rest)), 0


def _note_less(item: Item, it: Interpreter) -> None:
    """What came off the price of the line, in the highest case, for those who ask why it is not paid in full."""
    if not item.benefit.less or item.status == FAIL or item.price is None or item.price.amount is None:
        return
    rest = item.claimed = max(it.quantity(item.price.amount)[1], 0)
    for less in item.benefit.less:
        taken = min(it.quantity(less.amount)[0], rest)
        if taken > 0:
            item.cuts.append(Cut(less.id, taken))
            rest -= taken


@dataclass(slots=True)
class _Price:
    """What a price table says of one row: the least and the most that a line may give, and whether a line fits.

    `is_positive`: every line that may fit gives an amount; `is_worth_something`: an amount, here or elsewhere.
    """

    low: Any = inf
    high: Any = 0
    cause: int = 0
    line: PriceRow | None = None
    status: Status = FAIL
    external: bool = False
    is_positive: bool = True
    is_worth_something: bool = True

    def add(self, line: PriceRow, status: Status, amount: Quantity) -> None:
        """A line that fits or may fit. An amount is never below nothing."""
        least, most = max(amount[0], 0), max(amount[1], 0)
        self.external = self.external or line.amount is None
        self.is_positive = self.is_positive and least > 0
        self.is_worth_something = self.is_worth_something and (least > 0 or line.amount is None)
        self.low, self.cause = min(self.low, least), self.cause | amount[2] | status & UNDECIDED
        if self.line is None or most > self.high:
            self.line, self.high = line, max(most, self.high)


def _look_up(benefit: Benefit, it: Interpreter) -> _Price:
    """The price of the open row, by the first line that fits."""
    found = _Price()
    statuses = []
    for line in benefit.rows:
        status = it.status(line.test)
        if status in (FAIL, NOT_APPLICABLE):
            continue
        statuses.append(status)
        found.add(line, status, it.quantity(line.net) if line.net is not None else (0, 0, 0))
        if status == PASS:
            found.status = PASS
            return found
    found.low, found.status = 0, a.some(statuses or [FAIL])
    return found


# Items of a series


def _merge(items: list[Item], benefit: Benefit, it: Interpreter) -> list[Item]:
    assert benefit.merge is not None
    groups: dict[Any, list[Item]] = {}
    single: list[Item] = []
    loose: list[Item] = []
    for item in items:
        key = key_of(benefit.merge.keys, item, it) if item.status != FAIL else ALONE
        if key == UNKNOWN_KEY:
            item.low, item.cause = 0, item.cause | UNKNOWN
            loose.append(item)
        if key in (ALONE, UNKNOWN_KEY):
            single.append(item)
        else:
            groups.setdefault(key, []).append(item)
    families = [_one(group, benefit.merge.id) for group in groups.values()]
    for item in families:
        _expect(item, loose)
    for item in loose:
        _expect(item, [*families, *(other for other in loose if other is not item)])
    return families + single


def _expect(item: Item, others: list[Item]) -> None:
    """The rows of the others may turn out to be of the same series."""
    if others:
        item.ceiling, item.settled = (item.ceiling[0], inf), False
        item.company = [row for other in others for row in other.rows]


def _one(group: list[Item], merge: str) -> Item:
    """Several rows as one item: the highest price, the sum of the ceilings."""
    first = max(group, key=lambda i: i.high)
    sure = [i for i in group if i.status == PASS]
    cause = 0
    for item in group:
        cause |= item.cause
    one = Item(first.benefit, [r for i in group for r in i.rows], [p for i in group for p in i.positions],
               a.some([i.status for i in group]), max((i.low for i in sure), default=0), first.high, cause, first.price,
               any(i.external for i in group),
               (sum(i.ceiling[0] for i in sure), sum(i.ceiling[1] for i in group)))
    one.claims, one.holds = a.some([i.claims for i in group]), a.some([i.holds for i in group])
    one.kind = first.kind
    one.sure_rows = [i.rows[0] for i in sure]
    one.claimed, one.cuts = sum(i.claimed or i.high for i in group), [cut for i in group for cut in i.cuts]
    if len(group) > 1:
        one.settled = len(sure) == len(group)
        one.cuts.append(Cut(merge, sum(i.high for i in group) - first.high))
    return one


def _priced(item: Item) -> Item:
    """The item's amount: no more than its ceiling, down to the fen; a ceiling or a discretion may also come to 0."""
    item.claimed = item.claimed or item.high
    item.cut(item.benefit.ceiling_id or f"{item.benefit.id}.ceiling", min(item.high, item.ceiling[1]))
    item.low = _whole_fen(min(item.low, item.ceiling[0]))
    item.high = _whole_fen(item.high)
    if item.benefit.kind != "exact":
        item.low = 0
    return item


def _whole_fen(amount: Any) -> Any:
    return amount if amount == inf else int(amount // 1)


# What caps may ask


def _holder(items: list[Item], it: Interpreter) -> Callable[[Node], Status]:
    """Whether any item, before rows of a series come together and before limits, fulfils a row condition."""

    def fulfils(item: Item, condition: Node) -> Status:
        row = item.rows[0] if item.rows else it.any_row(item.benefit.record)
        status = it.in_row(item.benefit.record, row, condition) if item.benefit.record else it.status(condition)
        assert isinstance(status, int)
        return FAIL if status == NOT_APPLICABLE else a.every([item.holds, status])

    def hold(condition: Node) -> Status:
        return a.some([fulfils(i, condition) for i in items if condition.rows <= {i.benefit.record}] or [FAIL])

    return hold
