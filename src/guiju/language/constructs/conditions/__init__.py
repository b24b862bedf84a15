"""Forms of a condition. Each module has `KEY`, `COMPANIONS` and `lower(mapping, reader) -> Form`."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.language.expression.syntax import Expression
from guiju.language.ir import Node
from guiju.language.policy import Condition


@dataclass(frozen=True, slots=True)
class Form:
    """The test, the members that it is made of, and how many of them it takes (all where 0)."""

    test: Node
    members: tuple[Condition, ...] = ()
    k: int = 0
    expression: Expression | None = None
