"""Soundness: for random rules, partial facts and completions, the completed answer lies inside the interval answer."""

from __future__ import annotations

from examples import CONDITIONS, FUNDS, SCORES, Example
from hypothesis import given
from watched import broken


@given(example=CONDITIONS)
def test_a_completion_stays_inside_what_conditions_said(example: Example) -> None:
    before, after = example.evaluations()

    assert broken(example.policy, before, after) == {}


@given(example=SCORES)
def test_a_completion_stays_inside_the_scores(example: Example) -> None:
    before, after = example.evaluations()

    assert broken(example.policy, before, after) == {}


@given(example=FUNDS)
def test_a_completion_stays_inside_the_amount(example: Example) -> None:
    before, after = example.evaluations()

    assert broken(example.policy, before, after) == {}
