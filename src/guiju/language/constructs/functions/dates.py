"""`year(D)` the calendar year, `month(D)` the month in it, 1 to 12; `years_between(D1, D2)` full years from the first
to the second date."""

from __future__ import annotations

from guiju.language.constructs.functions import take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call
from guiju.language.ir import Node
from guiju.language.types import number
from guiju.source.diagnostics import fail

NAMES = ("year", "month", "years_between")


def lower(call: Call, elaborator: Elaborator) -> Node:
    if call.name == "year":
        take(call, 1)
        return elaborator.year(elaborator.node(call.arguments[0]))
    if call.name == "month":
        take(call, 1)
        return elaborator.month(elaborator.node(call.arguments[0]))
    take(call, 2)
    first, second = (elaborator.node(a) for a in call.arguments)
    if first.type.kind != "date" or second.type.kind != "date":
        raise fail("E226", call.span, "years_between 要两个日期", "years_between takes two dates")
    return elaborator.build.make("years_between", (first, second), number("duration"))
