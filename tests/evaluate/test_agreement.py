"""Both evaluators agree exactly, node by node and in every outcome, on partial and on complete facts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from rules import condition_policies, fund_policies, score_policies
from situations import AS_OF, completed_facts, completed_readings, partial_facts
from watched import described

from guiju.evaluate.closure import compile_closure
from guiju.evaluate.evaluation import evaluate, outcome_of, parameters_of, quick, setting_for
from guiju.facts.model import Facts
from guiju.language.policy import Policy

POLICIES = {"conditions": condition_policies(), "scores": score_policies(), "funds": fund_policies()}


def values_of_both(policy: Policy, facts: Facts, chosen: dict[str, Any], presuming: bool) -> tuple[list[Any], list[Any]]:
    """The value of every node of the organisation, by the interpreter and by a closure."""
    setting = setting_for(policy, AS_OF, chosen=chosen, presuming=presuming)
    nodes = list(dict.fromkeys(n for n in policy.roots() if not n.rows and "any_item" not in repr(n)))
    traced = evaluate(policy, facts, setting).interpreter
    closure = compile_closure(policy, nodes, parameters_of(policy, setting), presuming=presuming)
    return [traced.value(n) for n in nodes], list(closure(facts.with_default_date(AS_OF)))


@pytest.mark.parametrize("policies", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("presuming", [False, True], ids=["plain", "presuming"])
def test_the_closure_agrees_with_the_interpreter(policies: st.SearchStrategy[Policy], presuming: bool) -> None:
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        policy = data.draw(policies)
        partial = partial_facts(data.draw)
        complete = completed_facts(data.draw, partial)
        readings = completed_readings(data.draw, policy, dict(setting_for(policy, AS_OF).readings))
        for facts, chosen in ((partial, {}), (complete, readings)):
            note(described(policy, facts))
            setting = setting_for(policy, AS_OF, chosen=chosen, presuming=presuming)
            traced, generated = values_of_both(policy, facts, chosen, presuming)
            assert generated == traced
            assert quick(policy, facts, setting) == outcome_of(evaluate(policy, facts, setting))

    holds()
