"""Which facts, record sets and fields some policies read."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from guiju.language.ir import AGGREGATES, walk
from guiju.language.policy import Policy
from guiju.vocabulary import Field, RecordType, Vocabulary

ALWAYS = ("organisation_name", "region", "application_date")


def entries_of(policies: Sequence[Policy], vocabulary: Vocabulary) -> tuple[list[Field], list[RecordType]]:
    """Facts and record sets in the dictionary's order; a record set with no more fields than are read, or tell its
    rows apart."""
    facts = set(ALWAYS)
    fields: dict[str, set[int]] = {}
    for policy in policies:
        for benefit in policy.benefits:
            if benefit.record:
                fields.setdefault(benefit.record, set())
        for node in walk(*policy.roots()):
            if node.op == "fact":
                facts.add(node.args[0])
            elif node.op in ("field", "around"):
                fields.setdefault(node.args[0], set()).add(node.args[1])
            elif node.op in AGGREGATES:
                fields.setdefault(node.args[0], set())
    records = [_reduced(r, fields[r.id]) for r in vocabulary.all_records() if r.id in fields]
    return [f for f in vocabulary.all_facts() if f.id in facts], records


def _reduced(record: RecordType, positions: set[int]) -> RecordType:
    kept = tuple(f for i, f in enumerate(record.fields) if i in positions or f.id in record.key)
    return dataclasses.replace(record, fields=kept or record.fields)
