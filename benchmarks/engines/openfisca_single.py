"""OpenFisca for one applicant: a new simulation of one, by its quickest builder."""

from __future__ import annotations

from answer import Answer
from applicants import Applicant

from engines import openfisca_rules as rules


def load() -> OneByOne:
    return OneByOne()


class OneByOne:
    def __init__(self) -> None:
        self.system = rules.system()

    def prepare(self, applicant: Applicant) -> Applicant:
        return applicant

    def run(self, applicant: Applicant) -> dict[str, rules.Vector]:
        return rules.simulate(self.system, rules.columns_of([applicant]), 1)

    def answer(self, raw: dict[str, rules.Vector]) -> Answer:
        return rules.answers(raw)[0]
