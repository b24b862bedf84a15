"""The cheapest ways to qualify, or to get more: found by repair, believed only after evaluating them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiju.evaluate.answer import Amount
from guiju.evaluate.assess import outcome_name, payable
from guiju.evaluate.evaluation import Evaluation, evaluate
from guiju.evaluate.repair import Edit, Repair, Repairer
from guiju.evaluate.spelling import spell_value
from guiju.facts.model import Facts, Row, blank
from guiju.language.policy import Benefit, Goal, PriceRow
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, Status, Value, status_name
from guiju.vocabulary import Field, RecordType

_RANK = {"ineligible": 0, "not_computable": 1, "unknown": 1, "review": 2, "eligible": 3, "not_applicable": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change, in words."""

    id: str
    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes that were evaluated: what the goal's outcome and the amount are now, and would be."""

    goal: str
    changes: tuple[Change, ...]
    outcome_before: str
    outcome_after: str
    amount_before: Amount
    amount_after: Amount

    @property
    def gain(self) -> int:
        """How much more could be had, in fen."""
        return (self.amount_after.high or 0) - (self.amount_before.high or 0)


def improvements(evaluation: Evaluation, limit: int = 5) -> list[Plan]:
    """For each main goal that is not met the easiest plans that better it; for one that pays, single additions by
    what they bring, with those that bring nothing (for what the applicant already has) last.

    At most `limit` plans a goal; every plan has been evaluated.
    """
    plans: list[Plan] = []
    for goal in evaluation.policy.goals:
        if not goal.main:
            continue
        if evaluation.interpreter.status(goal.node) != PASS:
            plans += _qualifying(goal, evaluation, limit)
        if goal.pays and evaluation.interpreter.status(goal.node) != FAIL:
            plans += _earning(goal, evaluation, limit)
    return plans


def _qualifying(goal: Goal, evaluation: Evaluation, limit: int) -> list[Plan]:
    repairer = Repairer(evaluation.policy, evaluation.interpreter)
    failing = [c for c in goal.conditions if c.counts and _unmet(evaluation.interpreter.status(c.node))]
    options = repairer.together([c.bare if c.strength in ("principle", "silent") else c.node for c in failing])
    before = outcome_name(evaluation.goals[goal.id])
    plans = []
    for repair in sorted((r for r in options if r), key=lambda r: sum(e.cost(evaluation.interpreter) for e in r)):
        plan = _tried(repair, goal, evaluation)
        if _RANK[plan.outcome_after] > _RANK[before]:
            plans.append(plan)
        if len(plans) == limit:
            break
    return plans


def _unmet(status: Status) -> bool:
    """Refused, or left to a person because something in principle is unmet."""
    return status == FAIL or status_name(status) == "review"


def _tried(repair: Repair, goal: Goal, evaluation: Evaluation, label: Text | None = None) -> Plan:
    other = evaluate(evaluation.policy, _edited(repair, evaluation.facts), evaluation.setting)
    changes = tuple(_change(e, evaluation, label) for e in repair)
    return Plan(goal.id, changes, outcome_name(evaluation.goals[goal.id]), outcome_name(other.goals[goal.id]),
                payable(evaluation), payable(other))


def _edited(repair: Repair, facts: Facts) -> Facts:
    values: dict[str, Any] = {}
    records: dict[str, Any] = {}
    for edit in repair:
        if edit.row is None:
            values[edit.target] = edit.value
        else:
            rows = records.get(edit.target, facts.records.get(edit.target, ()))
            records[edit.target] = (*rows, *([edit.row] * edit.times))
    return facts.replacing(values, records)


def _change(edit: Edit, evaluation: Evaluation, label: Text | None) -> Change:
    it = evaluation.interpreter
    if edit.row is not None:
        record = it.record(edit.target)
        return Change(record.id, record.name, more_words(record, edit.row, edit.times, label))
    fact = it.vocabulary.facts[edit.target]
    assert edit.value is not None
    return Change(fact.id, fact.name, set_words(fact, it.facts.value(fact), edit.value))


def set_words(fact: Field, now: Value, value: Value) -> Text:
    """A fact that gets another value, in words."""
    before, after = spell_value(now, fact), spell_value(value, fact)
    return Text(f"{fact.name}：{before.zh} → {after.zh}", f"{fact.en or fact.name}: {before.en} → {after.en}")


def more_words(record: RecordType, row: Row, times: int, label: Text | None = None) -> Text:
    """More rows of a record set, in words: what they are for, or what they say."""
    what = label or _described(record, row)
    return Text(f"多 {times} 项{record.name}：{what.zh}", f"{times} more {record.en}: {what.en}")


def _described(record: RecordType, row: Row) -> Text:
    """The cells of a new row that are known, without those that were left blank."""
    cells = [(f, spell_value(v, f)) for f, v in zip(record.fields, row, strict=True)
             if v != blank(f) and (v in (PASS, FAIL) if not isinstance(v, tuple) else v[0] == v[1] and not v[2])]
    zh = "，".join(f"{f.name} {t.zh}" for f, t in cells)
    return Text(zh, ", ".join(f"{f.en or f.name} {t.en}" for f, t in cells))


# Amounts


def _earning(goal: Goal, evaluation: Evaluation, limit: int) -> list[Plan]:
    """One more row for each line of each price table, by what it brings."""
    plans = []
    held = {i.benefit.id for i in evaluation.payment.items if i.status != FAIL} if evaluation.payment else set()
    for benefit in evaluation.policy.benefits:
        if not benefit.record or benefit.record not in evaluation.facts.records:
            continue
        for line in benefit.rows:
            plan = _one_more(goal, benefit, line, evaluation)
            if plan is not None and (plan.gain > 0 or benefit.id in held):
                plans.append(plan)
    gaining = sorted((p for p in plans if p.gain > 0), key=lambda p: -p.gain)
    return gaining[:limit] + [p for p in plans if p.gain <= 0][:2]


def _one_more(goal: Goal, benefit: Benefit, line: PriceRow, evaluation: Evaluation) -> Plan | None:
    it = evaluation.interpreter
    if line.amount is None:
        return None
    wanted = [c.node for c in benefit.when if c.counts] + [line.test]
    row = Repairer(evaluation.policy, it).new_row(benefit.record, wanted)
    if row is None:
        return None
    which = f"（{line.text}）" if line.text else ""
    label = Text(f"{benefit.name.zh}{which}", f"{benefit.name.en or benefit.id} ({line.id})")
    return _tried((Edit(benefit.record, row=row),), goal, evaluation, label)

