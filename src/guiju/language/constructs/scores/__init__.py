"""Forms of a score item. Each module has `KEY`, `COMPANIONS` and `lower(mapping, full, context) -> Scoring`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.language.compile.context import Context
from guiju.language.ir import Node
from guiju.language.policy import Tier
from guiju.language.types import POINTS
from guiju.source.diagnostics import fail
from guiju.source.document import Scalar
from guiju.source.table import Cell, read_rows
from guiju.values import whole


@dataclass(frozen=True, slots=True)
class Scoring:
    """The points as a node, and the tables that they come from."""

    node: Node
    tables: tuple[tuple[Tier, ...], ...] = ()


def points_of(cell: Cell) -> Any:
    """The points in a cell. Raises E260."""
    try:
        return whole(Fraction(cell.text.removesuffix("分").strip()))
    except (ValueError, ZeroDivisionError):
        raise fail("E260", cell.span, f"这里应是分数，不是“{cell.text}”",
                   f"expected points, not '{cell.text}'") from None


def rows_of(block: Scalar) -> list[list[Cell]]:
    """The rows of a table of two columns. Raises E261."""
    rows = read_rows(block)
    if rows and len(rows[0]) != 2:
        raise fail("E261", rows[0][0].span, "每行应是“条件 | 分数”两格", "each row must be 'condition | points'")
    return rows


def chain(tiers: list[Tier], context: Context) -> Node:
    """The points of the first tier whose test holds."""
    node = context.builder.const(tiers[-1].points, POINTS)
    for tier in reversed(tiers[:-1]):
        assert tier.test is not None
        node = context.builder.conditional(tier.test, context.builder.const(tier.points, POINTS), node)
    return node
