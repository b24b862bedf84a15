"""Rows of one series as one claim, for generated closures: what the rows with one key claim together, and what is left
open by those whose key is not known. Statuses are numbers here, as in `settlement`."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

# One claim: status, low, high, cause, external, (ceiling low, high), merge key, limit keys, inside statuses, worth of
# one row where the rows are not known (else None), how surely it is worth anything.
Claim = tuple[int, Any, Any, int, bool, tuple[Any, Any], Any, tuple[Any, ...], tuple[int, ...], Any, int]
LOOSE = object()  # a key that is not known
ALONE = object()  # a key that is known to be none


def merged(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those of one series as one."""
    groups: dict[Any, list[Claim]] = {}
    alone: list[Claim] = []
    loose: list[Claim] = []
    order: list[tuple[bool, int]] = []
    for claim in claims:
        key = claim[6]
        if key is LOOSE:
            order.append((True, len(loose)))
            loose.append((claim[0], 0, claim[2], claim[3] | 2, *claim[4:]))
        elif key is ALONE:
            order.append((False, len(alone)))
            alone.append(claim)
        else:
            groups.setdefault(key, []).append(claim)
    result = [_together(g, loose) for g in groups.values()]
    families = [c for g in groups.values() for c in g]
    for is_loose, i in order:
        others = families + loose[:i] + loose[i + 1:]
        result.append(_joinable(loose[i], [loose[i]], others) if is_loose else alone[i])
    return result


def _together(group: list[Claim], loose: list[Claim]) -> Claim:
    if len(group) == 1:
        return _joinable(group[0], group, loose)
    first = max(group, key=lambda c: c[2])
    sure = [c for c in group if c[0] == 0]
    cause = 0
    for claim in group:
        cause |= claim[3]
    ceiling = (sum(c[5][0] for c in sure), sum(c[5][1] for c in group))
    one = (some([c[0] for c in group]), max((c[1] for c in sure), default=0), first[2], cause,
           any(c[4] for c in group), ceiling, first[6], first[7], first[8], None, some([c[10] for c in group]))
    return _joinable(one, group, loose)


def _joinable(one: Claim, rows: list[Claim], others: list[Claim]) -> Claim:
    """The item with the keys and insides that its rows and those that may join it leave open."""
    others = [c for c in others if c[9] is None]
    if len(rows) == 1 and not others:
        return one
    everyone = [*rows, *others]
    settled = not others and all(c[0] == 0 for c in rows)
    keys = tuple(column[0] if settled or all(k is column[0] or k == column[0] for k in column) else LOOSE
                 for column in zip(*(c[7] for c in everyone), strict=True))
    insides = tuple(some([_inside(s, c[0] == 0 or len(rows) == 1, i < len(rows))
                          for i, (c, s) in enumerate(zip(everyone, column, strict=True))]) if any(column) else 0
                    for column in zip(*(c[8] for c in everyone), strict=True))
    ceiling = (one[5][0], inf) if others else one[5]
    return (*one[:5], ceiling, one[6], keys, insides, *one[9:])


def _inside(status: int, surely_there: bool, own: bool) -> int:
    if status & 24 or (own and surely_there):
        return status
    return status & 7 or 2


def some(statuses: list[int]) -> int:
    """The status of “one of these”."""
    if 0 in statuses:
        return 0
    causes = 0
    for s in statuses:
        causes |= s & 7
    return causes or 8
