"""The generated closure from plain data: reading and checking every value (units, spellings, domains), then the
answer. The other engines take their values as they come."""

from __future__ import annotations

from typing import Any

from applicants import Applicant

from engines import guiju_rules as rules
from engines.guiju_closure import OverSlots
from guiju.facts.read import facts_from_mapping


def load() -> OverData:
    return OverData()


class OverData(OverSlots):
    def __init__(self) -> None:
        super().__init__()
        self.run = self._run

    def prepare(self, applicant: Applicant) -> dict[str, Any]:  # type: ignore[override]  # read by itself alone
        return rules.plain(applicant)

    def _run(self, data: dict[str, Any]) -> tuple[Any, ...]:
        return self.closure(facts_from_mapping(data, self.policy.vocabulary))
