"""Doors that read like the words of a keeper and of an applicant: a policy and facts from a few lines of YAML."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from words import vocabulary

from guiju.evaluate.answer import Answer
from guiju.evaluate.assess import answer_of
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.trial import chosen_value
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language.compile import compile_policy
from guiju.language.policy import Policy
from guiju.source.diagnostics import Span
from guiju.source.document import Scalar, parse_document

HEAD = """\
id: test
title: {zh: 试行办法, en: trial measures}
in_force: {from: 2020-01-01, to: 2024-12-31, cite: "9"}
clauses: {"1": {zh: 一}, "2": {zh: 二}, "9": {zh: 九}}
"""
ASKED = "goals:\n- {id: goal, name: {zh: 认定, en: title}, main: true, require: [C]}\n"
PAYING = "goals:\n- {id: fund, name: {zh: 资助, en: grant}, main: true, pays: true, require: [%s]}\n"


def policy(rules: str, head: str = ASKED) -> Policy:
    """The policy of these rules; `head` is what policy.yaml says beyond its identity."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "policy.yaml").write_text(HEAD + head, encoding="utf-8")
        (Path(folder) / "rules.yaml").write_text(rules, encoding="utf-8")
        return compile_policy(Path(folder), vocabulary())


def condition(expression: str, more: str = "", head: str = ASKED) -> Policy:
    """The policy with one condition."""
    return policy(f"conditions:\n- id: C\n  require: {expression}\n{more}", head)


def fund(table: str, keys: str = "", more: str = "", record: str = "成果", require: str = "") -> Policy:
    """The policy that pays by one price table."""
    lines = "\n".join(f"    {line}" for line in table.strip().splitlines())
    each = f"  each: {record}\n" if record else ""
    return policy(f"benefits:\n- id: works\n{each}{keys}  table: |\n{lines}\n{more}", PAYING % require)


def facts(text: str, of: Policy | None = None) -> Facts:
    """Facts as an applicant would write them."""
    return facts_from_node(parse_document(text or "{}", "facts.yaml"), of.vocabulary if of else vocabulary())


def evaluated(rules: Policy, given: str, as_of: str = "2022-06-30", *, known_at: str = "", presuming: bool = False,
              **readings: str) -> Evaluation:
    """The traced evaluation under a setting; readings in words."""
    chosen: dict[str, Any] = dict(chosen_value(rules, id_, Scalar(word, Span("")))
                                  for id_, word in readings.items())
    known = dt.date.fromisoformat(known_at) if known_at else None
    setting = setting_for(rules, dt.date.fromisoformat(as_of), known, chosen, presuming)
    return evaluate(rules, facts(given, rules), setting)


def answer(rules: Policy, given: str, as_of: str = "2022-06-30", **setting: Any) -> Answer:
    """The whole answer."""
    return answer_of(evaluated(rules, given, as_of, **setting))
