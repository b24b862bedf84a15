"""Columns give what the closure gives, for generated rules and facts with gaps."""

from __future__ import annotations

from typing import Any

from examples import CONDITIONS, FUNDS, SCORES, Example
from hypothesis import given, settings
from situations import AS_OF
from small import fund

from guiju.evaluate.assess import payable as payable_to_one
from guiju.evaluate.evaluation import Outcome, evaluate, quick, setting_for
from guiju.facts.model import Facts
from guiju.population.match import Answers, match
from guiju.population.payable import Payable, payable
from guiju.population.people import population_of

FEW = settings(max_examples=40)


def outcome(answers: Answers, number: int) -> Any:
    """One organisation's answer, with plain numbers."""
    goals = tuple(int(g[number]) for g in answers.goals)
    scores = tuple((float(low[number]), float(high[number]), int(cause[number])) for low, high, cause in answers.scores)
    paid = answers.payment
    return (goals, scores, None if paid is None else tuple(float(column[number]) for column in paid),
            bool(answers.elsewhere[number]))


def plain(one: Outcome) -> Any:
    scores = tuple((float(low), float(high), cause) for low, high, cause in one.scores)
    return one.goals, scores, None if one.payment is None else tuple(map(float, one.payment)), one.elsewhere


def assert_agreement(example: Example) -> None:
    policy = example.policy
    for facts, setting in example.settings() + example.settings(presuming=True):
        bare = Facts(example.complete.values)  # no set of records is known
        crowd: list[Facts] = [facts, example.complete, example.partial, bare]
        answers = match(population_of(crowd, policy.vocabulary), [(policy, setting)])[0]
        found = payable(policy, answers)
        for number, one in enumerate(crowd):
            assert outcome(answers, number) == plain(quick(policy, one, setting))
            amount = payable_to_one(evaluate(policy, one, setting))
            assert claimed(found, number) == (amount.low, amount.high, amount.kind == "external")


def claimed(found: Payable, number: int) -> tuple[float, float | None, bool]:
    """What one organisation may claim, as one applicant is told it."""
    elsewhere = bool(found.elsewhere[number])
    high = None if elsewhere or found.unbounded[number] else float(found.high[number])
    return float(found.low[number]), high, elsewhere


@FEW
@given(example=CONDITIONS)
def test_conditions_agree(example: Example) -> None:
    assert_agreement(example)


@FEW
@given(example=SCORES)
def test_scores_agree(example: Example) -> None:
    assert_agreement(example)


@given(example=FUNDS)
@settings(max_examples=80)
def test_payments_agree(example: Example) -> None:
    assert_agreement(example)


def test_rows_that_are_not_known_are_paid_whole_fen_as_one_applicant_is_told() -> None:
    policy = fund("id | 金额\nX | 10 万元 / 3", more="limits:\n- {id: L, of: [works], keep: 1}\n")
    setting = setting_for(policy, AS_OF)
    answers = match(population_of([Facts({})], policy.vocabulary), [(policy, setting)])[0]
    told = payable_to_one(evaluate(policy, Facts({}), setting))

    assert claimed(payable(policy, answers), 0) == (told.low, told.high, False) == (0, 3_333_333, False)


@FEW
@given(example=FUNDS)
def test_settings_of_one_policy_are_answered_side_by_side(example: Example) -> None:
    policy = example.policy
    questions = [(policy, setting) for _, setting in example.settings()]
    found = match(population_of([example.partial], policy.vocabulary), questions)
    for answers, (_, setting) in zip(found, questions, strict=True):
        assert outcome(answers, 0) == plain(quick(policy, example.partial, setting))
