"""Every worked case of every policy: the population's answer is the one applicant's; almost all of it from columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, groupby
from typing import Any

import numpy as np
import pytest

from guiju.evaluate.cases import read_cases
from guiju.evaluate.evaluation import Evaluation, quick
from guiju.evaluate.explain import explain_goal
from guiju.evaluate.trial import evaluation_of
from guiju.facts.model import Facts, unknown
from guiju.language.library import POLICIES, load_library
from guiju.population.match import Answers, match
from guiju.population.people import population_of
from guiju.source.diagnostics import GuijuError
from guiju.values import NOT_APPLICABLE, PASS

LIBRARY = load_library()
IDS = LIBRARY.ids()
# The share of a policy's own cases that columns leave to the one-applicant evaluation: sums of ratios at a threshold,
# amounts that a rounded rate brings next to a whole fen.
LEFT = {"national/sme-tiers-2022": 0.06, "shandong/liaocheng-quality-patent-awards-2021": 0.06}


def worked(id_: str) -> list[Evaluation]:
    """The cases that can be evaluated, those under one setting together."""
    policy = LIBRARY.policy(id_)
    found = []
    for case in read_cases(POLICIES / id_, policy):
        try:
            found.append(evaluation_of(case, policy))
        except GuijuError:
            continue  # a case of what is refused
    return sorted(found, key=setting_of)


def setting_of(evaluation: Evaluation) -> str:
    setting = evaluation.setting
    return f"{setting.as_of} {sorted(setting.readings.items())} {setting.presuming}"


def crowds(id_: str) -> Iterator[tuple[Answers, list[Evaluation]]]:
    policy = LIBRARY.policy(id_)
    for _, held in groupby(worked(id_), setting_of):
        cases = list(held)
        people = population_of([case.facts for case in cases], policy.vocabulary)
        yield match(people, [(policy, cases[0].setting)])[0], cases


def numbers(values: Any) -> tuple[float, ...]:
    return tuple(map(float, values))


def assert_answered(answers: Answers, cases: list[Evaluation]) -> None:
    for number, case in enumerate(cases):
        one = quick(case.policy, case.facts, case.setting)
        assert tuple(goal[number] for goal in answers.goals) == one.goals
        assert [numbers(c[number] for c in columns) for columns in answers.scores] == [*map(numbers, one.scores)]
        assert (answers.payment is None) == (one.payment is None)
        if answers.payment is not None and one.payment is not None:
            assert numbers(column[number] for column in answers.payment) == numbers(one.payment)
        assert bool(answers.elsewhere[number]) is one.elsewhere


@pytest.mark.parametrize("id_", IDS)
def test_each_case_is_answered_as_for_one_applicant(id_: str) -> None:
    found = list(crowds(id_))
    for answers, cases in found:
        assert_answered(answers, cases)
    left = np.concatenate([answers.left for answers, _ in found])
    assert left.mean() <= LEFT.get(id_, 0)


def without(facts: Facts, record: str) -> Facts:
    return Facts(facts.values, {id_: rows for id_, rows in facts.records.items() if id_ != record})


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if LIBRARY.policy(id_).benefits])
def test_sets_that_nobody_states_are_weighed_in_columns(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    cases = worked(id_)
    setting = cases[0].setting
    bare = [replace(case, facts=Facts(case.facts.values), setting=setting) for case in cases]
    records = sorted({benefit.record for benefit in policy.benefits})
    halves = [replace(case, facts=without(case.facts, record), setting=setting)
              for case, record in zip(cases, cycle(records), strict=False)]
    for crowd in (bare, halves):
        answers = match(population_of([case.facts for case in crowd], policy.vocabulary), [(policy, setting)])[0]
        assert_answered(answers, crowd)
        if crowd is bare:
            assert not answers.left.any()


@pytest.mark.parametrize("id_", ["tianjin/standardisation-fund-2021", "national/standard-leaders-2018",
                                 "national/quality-standards-laboratory-2023", "shanxi/standard-leaders-2019"])
def test_reasons_are_the_conditions_of_the_explanation(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    main = next(goal for goal in policy.goals if goal.main)
    order = [condition.id for condition in main.conditions if condition.counts]
    for answers, cases in crowds(id_):
        for number, case in enumerate(cases):
            bits = int(answers.reasons[number])
            named = {condition for place, condition in enumerate(order) if bits >> min(place, 31) & 1}
            statuses = {c.id: case.interpreter.status(c.node) for c in main.conditions if c.counts}
            assert named == {id_ for id_, status in statuses.items() if status not in (PASS, NOT_APPLICABLE)}
            if named:
                assert named.issuperset(proof.id for proof in explain_goal(case, main.id))
            assert bits >> 31 == (main.pays and case.payment is not None and case.payment.status != PASS)


def test_facts_come_back_as_they_went_in() -> None:
    cases = worked("shandong/liaocheng-quality-patent-awards-2021")
    vocabulary = cases[0].policy.vocabulary
    people = population_of([case.facts for case in cases], vocabulary)
    for number, case in enumerate(cases):
        back = people.facts_of(number)

        assert {id_: back.value(vocabulary.facts[id_]) for id_ in case.facts.values} == dict(case.facts.values)
        assert dict(back.records) == dict(case.facts.records)


def test_a_date_that_is_not_known_is_the_day_asked_of_in_columns_and_alone() -> None:
    cases = worked("shandong/weihai-standardisation-fund-2019")
    policy, setting, vocabulary = cases[0].policy, cases[0].setting, cases[0].policy.vocabulary
    blank = {"application_date": unknown(vocabulary.facts["application_date"])}
    people = population_of([case.facts.replacing(blank) for case in cases], vocabulary)
    alone = [replace(case, facts=people.facts_of(number), setting=setting) for number, case in enumerate(cases)]

    assert all("application_date" not in case.facts.values for case in alone)
    assert_answered(match(people, [(policy, setting)])[0], alone)
