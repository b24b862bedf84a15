"""Full marks: the items' add up to the group's, the groups' to the score's."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Policy, ScoreGroup
from guiju.source.diagnostics import Diagnostic

CODES = {"E323": "items that do not add up to their group", "E324": "groups that do not add up to the score"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for score in policy.scores.values():
        for group in score.groups:
            yield from _group(group)
        total = sum(group.full for group in score.groups)
        if total != score.full:
            yield found("E324", score.span, f"“{score.id}”各组满分相加为 {total}，写的是 {score.full}；改正其一",
                        f"the groups of '{score.id}' add up to {total}, not to {score.full}: mend one of them")


def _group(group: ScoreGroup) -> Iterator[Diagnostic]:
    total = sum(item.full for item in group.items)
    if total != group.full:
        name = group.id.removesuffix(".items")
        yield found("E323", group.span, f"“{name}”各项满分相加为 {total}，写的是 {group.full}；改正其一",
                    f"the items of '{name}' add up to {total}, not to {group.full}: mend one of them")
