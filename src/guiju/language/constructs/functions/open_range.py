"""`open(low, high)`: a number that the source leaves to someone else; where it decides, nothing can be computed."""

from __future__ import annotations

from guiju.language.constructs.functions import take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call
from guiju.language.ir import Node
from guiju.source.diagnostics import fail

NAMES = ("open",)


def lower(call: Call, elaborator: Elaborator) -> Node:
    take(call, 2)
    low, high = (elaborator.node(a) for a in call.arguments)
    elaborator.build.compare("le", low, high)
    if low.op != "const" or high.op != "const" or low.args[0] > high.args[0]:
        raise fail("E235", call.span, "open 要先小后大的两个数", "open takes a lower and a higher number")
    return elaborator.build.make("open", (low.args[0], high.args[0]), low.type)
