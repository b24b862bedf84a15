"""A definition whose name no expression uses."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found, is_named
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"W301": "a definition that nothing uses"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for definition in policy.definitions.values():
        if not is_named(policy, definition.node):
            yield found("W301", definition.span, f"定义“{definition.name}”没有被用到；用上它，或删去",
                        f"definition '{definition.id}' is not used: use it or delete it")
