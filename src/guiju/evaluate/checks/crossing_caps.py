"""Caps that cross: where two caps hold common items and neither lies inside the other, the amount depends on which
cap an item is counted under first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from guiju.evaluate.cells import Cells, Claim
from guiju.language.checks import found
from guiju.language.policy import Limit, Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"E351": "two caps that cross"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    cells = Cells(policy)
    caps = [limit for limit in policy.limits if limit.form == "cap"]
    for first, second in combinations(caps, 2):
        together = cells.ask((first.gate, True), (second.gate, True))
        if together.impossible or _apart(first, second, cells):
            continue
        if not _inside(first, second, cells) and not _inside(second, first, cells):
            yield found("E351", second.span,
                        f"限额“{second.id}”与“{first.id}”（{first.span}）交叉：有共同的项而互不包含，金额随归属而变；"
                        "改 of、where 或 by，使一个包含另一个",
                        f"caps '{second.id}' and '{first.id}' ({first.span}) cross: they share items and neither holds "
                        "the other; change 'of', 'where' or 'by' so that one does")


def _shared(a: Limit, b: Limit) -> list[str]:
    return [benefit for benefit in a.benefits if benefit in b.benefits]


def _claims(limit: Limit, benefit: str, wanted: bool = True) -> list[Claim] | None:
    """That an item of the benefit is (not) under the cap; None where it always is."""
    where = limit.where.get(benefit)
    return None if where is None else [(where, wanted)]


def _apart(a: Limit, b: Limit, cells: Cells) -> bool:
    """Whether no item is under both."""
    return all(cells.ask(*(_claims(a, x) or []), *(_claims(b, x) or [])).impossible for x in _shared(a, b))


def _inside(inner: Limit, outer: Limit, cells: Cells) -> bool:
    """Whether each group of items of one cap lies within one group of the other."""
    if not set(inner.benefits) <= set(outer.benefits):
        return False
    for benefit in inner.benefits:
        beyond = _claims(outer, benefit, wanted=False)
        if beyond is not None and cells.ask(*(_claims(inner, benefit) or []), *beyond).possible:
            return False
    return _groups_nest(inner, outer)


def _groups_nest(inner: Limit, outer: Limit) -> bool:
    """Whether items with equal keys in the inner cap have equal keys in the outer one."""
    for position in range(max(len(outer.keys[b]) for b in inner.benefits)):
        keys = {benefit: outer.keys[benefit][position] for benefit in inner.benefits}
        constant = len(set(keys.values())) == 1 and next(iter(keys.values())).op == "const"
        if not constant and not all(key in inner.keys[benefit] for benefit, key in keys.items()):
            return False
    return True
