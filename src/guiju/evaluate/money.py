"""From record rows to an amount, in the order that the law needs (reference implementation).

Rows that qualify → items (rows of one series are one) → price → ceiling of each item → highest only within a family,
choice, top per class, best categories → caps → sum. Each stage is monotone in each item's amount, so the least and
the greatest case can run apart; where a key or a condition is not known, each case takes the side that bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.items import ALONE, UNKNOWN_KEY, Cut, Item, Payment, kind_of
from guiju.facts.model import Row
from guiju.language.ir import Node, walk
from guiju.language.policy import Benefit, Limit, Policy, PriceRow
from guiju.values import FAIL, NO_TEXT, NOT_APPLICABLE, PASS, UNDECIDED, UNKNOWN, Quantity, Status


def pay(policy: Policy, it: Interpreter) -> Payment:
    """What the policy's benefits come to for this organisation, before conditions on the organisation itself."""
    items: list[Item] = []
    merged: list[str] = []
    rows: list[Item] = []
    for benefit in policy.benefits:
        found = _items_of(benefit, it)
        rows += [i for i in found if i.status != FAIL and i.high > 0]
        if benefit.merge is not None:
            together = _merge(found, benefit, it)
            if len(together) < len(found):
                merged.append(benefit.merge.id)
            found = together
        items += [_priced(item) for item in found]
    claimed = [i for i in items if i.status != FAIL]
    it.items_hold = _holder(rows, it)
    status = a.some([i.status if i.high > 0 or i.external else FAIL for i in claimed] or [FAIL])
    low, high = _limit_all(policy, claimed, it)
    cause = 0
    for item in claimed:
        cause |= item.cause
    return Payment(low, high, cause if low != high else 0, kind_of(claimed), status, tuple(items), tuple(merged))


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
    item.unit, item.low, item.high, item.status, item.cause = item.high, 0, inf, UNKNOWN, UNKNOWN
    item.rows, item.positions = [], []
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
    low, high, cause, price, matched, external = _look_up(benefit, it)
    ceiling = it.quantity(benefit.ceiling)[:2] if benefit.ceiling is not None else (inf, inf)
    doubt = it.quantity(benefit.ceiling)[2] if benefit.ceiling is not None else 0
    status = a.every([status, matched])
    return Item(benefit, [row], [position], status, low if status == PASS else 0, high if status != FAIL else 0,
                cause | doubt | status & UNDECIDED, price, external and status != FAIL, ceiling,
                [c for c, s in statuses if s == FAIL])


def _look_up(benefit: Benefit, it: Interpreter) -> tuple[Any, Any, int, PriceRow | None, Status, bool]:
    """The price of the open row: least, most, cause, the line that gives the most, whether any line fits."""
    low, high, cause, best, external = inf, 0, 0, None, False
    statuses = []
    for line in benefit.rows:
        status = it.status(line.test)
        statuses.append(status)
        if status == FAIL:
            continue
        least, most, doubt = it.quantity(line.amount) if line.amount is not None else (0, 0, 0)
        external = external or line.amount is None
        low, cause = min(low, least), cause | doubt | status & UNDECIDED
        if best is None or most > high:
            best, high = line, max(most, high)
        if status == PASS:
            return low, high, cause, best, PASS, external
    return 0, high, cause, best, a.some(statuses or [FAIL]), external


# Items of a series


def _keys(keys: tuple[Node, ...], item: Item, it: Interpreter) -> Any:
    """The item's key: a tuple of values, or UNKNOWN_KEY, or ALONE."""
    if not item.rows:
        return UNKNOWN_KEY if keys else ()
    values = []
    for key in keys:
        value = it.in_row(item.benefit.record, item.rows[0], key) if item.benefit.record else it.value(key)
        low, high, cause = value if isinstance(value, tuple) else (value, value, value & UNDECIDED)
        if low == NO_TEXT:
            return ALONE
        values.append(UNKNOWN_KEY if cause or low != high or low is None else low)
    return UNKNOWN_KEY if UNKNOWN_KEY in values else tuple(values)


def _merge(items: list[Item], benefit: Benefit, it: Interpreter) -> list[Item]:
    assert benefit.merge is not None
    groups: dict[Any, list[Item]] = {}
    loose: list[Item] = []
    unsure = False
    for item in items:
        key = _keys(benefit.merge.keys, item, it) if item.status != FAIL else ALONE
        if key == UNKNOWN_KEY:
            item.low, item.cause, unsure = 0, item.cause | UNKNOWN, True
        if key in (ALONE, UNKNOWN_KEY):
            loose.append(item)
        else:
            groups.setdefault(key, []).append(item)
    together = [_one(group, benefit.merge.id) for group in groups.values()] + loose
    if unsure:
        for item in together:
            item.ceiling = (item.ceiling[0], inf)
    return together


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
    if len(group) > 1:
        one.claimed = sum(i.high for i in group)
        one.cuts.append(Cut(merge, one.claimed - first.high))
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


# Limits


def _holder(items: list[Item], it: Interpreter) -> Callable[[Node], Status]:
    """Whether any item, before rows of a series come together and before limits, fulfils a row condition."""
    entries = [(i.status, i.benefit.record, i.rows[0] if i.rows else it.any_row(i.benefit.record)) for i in items]

    def hold(condition: Node) -> Status:
        wanted = {n.args[0] for n in _fields(condition)}
        found = [a.every([status, it.in_row(record, row, condition) if record else it.value(condition)])  # type: ignore[list-item]
                 for status, record, row in entries if not wanted or record in wanted]
        return a.some(found or [FAIL])

    return hold


def _fields(node: Node) -> list[Node]:
    return [n for n in walk(node) if n.op == "field"]


def _limit_all(policy: Policy, items: list[Item], it: Interpreter) -> tuple[Any, Any]:
    """The least and the greatest sum after all limits.

    The items keep the history of the case that a reader can follow: what is known to be there, at its most.
    """
    lows, highs = [i.low for i in items], [i.high for i in items]
    shown = [i for i in items if i.rows]
    for limit in policy.limits:
        gate = it.status(limit.gate)
        if gate in (FAIL, NOT_APPLICABLE):
            continue
        allowed: Quantity = (0, 0, 0)
        if limit.amount is not None:
            allowed = it.quantity(limit.amount)
            it.seen.pop(limit.amount, None)
        lows = _limited(limit, items, lows, allowed[0], it, least=True)
        if gate == PASS:
            highs = _limited(limit, items, highs, allowed[1], it, least=False)
            remaining = _limited(limit, shown, [i.high for i in shown], allowed[1], it, least=False)
            for item, amount in zip(shown, remaining, strict=True):
                item.cut(limit.id, amount)
    for item, low in zip(items, lows, strict=True):
        item.low = min(low, item.high)
    return sum(lows), sum(highs)


def _inside(limit: Limit, item: Item, it: Interpreter) -> Status:
    """Whether the limit holds the item."""
    where = limit.where.get(item.benefit.id)
    if where is None:
        return PASS
    if not item.rows:
        row = it.any_row(item.benefit.record) if item.benefit.record else ()
        return it.in_row(item.benefit.record, row, where)  # type: ignore[return-value]
    if not item.benefit.record:
        return it.status(where)
    return a.some([it.in_row(item.benefit.record, row, where) for row in item.rows])  # type: ignore[misc]


def _limited(limit: Limit, items: list[Item], amounts: list[Any], allowed: Any, it: Interpreter, *,
             least: bool) -> list[Any]:
    """The amounts after the limit. What may be held counts as held in the least case, as free in the greatest; an
    item with an unknown key counts nothing in the least case and stays alone in the greatest."""
    result = list(amounts)
    groups: dict[Any, list[int]] = {}
    for i, item in enumerate(items):
        if item.benefit.id not in limit.benefits:
            continue
        inside = _inside(limit, item, it)
        if inside == FAIL if least else inside != PASS:
            continue
        key = _keys(limit.keys[item.benefit.id], item, it)
        if key == UNKNOWN_KEY and least:
            result[i] = 0
        else:
            groups.setdefault((key, i) if key in (ALONE, UNKNOWN_KEY) else key, []).append(i)
    if limit.form == "best":
        return _best(limit, groups, result, items)
    for group in groups.values():
        ordered = sorted(group, key=lambda i: (-amounts[i], i))
        if limit.form == "cap":
            _cap(ordered, result, allowed)
        else:
            _keep(limit.n, ordered, result, items)
    return result


def _keep(n: int, ordered: list[int], result: list[Any], items: list[Item]) -> None:
    """The n highest stay. Rows that are not known to be there stay too; n of them are worth n times one."""
    for i in ordered[n:]:
        result[i] = result[i] if result[i] == inf else 0
    for i in ordered:
        if result[i] == inf:
            result[i] = n * items[i].unit


def _cap(ordered: list[int], result: list[Any], allowed: Any) -> None:
    room = allowed
    for i in ordered:
        result[i] = min(result[i], room)
        room = room - result[i] if room != inf else inf


def _best(limit: Limit, groups: dict[Any, list[int]], result: list[Any], items: list[Item]) -> list[Any]:
    """The n categories with the highest sums keep theirs."""
    sums: dict[str, Any] = {}
    held = [i for group in groups.values() for i in group]
    for i in held:
        sums[items[i].benefit.category] = sums.get(items[i].benefit.category, 0) + result[i]
    best = sorted(sums, key=lambda c: -sums[c])[:limit.n]
    for i in held:
        if items[i].benefit.category not in best:
            result[i] = 0
    return result
