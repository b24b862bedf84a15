"""Soundness: for random rules, partial facts and completions, the completed answer lies inside the interval answer."""

from __future__ import annotations

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from rules import condition_policies, fund_policies, score_policies
from situations import AS_OF, completed_facts, completed_readings, partial_facts
from watched import broken, described

from guiju.evaluate.evaluation import evaluate, setting_for
from guiju.language.policy import Policy

POLICIES = {"conditions": condition_policies(), "scores": score_policies(), "funds": fund_policies()}


@pytest.mark.parametrize("policies", POLICIES.values(), ids=POLICIES)
def test_a_completion_stays_inside_the_answer(policies: st.SearchStrategy[Policy]) -> None:
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        policy = data.draw(policies)
        facts = partial_facts(data.draw)
        complete = completed_facts(data.draw, facts)
        setting = setting_for(policy, AS_OF)
        readings = completed_readings(data.draw, policy, dict(setting.readings))
        note(described(policy, facts))
        note(f"completed {complete.values} {complete.records} {readings}")
        before = evaluate(policy, facts, setting)
        after = evaluate(policy, complete, setting_for(policy, AS_OF, chosen=readings))
        assert broken(policy, before, after) == {}

    holds()
