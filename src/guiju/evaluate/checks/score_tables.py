"""Tables of points: every row can be reached, points fall, and the highest are the stated full mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from guiju.evaluate.cells import Cells
from guiju.language.checks import found
from guiju.language.ir import Node
from guiju.language.policy import Policy, ScoreItem, Tier
from guiju.source.diagnostics import Diagnostic

CODES = {
    "E320": "a row of points that rows above it cover",
    "W321": "more points in a lower row that also holds where a higher one does",
    "E322": "an item whose highest points are not its full mark",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    cells = Cells(policy)
    for item in (i for score in policy.scores.values() for group in score.groups for i in group.items):
        for table in item.tables:
            if table[-1].test is None:  # a list of equals (`each`) has no last resort
                yield from _unreachable(item, table, cells)
                yield from _rising(item, table, cells)
        yield from _highest(item, cells)


def _unreachable(item: ScoreItem, table: Sequence[Tier], cells: Cells) -> Iterator[Diagnostic]:
    above: list[Node] = []
    for number, tier in enumerate(table[:-1], 1):
        assert tier.test is not None
        if cells.ask((tier.test, True), *((test, False) for test in above)).impossible:
            yield found("E320", item.span,
                        f"“{item.id}”第 {number} 行（{tier.text}）走不到：上面的行已覆盖，或超出取值范围；由严到宽排列",
                        f"row {number} of '{item.id}' ({tier.text}) is never reached: rows above cover it, or it lies "
                        "outside the domain; list the strictest first")
        above.append(tier.test)


def _rising(item: ScoreItem, table: Sequence[Tier], cells: Cells) -> Iterator[Diagnostic]:
    for number, (upper, lower) in enumerate(pairwise(table[:-1]), 1):
        assert upper.test is not None
        assert lower.test is not None
        if upper.points < lower.points and cells.ask((upper.test, True), (lower.test, True)).possible:
            yield found("W321", item.span,
                        f"“{item.id}”第 {number + 1} 行（{lower.points} 分）高于第 {number} 行（{upper.points} 分），"
                        "两行都成立时只得低的；调换次序",
                        f"row {number + 1} of '{item.id}' gives more than row {number} ({lower.points} > "
                        f"{upper.points}) where both hold: exchange them")


def _highest(item: ScoreItem, cells: Cells) -> Iterator[Diagnostic]:
    highest = cells.interpreter.quantity(item.node)[1]
    if highest != item.full:
        zh, en = ("没有上限", "unbounded") if highest == inf else (f"至多 {highest}", f"at most {highest}")
        yield found("E322", item.span, f"“{item.id}”的满分是 {item.full}，算出来{zh}；改正满分或各行分数",
                    f"the full mark of '{item.id}' is {item.full}, its points are {en}: mend one of them")
