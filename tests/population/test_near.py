"""Who is one change away: what `guiju improve` finds for one applicant, and nothing that an evaluation refutes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from crowds import LIBRARY, crowds, worked

from guiju.evaluate.evaluation import Evaluation, Setting, evaluate, quick
from guiju.evaluate.improve import Plan, improvements
from guiju.facts.model import Facts
from guiju.language.policy import Goal, Policy
from guiju.population.questions.levers import Options
from guiju.population.questions.near import Near, Step, near
from guiju.values import FAIL, NOT_APPLICABLE, PASS, REVIEW

TIERS = "national/sme-tiers-2022"
POLICIES = [TIERS, "tianjin/standardisation-fund-2021", "national/standard-leaders-2018",
            "guangdong/huangpu-quality-fund-2019"]


@cache
def asked(id_: str, goal_id: str, day: int) -> list[Near]:
    policy = LIBRARY.policy(id_)
    goal = next(g for g in policy.goals if g.id == goal_id)
    cases = days(id_)[day]
    return [found for found, in near(crowds([c.facts for c in cases], size=1000), policy, [goal], cases[0].setting)]


@cache
def days(id_: str) -> list[list[Evaluation]]:
    """The policy's cases, those of one day together: the two largest crowds, of many cases some."""
    found: dict[Any, list[Evaluation]] = {}
    for case in worked(id_):
        found.setdefault(case.setting.as_of, []).append(case)
    largest = sorted(found.values(), key=len, reverse=True)[:2]
    return [cases[::max(1, len(cases) // 12)] for cases in largest]


def steps_of(answers: list[Near]) -> list[Step]:
    return [step for answer in answers for step in answer.steps]


def is_one_step(plan: Plan) -> bool:
    """Whether it betters the outcome: from refused to anything else, or from a person's decision to qualifying."""
    bettered = plan.outcome_after != plan.outcome_before and \
        (plan.outcome_after == "eligible" or plan.outcome_before == "ineligible")
    return bettered and len(plan.changes) == 1


def changed(step: Step, facts: Facts) -> Facts:
    if step.row is None:
        assert step.value is not None
        return facts.replacing({step.target: step.value})
    rows = facts.records.get(step.target, ())
    return facts.replacing({}, {step.target: (*rows, *([step.row] * step.times))})


@pytest.mark.parametrize("id_", POLICIES)
def test_the_changes_are_those_of_one_applicant(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    main = [g.id for g in policy.goals if g.main]
    checked = 0
    for day, cases in enumerate(days(id_)):
        found = {(s.number, s.goal, s.target) for g in main for s in steps_of(asked(id_, g, day))}
        for number, case in enumerate(cases):
            if not policy.in_force(case.setting.as_of):
                continue
            for plan in filter(is_one_step, improvements(case, limit=50)):
                if case.goals[plan.goal] in (FAIL, REVIEW):
                    assert (number, plan.goal, plan.changes[0].id) in found
                    checked += 1
    assert checked


@pytest.mark.parametrize("id_", POLICIES)
def test_every_change_does_what_is_said(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    checked = 0
    for day, cases in enumerate(days(id_)):
        for place, goal in enumerate(policy.goals):
            if not goal.main:
                continue
            for step in steps_of(asked(id_, goal.id, day)):
                facts = cases[step.number].facts
                assert quick(policy, facts, cases[0].setting).goals[place] == step.before
                assert quick(policy, changed(step, facts), cases[0].setting).goals[place] == step.after
                assert step.before in (FAIL, REVIEW)
                assert step.after != FAIL
                entry = policy.vocabulary.facts.get(step.target)
                assert entry is None or entry.mutability in ("effort", "time")
                assert _mended(policy, goal, step, facts, cases[0].setting)
                checked += 1
    assert checked


def _mended(policy: Policy, goal: Goal, step: Step, facts: Facts, setting: Setting) -> bool:
    """Whether what is said to be mended is just what stands better."""
    before, after = (evaluate(policy, f, setting).interpreter for f in (facts, changed(step, facts)))
    better = {c.id for c in goal.conditions if c.counts and before.status(c.node) not in (PASS, NOT_APPLICABLE)
              and (after.status(c.node) in (PASS, NOT_APPLICABLE)
                   or (before.status(c.node) == FAIL and after.status(c.node) != FAIL))}
    return {c.id for c in step.mends} == better


@pytest.mark.parametrize("id_", POLICIES)
def test_who_stands_beside_an_organisation_changes_nothing_of_its_steps(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    cases = days(id_)[0]
    goals = [g for g in policy.goals if g.main]
    together, alone = ([step for parts in near(crowds([c.facts for c in cases], size), policy, goals, cases[0].setting)
                        for part in parts for step in part.steps] for size in (1000, 1))

    assert sorted(map(_told, together)) == sorted(map(_told, alone))
    assert together


def _told(step: Step) -> str:
    return repr((step.number, step.goal, step.target, step.after, step.now, step.value, step.row, step.times))


INNOVATIVE = next(g for g in LIBRARY.policy(TIERS).goals if g.id == "innovative")


def steps_for(**facts: Any) -> list[Step]:
    policy = LIBRARY.policy(TIERS)
    case = next(c for c in worked(TIERS) if c.goals["innovative"] == PASS)
    data = case.facts.replacing(facts)
    found = near(crowds([data]), policy, [INNOVATIVE], replace(case.setting, presuming=False))
    return [step for part, in found for step in part.steps]


def test_what_is_listed_as_abnormal_has_to_come_off_the_list_and_nothing_else() -> None:
    steps = steps_for(on_abnormal_list=PASS)

    assert [(s.target, s.value, s.surely, [c.clauses for c in s.mends]) for s in steps] == [
        ("on_abnormal_list", FAIL, True, [("三",)])]


def test_the_smallest_change_is_told_of_a_range_from_its_end_and_of_nothing_known_by_size() -> None:
    """Three organisations: at 50; between 0 and 10; of whom nothing is known. Each could take 100, 12 or 40."""
    values = np.array([[100.0] * 3, [12.0] * 3, [40.0] * 3])
    found = Options(values, np.array([50.0, 0.0, -np.inf]), np.array([50.0, 10.0, np.inf]), 1)

    assert found.changes().argmin(axis=0).tolist() == [2, 1, 1]


def test_texts_that_could_be_are_no_nearer_for_their_number() -> None:
    found = Options(np.array([[3.0], [900.0]]), np.array([7.0]), np.array([7.0]), 1, steps=True)

    assert found.changes().tolist() == [[1.0], [1.0]]
