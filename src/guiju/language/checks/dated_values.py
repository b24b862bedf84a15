"""Days that contradict each other: in the term of the policy, in the dated values of a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.language.checks import found
from guiju.language.policy import Parameter, Policy
from guiju.source.diagnostics import Diagnostic

CODES = {
    "E310": "two values of a parameter from the same day, published on the same day",
    "W311": "a parameter without a value for the first days of the policy",
    "E312": "a policy that ends before it begins",
    "W313": "a policy in force before it was published",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    if policy.end is not None and policy.end < policy.start:
        yield found("E312", policy.span, f"in_force 止于 {policy.end}，早于起日 {policy.start}；改正其一",
                    f"in_force ends on {policy.end}, before it begins on {policy.start}: mend one of them")
    if policy.published > policy.start:
        yield found("W313", policy.span, f"施行日 {policy.start} 早于公布日 {policy.published}；核对是否溯及既往",
                    f"in force from {policy.start}, published only on {policy.published}: is it retroactive?")
    for parameter in policy.parameters.values():
        yield from _values(parameter, policy)


def _values(parameter: Parameter, policy: Policy) -> Iterator[Diagnostic]:
    ordered = sorted(parameter.dated, key=lambda v: (v.start, v.published))
    for earlier, later in pairwise(ordered):
        if (earlier.start, earlier.published) == (later.start, later.published):
            yield found("E310", parameter.span,
                        f"“{parameter.name}”在 {later.start} 起（{later.published} 公布）有两个值；留一个，或写公布日",
                        f"'{parameter.id}' has two values from {later.start}, published {later.published}: keep one")
    if ordered and parameter.default is None and ordered[0].start > policy.start:
        yield found("W311", parameter.span,
                    f"“{parameter.name}”自 {policy.start} 至 {ordered[0].start} 没有值；补一个更早的值或 default",
                    f"'{parameter.id}' has no value from {policy.start} to {ordered[0].start}: add one or a default")
