"""Strengths that cannot do what their keeper meant."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.ir import Node, walk
from guiju.language.policy import Condition, Policy
from guiju.source.diagnostics import Diagnostic
from guiju.vocabulary import Vocabulary

CODES = {
    "W360": "a judgement that reads no judgement fact",
    "W361": "strength_when without a strength other than hard",
    "W362": "a veto among what none_of refuses",
    "W363": "a hint or preference as one of several ways",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for condition in policy.conditions.values():
        yield from _own(condition, policy.vocabulary)
        yield from _members(condition)


def _own(condition: Condition, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    if condition.strength == "judgement" and not any(reads_judgement(n, vocabulary) for n in walk(condition.bare)):
        yield found("W360", condition.span,
                    f"“{condition.id}”是人工判定，却没有读任何判定事实；改强度，或读 kind: judgement 的事实",
                    f"'{condition.id}' is a judgement but reads no judgement fact: change its strength or its test")
    node = condition.node.args[1] if condition.node.op == "guard" else condition.node
    if node.op == "if" and node.args[1] is node.args[2] and condition.strength in ("hard", "judgement"):
        yield found("W361", condition.span,
                    f"“{condition.id}”写了 strength_when 而没有更轻的 strength；写上强度，或删去它",
                    f"'{condition.id}' has strength_when but no other strength than hard: state one or delete it")


def reads_judgement(node: Node, vocabulary: Vocabulary) -> bool:
    """Whether the node is a fact or a field that a person decides."""
    if node.op == "fact":
        return vocabulary.facts[node.args[0]].kind == "judgement"
    return node.op in ("field", "around") and vocabulary.records[node.args[0]].fields[node.args[1]].kind == "judgement"


def _members(condition: Condition) -> Iterator[Diagnostic]:
    for member in condition.members:
        if condition.form == "none_of" and member.strength == "veto":
            yield found("W362", condition.span,
                        f"“{condition.id}”的 none_of 里有否决项“{member.id}”，成了双重否定；改用 all_of",
                        f"none_of '{condition.id}' holds the veto '{member.id}', a double negation: use all_of")
        elif condition.form != "all_of" and not member.counts:
            yield found("W363", condition.span,
                        f"“{condition.id}”把只作报告的“{member.id}”当成一种途径；改它的强度，或移出",
                        f"'{condition.id}' takes '{member.id}', which only reports, as a way: change or move it")
