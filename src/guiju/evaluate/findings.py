"""Which conditions decide: the failed ones behind a refusal, and the ones that a person or a fact must settle."""

from __future__ import annotations

from guiju.evaluate.answer import Finding
from guiju.evaluate.interpreter import Interpreter
from guiju.language.expression.words import statement
from guiju.language.policy import Condition
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS, Status, status_name


def finding(condition: Condition, status: Status, it: Interpreter) -> Finding:
    """A condition and how it stands, in words."""
    words = statement(condition.expression, it.vocabulary, it.names) if condition.expression is not None else Text("",
                                                                                                                   "")
    name = condition.name if condition.name.zh else words
    return Finding(condition.id, name, status_name(status), condition.strength, condition.clauses, words)


def blockers(condition: Condition, it: Interpreter) -> list[Finding]:
    """The failed conditions behind a failure: through what needs all its members, down to what fails by itself."""
    status = it.status(condition.node)
    if status != FAIL or not condition.counts:
        return []
    inner = [f for member in condition.members for f in blockers(member, it)]
    if condition.form == "all_of" and inner:
        return inner
    return [finding(condition, status, it)]


def undecided(condition: Condition, it: Interpreter) -> list[Finding]:
    """The conditions that still wait, likewise; of alternatives the whole."""
    status = it.status(condition.node)
    if status in (PASS, FAIL, NOT_APPLICABLE) or not condition.counts:
        return []
    inner = [f for member in condition.members for f in undecided(member, it)]
    if condition.form == "all_of" and inner:
        return inner
    return [finding(condition, status, it)]
