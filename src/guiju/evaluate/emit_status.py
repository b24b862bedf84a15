"""Writes the statements of Boolean nodes. In them 0 is PASS, 8 FAIL, 16 NOT_APPLICABLE, `& 7` the causes of doubt."""

from __future__ import annotations

from fractions import Fraction

from guiju.evaluate.arithmetic import open_parameter
from guiju.evaluate.emit import Block, Emitter, is_point
from guiju.language.ir import Node

_FLIPPED = {"lt": "gt", "le": "ge"}


def write(e: Emitter, node: Node, block: Block) -> str:
    """Write a Boolean node into `block`; the name of its status."""
    return _WRITERS[node.op](e, node, block)


def _const(_e: Emitter, node: Node, _block: Block) -> str:
    return repr(node.args[0])


def _fact(e: Emitter, node: Node, block: Block) -> str:
    name = e.assign(block, f"S[{e.slot('fact', node.args[0])}]")
    if e.facts_known and not e.may_not_apply(node):
        e.decided.add(name)
    return name


def _param(e: Emitter, node: Node, _block: Block) -> str:
    return repr(open_parameter(node.type, e.choice_sizes))


def _field(e: Emitter, node: Node, block: Block) -> str:
    return e.assign(block, f"{block.row_of(node.args[0])}[{node.args[1]}]")


def _around(e: Emitter, node: Node, block: Block) -> str:
    return e.assign(block, f"{block.row_around(node.args[0])}[{node.args[1]}]")


def _not(e: Emitter, node: Node, block: Block) -> str:
    x = e.status(node.args[0], block)
    if x in e.decided:
        return e.decide(block, f"8 - {x}")
    return e.assign(block, f"8 if {x} == 0 else 0 if {x} == 8 else {x}")


def _all(e: Emitter, node: Node, block: Block) -> str:
    parts = [e.status(x, block) for x in node.args]
    if e.all_decided(parts):
        return e.decide(block, " | ".join(parts))
    joined = e.assign(block, " | ".join(parts))
    if not any(e.may_not_apply(x) for x in node.args):
        return e.assign(block, f"{joined} if {joined} < 8 else 8")
    return e.assign(block, f"8 if {joined} & 8 else {joined} & 7 or (16 if {' & '.join(parts)} & 16 else 0)")


def _any(e: Emitter, node: Node, block: Block) -> str:
    parts = [e.status(x, block) for x in node.args]
    if e.all_decided(parts):
        return e.decide(block, " & ".join(parts))
    nothing = "8"
    if any(e.may_not_apply(x) for x in node.args):
        nothing = f"(16 if {' & '.join(parts)} & 16 else 8)"
    return e.assign(block, f"(({' | '.join(parts)}) & 7 or {nothing}) if {' and '.join(parts)} else 0")


def _at_least(e: Emitter, node: Node, block: Block) -> str:
    parts = [e.status(x, block) for x in node.args[1:]]
    if e.all_decided(parts):
        return e.decide(block, f"0 if {' + '.join(parts)} <= {8 * (len(parts) - node.args[0])} else 8")
    return e.assign(block, f"rt.at_least({node.args[0]}, ({', '.join(parts)},))")


def _soften(e: Emitter, node: Node, block: Block) -> str:
    x = e.status(node.args[0], block)
    return e.assign(block, f"{x} >> 3" if x in e.decided else f"1 if {x} == 8 else {x}")


def _guard(e: Emitter, node: Node, block: Block) -> str:
    c, x = (e.status(n, block) for n in node.args)
    if c in e.decided:
        return e.assign(block, f"16 if {c} else {x}")
    return e.assign(block, f"{x} if {c} == 0 else 16 if {c} == 8 or {c} == 16 else "
                           f"(0 if {x} == 0 or {x} == 16 else ({c} | {x}) & 7)")


def _presume(e: Emitter, node: Node, block: Block) -> str:
    x = e.status(node.args[0], block)
    return e.assign(block, f"0 if {x} & 7 and not {x} & 4 else {x}") if e.presuming else x


def _if(e: Emitter, node: Node, block: Block) -> str:
    c, t, o = (e.status(n, block) for n in node.args)
    if c in e.decided:
        name = e.assign(block, f"{o} if {c} else {t}")
        e.decided |= {name} if e.all_decided((t, o)) else set()
        return name
    return e.assign(block, f"{t} if {c} == 0 else {o} if {c} == 8 else "
                           f"({t} if {t} == {o} else (({c} | {t} | {o}) & 7 or 16))")


def _order(e: Emitter, node: Node, block: Block) -> str:
    op, (left, right) = node.op, node.args
    if op in _FLIPPED:
        op, left, right = _FLIPPED[op], right, left
    if (left.op == "div" and right.op == "const") or (left.op == "const" and right.op == "div"):
        return _ratio(e, node, block, op, left, right)
    al, ah, ac = e.quantity(left, block)
    bl, bh, bc = e.quantity(right, block)
    strict = op == "gt"
    if is_point((al, ah, ac)) and is_point((bl, bh, bc)):
        return e.decide(block, f"0 if {al} {'>' if strict else '>='} {bl} else 8")
    text = (f"0 if {al} {'>' if strict else '>='} {bh} else "
            f"8 if {ah} {'<=' if strict else '<'} {bl} else {_causes(ac, bc)}")
    return e.assign(block, _unless_not_applicable(e, node, text, ac, bc))


def _ratio(e: Emitter, node: Node, block: Block, op: str, left: Node, right: Node) -> str:
    """A ratio against a constant: multiplied out where both parts are known and the divisor is positive."""
    first = left.op == "div"
    ratio, bound = (left, right.args[0]) if first else (right, left.args[0])
    al, ah, ac = e.quantity(ratio.args[0], block)
    bl, bh, bc = e.quantity(ratio.args[1], block)
    exact = Fraction(bound)
    sides = f"{al} * {exact.denominator}", f"{exact.numerator} * {bl}"
    test = (" > " if op == "gt" else " >= ").join(sides if first else sides[::-1])
    slow = f"rt.compare_ratio({op!r}, {first}, {e.literal(bound)}, {al}, {ah}, {ac}, {bl}, {bh}, {bc})"
    if is_point((al, ah, ac)) and is_point((bl, bh, bc)):
        return e.assign(block, f"(0 if {test} else 8) if {bl} > 0 else {slow}")
    text = f"(0 if {test} else 8) if {al} == {ah} and {bl} == {bh} and {bl} > 0 else {slow}"
    return e.assign(block, _unless_not_applicable(e, node, text, ac, bc))


def _equal(e: Emitter, node: Node, block: Block) -> str:
    al, ah, ac = e.quantity(node.args[0], block)
    bl, bh, bc = e.quantity(node.args[1], block)
    yes, no = ("0", "8") if node.op == "eq" else ("8", "0")
    if is_point((al, ah, ac)) and is_point((bl, bh, bc)):
        return e.decide(block, f"{yes} if {al} == {bl} else {no}")
    cause = _causes(ac, bc)
    if node.args[0].type.kind in ("text", "industry"):
        blank = " or ".join(f"{x} is None" for x in (al, bl) if x.isidentifier()) or "False"
        text = f"{cause} if {blank} else {yes} if {al} == {bl} else {no}"
    else:
        text = (f"{yes} if {al} == {ah} == {bl} == {bh} else "
                f"{no} if {ah} < {bl} or {bh} < {al} else {cause}")
    return e.assign(block, _unless_not_applicable(e, node, text, ac, bc))


def _in(e: Emitter, node: Node, block: Block) -> str:
    low, high, cause = e.quantity(node.args[0], block)
    values = repr(node.args[1]) if all(isinstance(v, int | str) for v in node.args[1]) else e.literal(node.args[1])
    if is_point((low, high, cause)):
        return e.decide(block, f"0 if {low} in {values} else 8")
    text = (f"(0 if {low} in {values} else 8) if {low} == {high} and {low} is not None else "
            f"rt.is_member({low}, {high}, {cause}, {values})")
    return e.assign(block, _unless_not_applicable(e, node, text, cause, "0"))


def _matches(e: Emitter, node: Node, block: Block) -> str:
    low, _, cause = e.quantity(node.args[0], block)
    return e.assign(block, f"rt.matches({low}, {cause}, {node.args[1]!r})")


def _causes(a: str, b: str) -> str:
    if a == "0" or b == "0":
        return b if a == "0" else a
    return f"{a} | {b}"


def _unless_not_applicable(e: Emitter, node: Node, text: str, a: str, b: str) -> str:
    if not e.may_not_apply(node):
        return text
    return f"16 if ({a} | {b}) & 16 else ({text})"


_WRITERS = {
    "const": _const, "fact": _fact, "param": _param, "field": _field, "around": _around,
    "not": _not, "all": _all, "any": _any,
    "at_least": _at_least, "soften": _soften, "guard": _guard, "presume": _presume, "if": _if, "in": _in,
    "matches": _matches, "eq": _equal, "ne": _equal, **dict.fromkeys(("lt", "le", "gt", "ge"), _order),
}
