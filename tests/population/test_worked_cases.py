"""Every worked case of every policy: the population's answer is the one applicant's; almost all of it from columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from guiju.evaluate.cases import read_cases
from guiju.evaluate.evaluation import Evaluation, quick
from guiju.evaluate.trial import evaluation_of
from guiju.language.library import POLICIES, load_library
from guiju.population.match import Answers, match
from guiju.population.people import population_of
from guiju.source.diagnostics import GuijuError

LIBRARY = load_library()
IDS = LIBRARY.ids()


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


@pytest.mark.parametrize("id_", IDS)
def test_each_case_is_answered_as_for_one_applicant(id_: str) -> None:
    for answers, cases in crowds(id_):
        for number, case in enumerate(cases):
            one = quick(case.policy, case.facts, case.setting)
            assert tuple(goal[number] for goal in answers.goals) == one.goals
            assert [numbers(c[number] for c in columns) for columns in answers.scores] == [*map(numbers, one.scores)]
            assert (answers.payment is None) == (one.payment is None)
            if answers.payment is not None and one.payment is not None:
                assert numbers(column[number] for column in answers.payment) == numbers(one.payment)


@pytest.mark.parametrize("id_", ["national/quality-standards-laboratory-2023", "national/sme-tiers-2022",
                                 "shandong/liaocheng-quality-patent-awards-2021"])
def test_columns_answer_most(id_: str) -> None:
    left = np.concatenate([answers.left for answers, _ in crowds(id_)])

    assert left.mean() < 0.2


def test_facts_come_back_as_they_went_in() -> None:
    cases = worked("shandong/liaocheng-quality-patent-awards-2021")
    people = population_of([case.facts for case in cases], cases[0].policy.vocabulary)
    for number, case in enumerate(cases):
        back = people.facts_of(number)

        assert {id_: back.values[id_] for id_ in case.facts.values} == dict(case.facts.values)
        assert dict(back.records) == dict(case.facts.records)
