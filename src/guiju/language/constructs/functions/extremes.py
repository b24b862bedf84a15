"""`min(a, b, …)`, `max(a, b, …)` of numbers or dates; `max(R.F where C)`, `min(R.F where C)`, `latest(R.F where C)`
over rows. Over no rows the largest is below and the smallest above everything."""

from __future__ import annotations

from guiju.language.constructs.functions import aggregates, take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call
from guiju.language.ir import Node

NAMES = ("min", "max", "latest")


def lower(call: Call, elaborator: Elaborator) -> Node:
    if call.name == "latest" or aggregates.is_row_value(call, elaborator):
        take(call, 1, where=True)
        return aggregates.over_rows("smallest" if call.name == "min" else "largest", call, elaborator)
    if not call.arguments:
        take(call, 2)
    nodes = [elaborator.node(a) for a in call.arguments]
    return elaborator.build.extreme(call.name, nodes)
