"""Prices by number: nobody is paid less than nothing."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

CODES = {"E354": "a price below nothing"}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for row in (row for benefit in policy.benefits for row in benefit.rows):
        if row.amount is not None and row.amount.op == "const" and row.amount.args[0] < 0:
            yield found("E354", row.span, f"“{row.id}”的金额小于 0；写实际给的金额，要扣的写在 less 里",
                        f"'{row.id}' pays less than nothing: state what is paid, and what comes off under 'less'")
