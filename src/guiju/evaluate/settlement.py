"""The money stages for generated closures: plain tuples and lists, no history. Same meaning as `money`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

# One claim: status, low, high, cause, external, (ceiling low, high), merge key, limit keys, inside statuses, unit.
Claim = tuple[int, Any, Any, int, bool, tuple[Any, Any], Any, tuple[Any, ...], tuple[int, ...], Any]
LOOSE = object()  # a key that is not known
ALONE = object()  # a key that is known to be none


@dataclass(frozen=True, slots=True)
class Stage:
    """One limit as the closure sees it. `slots`: by benefit number, which of its keys and insides belong to it."""

    form: str
    n: int
    slots: dict[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a benefit's rows become items."""

    category: str
    exact: bool
    merges: bool


def price(whens: Sequence[int], table: Sequence[tuple[int, Any, Any, int, bool]]) -> tuple[int, Any, Any, int, bool]:
    """Status, least, most, cause and whether fixed elsewhere, for one row and its price table."""
    low, high, cause, external, lines, seen = inf, 0, 0, False, 8, False
    statuses = []
    for status, least, most, doubt, elsewhere in table:
        statuses.append(status)
        if status == 8:
            continue
        external, low, cause = external or elsewhere, min(low, least), cause | doubt | status & 7
        high = most if not seen else max(high, most)
        seen = True
        if status == 0:
            lines = 0
            break
    if lines != 0:
        low, lines = 0, _some_or_na(statuses)
    joined = 0
    for status in (*whens, lines):
        joined |= status
    status = 8 if joined & 8 else joined & 7
    return status, low if status == 0 else 0, 0 if status == 8 else max(high, 0), cause | joined & 7, external


def claim(claims: list[Claim], priced: tuple[int, Any, Any, int, bool], ceiling: tuple[Any, Any, int], merge: Any,
          keys: tuple[Any, ...], insides: tuple[int, ...], unknown_set: bool) -> bool:
    """Add what one row claims; a record set that is not known claims without bound, if any row could.

    Whether the row claims any money.
    """
    status, low, high, cause, external = priced
    if status == 8 or (unknown_set and not (high > 0 or external)):
        return False
    if unknown_set:
        loose = tuple(() if k == () else LOOSE for k in keys)
        claims.append((2, 0, inf, 2, external, ceiling[:2], LOOSE if merge != () else (), loose, insides, high))
    else:
        claims.append((status, low, high, cause | ceiling[2], external, ceiling[:2], merge, keys, insides, 0))
    return bool(high > 0)


def hold(holders: list[tuple[int, ...]], claims: list[Claim], statuses: tuple[int, ...]) -> None:
    """Note which conditions the last claim fulfils, for caps that ask; 16 stays 16: not a matter of this claim."""
    sure = claims[-1][0]
    holders.append(tuple(s if s == 16 else 8 if s == 8 else (s | sure) & 7 for s in statuses))


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
           gates: Sequence[int], allowed: Sequence[tuple[Any, Any]]) -> tuple[Any, Any, int, int, bool]:
    """The amount: least, most, cause, whether anything is paid, whether anything comes from elsewhere."""
    items: list[list[Any]] = []  # benefit, status, low, high, cause, external, keys, inside, unit
    for number, (term, found) in enumerate(zip(terms, claims, strict=True)):
        items += [_finish(number, term, c) for c in (_merged(found) if term.merges else found) if c[0] != 8]
    status = _some([i[1] if i[3] > 0 or i[5] else 8 for i in items])
    lows, highs = [i[2] for i in items], [i[3] for i in items]
    for stage, gate, (least, most) in zip(stages, gates, allowed, strict=True):
        if gate in (8, 16):
            continue
        _limit(stage, items, lows, least, True)
        if gate == 0:
            _limit(stage, items, highs, most, False)
    low, high = sum(lows), sum(highs)
    cause = 0
    for item in items:
        cause |= item[4]
    external = any(i[5] for i in items)
    return low, high, cause if low != high else 0, status, external


def _some(statuses: list[int]) -> int:
    if 0 in statuses:
        return 0
    causes = 0
    for s in statuses:
        causes |= s & 7
    return causes or 8


def _finish(number: int, term: Terms, claim: Claim) -> list[Any]:
    status, low, high, cause, external, (ceiling_low, ceiling_high), _, keys, inside, unit = claim
    low, high = min(low, ceiling_low), min(high, ceiling_high)
    low = int(low // 1) if term.exact and low != inf else 0
    high = high if high == inf else int(high // 1)
    return [number, status, low, high, cause, external, keys, inside, unit, term.category]


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    groups: dict[Any, list[Claim]] = {}
    single: list[Claim] = []
    loose = False
    for claim in claims:
        key = claim[6] if claim[0] != 8 else ALONE
        if key is LOOSE:
            loose = True
            single.append((claim[0], 0, claim[2], claim[3] | 2, *claim[4:]))
        elif key is ALONE:
            single.append(claim)
        else:
            groups.setdefault(key, []).append(claim)
    result = [_together(g) for g in groups.values()] + single
    return [(*c[:5], (c[5][0], inf), *c[6:]) for c in result] if loose else result


def _together(group: list[Claim]) -> Claim:
    if len(group) == 1:
        return group[0]
    first = max(group, key=lambda c: c[2])
    sure = [c for c in group if c[0] == 0]
    cause = 0
    for claim in group:
        cause |= claim[3]
    inside = tuple(_some_or_na([c[8][i] for c in group]) for i in range(len(first[8])))
    ceiling = (sum(c[5][0] for c in sure), sum(c[5][1] for c in group))
    return (_some([c[0] for c in group]), max((c[1] for c in sure), default=0), first[2], cause,
            any(c[4] for c in group), ceiling, first[6], group[0][7], inside, first[9])


def _some_or_na(statuses: list[int]) -> int:
    return 16 if all(s == 16 for s in statuses) else _some(statuses)


def _limit(stage: Stage, items: list[list[Any]], amounts: list[Any], allowed: Any, least: bool) -> None:
    groups: dict[Any, list[int]] = {}
    for i, item in enumerate(items):
        slot = stage.slots.get(item[0])
        if slot is None:
            continue
        inside, key = item[7][slot], item[6][slot]
        if inside == 8 if least else inside != 0:
            continue
        if key is LOOSE and least:
            amounts[i] = 0
        else:
            groups.setdefault((i, "alone") if key is LOOSE or key is ALONE else key, []).append(i)
    if stage.form == "best":
        _best(stage.n, [i for g in groups.values() for i in g], items, amounts)
        return
    for group in groups.values():
        group.sort(key=lambda i: (-amounts[i], i))
        if stage.form == "cap":
            room = allowed
            for i in group:
                amounts[i] = min(amounts[i], room)
                room = inf if room == inf else room - amounts[i]
        else:
            for i in group[stage.n:]:
                amounts[i] = inf if amounts[i] == inf else 0
            for i in group:
                amounts[i] = stage.n * items[i][8] if amounts[i] == inf else amounts[i]


def _best(n: int, held: list[int], items: list[list[Any]], amounts: list[Any]) -> None:
    sums: dict[str, Any] = {}
    for i in held:
        sums[items[i][9]] = sums.get(items[i][9], 0) + amounts[i]
    kept = set(sorted(sums, key=lambda c: -sums[c])[:n])
    for i in held:
        if items[i][9] not in kept:
            amounts[i] = 0
