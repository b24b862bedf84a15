"""The same rule under two ids: two conditions with one test, two price rows with one test and amount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.language.checks import found, named_conditions
from guiju.language.policy import Benefit, Condition, Policy, PriceRow
from guiju.source.diagnostics import Diagnostic

CODES = {"W335": "two price rows that pay the same for the same", "W344": "two conditions with the same test"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    yield from _conditions(policy)
    yield from _prices(policy)


def _conditions(policy: Policy) -> Iterator[Diagnostic]:
    """A heading over one member repeats it, and that is meant; so is one test in two strengths or scopes."""
    first: dict[Any, Condition] = {}
    for condition in named_conditions(policy):
        key = (condition.bare, condition.applies, condition.strength)
        other = first.setdefault(key, condition)
        if other is not condition and not _is_heading(other, condition):
            yield found("W344", condition.span,
                        f"“{condition.id}”与“{other.id}”（{other.span}）内容相同；删去其一，引用另一个",
                        f"'{condition.id}' says the same as '{other.id}' ({other.span}): delete one, cite the other")


def _is_heading(a: Condition, b: Condition) -> bool:
    return any(d is b for d in a.descendants()) or any(d is a for d in b.descendants())


def _prices(policy: Policy) -> Iterator[Diagnostic]:
    first: dict[Any, tuple[Benefit, PriceRow]] = {}
    for benefit in policy.benefits:
        whens = frozenset(c.node for c in benefit.when)
        for row in benefit.rows:
            other, line = first.setdefault((benefit.record, whens, row.test, row.net), (benefit, row))
            if other is not benefit:
                yield found("W335", row.span,
                            f"“{row.id}”与“{line.id}”（{line.span}）条件与金额都相同，会付两次；删去其一",
                            f"'{row.id}' pays the same for the same as '{line.id}' ({line.span}): delete one")
