"""The critical values of a variable: for every way in which it can lie to its thresholds, one value that does."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any

from guiju.evaluate.formula import Variable
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.values import FAIL, PASS

OTHER_TEXT = "\0"  # any text that no rule names
_WHOLE_OPS = frozenset({"count", "distinct", "year", "month", "years_between"})
_WHOLE_KINDS = frozenset({"enum", "date", "region"})


class Representatives:
    """Critical values, within what the interpreter finds possible when no fact is known."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    def of(self, variable: Variable, thresholds: Collection[Any]) -> list[Any]:
        node, other = variable.node, variable.other
        if other is not None:
            return self._signs(node, other)
        if node.type.kind == "bool":
            status = self._interpreter.status(node)
            return [True] if status == PASS else [False] if status == FAIL else [True, False]
        if node.type.kind in ("text", "industry"):
            return [*sorted(thresholds), OTHER_TEXT]
        low, high, _ = self._interpreter.quantity(node)
        return between(thresholds, low, high, _is_whole(node))

    def _signs(self, left: Node, right: Node) -> list[int]:
        """How two values can compare: less, equal, greater."""
        if left.type.kind in ("text", "industry"):
            return [0, 1]
        if left.type.kind == "bool":
            return [-1, 0, 1]
        a, b = self._interpreter.quantity(left), self._interpreter.quantity(right)
        signs = [-1] if a[0] < b[1] else []
        signs += [0] if a[0] <= b[1] and b[0] <= a[1] else []
        return signs + ([1] if a[1] > b[0] else [])


def _is_whole(node: Node) -> bool:
    return node.op in _WHOLE_OPS or node.type.kind in _WHOLE_KINDS


def between(thresholds: Collection[Any], low: Any, high: Any, whole: bool) -> list[Any]:
    """Each threshold in [low, high], a value between any two neighbours, one below and one above, in order."""
    inside = sorted({t for t in thresholds if low <= t <= high})
    if not inside:
        return [low if low != -inf else high if high != inf else 0]
    found = [_below(inside[0], low, whole)]
    for a, b in pairwise(inside):
        found += [a, _amid(a, b, whole)]
    found += [inside[-1], _above(inside[-1], high, whole)]
    return [v for v in found if v is not None]


def _below(threshold: Any, low: Any, whole: bool) -> Any:
    if low == -inf:
        return threshold - 1
    return None if low == threshold else threshold - 1 if whole else Fraction(low + threshold) / 2


def _above(threshold: Any, high: Any, whole: bool) -> Any:
    if high == inf:
        return threshold + 1
    return None if high == threshold else threshold + 1 if whole else Fraction(high + threshold) / 2


def _amid(a: Any, b: Any, whole: bool) -> Any:
    if whole:
        return a + 1 if a + 1 < b else None
    return Fraction(a + b) / 2
