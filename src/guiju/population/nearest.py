"""Numbers that leave the engine as the doubles nearest to them, so that equal numbers are equal doubles everywhere: by
whatever sums they were reached, and in whatever chunk they stand. Ties and lines are read off them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from guiju.language.ir import Node
from guiju.population.columns import EXACT, Mask, Quantity
from guiju.population.people import Stored
from guiju.population.quantities import ends_of, is_exact, made


def lattice_of(node: Node) -> int | None:
    """Into how many parts 1 is cut, so that each value of a node is a whole number of them; None where no rule says."""
    parts = _LATTICES.get(node.op)
    return None if parts is None else parts(node)


def _const(node: Node) -> int | None:
    return node.args[0].denominator if isinstance(node.args[0], int | Fraction) else None


def _together(nodes: tuple[Node, ...]) -> int | None:
    found = [lattice_of(node) for node in nodes]
    return None if None in found else lcm(*(over for over in found if over is not None))


def _product(node: Node) -> int | None:
    one, other = (lattice_of(part) for part in node.children)
    return None if one is None or other is None else one * other


_LATTICES: dict[str, Callable[[Node], int | None]] = {
    "const": _const, "mul": _product, **dict.fromkeys(("count", "floor", "year", "month"), lambda node: 1),
    "if": lambda node: _together(node.children[1:]),
    **dict.fromkeys(("add", "sub", "neg", "abs", "min", "max"), lambda node: _together(node.children)),
}


def on_lattice(value: Quantity, over: int | None, count: int) -> tuple[Quantity, Mask]:
    """The value with its ends as the doubles nearest to them, and the rows in which its error leaves open which these
    are. `over`: ends are whole numbers of parts of 1; None where that is not known, and no inexact end is told."""
    if is_exact(value):
        return value, np.zeros(count, np.bool_)
    error = np.broadcast_to(value.error, count)
    if over is None or over > EXACT:
        return value, error > 0
    open_: Any = error * over >= 0.5  # two parts may be within reach
    ends = []
    for end in ends_of(value):
        parts = np.rint(np.asarray(end) * over)
        nearest = np.where(np.isfinite(end), parts / over, end)
        with np.errstate(invalid="ignore"):
            far = np.isfinite(end) & ((np.abs(nearest - end) > error) | (np.abs(parts) > EXACT))
        open_ = open_ | far
        ends.append(nearest)
    return made(ends[0], ends[-1], value.cause), np.array(np.broadcast_to(open_, count))


def nearest_ends(stored: Stored) -> tuple[Any, Any]:
    """The ends of a column of numbers that was read chunk by chunk, however a chunk keeps them."""
    stored = stored.plain()
    column = stored.column
    assert isinstance(column, Quantity)
    if stored.printed is None:  # whole numbers over one that is whole: division gives the nearest double
        low = column.low / stored.scale
        return low, low if column.high is column.low else column.high / stored.scale
    low = _printed(column.low, stored.printed)
    return low, low if column.high is column.low else _printed(column.high, stored.printed)


def _printed(ends: Any, times: Fraction) -> Any:
    """Each double stands for the shortest decimal that prints it, times a fraction."""
    values, which = np.unique(ends, return_inverse=True)
    exact = [x if np.isinf(x) else float(Fraction(repr(float(x))) * times) for x in values]
    return np.array(exact)[which].reshape(np.shape(ends))
