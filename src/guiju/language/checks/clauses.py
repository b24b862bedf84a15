"""The clause index and the rules must meet: no clause that nothing cites (of an amended policy some may well be left
out), no rule that cites nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found, named_conditions
from guiju.language.policy import (
    Benefit,
    Condition,
    Definition,
    Duty,
    Limit,
    Parameter,
    Policy,
    Score,
    ScoreGroup,
)
from guiju.source.diagnostics import Diagnostic, Span

CODES = {"W305": "a clause of the index that nothing cites", "W306": "a rule that cites no clause"}
Citation = tuple[str, Span, tuple[str, ...]]


def check(policy: Policy) -> Iterator[Diagnostic]:
    rules = list(_rules(policy))
    cited = {clause for _, _, clauses in [*rules, *_parts(policy)] for clause in clauses} | set(policy.force_clauses)
    for clause in policy.clauses.values():
        if clause.key not in cited and not clause.policy:
            yield found("W305", clause.span, f"条款“{clause.key}”没有规则、参数或义务引用；补上 cite，或从索引删去",
                        f"nothing cites clause '{clause.key}': cite it or take it out of the index")
    for id_, span, clauses in rules:
        if not clauses:
            yield found("W306", span, f"“{id_}”没有写依据；加上 cite: 条款", f"'{id_}' cites no clause: add 'cite'")


def _rules(policy: Policy) -> Iterator[Citation]:
    """What must stand on a clause."""
    entries: list[Definition | Condition | Parameter | Limit | Duty] = [
        *policy.definitions.values(), *named_conditions(policy), *policy.parameters.values(), *policy.limits,
        *policy.duties]
    for entry in entries:
        yield entry.id, entry.span, entry.clauses
    for score in policy.scores.values():
        for group in score.groups:
            for item in group.items:
                yield item.id, item.span, item.clauses or group.clauses or score.clauses
    for benefit in policy.benefits:
        for row in benefit.rows:
            yield row.id, row.span, row.clauses
        for less in benefit.less:
            yield less.id, benefit.span, less.clauses
        if benefit.merge is not None:
            yield benefit.merge.id, benefit.span, benefit.merge.clauses
        if benefit.ceiling_id:
            yield benefit.ceiling_id, benefit.span, benefit.ceiling_clauses


def _parts(policy: Policy) -> Iterator[Citation]:
    """What may cite a clause beside the rules made of it."""
    parts: list[Score | ScoreGroup | Benefit | Condition] = [
        *policy.scores.values(), *(g for s in policy.scores.values() for g in s.groups), *policy.benefits,
        *policy.conditions.values()]
    for part in parts:
        yield part.id, part.span, part.clauses
