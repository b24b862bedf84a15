"""Answers as JSON. It is a contract: docs/json-contract.md says it, tests/cli/test_json_contract.py holds it."""

from __future__ import annotations

import json
from fractions import Fraction
from math import inf
from typing import Any

from guiju.cli.situation import Situation
from guiju.evaluate import answer as a
from guiju.evaluate.assess import answer_of
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, Text
from guiju.vocabulary import Vocabulary

VERSION = 1
Json = dict[str, Any]


def document(situation: Situation) -> str:
    """The whole document. The same input gives the same bytes."""
    return json.dumps({
        "contract": VERSION,
        "as_of": situation.as_of.isoformat(),
        "known_at": (situation.known_at or situation.as_of).isoformat(),
        "policies": [_policy(p, situation) for p in situation.policies],
        "input_notices": [_diagnostic(d) for d in situation.facts.notices],
    }, ensure_ascii=False, indent=2)


def _policy(policy: Policy, situation: Situation) -> Json:
    answer = answer_of(situation.evaluation(policy))
    return {
        "id": answer.policy,
        "version": answer.version,
        "title": _text(answer.title),
        "scope": situation.scope(policy),
        "in_force": {"from": answer.start.isoformat(), "to": answer.end.isoformat() if answer.end else None},
        "outcome": answer.outcome,
        "score": _score(answer.score),
        "amount": _amount(answer.amount),
        "goals": [_goal(g) for g in answer.goals],
        "items": [_item(i, situation.library.vocabulary) for i in answer.items],
        "blockers": [_finding(f) for f in answer.blockers],
        "missing": [_missing(m) for m in answer.missing],
        "readings": [_reading(r) for r in answer.readings],
        "notices": [_notice(n) for n in answer.notices if n.code != "input"],
        "bars": [_bar(b) for b in answer.bars],
        "receipt": {"id": answer.receipt.id, "rules": answer.receipt.rules, "engine": answer.receipt.engine,
                    "facts": answer.receipt.facts, "setting": answer.receipt.setting,
                    "outcome": answer.receipt.outcome},
    }


def _goal(goal: a.GoalAnswer) -> Json:
    return {"id": goal.id, "name": _text(goal.name), "main": goal.main, "outcome": goal.outcome,
            "score": _score(goal.score), "blockers": [_finding(f) for f in goal.blockers],
            "waiting": [_finding(f) for f in goal.reviews], "missing": [_missing(m) for m in goal.missing]}


def _score(score: a.ScoreAnswer | None) -> Json | None:
    if score is None:
        return None
    return {"id": score.id, "name": _text(score.name), "low": _number(score.low), "high": _number(score.high),
            "full": _number(score.full),
            "by_indicator": {k: {"low": _number(low), "high": _number(high), "full": _number(full)}
                             for k, (low, high, full) in score.by_indicator.items()}}


def _amount(amount: a.Amount) -> Json:
    return {"kind": amount.kind, "low_fen": amount.low, "high_fen": amount.high}


def _item(item: a.ItemAnswer, vocabulary: Vocabulary) -> Json:
    record = vocabulary.records.get(item.record_set)
    return {"id": item.id, "benefit": item.benefit, "name": _text(item.name), "status": item.status,
            "amount": _amount(item.amount), "claimed_fen": item.claimed, "record_set": record.id if record else None,
            "records": list(item.records), "clauses": list(item.clauses),
            "cuts": [{"id": c.id, "name": _text(c.name), "taken_fen": c.taken, "clauses": list(c.clauses)}
                     for c in item.cuts],
            "reasons": [_finding(f) for f in item.reasons]}


def _finding(finding: a.Finding) -> Json:
    return {"id": finding.id, "name": _text(finding.name), "status": finding.status, "strength": finding.strength,
            "statement": _text(finding.statement), "clauses": list(finding.clauses)}


def _missing(missing: a.Missing) -> Json:
    return {"kind": missing.kind, "id": missing.id, "name": missing.name, "rows": list(missing.rows)}


def _reading(reading: a.Reading) -> Json:
    return {"parameter": reading.parameter, "name": reading.name, "default": reading.default, "value": reading.value,
            "outcome": reading.outcome, "amount": _amount(reading.amount), "goals": dict(reading.goals),
            "scores": {k: {"low": _number(low), "high": _number(high)} for k, (low, high) in reading.scores.items()},
            "clauses": list(reading.clauses), "note": _text(reading.note), "ref": reading.ref}


def _notice(notice: a.Notice) -> Json:
    return {"code": notice.code, "text": _text(notice.text), "clauses": list(notice.clauses)}


def _bar(bar: a.Bar) -> Json:
    return {"id": bar.id, "name": _text(bar.name), "until": bar.until.isoformat() if bar.until else None,
            "at_least": bar.at_least, "clauses": list(bar.clauses)}


def _diagnostic(diagnostic: Diagnostic) -> Json:
    return {"code": diagnostic.code, "severity": diagnostic.severity, "file": diagnostic.span.file,
            "line": diagnostic.span.line, "column": diagnostic.span.column, "cell": diagnostic.cell or None,
            "text": _text(diagnostic.message)}


def _text(text: Text) -> Json:
    return {"zh": text.zh, "en": text.en or text.zh}


def _number(value: Any) -> int | float | None:
    """Points as a number: whole where it is whole; null where nothing bounds it."""
    if value in (inf, -inf):
        return None
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else float(fraction)
