"""The installed policies on random facts: every answer comes, both evaluators agree, amounts and plans are in order."""

from __future__ import annotations

import datetime as dt
import functools
import random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guiju.evaluate.answer import Answer
from guiju.evaluate.ask import questions
from guiju.evaluate.assess import answer_of, outcome_name
from guiju.evaluate.critical import critical_values
from guiju.evaluate.evaluation import Evaluation, evaluate, outcome_of, quick, setting_for
from guiju.evaluate.explain import explain_goal
from guiju.evaluate.improve import improvements
from guiju.facts.model import Facts, blank, domain, not_applicable
from guiju.language.ir import AGGREGATES, walk
from guiju.language.library import installed_library
from guiju.language.policy import Policy
from guiju.values import FAIL, PASS, Value, known
from guiju.vocabulary import Field

IDS = installed_library().ids()
SEEDS = st.integers(0, 2**32)
# What is drawn is a seed: a smaller one is no simpler, so the first that fails is told as it is.
FEWER = settings(max_examples=settings().max_examples // 3, phases=(Phase.explicit, Phase.reuse, Phase.generate))
DAYS = [dt.date(y, m, d).toordinal() for y in (2018, 2020, 2021, 2022, 2023) for m, d in ((1, 1), (6, 30), (12, 31))]
SPREAD = [0, 1, 2, 3, 5, 10, 50, 100, 1000]
# An undecided outcome is called by its gravest cause; neither of the two is better than the other.
RANK = {"ineligible": 0, "unknown": 1, "not_computable": 1, "review": 2, "eligible": 3, "not_applicable": 3}


@functools.cache
def read_by(id_: str) -> tuple[list[Field], list[str]]:
    """The facts and the record sets that a policy reads."""
    policy = installed_library().policy(id_)
    nodes = walk(*policy.roots())
    records = {n.args[0] for n in nodes if n.op in AGGREGATES} | {b.record for b in policy.benefits if b.record}
    return [policy.vocabulary.facts[i] for i in sorted({n.args[0] for n in nodes if n.op == "fact"})], sorted(records)


def some_value(entry: Field, policy: Policy, chance: random.Random) -> Value:
    """A value inside the entry's domain, often one at which the policy's rules turn."""
    if entry.not_applicable and chance.random() < 0.1:
        return not_applicable(entry)
    if entry.type == "bool":
        return chance.choice([PASS, FAIL])
    if entry.type in ("text", "industry"):
        return known(chance.choice(["C", "13", "GB/T 1", "甲", "乙"]))
    low, high, _ = domain(entry)
    if entry.type == "enum":
        return known(chance.randint(low, high))
    if entry.type == "region":
        return known(chance.choice([110000, 120000, 120101, 540000, 320100]))
    if entry.type == "date":
        return known(chance.choice(DAYS))
    assert entry.unit is not None
    values = [*critical_values(policy, entry.id, (low, high, 0)), *(n * entry.unit.per for n in SPREAD)]
    return known(chance.choice([v for v in values if low <= v <= high]))


def some_facts(policy: Policy, seed: int) -> Facts:
    """Some of the facts that the policy reads, and rows of some of its record sets, with some cells blank."""
    chance = random.Random(seed)
    given_ = chance.choice([0.3, 0.8, 1.0])
    facts, records = read_by(policy.id)
    values = {f.id: some_value(f, policy, chance) for f in facts if chance.random() < given_}
    rows: dict[str, Any] = {}
    for id_ in records:
        if chance.random() < given_:
            fields = policy.vocabulary.records[id_].fields
            rows[id_] = tuple(tuple(some_value(f, policy, chance) if chance.random() < given_ else blank(f)
                                    for f in fields) for _ in range(chance.randint(0, 4)))
    return Facts(values, rows)


def a_day_in_force(policy: Policy) -> dt.date:
    day = max(policy.start, dt.date(2022, 9, 1))
    return day if policy.end is None else min(day, policy.end)


def examined(id_: str, seed: int) -> Evaluation:
    policy = installed_library().policy(id_)
    setting = setting_for(policy, a_day_in_force(policy), presuming=bool(seed % 2))
    return evaluate(policy, some_facts(policy, seed), setting)


def in_order(answer: Answer) -> bool:
    """Whether every amount of an answer runs from low to high."""
    amounts = [answer.amount, *(i.amount for i in answer.items), *(r.amount for r in answer.readings)]
    return all(a.low >= 0 and (a.high is None or a.low <= a.high) for a in amounts)


@pytest.mark.parametrize("id_", IDS)
def test_every_answer_comes_alike_from_both_evaluators_in_order_and_with_plans_that_help(id_: str) -> None:
    @FEWER
    @given(SEEDS)
    def holds(seed: int) -> None:
        evaluation = examined(id_, seed)
        assert quick(evaluation.policy, evaluation.facts, evaluation.setting) == outcome_of(evaluation)
        assert_an_answer_in_order(evaluation)
        assert_what_is_asked_is_open_and_no_plan_worsens_anything(evaluation)

    holds()


def assert_an_answer_in_order(evaluation: Evaluation) -> None:
    answer = answer_of(evaluation)
    assert in_order(answer)
    assert answer.outcome == outcome_name(evaluation.status)
    assert [g.id for g in answer.goals if g.outcome == "ineligible" and not g.blockers] == []
    assert [g.id for g in answer.goals if g.outcome in ("unknown", "not_computable") and not g.missing] == []
    assert [g.id for g in evaluation.policy.goals
            if g.conditions and not explain_goal(evaluation, g.id) and answer.outcome != "not_applicable"] == []


def assert_what_is_asked_is_open_and_no_plan_worsens_anything(evaluation: Evaluation) -> None:
    asked = [q.id for q in questions([evaluation]) if q.kind in ("fact", "judgement") and "." not in q.id]
    assert [a for a in asked if a in evaluation.facts.values] == []
    for plan in improvements(evaluation, limit=2):
        assert RANK[plan.outcome_after] >= RANK[plan.outcome_before]
        fixed = [c.id for c in plan.changes if (f := evaluation.policy.vocabulary.fact(c.id)) is not None
                 and f.mutability == "fixed"]
        assert fixed == []
