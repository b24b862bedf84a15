"""`exists(R where C)` at least one row fits; `none(R where C)` no row fits. Both are counts compared with one."""

from __future__ import annotations

from guiju.language.constructs.functions import aggregates, take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call, Word
from guiju.language.ir import Node
from guiju.language.types import BOOL, COUNT

NAMES = ("exists", "none")
ITEMS = ("各项", "items")


def lower(call: Call, elaborator: Elaborator) -> Node:
    take(call, 1, where=True)
    first = call.arguments[0]
    if elaborator.scope.items and isinstance(first, Word) and first.text in ITEMS:
        condition = elaborator.condition(call.where) if call.where is not None else elaborator.build.truth(True)
        found = elaborator.build.make("any_item", (condition,), BOOL)
    else:
        record = elaborator.record(first)
        count = elaborator.build.count(record.id, aggregates.where_of(call, elaborator, record))
        found = elaborator.build.compare("ge", count, elaborator.build.const(1, COUNT))
    return found if call.name == "exists" else elaborator.build.negate(found)
