"""The generated closure from `Facts`: binding and calling, as for an organisation whose facts have been read."""

from __future__ import annotations

from applicants import Applicant

from engines import guiju_rules as rules
from engines.guiju_closure import OverSlots
from guiju.facts.model import Facts


def load() -> OverFacts:
    return OverFacts()


class OverFacts(OverSlots):
    def __init__(self) -> None:
        super().__init__()
        self.run = self.closure  # binds, then calls

    def prepare(self, applicant: Applicant) -> Facts:  # type: ignore[override]  # read by itself alone
        return rules.facts_of(self.policy, applicant)
