"""The money stages for generated closures: plain tuples and lists, no history. Same meaning as `money` and `limits`.

For speed, statuses stand as numbers here: 0 PASS, 8 FAIL, 16 NOT_APPLICABLE, and the bits of 7 are the causes of doubt
(`guiju.values`); `s & 24` asks whether a status refuses or does not apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from guiju.evaluate.series import ALONE, LOOSE, Claim, merged, some

Priced = tuple[int, Any, Any, int, bool, int, int]


@dataclass(frozen=True, slots=True)
class Stage:
    """One limit as the closure sees it. By benefit number: `slots`, which of its keys and insides belong to it;
    `classes`, in how many groups rows may fall that are not known."""

    form: str
    n: int
    slots: dict[int, int]
    classes: dict[int, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a benefit's rows become items."""

    category: str
    exact: bool
    merges: bool


@dataclass(slots=True, eq=False)
class _Item:
    benefit: int
    status: int
    low: Any
    high: Any
    cause: int
    paid: int
    external: bool
    keys: tuple[Any, ...]
    inside: tuple[int, ...]
    unit: Any
    category: str


@dataclass(slots=True, eq=False)
class _Acting:
    """A limit with the items in its reach: index → key; `unsure` are those that it may not hold."""

    stage: Stage
    sure: bool
    least: Any
    most: Any
    keys: dict[int, Any]
    unsure: set[int]
    cause: int


def price(whens: Sequence[int], table: Sequence[tuple[int, Any, Any, int, bool]]) -> Priced:
    """Status, least, most, cause, whether fixed elsewhere, and how surely the row is worth anything at all, and here,
    for one row and its price table."""
    low, high, cause, external, here, anywhere = inf, 0, 0, False, True, True
    lines, undecided = 8, 0
    for status, least, most, doubt, elsewhere in table:
        if status & 24:
            continue
        low, high, cause = min(low, max(least, 0)), max(high, most), cause | doubt | status
        external, here = external or elsewhere, here and least > 0
        anywhere = anywhere and (elsewhere or least > 0)
        undecided |= status
        if status == 0:
            lines = 0
            break
    if lines:
        low, lines = 0, undecided or 8
    joined = lines
    for status in whens:
        joined |= status
    if joined & 8:
        return 8, 0, 0, cause | joined & 7, False, 8, 8
    status = joined & 7
    doubt = (status | cause) & 7 or 2
    held = 8 if high <= 0 else status if here else doubt
    paid = 8 if high <= 0 and not external else status if anywhere else doubt
    return status, low if status == 0 else 0, high, cause | status, external, paid, held


def claim(claims: list[Claim], priced: Priced, ceiling: tuple[Any, Any, int], merge: Any,
          keys: tuple[Any, ...], insides: tuple[int, ...], unknown_set: bool, whole: bool = True) -> int:
    """Add what one row claims; a record set that is not known claims without bound, if any row could. Not `whole`:
    something came off, or may have, and what remains is a ceiling or a discretion.

    How surely the row claims money here.
    """
    status, low, high, cause, external, paid, held = priced
    if status == 8 or (unknown_set and paid == 8):
        return 8
    least, most = max(ceiling[0], 0), max(ceiling[1], 0)
    if not unknown_set:
        cause |= ceiling[2]
        low = low if whole else 0
        claims.append((status, low, high, cause, external, (least, most), merge, keys, insides, None, paid))
        return held
    unit = min(high, most) if merge == () else high
    claims.append((2, 0, inf if high > 0 else 0, 2, external, (0, inf), LOOSE if merge != () else (), keys, insides,
                   unit, 2))
    return 2 if high > 0 else 8


def hold(holders: list[tuple[int, ...]], held: int, statuses: tuple[int, ...]) -> None:
    """Note which conditions a claim fulfils, for caps that ask; 16 stays 16: not a matter of this claim."""
    holders.append(tuple(s if s == 16 else 8 if s == 8 else (s | held) & 7 for s in statuses))


def key_of(parts: Sequence[tuple[Any, Any, int] | int]) -> Any:
    """A key from the values of its parts."""
    values = []
    loose = False
    for part in parts:
        low, high, cause = part if isinstance(part, tuple) else (part, part, part & 7)
        if low == "" and isinstance(low, str):
            return ALONE
        loose = loose or bool(cause) or low != high or low is None
        values.append(low)
    return LOOSE if loose else tuple(values)


def settle(terms: Sequence[Terms], claims: Sequence[Sequence[Claim]], stages: Sequence[Stage],
           gates: Sequence[int], allowed: Sequence[tuple[Any, Any, int]]) -> tuple[Any, Any, int, int, bool]:
    """The amount: least, most, cause, whether anything is paid, whether anything comes from elsewhere."""
    items: list[_Item] = []
    for number, (term, found) in enumerate(zip(terms, claims, strict=True)):
        items += [_finish(number, term, c) for c in (merged(found) if term.merges else found)]
    status = some([i.paid for i in items])
    acting = [_acting(stage, gate, room, items)
              for stage, gate, room in zip(stages, gates, allowed, strict=True) if gate not in (8, 16)]
    lows, highs, cause = _limited(acting, items)
    low, high = sum(lows), sum(highs)
    for item in items:
        cause |= item.cause
    return low, high, cause if low != high else 0, status, any(i.external for i in items)


def _finish(number: int, term: Terms, claim: Claim) -> _Item:
    status, low, high, cause, external, (ceiling_low, ceiling_high), _, keys, inside, unit, paid = claim
    low, high = min(low, ceiling_low), min(high, ceiling_high)
    low = 0 if not term.exact else low if low == inf else int(low // 1)
    high = high if high == inf else int(high // 1)
    return _Item(number, status, low, high, cause, paid, external, keys, inside, unit, term.category)


# Limits


def _acting(stage: Stage, gate: int, room: tuple[Any, Any, int], items: list[_Item]) -> _Acting:
    keys: dict[int, Any] = {}
    unsure: set[int] = set()
    cause = (gate | room[2]) & 7
    for i, item in enumerate(items):
        slot = stage.slots.get(item.benefit)
        if slot is None or item.inside[slot] & 24:
            continue
        key = item.keys[slot] if item.unit is None or stage.classes[item.benefit] == 1 else LOOSE
        keys[i] = key
        if item.inside[slot]:
            unsure.add(i)
        cause |= item.inside[slot] & 7 | (2 if key is LOOSE else 0)
    return _Acting(stage, gate == 0, _fen(room[0]), _fen(room[1]), keys, unsure, cause)


def _fen(amount: Any) -> Any:
    return 0 if amount <= 0 else amount if amount == inf else int(amount // 1)


def _limited(acting: list[_Acting], items: list[_Item]) -> tuple[list[Any], list[Any], int]:
    """Least and greatest amounts, and what limits leave in doubt."""
    lows, highs = [i.low for i in items], [i.high for i in items]
    crossing = set() if _one_case(acting, items) else _crossing(acting, items)
    for a in crossing:
        for i in acting[a].keys:
            lows[i] = 0
    cause = 0
    for limit in acting:
        before = list(lows)
        _limit(limit, items, lows, True)
        cause |= limit.cause if lows != before else 0
    best: list[Any] | None = None
    best_cause = 0
    for chosen in sorted(crossing) or [-1]:
        result, causes = list(highs), 0
        for a, limit in enumerate(acting):
            if limit.sure and (a == chosen or a not in crossing):
                before = list(result)
                _limit(limit, items, result, False)
                causes |= limit.cause if result != before else 0
        if best is None or sum(result) < sum(best):
            best, best_cause = result, causes
    for a in crossing:
        cause |= acting[a].cause
    return lows, best or [], cause | best_cause


def _one_case(acting: list[_Acting], items: list[_Item]) -> bool:
    if any(i.status or i.cause & 7 or i.unit is not None for i in items) or any(limit.cause for limit in acting):
        return False
    return all(i.low == i.high for i in items) or all(i.low == 0 for i in items)


def _crossing(acting: list[_Acting], items: list[_Item]) -> set[int]:
    """The limits of which a group lies partly inside a group of a later one."""
    crossing: set[int] = set()
    for a, inner in enumerate(acting):
        groups = _groups(inner)
        for b in range(a + 1, len(acting)):
            if any(_crosses(group, inner, acting[b], items) for group in groups):
                crossing |= {a, b}
    return crossing


def _groups(limit: _Acting) -> list[list[int]]:
    if limit.stage.form == "best" or any(k is LOOSE for k in limit.keys.values()):
        return [list(limit.keys)]
    groups: dict[Any, list[int]] = {}
    for i, key in limit.keys.items():
        groups.setdefault(("alone", i) if key is ALONE else key, []).append(i)
    return list(groups.values())


def _crosses(group: list[int], inner: _Acting, outer: _Acting, items: list[_Item]) -> bool:
    if len(group) == 1 and items[group[0]].unit is None:
        return False
    held = [i for i in group if i in outer.keys]
    if not held:
        return False
    if len(held) < len(group) or outer.unsure & set(held):
        return True
    if outer.stage.form == "best":
        return inner.stage.form == "best" or len({items[i].category for i in held}) > 1
    keys = [outer.keys[i] for i in held]
    return any(k is LOOSE for k in keys) or (len(held) > 1 and (
        any(k is ALONE for k in keys) or any(k != keys[0] for k in keys)))


def _limit(limit: _Acting, items: list[_Item], amounts: list[Any], least: bool) -> None:
    groups: dict[Any, list[int]] = {}
    for i, key in limit.keys.items():
        if not least and i in limit.unsure:
            continue
        if limit.stage.form == "best":
            groups.setdefault((), []).append(i)
        elif key is LOOSE and least:
            amounts[i] = 0
        else:
            groups.setdefault((i, "alone") if key is LOOSE or key is ALONE else key, []).append(i)
    for group in groups.values():
        if limit.stage.form == "best":
            _best(limit.stage.n, group, items, amounts)
            continue
        group.sort(key=lambda i: (-amounts[i], i))
        if limit.stage.form == "cap":
            _cap(limit, group, items, amounts, limit.least if least else limit.most)
        else:
            _keep(limit.stage, group, items, amounts)


def _cap(limit: _Acting, group: list[int], items: list[_Item], amounts: list[Any], room: Any) -> None:
    for i in group:
        own = room
        if items[i].unit is not None and room:
            own = room * limit.stage.classes[items[i].benefit]
        amounts[i] = min(amounts[i], own)
        if room != inf:
            room = max(room - amounts[i], 0)


def _keep(stage: Stage, group: list[int], items: list[_Item], amounts: list[Any]) -> None:
    entries: list[tuple[Any, int]] = []
    for i in group:
        unit = items[i].unit
        if unit is None:
            entries.append((amounts[i], i))
            amounts[i] = 0
            continue
        classes = stage.classes[items[i].benefit]
        whole = stage.n * classes * unit if unit else 0
        if classes == 1 and amounts[i] >= whole:
            entries.extend([(unit, i)] * stage.n)
            amounts[i] = 0
        elif amounts[i] > whole:
            amounts[i] = whole
    entries.sort(key=lambda entry: -entry[0])
    for amount, i in entries[:stage.n]:
        amounts[i] += amount


def _best(n: int, held: list[int], items: list[_Item], amounts: list[Any]) -> None:
    sums: dict[str, Any] = {}
    for i in held:
        sums[items[i].category] = sums.get(items[i].category, 0) + amounts[i]
    kept = set(sorted(sums, key=lambda c: -sums[c])[:n])
    for i in held:
        if items[i].category not in kept:
            amounts[i] = 0
