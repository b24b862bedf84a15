"""Boundary cases made from the rules: just below, at and just above every number that an installed policy compares a
fact of the organisation with, with nothing else known."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from guiju.evaluate.critical import thresholds
from guiju.evaluate.evaluation import Evaluation, evaluate, outcome_of, quick, setting_for
from guiju.facts.model import Facts, domain
from guiju.language.ir import Node, walk
from guiju.language.library import installed_library
from guiju.language.policy import Policy
from guiju.values import FAIL, PASS, Status, known
from guiju.vocabulary import Field

MONOTONE = {"fact", "const", "param", "ge", "gt", "le", "lt", "all", "any", "at_least", "soften", "presume", "guard"}
RISING = {"ge", "gt"}
FALLING = {"le", "lt"}


def compared(policy: Policy) -> list[Field]:
    """The facts of the organisation that are measured against a number or a date."""
    ids = sorted({n.args[0] for n in walk(*policy.roots()) if n.op == "fact"})
    facts = [policy.vocabulary.facts[i] for i in ids]
    return [f for f in facts if f.type in ("number", "money", "ratio", "date") and thresholds(policy, f.id)]


def step_of(entry: Field) -> Any:
    """The smallest step that matters: a fen, a day, a hundredth of a percent, one of a unit."""
    if entry.type in ("money", "date"):
        return 1
    return Fraction(1, 10_000) if entry.type == "ratio" else entry.unit.per if entry.unit else 1


BOUNDARIES = [(id_, entry.id, mark) for id_ in installed_library().ids()
              for policy in [installed_library().policy(id_)] for entry in compared(policy)
              for mark in thresholds(policy, entry.id)]


def around(policy: Policy, fact: str, mark: Any) -> list[Evaluation]:
    """The evaluations below, at and above a threshold, and further off on both sides; inside the fact's domain."""
    entry = policy.vocabulary.facts[fact]
    low, high, _ = domain(entry)
    values = [mark + n * step_of(entry) for n in (-2, -1, 0, 1, 2)]
    setting = setting_for(policy, dt.date(2022, 6, 1) if "beijing" in policy.id else dt.date(2022, 9, 1))
    return [evaluate(policy, Facts({fact: known(v)}), setting) for v in values if low <= v <= high]


def direction(node: Node, fact: str) -> str:
    """`up` where a higher value can only help, `down` where a lower one can, else nothing."""
    nodes = walk(node)
    if not {n.op for n in nodes} <= MONOTONE or any(n.op == "guard" and reads(n.args[0], fact) for n in nodes):
        return ""
    ways = set()
    for n in nodes:
        if n.op in RISING | FALLING and any(reads(x, fact) for x in n.args):
            ways.add("up" if (n.op in RISING) == reads(n.args[0], fact) else "down")
    return ways.pop() if len(ways) == 1 else ""


def reads(node: Node, fact: str) -> bool:
    return any(n.op == "fact" and n.args[0] == fact for n in walk(node))


def never_worsens(statuses: list[Status]) -> bool:
    """Whether no success is followed by a refusal."""
    return FAIL not in statuses[statuses.index(PASS):] if PASS in statuses else True


@pytest.mark.parametrize(("id_", "fact", "mark"), BOUNDARIES)
def test_around_a_threshold(id_: str, fact: str, mark: Any) -> None:
    policy = installed_library().policy(id_)
    found = around(policy, fact, mark)

    assert len(found) >= 3
    assert [outcome_of(e) for e in found] == [quick(policy, e.facts, e.setting) for e in found]
    for condition in policy.conditions.values():
        way = "" if condition.record else direction(condition.node, fact)
        statuses = [e.interpreter.status(condition.node) for e in found] if way else []
        assert never_worsens(statuses if way == "up" else statuses[::-1]), condition.id


@pytest.mark.parametrize(("id_", "fact", "mark"), BOUNDARIES)
def test_something_turns_at_a_threshold(id_: str, fact: str, mark: Any) -> None:
    """A comparison with the threshold itself goes one way below it and the other above."""
    policy = installed_library().policy(id_)
    found = around(policy, fact, mark)
    nodes = [n for n in walk(*policy.roots()) if n.op in RISING | FALLING and len(n.args) == 2
             and any(x.op == "fact" and x.args[0] == fact for x in n.args)
             and any(x.op == "const" and x.args[0] == mark for x in n.args)]

    for node in nodes:
        statuses = [e.interpreter.status(node) for e in found]
        assert {statuses[0], statuses[-1]} == {PASS, FAIL}
