"""What each operation of a rule comes to, in all rows of a frame."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from guiju.evaluate.arithmetic import open_parameter
from guiju.language.ir import AGGREGATES, Node
from guiju.population import comparisons as c
from guiju.population import days as d
from guiju.population import quantities as q
from guiju.population import statuses as s
from guiju.population.aggregates import aggregate
from guiju.population.columns import Column, Quantity, Status
from guiju.population.frames import Frame
from guiju.population.people import TEXTS
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS

if TYPE_CHECKING:
    from guiju.population.working import Working

Operation = Callable[["Working", Node, Frame, q.Leftover], Column]


def _const(w: Working, node: Node, _f: Frame, _l: q.Leftover) -> Column:
    return w.known_value(node, node.args[0])


def _param(w: Working, node: Node, _f: Frame, _l: q.Leftover) -> Column:
    """One that is not set."""
    anything = open_parameter(node.type, w.choice_sizes)
    if isinstance(anything, int):
        return Status(anything)
    return Quantity(float(anything[0]), float(anything[1]), anything[2])


def _field(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    return w.field(frame, *node.args)


def _around(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    """The row of the record that stands open around the innermost one."""
    record, position = node.args
    inside = frame
    while inside.record != record:
        assert inside.parent is not None
        inside = inside.parent
    assert inside.parent is not None
    outer = inside.parent
    home = outer
    while home.record != record:
        assert home.parent is not None
        home = home.parent
    return w.spread(w.field(home, record, position), frame, home)


def _if(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    condition, then, otherwise = node.args
    alike = w.status(condition, frame).codes
    if isinstance(alike, int) and alike in (PASS, FAIL):
        return w.value(then if alike == PASS else otherwise, frame)
    if node.type.kind == "bool":
        return s.chosen(w.status(condition, frame), w.status(then, frame), w.status(otherwise, frame))
    asked, one, other = w.status(condition, frame), w.quantity(then, frame), w.quantity(otherwise, frame)
    if node.type.kind in TEXTS and not asked.plain:
        return q.hull_of_texts(asked, one, other)
    return q.chosen(asked, one, other)


def _order(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    """A comparison; where doubles of ratios are too near to tell, what they are ratios of is multiplied out."""
    usual = q.Leftover()
    status = c.order(node.op, w.quantity(node.args[0], frame), w.quantity(node.args[1], frame), usual)
    if usual.mask is False:
        return status
    alike = not np.ndim(usual.mask) and isinstance(status.codes, int | np.integer)
    count = 1 if alike else frame.count
    near = np.flatnonzero(np.broadcast_to(usual.mask, count))
    a, b = ((q.at(over, near), q.at(under, near)) for over, under in (w.ratio(x, frame) for x in node.args))
    exact, right = (np.broadcast_to(part, len(near)) for part in c.order_of_ratios(node.op, a, b))
    codes = np.array(np.broadcast_to(status.codes, count), np.uint8)
    codes[near[right]] = exact[right]
    rest = np.zeros(count, np.bool_)
    rest[near[~right]] = True
    leftover.note(rest[0] if alike else rest)
    return Status(int(codes[0]) if alike else codes, status.plain)


def _equality(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    a, b = (w.quantity(n, frame) for n in node.args)
    if node.args[0].type.kind in TEXTS:
        return c.same_text(node.op, a, b)
    return c.equal(node.op, a, b, leftover)


def _in(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    value = w.quantity(node.args[0], frame)
    if node.args[0].type.kind in TEXTS:
        return c.member_text(value, [float(w.people.texts.code(v)) for v in node.args[1]])
    return c.member(value, [float(v) for v in node.args[1]], leftover)


def _matches(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    return c.matches(w.quantity(node.args[0], frame), node.args[1], w.people.texts.text)


def _presume(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    status = w.status(node.args[0], frame)
    return s.presumed(status) if w.presuming else status


def _quantities(operation: Callable[..., Quantity], exact: bool = False) -> Operation:
    """An operation on quantities; with `exact`, one that needs no doubles."""

    def work(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
        parts = [w.quantity(n, frame) for n in node.children]
        return operation(*parts) if exact else operation(*parts, leftover)

    return work


def _mul(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    for factor, other in (node.args, node.args[::-1]):
        if _is_fraction(factor):
            return _scaled(w, factor, w.quantity(other, frame), frame, leftover)
    return q.multiply(w.quantity(node.args[0], frame), w.quantity(node.args[1], frame), leftover)


def _is_fraction(node: Node) -> bool:
    """A fraction that the rule states, or one of two by a condition."""
    if node.op == "if":
        return all(part.op == "const" or _is_fraction(part) for part in node.args[1:])
    return node.op == "const" and isinstance(node.args[0], Fraction)


def _scaled(w: Working, factor: Node, value: Quantity, frame: Frame, leftover: q.Leftover) -> Quantity:
    """Times a stated fraction, whole where it comes out whole."""
    if factor.op == "const":
        return q.scaled(value, Fraction(factor.args[0]), leftover)
    condition, then, otherwise = factor.args
    one, other = (_scaled(w, part, value, frame, leftover) for part in (then, otherwise))
    return q.chosen(w.status(condition, frame), one, other)


def _div(w: Working, node: Node, frame: Frame, leftover: q.Leftover) -> Column:
    over, by = node.args
    if by.op == "const" and isinstance(by.args[0], Fraction) and by.args[0]:
        return q.scaled(w.quantity(over, frame), 1 / by.args[0], leftover)
    return q.divide(w.quantity(over, frame), w.quantity(by, frame), leftover)


def _parts(w: Working, node: Node, frame: Frame, decisive: int = -1) -> list[Status]:
    """The parts of a condition, up to one that is `decisive` for all."""
    parts = []
    for part in node.children:
        parts.append(w.status(part, frame))
        alike = parts[-1].codes
        if isinstance(alike, int) and alike == decisive:
            return parts[-1:]
    return parts


def _guard(w: Working, node: Node, frame: Frame, _l: q.Leftover) -> Column:
    applies = w.status(node.args[0], frame)
    if isinstance(applies.codes, int) and applies.codes in (FAIL, NOT_APPLICABLE):
        return Status(NOT_APPLICABLE)
    return s.guarded(applies, w.status(node.args[1], frame))


OPERATIONS: dict[str, Operation] = {
    "const": _const, "param": _param, "field": _field, "around": _around, "if": _if, "in": _in, "matches": _matches,
    "presume": _presume, "fact": lambda w, n, _f, _l: w.fact(n.args[0]),
    **dict.fromkeys(AGGREGATES, lambda w, n, f, _l: aggregate(w, n, f)),
    "not": lambda w, n, f, _l: s.negated(w.status(n.args[0], f)),
    "all": lambda w, n, f, _l: s.every(_parts(w, n, f, FAIL)),
    "any": lambda w, n, f, _l: s.some(_parts(w, n, f, PASS)),
    "at_least": lambda w, n, f, _l: s.at_least(n.args[0], _parts(w, n, f)),
    "soften": lambda w, n, f, _l: s.softened(w.status(n.args[0], f)),
    "guard": _guard,
    **dict.fromkeys(("lt", "le", "gt", "ge"), _order),
    **dict.fromkeys(("eq", "ne"), _equality),
    "add": _quantities(q.add), "sub": _quantities(q.subtract), "mul": _mul,
    "div": _div, "floor": _quantities(q.floor), "neg": _quantities(q.negative, exact=True),
    "abs": _quantities(q.absolute, exact=True),
    "mod": lambda w, n, f, left: q.remainder(w.quantity(n.args[0], f), n.args[1], left),
    **dict.fromkeys(("min", "max"), lambda w, n, f, left: q.extreme(n.op, [w.quantity(x, f) for x in n.args], left)),
    "open": lambda w, n, f, _l: q.made(float(n.args[0]), float(n.args[1]), OPEN),
    "shift": _quantities(d.shift, exact=True), "shift_days": _quantities(d.shift_days, exact=True),
    "year": _quantities(d.year, exact=True), "month": _quantities(d.month, exact=True),
    "years_between": _quantities(d.years_between, exact=True),
}
