"""Explanations as minimal proofs: for true one sufficient branch, for false the blockers, for undecided what waits."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.findings import finding
from guiju.evaluate.spelling import spell_value
from guiju.facts.model import Provenance
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Condition
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that a condition read: its value in words, and where it comes from."""

    id: str
    name: str
    value: Text
    known: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Proof:
    """One line of a proof and what it rests on."""

    id: str
    name: Text
    status: str
    strength: str
    form: str
    statement: Text
    clauses: tuple[str, ...]
    facts: tuple[FactLine, ...]
    members: tuple[Proof, ...]


def explain_goal(evaluation: Evaluation, goal_id: str) -> tuple[Proof, ...]:
    """Why a goal stands as it does: only the conditions that decide it, each with its facts and clauses.

    Raises KeyError for an unknown goal.
    """
    goal = next((g for g in evaluation.policy.goals if g.id == goal_id), None)
    if goal is None:
        raise KeyError(goal_id)
    conditions = [c for c in goal.conditions if c.counts]
    return tuple(prove(c, evaluation) for c in _decisive(conditions, evaluation, "all_of", 0))


def prove(condition: Condition, evaluation: Evaluation) -> Proof:
    """The smallest proof of a condition's status."""
    it = evaluation.interpreter
    status = it.status(condition.node)
    described = finding(condition, status, it)
    members = _decisive(list(condition.members), evaluation, condition.form, condition.k)
    facts = () if condition.members else fact_lines(condition.bare, evaluation)
    return Proof(condition.id, described.name, described.status, condition.strength, condition.form,
                 described.statement, condition.clauses, facts, tuple(prove(m, evaluation) for m in members))


def _decisive(members: list[Condition], evaluation: Evaluation, form: str, k: int) -> list[Condition]:
    """The members that decide: the failed ones of a failed whole, as many passed ones as it takes of a passed one."""
    status = {m.id: evaluation.interpreter.status(m.node) for m in members}
    counted = [m for m in members if m.counts and status[m.id] != NOT_APPLICABLE]
    passed = [m for m in counted if status[m.id] == PASS]
    failed = [m for m in counted if status[m.id] == FAIL]
    waiting = [m for m in counted if status[m.id] not in (PASS, FAIL)]
    needed = {"any_of": 1, "none_of": 1, "at_least": k}.get(form, len(counted))
    if form in ("any_of", "none_of", "at_least"):
        if len(passed) >= needed:
            return passed[:needed]
        return passed + waiting if len(passed) + len(waiting) >= needed else failed
    return failed or waiting or passed


def fact_lines(node: Node, evaluation: Evaluation) -> tuple[FactLine, ...]:
    """The facts and record sets that a node reads, in reading order, each once."""
    it = evaluation.interpreter
    lines: dict[str, FactLine] = {}
    for part in walk(node):
        if part.op == "fact":
            fact = it.vocabulary.facts[part.args[0]]
            value = it.value(part)
            known = fact.id in it.facts.values
            lines.setdefault(fact.id, FactLine(fact.id, fact.name, spell_value(value, fact), known,
                                               it.facts.provenance.get(fact.id, Provenance())))
        elif part.op in AGGREGATES and not part.rows:
            record = it.record(part.args[0])
            known = it.is_known(record.id)
            count = len(it.facts.records.get(record.id, ()))
            words = Text(f"{count} 条", f"{count} rows") if known else Text("未给", "not given")
            lines.setdefault(record.id, FactLine(record.id, record.name, words, known, Provenance()))
    return tuple(lines.values())
