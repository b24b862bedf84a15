"""The generated closure over bound slots: what a caller pays who asks again about the same organisation."""

from __future__ import annotations

from typing import Any

from answer import Answer
from applicants import Applicant

from engines import guiju_rules as rules


def load() -> OverSlots:
    return OverSlots()


class OverSlots:
    def __init__(self) -> None:
        self.policy, self.setting = rules.compiled()
        self.closure = rules.closure_of(self.policy, self.setting)
        self.run = self.closure.call

    def prepare(self, applicant: Applicant) -> tuple[Any, ...]:
        return self.closure.bind(rules.facts_of(self.policy, applicant))

    def answer(self, raw: tuple[Any, ...]) -> Answer:
        return rules.answer_from(self.policy, raw)
