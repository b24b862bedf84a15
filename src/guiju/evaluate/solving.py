"""Calculations solved for one of their figures: what it would have to be for the whole to be at a bound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf
from typing import Any

from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.values import Value, whole
from guiju.vocabulary import Field


def reach(side: Node, sign: str, bound: Any) -> Value:
    """The nearest value on the right side of a bound; no part of a fen."""
    if side.type.dimension == "money":
        bound = -(-bound // 1) if sign in ("ge", "lt") else bound // 1
    step = 1 if isinstance(bound, int) else Fraction(1, 10000)
    if sign == "gt":
        bound += step
    elif sign == "lt":
        bound -= step
    return (bound, bound, 0)


def straight_line(it: Interpreter, side: Node, entry: Field, sign: str, bound: Any) -> Any:
    """What a fact has to be for a calculation to reach a bound, taken as a straight line; None where there is none."""
    now = it.facts.value(entry)
    if not isinstance(now, tuple) or now[0] != now[1]:
        return None
    points = []
    for x in (now[0], now[0] + (abs(now[0]) // 10 or 1)):
        y = _as_if(it, side, entry, x)
        if y is None:
            return None
        points.append((Fraction(x), Fraction(y)))
    (x0, y0), (x1, y1) = points
    if y0 == y1:
        return None
    exact = x0 + (Fraction(bound) - y0) * (x1 - x0) / (y1 - y0)
    rising = y1 > y0
    up = (sign in ("ge", "gt")) == rising
    unit = 1 if entry.type == "money" or isinstance(now[0], int) else Fraction(1, 10000)
    steps = exact / unit
    return whole((-(-steps // 1) if up else steps // 1) * unit + (unit if sign == "gt" else 0))


def _as_if(it: Interpreter, side: Node, entry: Field, x: Any) -> Any:
    facts = it.facts.replacing({entry.id: (x, x, 0)})
    other = it.with_facts(facts)
    low, high, _ = other.quantity(side)
    return low if low == high and low not in (inf, -inf) else None


def parts_of(side: Node) -> Iterator[tuple[Node, Node | None, bool]]:
    """The parts of a calculation, each with the rest of it, and whether the whole falls as the part grows."""
    if side.op == "neg":
        yield side.args[0], None, True
    elif side.op in ("add", "sub", "mul"):
        first, second = side.args
        yield first, second, False
        yield second, first, side.op == "sub"
    elif side.op == "div":
        yield side.args[0], side.args[1], False


def left_open(op: str, turned: bool, bound: Any, others: tuple[Any, Any]) -> Any:
    """What a part has to be for the whole to be at the bound, if the others leave least to it. `others`: where they are
    at their least and at their most help. None where no part of any size would do, or nobody knows."""
    worst, best = others
    if op in ("mul", "div"):
        if worst != best or not worst or abs(worst) == inf:
            return None
        return Fraction(bound) / worst if op == "mul" else bound * worst
    taken = best if op == "sub" and not turned else worst
    if abs(taken) == inf:
        return None
    if turned:
        return taken - bound
    return bound + taken if op == "sub" else bound - taken
