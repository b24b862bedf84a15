"""Both evaluators agree exactly, node by node and in every outcome, on partial and on complete facts."""

from __future__ import annotations

from typing import Any

from examples import CONDITIONS, FUNDS, SCORES, Example
from hypothesis import given
from situations import AS_OF

from guiju.evaluate.closure import compile_closure
from guiju.evaluate.evaluation import Setting, evaluate, outcome_of, parameters_of, quick
from guiju.facts.model import Facts
from guiju.language.ir import Node, walk
from guiju.language.policy import Policy


def nodes_of(policy: Policy) -> list[Node]:
    """Every node that has a value of the organisation's, apart from what a cap asks of the items."""
    return [n for n in walk(*policy.roots()) if not n.rows and not any(p.op == "any_item" for p in walk(n))]


def values_of_both(policy: Policy, facts: Facts, setting: Setting) -> tuple[list[Any], list[Any]]:
    """The value of every node, by the closure and by the interpreter."""
    nodes = nodes_of(policy)
    traced = evaluate(policy, facts, setting).interpreter
    closure = compile_closure(policy, nodes, parameters_of(policy, setting), presuming=setting.presuming)
    cold = closure(facts.with_default_date(AS_OF))
    closure.warm()
    assert closure(facts.with_default_date(AS_OF)) == cold
    return list(cold), [traced.value(n) for n in nodes]


def assert_agreement(example: Example) -> None:
    policy = example.policy
    for facts, setting in example.settings() + example.settings(presuming=True):
        nodes = [repr(n) for n in nodes_of(policy)]
        generated, traced = values_of_both(policy, facts, setting)
        assert dict(zip(nodes, generated, strict=True)) == dict(zip(nodes, traced, strict=True))
        assert quick(policy, facts, setting) == outcome_of(evaluate(policy, facts, setting))


@given(example=CONDITIONS)
def test_conditions_agree(example: Example) -> None:
    assert_agreement(example)


@given(example=SCORES)
def test_scores_agree(example: Example) -> None:
    assert_agreement(example)


@given(example=FUNDS)
def test_payments_agree(example: Example) -> None:
    assert_agreement(example)
