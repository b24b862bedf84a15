"""`floor(x)` down to a whole number of base units, `abs(x)`, `mod(a, n)` the remainder by a whole number."""

from __future__ import annotations

from guiju.language.constructs.functions import take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call
from guiju.language.ir import Node
from guiju.source.diagnostics import fail

NAMES = ("floor", "abs", "mod")


def lower(call: Call, elaborator: Elaborator) -> Node:
    take(call, 2 if call.name == "mod" else 1)
    value = elaborator.node(call.arguments[0])
    if call.name != "mod":
        return elaborator.build.unary(call.name, value)
    divisor = elaborator.node(call.arguments[1])
    if divisor.op != "const" or not isinstance(divisor.args[0], int) or divisor.args[0] < 1:
        raise fail("E234", call.arguments[1].span, "mod 的除数应是正整数", "mod divides by a positive whole number")
    return elaborator.build.make("mod", (value, divisor.args[0]), value.type)
