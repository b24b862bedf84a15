"""Conditions that are always met or never can be, over the whole domains of what they read."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.evaluate.cells import Cells
from guiju.language.checks import found
from guiju.language.ir import Node
from guiju.language.policy import Condition, Policy
from guiju.source.diagnostics import Diagnostic, Span, Text

CODES = {
    "E340": "a condition that can never be met",
    "W341": "a condition that is always met",
    "E342": "a condition that never applies",
    "W343": "a 'when' that always holds",
    "W346": "a definition of yes or no that is always the same",
    "W347": "a limit that never applies",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    cells = Cells(policy)
    yield from _Conditions(cells).check(policy)
    for definition in policy.definitions.values():
        if definition.node.type.kind == "bool" and (
                cells.holds_always(definition.node) or cells.holds_never(definition.node)):
            yield found("W346", definition.span, f"“{definition.name}”在任何情形下都一样；核对其中的界限",
                        f"'{definition.id}' is the same whatever the facts are: check its bounds")
    for limit in policy.limits:
        if cells.holds_never(limit.gate) or (limit.where and all(map(cells.holds_never, limit.where.values()))):
            yield found("W347", limit.span, f"“{limit.id}”的 when 或 where 永远不成立，从不起作用；改正，或删去",
                        f"the 'when' or 'where' of '{limit.id}' never holds: mend or delete it")


class _Conditions:
    """Reports the innermost fault only: what is made of a faulty member is not reported again."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.faulty: dict[str, bool] = {}
        self.findings: list[Diagnostic] = []

    def check(self, policy: Policy) -> list[Diagnostic]:
        for condition in policy.conditions.values():
            self._visit(condition)
        return self.findings

    def _visit(self, condition: Condition) -> bool:
        if condition.id not in self.faulty:
            below = [self._visit(member) for member in condition.members]
            fault = None if any(below) else self._fault(condition)
            if fault is not None:
                self.findings.append(fault)
            self.faulty[condition.id] = any(below) or fault is not None
        return self.faulty[condition.id]

    def _fault(self, condition: Condition) -> Diagnostic | None:
        scope: list[tuple[Node, bool]] = []
        within = Text("", "")
        if condition.applies is not None:
            if self.cells.holds_never(condition.applies):
                return found("E342", condition.span, f"“{condition.id}”的 when 永远不成立，从不适用；改正或删去",
                             f"'{condition.id}' never applies: mend its 'when' or delete it")
            if self.cells.holds_always(condition.applies):
                return found("W343", condition.span, f"“{condition.id}”的 when 总是成立；改正它，或删去 when",
                             f"the 'when' of '{condition.id}' always holds: mend or delete it")
            scope, within = [(condition.applies, True)], Text("在适用范围内", "where it applies, ")
        return self._test(condition, scope, within)

    def _test(self, condition: Condition, scope: list[tuple[Node, bool]], within: Text) -> Diagnostic | None:
        met = condition.strength != "veto"
        if self.cells.ask(*scope, (condition.bare, met)).impossible:
            return _never(condition, condition.span, within)
        if self.cells.ask(*scope, (condition.bare, not met)).impossible:
            return found("W341", condition.span, f"“{condition.id}”{within.zh}总是满足，等于没有要求；核对界限，或删去",
                         f"{within.en}'{condition.id}' is always met and asks nothing: check its bounds or delete it")
        return None


def _never(condition: Condition, span: Span, within: Text) -> Diagnostic:
    return found("E340", span, f"“{condition.id}”{within.zh}永远不能满足：各项要求互相矛盾，或超出取值范围；改正界限",
                 f"{within.en}'{condition.id}' can never be met: its parts contradict each other, or the domain")
