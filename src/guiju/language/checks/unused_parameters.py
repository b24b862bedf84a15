"""A parameter that no rule reads: setting it would change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import all_nodes, found
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"W302": "a parameter that no rule reads"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    read = set(all_nodes(policy))
    for parameter in policy.parameters.values():
        if parameter.node not in read:
            yield found("W302", parameter.span, f"参数“{parameter.name}”没有规则读它；让所涉规则读它，或删去",
                        f"no rule reads parameter '{parameter.id}': let the rule concerned read it or delete it")
