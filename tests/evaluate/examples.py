"""One random example: a policy, partial facts, and a completion of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expressions import Draw
from hypothesis import strategies as st
from rules import Drawn, condition_policies, fund_policies, score_policies
from situations import AS_OF, completed_facts, completed_readings, partial_facts
from watched import described

from guiju.evaluate.evaluation import Evaluation, Setting, evaluate, setting_for
from guiju.facts.model import Facts
from guiju.language.policy import Policy


@dataclass(frozen=True, slots=True)
class Example:
    """`readings` sets every parameter; the partial answer uses the policy's own defaults."""

    policy: Policy
    text: str
    partial: Facts
    complete: Facts
    readings: dict[str, Any]

    def __repr__(self) -> str:
        return "\n".join(["", self.text, described(self.partial), "completed", described(self.complete),
                          f"readings {self.readings}"])

    def settings(self, presuming: bool = False) -> list[tuple[Facts, Setting]]:
        """What is evaluated: the partial facts, then the complete ones."""
        return [(self.partial, setting_for(self.policy, AS_OF, presuming=presuming)),
                (self.complete, setting_for(self.policy, AS_OF, chosen=self.readings, presuming=presuming))]

    def evaluations(self) -> list[Evaluation]:
        return [evaluate(self.policy, facts, setting) for facts, setting in self.settings()]


@st.composite
def examples(draw: Draw, policies: st.SearchStrategy[Drawn]) -> Example:
    """A policy with facts for it."""
    drawn = draw(policies)
    partial = partial_facts(draw)
    complete = completed_facts(draw, partial)
    readings = completed_readings(draw, drawn.policy, dict(setting_for(drawn.policy, AS_OF).readings))
    return Example(drawn.policy, drawn.text, partial, complete, readings)


CONDITIONS = examples(condition_policies())
SCORES = examples(score_policies())
FUNDS = examples(fund_policies())
