"""Limits by number: at least one item or category, and fewer than there are."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Limit, Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"E350": "a limit to fewer than one", "E352": "a cap of nothing", "W353": "a limit that nothing can reach"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    categories = {b.id: b.category for b in policy.benefits}
    for limit in policy.limits:
        if limit.form == "cap":
            yield from _cap(limit)
        elif limit.n < 1:
            yield found("E350", limit.span, f"“{limit.id}”的 {limit.form} 是 {limit.n}，什么都不剩；应至少为 1",
                        f"'{limit.id}' keeps {limit.n}, that is nothing: {limit.form} must be at least 1")
        elif limit.form == "best" and limit.n >= len({categories[b] for b in limit.benefits}):
            yield found("W353", limit.span,
                        f"“{limit.id}”取 {limit.n} 类，而类别不多于此，从不起作用；核对 category，或删去",
                        f"'{limit.id}' keeps {limit.n} categories and there are no more: check 'category' or delete it")


def _cap(limit: Limit) -> Iterator[Diagnostic]:
    if limit.amount is not None and limit.amount.op == "const" and limit.amount.args[0] <= 0:
        yield found("E352", limit.span, f"“{limit.id}”的限额不大于 0，什么都不付；写上金额",
                    f"'{limit.id}' caps at nothing: state the amount")
