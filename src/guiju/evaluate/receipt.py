"""Receipts: hashes of rules, engine, facts, setting and outcome, so that an answer can be shown again later."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from guiju import __version__
from guiju.evaluate.answer import Receipt
from guiju.evaluate.evaluation import Evaluation, outcome_of
from guiju.language.ir import digest
from guiju.language.policy import Policy


def rules_digest(policy: Policy) -> str:
    """SHA-256 of the policy's rules: the same for rules that mean the same, wherever and however they are laid out."""
    if "digest" not in policy.kept:
        policy.kept["digest"] = _rules_digest(policy)
    return policy.kept["digest"]  # type: ignore[no-any-return]  # put there above


def _rules_digest(policy: Policy) -> str:
    frame = [policy.id, str(policy.start), str(policy.end), digest(*policy.roots())]
    frame += [f"{b.id}|{b.kind}|{b.first}|{b.category}|{[r.id for r in b.rows]}" for b in policy.benefits]
    frame += [f"{b.id}|{m.id}|{m.rest}" for b in policy.benefits for m in b.less if m.rest]
    frame += [f"{m.id}|{m.form}|{m.n}|{m.benefits}" for m in policy.limits]
    frame += [f"{g.id}|{g.main}|{g.pays}|{g.score}" for g in policy.goals]
    return _hash(frame)


def receipt_of(evaluation: Evaluation) -> Receipt:
    """The receipt of a traced evaluation."""
    setting = evaluation.setting
    parts = {
        "rules": rules_digest(evaluation.policy),
        "engine": f"guiju {__version__}",
        "facts": evaluation.facts.digest(),
        "setting": _hash([str(setting.as_of), str(setting.known_at), setting.presuming,
                          {k: repr(v) for k, v in setting.readings.items()}]),
        "outcome": _hash(repr(outcome_of(evaluation))),
    }
    return Receipt(_hash(parts)[:16], **parts)


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
