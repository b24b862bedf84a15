"""Limits over items: the least and the greatest sum that remains (reference implementation).

A limit takes its items in groups of equal keys. One limit alone is monotone: higher amounts in, no lower sum out. So
are several, where each group of an earlier one lies inside one group of a later one. Where they cross, a higher
amount can lead to a lower sum (it displaces another item and is then cut), and neither case bounds: then the least
case counts nothing for the items concerned, and the greatest takes the limits that do not cross, and one that does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf, prod
from typing import Any

from guiju.evaluate import arithmetic as a
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.items import ALONE, UNKNOWN_KEY, Item
from guiju.facts.model import Row
from guiju.language.ir import Node
from guiju.language.policy import Limit
from guiju.values import FAIL, NO_TEXT, NOT_APPLICABLE, PASS, UNDECIDED, UNKNOWN, Quantity, Status
from guiju.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Hold:
    """How a limit holds one item: how surely, in which group; `classes` is how many groups unknown rows may fill."""

    inside: Status
    key: Any
    classes: Any


@dataclass(frozen=True, slots=True, eq=False)
class Acting:
    """A limit that may act on these items. `least` and `most` are what a cap allows; `cause` what is in doubt."""

    limit: Limit
    gate: Status
    least: Any
    most: Any
    holds: dict[int, Hold]
    cause: int


def limit_all(limits: Sequence[Limit], items: list[Item], it: Interpreter) -> tuple[Any, Any, int]:
    """The least and the greatest sum after all limits, and what limits leave in doubt.

    The items keep the history of the case that a reader can follow: what is known to be there, at its most.
    """
    acting = [made for limit in limits if (made := _acting(limit, items, it)) is not None]
    crossing = [] if _is_certain(acting, items) else _crossing(acting, items)
    lows = [0 if any(i in limit.holds for limit in crossing) else item.low for i, item in enumerate(items)]
    lows, cutting = _run(acting, items, lows, least=True)
    highs, chosen = _highest(acting, crossing, items)
    _show(chosen, items)
    for item, low in zip(items, lows, strict=True):
        item.low = min(low, item.high)
    cause = 0
    for limit in (*crossing, *cutting, *chosen):
        cause |= limit.cause
    return sum(lows), sum(highs), cause


def _is_certain(acting: list[Acting], items: list[Item]) -> bool:
    """Whether there is one case only: then the limits just act in their order."""
    exact = all(i.low == i.high for i in items) or not any(i.low for i in items)
    return exact and all(i.is_certain for i in items) and not any(limit.cause for limit in acting)


def _highest(acting: list[Acting], crossing: list[Acting], items: list[Item]) -> tuple[list[Any], list[Acting]]:
    """The greatest case, and the limits that cut it."""
    sure = [limit for limit in acting if limit.gate == PASS]
    choices = [[m for m in sure if m not in crossing or m is limit] for limit in crossing] or [sure]
    cases = [_run(choice, items, [i.high for i in items], least=False) for choice in choices]
    return min(cases, key=lambda case: sum(case[0]))


def _run(limits: list[Acting], items: list[Item], amounts: list[Any], *, least: bool) \
        -> tuple[list[Any], list[Acting]]:
    """The amounts after the limits in their order, and those that cut something."""
    cutting = []
    for limit in limits:
        after = _limited(limit, items, amounts, range(len(items)), least=least)
        cutting += [limit] if after != amounts else []
        amounts = after
    return amounts, cutting


def _show(limits: list[Acting], items: list[Item]) -> None:
    """Cut the items that are known to be there."""
    among = {i for i, item in enumerate(items) if item.rows}
    for limit in limits:
        remaining = _limited(limit, items, [i.high for i in items], among, least=False)
        for i in among:
            items[i].cut(limit.limit.id, remaining[i])


# How a limit holds items


def _acting(limit: Limit, items: list[Item], it: Interpreter) -> Acting | None:
    gate = it.status(limit.gate)
    if gate in (FAIL, NOT_APPLICABLE):
        return None
    allowed: Quantity = (0, 0, 0)
    if limit.amount is not None:
        allowed = it.quantity(limit.amount)
        it.seen.pop(limit.amount, None)
    holds = {}
    cause = (gate | allowed[2]) & UNDECIDED
    for i, item in enumerate(items):
        inside = _inside(limit, item, it) if item.benefit.id in limit.benefits else FAIL
        if inside not in (FAIL, NOT_APPLICABLE):
            keys = limit.keys[item.benefit.id]
            hold = holds[i] = Hold(inside, key_of(keys, item, it), prod(classes_of(key, it.vocabulary) for key in keys))
            cause |= inside & UNDECIDED | (UNKNOWN if hold.key == UNKNOWN_KEY else 0)
    return Acting(limit, gate, _whole(allowed[0]), _whole(allowed[1]), holds, cause)


def _whole(allowed: Any) -> Any:
    """What a cap allows, down to the fen and never below nothing."""
    return max(allowed, 0) if allowed in (inf, -inf) else max(int(allowed // 1), 0)


def _inside(limit: Limit, item: Item, it: Interpreter) -> Status:
    """Whether the limit holds the item: whether it holds one of its rows. If it holds each, it does not matter which
    of them are there."""
    where = limit.where.get(item.benefit.id)
    if where is None:
        return PASS

    def holds(row: Row) -> Status:
        status = it.in_row(item.benefit.record, row, where) if item.benefit.record else it.status(where)
        assert isinstance(status, int)
        return status

    if not item.rows:
        return holds(it.any_row(item.benefit.record))
    own, company = [holds(row) for row in item.rows], [holds(row) for row in item.company]
    if all(status == PASS for status in own + company):
        return PASS
    surely = [len(item.rows) == 1 or row in item.sure_rows for row in item.rows]
    return a.some([status if sure else _perhaps(status) for status, sure in zip(own, surely, strict=True)]
                  + [_perhaps(status) for status in company])


def _perhaps(inside: Status) -> Status:
    """Of a row that may not be there."""
    return inside if inside in (FAIL, NOT_APPLICABLE) else inside & UNDECIDED or UNKNOWN


def key_of(keys: tuple[Node, ...], item: Item, it: Interpreter) -> Any:
    """The group of an item: its first row's values, or UNKNOWN_KEY, or ALONE where it belongs to no group."""
    if not item.rows and all(key.op == "const" for key in keys):
        return tuple(key.args[0] for key in keys)
    found = [_row_key(keys, item, row, it) for row in (*item.rows, *item.company)]
    if found and (item.settled or all(key == found[0] for key in found)):
        return found[0]
    return UNKNOWN_KEY


def _row_key(keys: tuple[Node, ...], item: Item, row: Row, it: Interpreter) -> Any:
    values = []
    for key in keys:
        value = it.in_row(item.benefit.record, row, key) if item.benefit.record else it.value(key)
        low, high, cause = value if isinstance(value, tuple) else (value, value, value & UNDECIDED)
        if low == NO_TEXT:
            return ALONE
        values.append(UNKNOWN_KEY if cause or low != high or low is None else low)
    return UNKNOWN_KEY if UNKNOWN_KEY in values else tuple(values)


def classes_of(key: Node, vocabulary: Vocabulary) -> Any:
    """How many different values a key can have; infinite where nothing bounds it."""
    if key.op == "const":
        return 1
    if key.type.kind == "bool":
        return 3  # yes, no, not applicable
    enumeration = vocabulary.enumerations.get(key.type.enum)
    return len(enumeration.members) if enumeration else inf


# Whether limits cross


def _crossing(acting: list[Acting], items: list[Item]) -> list[Acting]:
    found = [m for i, outer in enumerate(acting) for inner in acting[:i] if not _nests(inner, outer, items)
             for m in (inner, outer)]
    return [limit for limit in acting if limit in found]


def _nests(inner: Acting, outer: Acting, items: list[Item]) -> bool:
    """Whether every group of the earlier limit lies in one group of the later, or outside of it."""
    for group in _groups(inner):
        if len(group) == 1 and items[group[0]].rows:
            continue
        labels = [_label(outer, i, items) for i in group]
        if all(label is None for label in labels):
            continue
        if UNKNOWN_KEY in labels or any(label != labels[0] for label in labels):
            return False
        if inner.limit.form == outer.limit.form == "best":
            return False
    return True


def _groups(limit: Acting) -> list[list[int]]:
    """Items that the limit takes, or may take, together."""
    everything = list(limit.holds)
    if limit.limit.form == "best" or any(h.key == UNKNOWN_KEY for h in limit.holds.values()):
        return [everything] if everything else []
    groups: dict[Any, list[int]] = {}
    for i, hold in limit.holds.items():
        groups.setdefault((ALONE, i) if hold.key == ALONE else hold.key, []).append(i)
    return list(groups.values())


def _label(limit: Acting, i: int, items: list[Item]) -> Any:
    hold = limit.holds.get(i)
    if hold is None:
        return None
    if hold.inside != PASS:
        return UNKNOWN_KEY
    if limit.limit.form == "best":
        return (items[i].benefit.category,)
    return (ALONE, i) if hold.key == ALONE else hold.key


# What a limit does


def _limited(limit: Acting, items: list[Item], amounts: list[Any], among: Collection[int], *,
             least: bool) -> list[Any]:
    """The amounts after the limit. What may be held counts as held in the least case, as free in the greatest; an
    item with an unknown key counts nothing in the least case and stays alone in the greatest."""
    result = list(amounts)
    groups: dict[Any, list[int]] = {}
    for i, hold in limit.holds.items():
        if i not in among or (not least and hold.inside != PASS):
            continue
        if limit.limit.form == "best":
            groups.setdefault((), []).append(i)
        elif hold.key == UNKNOWN_KEY and least:
            result[i] = 0
        else:
            groups.setdefault((hold.key, i) if hold.key in (ALONE, UNKNOWN_KEY) else hold.key, []).append(i)
    for group in groups.values():
        ordered = sorted(group, key=lambda i: (-amounts[i], i))
        if limit.limit.form == "best":
            _best(limit.limit.n, group, result, items)
        elif limit.limit.form == "cap":
            _cap(ordered, result, limit.least if least else limit.most, limit, items)
        else:
            _keep(ordered, result, limit, items)
    return result


def _keep(ordered: list[int], result: list[Any], limit: Acting, items: list[Item]) -> None:
    """The n highest stay. Rows that are not known may be n in each group that they can fill; each takes a place, unless
    a limit before has cut them as a whole."""
    n, places = limit.limit.n, []
    for i in ordered:
        if items[i].rows:
            places.append((result[i], i))
            result[i] = 0
            continue
        most = _times(n * limit.holds[i].classes, items[i].unit)
        if limit.holds[i].classes == 1 and result[i] >= most:
            places += [(items[i].unit, i)] * n
            result[i] = 0
        result[i] = min(result[i], most)
    for amount, i in sorted(places, key=lambda place: -place[0])[:n]:
        result[i] += amount


def _times(count: Any, amount: Any) -> Any:
    return count * amount if amount else 0


def _cap(ordered: list[int], result: list[Any], room: Any, limit: Acting, items: list[Item]) -> None:
    """Together no more than the room; rows that are not known have it in each group that they can fill."""
    for i in ordered:
        result[i] = min(result[i], room if items[i].rows else _times(limit.holds[i].classes, room))
        room = max(room - result[i], 0) if room != inf else inf


def _best(n: int, held: list[int], result: list[Any], items: list[Item]) -> None:
    """The n categories with the highest sums keep theirs."""
    sums: dict[str, Any] = {}
    for i in held:
        sums[items[i].benefit.category] = sums.get(items[i].benefit.category, 0) + result[i]
    best = sorted(sums, key=lambda c: -sums[c])[:n]
    for i in held:
        if items[i].benefit.category not in best:
            result[i] = 0
