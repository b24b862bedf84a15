"""Functions of expressions. Each module has `NAMES` and `lower(call, elaborator) -> Node`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from guiju.language.expression.syntax import Call
from guiju.language.ir import Node
from guiju.source.diagnostics import fail
from guiju.source.fields import suggestion

if TYPE_CHECKING:
    from guiju.language.elaborate import Elaborator

Lower = Callable[[Call, "Elaborator"], Node]


@functools.cache
def registry() -> dict[str, Lower]:
    """Function name → its lowering."""
    from guiju.language.constructs import constructs_of

    return {name: module.lower for module in constructs_of("functions") for name in module.NAMES}


def lower(call: Call, elaborator: Elaborator) -> Node:
    """The meaning of a call. Raises E230 for an unknown function, E231 for wrong arguments."""
    found = registry().get(call.name)
    if found is None:
        hint = suggestion(call.name, registry())
        raise fail("E230", call.span, f"没有函数“{call.name}”{hint.zh}", f"there is no function '{call.name}'{hint.en}")
    return found(call, elaborator)


def take(call: Call, count: int, *, where: bool = False) -> None:
    """Check how many arguments a call has."""
    if len(call.arguments) != count or (call.where is not None and not where):
        raise fail("E231", call.span, f"{call.name} 要 {count} 个参数" + ("" if where else "，不带 where"),
                   f"{call.name} takes {count} argument(s)" + ("" if where else ", without where"))
