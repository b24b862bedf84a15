"""Writes the statements of nodes that are not Boolean: three names each, low, high and cause."""

from __future__ import annotations

from collections.abc import Callable

from guiju.evaluate.arithmetic import open_parameter
from guiju.evaluate.emit import Block, Emitter, Names, is_point
from guiju.language.ir import Node


def write(e: Emitter, node: Node, block: Block) -> Names:
    """Write a node into `block`; the names of its low, high and cause."""
    names: Names = _WRITERS[node.op](e, node, block)
    return names


def _const(e: Emitter, node: Node, _block: Block) -> Names:
    text = e.literal(node.args[0])
    return text, text, "0"


def _fact(e: Emitter, node: Node, block: Block) -> Names:
    if e.facts_known:
        name = e.assign(block, f"S[{e.slot('fact', node.args[0])}][0]", "a")
        return name, name, "0"
    return e.assign_three(block, f"S[{e.slot('fact', node.args[0])}]")


def _param(e: Emitter, node: Node, _block: Block) -> Names:
    domain = open_parameter(node.type, e.choice_sizes)
    assert isinstance(domain, tuple)
    low, high, cause = domain
    return e.literal(low), e.literal(high), repr(cause)


def _field(e: Emitter, node: Node, block: Block) -> Names:
    return e.assign_three(block, f"{block.row_of(node.args[0])}[{node.args[1]}]")


def _around(e: Emitter, node: Node, block: Block) -> Names:
    return e.assign_three(block, f"{block.row_around(node.args[0])}[{node.args[1]}]")


def _joined(e: Emitter, block: Block, low: str, high: str, *causes: str) -> Names:
    """Name both ends; the cause goes where they meet."""
    some = [c for c in causes if c != "0"]
    a = e.assign(block, low, "a")
    b = a if low == high and not some else e.assign(block, high, "b")
    if not some:
        return a, b, "0"
    cause = " | ".join(some)
    return a, b, e.assign(block, f"{cause} if {a} != {b} else ({cause}) & 16", "c")


def _add(e: Emitter, node: Node, block: Block) -> Names:
    (al, ah, ac), (bl, bh, bc) = (e.quantity(n, block) for n in node.args)
    return _joined(e, block, f"{al} + {bl}", f"{ah} + {bh}", ac, bc)


def _sub(e: Emitter, node: Node, block: Block) -> Names:
    (al, ah, ac), (bl, bh, bc) = (e.quantity(n, block) for n in node.args)
    return _joined(e, block, f"{al} - {bh}", f"{ah} - {bl}", ac, bc)


def _neg(e: Emitter, node: Node, block: Block) -> Names:
    low, high, cause = e.quantity(node.args[0], block)
    least = e.assign(block, f"-{high}", "a")
    return least, least if low == high else e.assign(block, f"-{low}", "b"), cause


def _called(name: str) -> Callable[[Emitter, Node, Block], Names]:
    def writer(e: Emitter, node: Node, block: Block) -> Names:
        names = [part for n in node.children for part in e.quantity(n, block)]
        return e.assign_three(block, f"rt.{name}({', '.join(names)})")

    return writer


def _mod(e: Emitter, node: Node, block: Block) -> Names:
    low, high, cause = e.quantity(node.args[0], block)
    n = node.args[1]
    return e.assign_three(block, f"({low} % {n}, {low} % {n}, {cause} & 16) if {low} == {high} else (0, {n}, {cause})")


def _extreme(e: Emitter, node: Node, block: Block) -> Names:
    parts = [e.quantity(n, block) for n in node.args]
    low, high = (f"{node.op}({', '.join(p[i] for p in parts)}{',' if len(parts) == 1 else ''})" for i in (0, 1))
    if len(parts) == 1:
        return parts[0]
    return _joined(e, block, low, high, *(p[2] for p in parts))


def _if(e: Emitter, node: Node, block: Block) -> Names:
    condition = e.status(node.args[0], block)
    then, otherwise = e.quantity(node.args[1], block), e.quantity(node.args[2], block)
    if condition in e.decided and is_point(then) and is_point(otherwise):
        name = e.assign(block, f"{otherwise[0]} if {condition} else {then[0]}", "a")
        return name, name, "0"
    names = (e.fresh("a"), e.fresh("b"), e.fresh("c"))
    target = ", ".join(names)
    block.lines += [f"if {condition} == 0: {target} = {', '.join(then)}",
                    f"elif {condition} == 8: {target} = {', '.join(otherwise)}",
                    f"else: {target} = rt.hull({condition}, {', '.join(then + otherwise)})"]
    return names


def _open(e: Emitter, node: Node, _block: Block) -> Names:
    return e.literal(node.args[0]), e.literal(node.args[1]), "4" if node.args[0] != node.args[1] else "0"


def _count(e: Emitter, node: Node, block: Block) -> Names:
    record, where = node.args
    sure, maybe, cause = e.fresh("n"), e.fresh("m"), e.fresh("c")
    block.lines.append(f"{sure} = {maybe} = {cause} = 0")
    body, rows, known = e.loop(record, block)
    fits = e.status(where, body)
    body.lines += [f"if {fits} == 0: {sure} += 1", f"elif {fits} & 7: {maybe} += 1; {cause} |= {fits} & 7"]
    e.close(block, body, rows)
    block.lines += [f"if {known}: {maybe} += {sure}",
                    f"elif {sure} or {maybe}: {sure}, {maybe}, {cause} = 0, INF, 2"]
    return sure, maybe, cause


def _sum(e: Emitter, node: Node, block: Block) -> Names:
    record, value, where = node.args
    low, high, cause, any_ = e.fresh("a"), e.fresh("b"), e.fresh("c"), e.fresh("n")
    block.lines.append(f"{low} = {high} = {cause} = {any_} = 0")
    body, rows, known = e.loop(record, block)
    fits = e.status(where, body)
    vl, vh, vc = e.quantity(value, body)
    body.lines += [
        f"if {fits} == 0: {low} += {vl}; {high} += {vh}; {cause} |= {vc}; {any_} = 1",
        f"elif {fits} & 7: {low} += min({vl}, 0); {high} += max({vh}, 0); {any_} = 1; "
        f"{cause} |= ({vc} | {fits}) & 7 if {vl} < 0 or {vh} > 0 else 0"]
    e.close(block, body, rows)
    block.lines += [
        f"if not {known}: {low}, {high}, {cause} = "
        f"((-INF if {vl} < 0 else 0), (INF if {vh} > 0 else 0), 2) if {any_} else (0, 0, 0)",
        f"if {low} == {high}: {cause} = {cause} & 16"]
    return low, high, cause


def _outermost(e: Emitter, node: Node, block: Block) -> Names:
    record, value, where = node.args
    big = node.op == "largest"
    sure, maybe, cause, any_ = e.fresh("a"), e.fresh("b"), e.fresh("c"), e.fresh("n")
    none, better = ("-INF", ">") if big else ("INF", "<")
    block.lines += [f"{sure} = {maybe} = {none}", f"{cause} = {any_} = 0"]
    body, rows, known = e.loop(record, block)
    fits = e.status(where, body)
    vl, vh, vc = e.quantity(value, body)
    inner, outer = (vl, vh) if big else (vh, vl)
    body.lines += [
        f"if {fits} == 0 or {fits} & 7:",
        f"    {any_} = 1; {cause} |= {vc} if {fits} == 0 else ({vc} | {fits}) & 7",
        f"    if {outer} {better} {maybe}: {maybe} = {outer}",
        f"    if {fits} == 0 and {inner} {better} {sure}: {sure} = {inner}"]
    e.close(block, body, rows)
    low, high = (sure, maybe) if big else (maybe, sure)
    unknown = f"{sure}, {cause} = {none}, 2"
    block.lines += [f"if not {known} and {any_}: {unknown}", f"if {low} == {high}: {cause} = {cause} & 16"]
    return low, high, cause


def _the(e: Emitter, node: Node, block: Block) -> Names:
    record, value, where = node.args
    found, sure, causes = e.fresh("f"), e.fresh("n"), e.fresh("c")
    block.lines += [f"{found} = []", f"{sure} = {causes} = 0"]
    body, rows, known = e.loop(record, block)
    fits = e.status(where, body)
    names = e.quantity(value, body)
    body.lines += [f"if {fits} == 0 or {fits} & 7:",
                   f"    {found}.append(({', '.join(names)})); {causes} |= {fits} & 7",
                   f"    if {fits} == 0: {sure} = 1"]
    e.close(block, body, rows)
    blank_body = Block(block, record, f"S[{e.slot('blank', record)}]")
    blank = e.quantity(value, blank_body)
    block.lines += blank_body.lines
    return e.assign_three(block, f"rt.the({found}, {sure} and {known}, {causes}, {', '.join(blank)})")


def _distinct(e: Emitter, node: Node, block: Block) -> Names:
    record, key, where = node.args
    found = e.assign(block, "[]", "f")
    body, rows, known = e.loop(record, block)
    fits = e.status(where, body)
    if key.type.kind == "bool":
        status = e.status(key, body)
        names: Names = (status, status, f"{status} & 23")
    else:
        names = e.quantity(key, body)
    body.lines.append(f"if {fits} == 0 or {fits} & 7: {found}.append(({fits}, {', '.join(names)}))")
    e.close(block, body, rows)
    return e.assign_three(block, f"rt.distinct({found}) if {known} else ((0, INF, 2) if {found} else (0, 0, 0))")


_WRITERS = {
    "const": _const, "fact": _fact, "param": _param, "field": _field, "around": _around,
    "add": _add, "sub": _sub, "neg": _neg,
    "mul": _called("multiply"), "div": _called("divide"), "floor": _called("floor"), "abs": _called("absolute"),
    "shift": _called("shift"), "shift_days": _called("shift_days"), "year": _called("year"),
    "month": _called("month"),
    "years_between": _called("years_between"), "mod": _mod, "min": _extreme, "max": _extreme, "if": _if,
    "open": _open, "count": _count, "sum": _sum, "largest": _outermost, "smallest": _outermost, "the": _the,
    "distinct": _distinct,
}
