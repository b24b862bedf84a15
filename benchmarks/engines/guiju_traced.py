"""The traced interpreter: the reference, which keeps the value of every node for the explanation."""

from __future__ import annotations

from answer import RULES, SCORES, Answer
from applicants import Applicant

from engines import guiju_rules as rules
from guiju.evaluate.evaluation import Evaluation, evaluate
from guiju.facts.model import Facts


def load() -> Traced:
    return Traced()


class Traced:
    def __init__(self) -> None:
        self.policy, self.setting = rules.compiled()
        self.conditions = [self.policy.conditions[id_].node for id_ in RULES]
        parts = {part.id: part.node for score in self.policy.scores.values() for part in score.parts()}
        self.parts = [parts[id_] for id_ in SCORES]

    def prepare(self, applicant: Applicant) -> Facts:
        return rules.facts_of(self.policy, applicant)

    def run(self, facts: Facts) -> Evaluation:
        """An evaluation looks at every rule of its goals, so verdicts and points are then there to be read."""
        return evaluate(self.policy, facts, self.setting)

    def answer(self, raw: Evaluation) -> Answer:
        it, paid = raw.interpreter, raw.payment
        assert paid is not None
        return rules.neutral(tuple(it.status(node) for node in self.conditions),
                             [it.quantity(node) for node in self.parts], (paid.low, paid.high), raw.status)
