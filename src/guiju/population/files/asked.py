"""What of a population some policies look at: the rest of its tables need not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.facts.model import APPLICATION_DATE
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Policy
from guiju.population.files.arrow import Needs

REGION = "region"  # tells whom a policy addresses


def needs_of(policies: Sequence[Policy]) -> Needs:
    """The facts, and the fields of records, on which the policies' answers rest."""
    facts = {APPLICATION_DATE, REGION}
    records: dict[str, set[str]] = {}
    for policy in policies:
        for benefit in policy.benefits:
            if benefit.record:
                records.setdefault(benefit.record, set())
        for node in walk(*_roots(policy)):
            if node.op == "fact":
                facts.add(node.args[0])
            elif node.op in ("field", "around"):
                record, position = node.args
                entry = policy.vocabulary.records[record].fields[position]
                records.setdefault(record, set()).add(entry.id)
            elif node.op in AGGREGATES:
                records.setdefault(node.args[0], set())
    return Needs(frozenset(facts), {id_: frozenset(fields) for id_, fields in sorted(records.items())})


def _roots(policy: Policy) -> Iterator[Node]:
    yield from policy.roots()
    for benefit in policy.benefits:
        yield from (row.amount for row in benefit.rows if row.amount is not None)
        yield from (less.amount for less in benefit.less)
